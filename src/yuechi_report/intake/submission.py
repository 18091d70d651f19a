"""Takes one received file into the book: checked first, archived beside it, one row whatever the outcome."""

import os
from pathlib import Path

from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.arrival import Arrival
from yuechi_report.intake.book import Receipt, ReceiptKind, append, digest_of, locked, read_book
from yuechi_report.intake.check import OFFICE, Check, check_file
from yuechi_report.intake.trade import Trade

__all__ = ["OFFICE", "Arrival", "Check", "check_file", "take_in"]


def take_in(
    path: Path, trade: Trade, quarter: Quarter, arrival: Arrival, *, kind: ReceiptKind, book_file: Path
) -> tuple[Receipt, Check]:
    """Check a file and enter it: the original is archived unchanged, then the row is appended.

    A refused file is archived and entered too, as refused; nothing of it becomes an entry.
    """
    check = check_file(path, trade, quarter, arrival, kind)
    data = path.read_bytes()
    with locked(book_file):
        book = read_book(book_file)
        seq = len(book.receipts) + 1
        folder = "decisions" if kind is ReceiptKind.DECISION else "receipts"
        name = f"{seq:04d}-{check.unit or 'unknown'}{path.suffix.lower() if path.suffix.isascii() else ''}"
        file = Path("data") / folder / trade.register.notice.id / str(quarter) / name
        _archive(trade.root / file, data)
        receipt = Receipt(
            seq=seq,
            notice=trade.register.notice.id,
            quarter=str(quarter),
            kind=kind,
            unit=check.unit,
            file=file.as_posix(),
            sha256=digest_of(data),
            received_at=arrival.received_at,
            recorded_at=max([arrival.recorded_at, *(one.recorded_at for one in book.receipts[-1:])]),
            channel=arrival.channel,
            recorded_by=arrival.recorded_by,
            outcome=check.outcome,
            previous_hash=book.head,
        )
        append(book_file, receipt)
    return receipt, check


def _archive(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(path.suffix + ".part")
    with scratch.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    scratch.replace(path)
