"""One row of the book: what it holds, and the line it is written as."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from yuechi_report.domain.quarter import CHINA
from yuechi_report.errors import InputRefused, Place
from yuechi_report.intake.check.submission import Outcome, ReceiptKind
from yuechi_report.page.text import harmless

GENESIS = "0" * 64
RESTORE = "请从备份恢复收件登记，不要手工修改"

_EPOCH = datetime(1970, 1, 1, tzinfo=CHINA)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Attachment:
    """The original that a typed-in form was taken from: a photo, a letter; relative to the workspace."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One row. `file` is relative to the workspace; received_at decides lateness, recorded_at knowledge.

    `confirmed_by` is who confirmed what the office typed in, or who approved a purge; `refers_to` the row
    that a withdrawal or purge is about (0: none). `original_name` is the file's name as it came, `answers` the
    number of the document replied to, `unit_told` the unit where a person named it. No channel means 未注明.
    """

    seq: int
    notice: str
    quarter: str
    kind: ReceiptKind
    unit: str
    file: str
    sha256: str
    received_at: datetime
    recorded_at: datetime
    channel: str
    recorded_by: str
    outcome: Outcome
    previous_hash: str
    attachments: tuple[Attachment, ...] = ()
    confirmed_by: str = ""
    refers_to: int = 0
    reason: str = ""
    original_name: str = ""
    answers: str = ""
    unit_told: str = ""
    note: str = ""
    is_of_before: bool = field(default=False, compare=False)
    """Written by a version that had fewer columns and asked less back."""

    @property
    def was_taken_whole(self) -> bool:
        """Whether every row of the file that is good now or was good then entered."""
        return self.outcome is Outcome.ACCEPTED or self.is_of_before

    @property
    def is_file(self) -> bool:
        """Whether a file came in, rather than a note about an earlier one."""
        return self.kind not in (ReceiptKind.WITHDRAWAL, ReceiptKind.PURGE)


_FIRST = (
    "seq",
    "notice",
    "quarter",
    "kind",
    "unit",
    "file",
    "sha256",
    "attachments",
    "attachments_sha256",
    "received_at",
    "recorded_at",
    "channel",
    "recorded_by",
    "confirmed_by",
    "outcome",
    "refers_to",
    "reason",
    "previous_hash",
)
"""What every row has."""

_ADDED = ("original_name", "answers", "unit_told", "note")
"""What rows have that were written since; after the others, so that earlier rows keep their bytes and hashes."""

COLUMNS = (*_FIRST, *_ADDED)
_MARK = b"\xef\xbb\xbf"


def header_of(columns: Sequence[str]) -> bytes:
    """The first line of a book with these columns, line end included."""
    return _MARK + ",".join(columns).encode() + b"\n"


HEADER = header_of(COLUMNS)


def columns_of(data: bytes) -> tuple[str, ...]:
    """The columns that a book's first line names, in its order; ValueError where it is not one of ours."""
    line, end, _ = data.partition(b"\n")
    names = tuple(line.removeprefix(_MARK).decode().split(","))
    whole = line.startswith(_MARK) and end and set(_FIRST) <= set(names) <= set(COLUMNS)
    if not whole or len(set(names)) != len(names):
        raise ValueError(line)
    return names


def line_of(receipt: Receipt, columns: Sequence[str] = COLUMNS) -> bytes:
    """The row as it is written, without its line end: one line, no cell a formula for a spreadsheet."""
    cells = {name: str(getattr(receipt, name)) for name in columns if not name.startswith("attachments")}
    cells["received_at"] = receipt.received_at.isoformat()
    cells["recorded_at"] = receipt.recorded_at.isoformat()
    cells["attachments"] = ";".join(attachment.file for attachment in receipt.attachments)
    cells["attachments_sha256"] = ";".join(attachment.sha256 for attachment in receipt.attachments)
    cells["refers_to"] = str(receipt.refers_to or "")
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([harmless(_flat(cells[name])) for name in columns])
    return buffer.getvalue().encode()


def receipt_of(line: bytes, place: Place, columns: Sequence[str] = COLUMNS) -> Receipt:
    """The row of a line; InputRefused at its place when it is not one. Cells that came later may be missing."""
    try:
        found = next(csv.reader([line.decode()]))
        written = columns[: max(len(found), len(_FIRST))]
        cells = dict(zip(written, found, strict=True))
        return Receipt(
            seq=int(cells["seq"]),
            notice=cells["notice"],
            quarter=cells["quarter"],
            kind=ReceiptKind(cells["kind"]),
            unit=cells["unit"],
            file=cells["file"],
            sha256=cells["sha256"],
            received_at=datetime.fromisoformat(cells["received_at"]),
            recorded_at=datetime.fromisoformat(cells["recorded_at"]),
            channel=cells["channel"],
            recorded_by=cells["recorded_by"],
            outcome=Outcome(cells["outcome"]),
            previous_hash=cells["previous_hash"],
            attachments=_attachments(cells["attachments"], cells["attachments_sha256"]),
            confirmed_by=cells["confirmed_by"],
            refers_to=int(cells["refers_to"] or 0),
            reason=cells["reason"],
            **{name: cells.get(name, "") for name in _ADDED},
            is_of_before=len(found) == len(_FIRST),
        )
    except (ValueError, KeyError, StopIteration, csv.Error) as error:
        raise InputRefused.at(place, "收件登记的这一行无法读取", RESTORE) from error


def _attachments(files: str, hashes: str) -> tuple[Attachment, ...]:
    if not files and not hashes:
        return ()
    return tuple(Attachment(*pair) for pair in zip(files.split(";"), hashes.split(";"), strict=True))


def _flat(cell: str) -> str:
    return " ".join(cell.encode(errors="replace").decode().splitlines())


def number_of(moment: datetime) -> int:
    """A moment as microseconds, which sort as moments do."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(number: int) -> datetime:
    """The moment again, in China's time."""
    return _EPOCH + number * _MICROSECOND
