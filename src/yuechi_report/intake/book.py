"""The book (receipts.csv): append-only, hash-chained, one row a received file; the truth with its files."""

import csv
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from yuechi_report.errors import EnvironmentFault, InputRefused, Place

GENESIS = "0" * 64
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class ReceiptKind(StrEnum):
    """What was received."""

    SUBMISSION = "submission"
    DECISION = "decision"
    REPLY = "reply"
    WITHDRAWAL = "withdrawal"
    PURGE = "purge"


class Outcome(StrEnum):
    """What became of it; refused files are rows too."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One row. `file` is relative to the workspace; received_at decides lateness, recorded_at knowledge."""

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


COLUMNS = tuple(field.name for field in fields(Receipt))


@dataclass(frozen=True, slots=True)
class Book:
    """The rows in order, each with the hash of its own line (the chain)."""

    receipts: tuple[Receipt, ...]
    hashes: tuple[str, ...]

    @property
    def head(self) -> str:
        """The hash of the last row; GENESIS for an empty book."""
        return self.hashes[-1] if self.hashes else GENESIS

    def head_at(self, moment: datetime | None) -> str:
        """The hash of the last row recorded up to that moment (recorded_at never decreases)."""
        if moment is None:
            return self.head
        known = [
            digest for receipt, digest in zip(self.receipts, self.hashes, strict=True) if receipt.recorded_at <= moment
        ]
        return known[-1] if known else GENESIS

    def of_notice(self, notice: str) -> tuple[Receipt, ...]:
        """One notice's rows."""
        return tuple(receipt for receipt in self.receipts if receipt.notice == notice)


def open_refusals(book: Book, notice: str, quarter: str, moment: datetime) -> tuple[Receipt, ...]:
    """Files of a quarter refused or taken in part by that moment, with nothing good from that unit since."""
    waiting: dict[str, Receipt] = {}
    for receipt in book.of_notice(notice):
        if receipt.quarter != quarter or receipt.recorded_at > moment:
            continue
        if receipt.outcome is Outcome.ACCEPTED:
            waiting.pop(receipt.unit, None)
        else:
            waiting[receipt.unit or receipt.file] = receipt
    return tuple(waiting.values())


def digest_of(data: bytes) -> str:
    """sha256 in hex."""
    return hashlib.sha256(data).hexdigest()


def read_book(path: Path) -> Book:
    """The book with its chain checked; InputRefused names the first broken row. A missing file is empty."""
    if not path.exists():
        return Book((), ())
    receipts: list[Receipt] = []
    hashes: list[str] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(path.name, line=error.object[: error.start].count(b"\n") + 1)
        raise InputRefused.at(place, "收件登记的这一行无法读取", "请从备份恢复收件登记，不要手工修改") from error
    for number, line in enumerate(text.splitlines()[1:], start=2):
        receipt = _parse(line, Place(path.name, line=number))
        previous = hashes[-1] if hashes else GENESIS
        if receipt.previous_hash != previous or receipt.seq != len(hashes) + 1:
            raise InputRefused.at(
                Place(path.name, line=number), "收件登记的校验链在此处断开", "请从备份恢复收件登记，不要手工修改"
            )
        receipts.append(receipt)
        hashes.append(digest_of(line.encode()))
    return Book(tuple(receipts), tuple(hashes))


def _parse(line: str, place: Place) -> Receipt:
    try:
        cells = dict(zip(COLUMNS, next(csv.reader([line])), strict=True))
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
        )
    except (ValueError, StopIteration) as error:
        raise InputRefused.at(place, "收件登记的这一行无法读取", "请从备份恢复收件登记，不要手工修改") from error


def _line(receipt: Receipt) -> str:
    buffer = io.StringIO()
    cells = [cell.isoformat() if isinstance(cell, datetime) else str(cell) for cell in astuple(receipt)]
    csv.writer(buffer, lineterminator="").writerow([_harmless(cell) for cell in cells])
    return buffer.getvalue()


def _harmless(cell: str) -> str:
    flat = " ".join(cell.splitlines())
    return f"'{flat}" if flat.startswith(_DANGEROUS) else flat


def append(path: Path, receipt: Receipt) -> None:
    """Append one row and make it durable; the caller holds `locked` and has set seq and previous_hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as book:
        if new:
            book.write(",".join(COLUMNS) + "\n")
        book.write(_line(receipt) + "\n")
        book.flush()
        os.fsync(book.fileno())


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the book alone; EnvironmentFault where the system has no file locks."""
    try:
        import fcntl  # noqa: PLC0415 - absent on Windows, where taking in is refused with advice
    except ImportError as error:  # Windows
        raise EnvironmentFault.at(Place(str(path)), "本系统暂不支持收件登记加锁", "请在Linux上登记收件") from error
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)
