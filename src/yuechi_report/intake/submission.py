"""Takes one received file into the book: checked first, archived beside it, one row whatever the outcome."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yuechi_report.domain.progress import Decision, ProgressEntry, Source
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import Fault, InputRefused
from yuechi_report.intake.book import Outcome, Receipt, ReceiptKind, append, digest_of, locked, read_book
from yuechi_report.intake.columns import DECISIONS, FORM
from yuechi_report.intake.trade import Trade
from yuechi_report.intake.validate import Checked, Context, check_decisions, check_entries, check_labels, unit_of
from yuechi_report.intake.workbook import SheetData, read_sheet

OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How and when a file arrived; times carry their offset."""

    received_at: datetime
    recorded_at: datetime
    channel: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Check:
    """The result of checking a file: who sent it, how many rows are good, what is wrong."""

    kind: ReceiptKind
    unit: str
    outcome: Outcome
    rows: int
    faults: tuple[Fault, ...]


def check_file(path: Path, trade: Trade, quarter: Quarter, arrival: Arrival, kind: ReceiptKind) -> Check:
    """Check a file without entering it. Never raises for a bad file: the faults are in the result."""
    source = Source(0, path.name, 0, arrival.received_at, arrival.recorded_at, arrival.channel)
    context = Context(trade.register, trade.units, trade.nature, quarter, source)
    try:
        sheet = read_sheet(path, DECISIONS if kind is ReceiptKind.DECISION else FORM)
        check_labels(sheet, context)
        unit = OFFICE if kind is ReceiptKind.DECISION else unit_of(sheet, trade.units).slug
        return _outcome(kind, unit, _checked(sheet, context, kind))
    except InputRefused as error:
        return Check(kind, "", Outcome.REFUSED, 0, error.faults)


def _checked(sheet: SheetData, context: Context, kind: ReceiptKind) -> Checked[Decision] | Checked[ProgressEntry]:
    return check_decisions(sheet, context) if kind is ReceiptKind.DECISION else check_entries(sheet, context)


def _outcome(kind: ReceiptKind, unit: str, checked: Checked[Decision] | Checked[ProgressEntry]) -> Check:
    rows = len(checked.records)
    outcome = Outcome.ACCEPTED if not checked.faulty_rows else (Outcome.PARTIAL if rows else Outcome.REFUSED)
    return Check(kind, unit, outcome, rows, checked.faults)


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
