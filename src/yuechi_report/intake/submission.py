"""Checks one received file: who sent it, how many rows are good, what is wrong."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yuechi_report.domain.progress import Decision, ProgressEntry, Source
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import Fault, InputRefused
from yuechi_report.intake.columns import DECISIONS, FORM
from yuechi_report.intake.receipt import Outcome, ReceiptKind
from yuechi_report.intake.trade import Trade
from yuechi_report.intake.validate import Checked, Context, check_decisions, check_entries, check_labels, unit_of
from yuechi_report.intake.workbook import SheetData, read_sheet

OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How and when a file arrived; times carry their offset.

    Where the office typed in what came on paper, by photo or telephone (代录): the originals, and who
    confirmed the typing.
    """

    received_at: datetime
    recorded_at: datetime
    channel: str
    recorded_by: str
    originals: tuple[Path, ...] = ()
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """The result of checking a file: who sent it, how many rows are good, what is wrong.

    `stopped`: the file holds what must not be kept, so that it is not archived.
    """

    kind: ReceiptKind
    unit: str
    outcome: Outcome
    rows: int
    faults: tuple[Fault, ...]
    stopped: bool = False


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
