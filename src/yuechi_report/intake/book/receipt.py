"""One row of the book: what it holds, and the line it is written as."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from yuechi_report.errors import InputRefused, Place
from yuechi_report.intake.check.submission import Outcome, ReceiptKind
from yuechi_report.page.text import harmless

GENESIS = "0" * 64
RESTORE = "请从备份恢复收件登记，不要手工修改"


@dataclass(frozen=True, slots=True)
class Attachment:
    """The original that a typed-in form was taken from: a photo, a letter; relative to the workspace."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One row. `file` is relative to the workspace; received_at decides lateness, recorded_at knowledge.

    `confirmed_by` is who confirmed what the office typed in, or who approved a purge; `refers_to` the row
    that a withdrawal or purge is about (0: none).
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

    @property
    def is_file(self) -> bool:
        """Whether a file came in, rather than a note about an earlier one."""
        return self.kind not in (ReceiptKind.WITHDRAWAL, ReceiptKind.PURGE)


COLUMNS = (
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
HEADER = b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\n"


def line_of(receipt: Receipt) -> bytes:
    """The row as it is written, without its line end: one line, no cell a formula for a spreadsheet."""
    cells = {name: str(getattr(receipt, name)) for name in COLUMNS if not name.startswith("attachments")}
    cells["received_at"] = receipt.received_at.isoformat()
    cells["recorded_at"] = receipt.recorded_at.isoformat()
    cells["attachments"] = ";".join(attachment.file for attachment in receipt.attachments)
    cells["attachments_sha256"] = ";".join(attachment.sha256 for attachment in receipt.attachments)
    cells["refers_to"] = str(receipt.refers_to or "")
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([harmless(_flat(cells[name])) for name in COLUMNS])
    return buffer.getvalue().encode()


def receipt_of(line: bytes, place: Place) -> Receipt:
    """The row of a line; InputRefused at its place when it is not one."""
    try:
        cells = dict(zip(COLUMNS, next(csv.reader([line.decode()])), strict=True))
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
        )
    except (ValueError, StopIteration, csv.Error) as error:
        raise InputRefused.at(place, "收件登记的这一行无法读取", RESTORE) from error


def _attachments(files: str, hashes: str) -> tuple[Attachment, ...]:
    if not files and not hashes:
        return ()
    return tuple(Attachment(*pair) for pair in zip(files.split(";"), hashes.split(";"), strict=True))


def _flat(cell: str) -> str:
    return " ".join(cell.encode(errors="replace").decode().splitlines())
