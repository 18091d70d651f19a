"""Checks one received file whole, without entering it: who sent it, what is good, what is wrong, what becomes of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from yuechi_report.domain.progress import Decision, History, ProgressEntry, Source
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.unit import Units
from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.fields import to_text
from yuechi_report.intake.check.origin import check_stamp, oddities, read_stamp
from yuechi_report.intake.check.validate import (
    Checked,
    Context,
    check_decisions,
    check_entries,
    check_labels,
    fills_in,
    unit_of,
)
from yuechi_report.intake.door.kind import check_received
from yuechi_report.intake.door.sensitive import ContentStopped
from yuechi_report.intake.door.workbook import FormRefused, SheetData, SheetSpec, receive_sheet, unit_told
from yuechi_report.intake.form.columns import DECISIONS, FORM
from yuechi_report.intake.form.stamp import UNIT_LABEL
from yuechi_report.page.alike import folded

OFFICE = "office"


class ReceiptKind(StrEnum):
    """What was received, or what was done with something received."""

    SUBMISSION = "submission"
    DECISION = "decision"
    REPLY = "reply"
    WITHDRAWAL = "withdrawal"
    PURGE = "purge"


class Outcome(StrEnum):
    """What became of it; refused and stopped files are rows too."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    REFUSED = "refused"
    STOPPED = "stopped"  # stopped at the door: not archived, only this row stays

    @property
    def counts(self) -> bool:
        """Whether any of the file's rows entered."""
        return self in (Outcome.ACCEPTED, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How and when a file arrived; times carry their offset.

    Where the office typed in what came on paper, by photo or telephone (代录): the originals, and who
    confirmed the typing. `note` is what else the book should say of it, `answers` the number of the document
    replied to, `unit_told` the sender's slug where a person named it.
    """

    received_at: datetime
    recorded_at: datetime
    channel: str
    recorded_by: str
    originals: tuple[Path, ...] = ()
    confirmed_by: str = ""
    note: str = ""
    answers: str = ""
    unit_told: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """The result of checking a file: who sent it, how many rows are good, what is wrong.

    `stopped` files hold what must not be kept: their receipt is entered, the file is not archived.
    `sheet` is what could be read of the file, for the returned copy; `told` what a file that was refused before
    says of its sender: the name above the header, the name in the stamp.
    """

    kind: ReceiptKind
    unit: str
    outcome: Outcome
    rows: int
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...] = ()
    proposals: tuple[Fault, ...] = ()
    stopped: bool = False
    sheet: SheetData | None = field(default=None, compare=False, repr=False)
    told: tuple[str, ...] = field(default=(), compare=False, repr=False)


def check_file(
    path: Path,
    against: Against,
    quarter: Quarter,
    arrival: Arrival,
    kind: ReceiptKind,
    *,
    history: History | None = None,
) -> Check:
    """Check a file without entering it. Never raises for a bad file: the faults are in the result."""
    source = Source(0, path.name, 0, arrival.received_at, arrival.recorded_at, arrival.channel)
    known = history or History()
    context = Context(
        against.register, against.units, against.nature, quarter, source, known, against.days_block_review
    )
    spec = DECISIONS if kind is ReceiptKind.DECISION else FORM
    sheet: SheetData | None = None
    unit = ""
    try:
        check_received(path, path.name)  # what is no file, or too large, does not reach the child
        sheet = receive_sheet(path, spec)
        check_labels(sheet, context)
        unstamped = check_stamp(sheet, against.register.notice.id, str(quarter), against.units)
        unit = OFFICE if kind is ReceiptKind.DECISION else unit_of(sheet, against.units).slug
        if not sheet.rows and (kind is ReceiptKind.DECISION or fills_in(unit_of(sheet, against.units), context)):
            raise InputRefused.at(Place(path.name, sheet.sheet), "没有填写任何一行", "请填写后再报送")
        checked = check_decisions(sheet, context) if kind is ReceiptKind.DECISION else check_entries(sheet, context)
        corrects = () if kind is ReceiptKind.DECISION else _correction(sheet, checked)
        return _result(kind, unit, sheet, checked, (*unstamped, *oddities(sheet), *corrects))
    except ContentStopped as stop:
        return Check(kind, "", Outcome.REFUSED, 0, stop.faults, stopped=True, told=_told(stop, spec))
    except InputRefused as error:
        return Check(kind, unit, Outcome.REFUSED, 0, error.faults, sheet=sheet, told=_told(error, spec))


def _told(error: InputRefused, spec: SheetSpec) -> tuple[str, ...]:
    """The names that a refused file still gives for its sender."""
    if not isinstance(error, FormRefused):
        return ()
    return (unit_told(error.raw, spec), error.raw.stamp.get(UNIT_LABEL, ""))


def _result(
    kind: ReceiptKind,
    unit: str,
    sheet: SheetData,
    checked: Checked[Decision] | Checked[ProgressEntry],
    of_the_file: tuple[Fault, ...],
) -> Check:
    rows = len(checked.records)
    outcome = Outcome.ACCEPTED if not checked.faulty_rows else (Outcome.PARTIAL if rows else Outcome.REFUSED)
    warnings = (*of_the_file, *checked.warnings)
    return Check(kind, unit, outcome, rows, checked.faults, warnings, checked.proposals, sheet=sheet)


def _correction(sheet: SheetData, checked: Checked[Decision] | Checked[ProgressEntry]) -> tuple[Fault, ...]:
    """A file with fewer rows than the form had corrects these rows alone; absent rows delete nothing."""
    stamp = read_stamp(sheet)
    present = len(sheet.rows)
    if stamp is None or not checked.records or present >= len(stamp.tasks):
        return ()
    problem = f"下发{len(stamp.tasks)}项，本文件只有{present}项：按更正处理，其余各项沿用此前所报"
    return (Fault(sheet.label_place("填报单位"), problem, "不是更正的，请补齐其余各行后重报"),)


def sender_of(check: Check, file_name: str, units: Units, told: str = "") -> str:
    """The sender's slug; empty where nothing says it. Only then does a refusal wait to be withdrawn.

    What a good file says goes before what a person `told`, that before what a refused one or a file's name says.
    """
    if check.kind is ReceiptKind.DECISION:
        return OFFICE
    return check.unit or told or _named_inside(check, units) or sender_by_name(file_name, units)


def sender_by_name(file_name: str, units: Units) -> str:
    """The one unit whose slug or name is in the file's name; empty when none or several do.

    The longest match decides: 县市场监管局 is not 县市场监管局城区分局.
    """
    text = folded(file_name).casefold()
    found = {unit.slug: _matched(text, unit.slug, unit.name, *unit.short_names) for unit in units}
    longest = max(found.values(), default=0)
    slugs = [slug for slug, length in found.items() if length == longest]
    return slugs[0] if longest and len(slugs) == 1 else ""


def _matched(text: str, *names: str) -> int:
    return max((len(name) for name in names if len(name) > 2 and name.casefold() in text), default=0)


def _named_inside(check: Check, units: Units) -> str:
    """By the label above the header, else by the stamp of the form that was handed out."""
    told = check.told
    if check.sheet is not None:
        told = (to_text(check.sheet.labels.get(check.sheet.spec.labels[0])), check.sheet.stamp.get(UNIT_LABEL, ""))
    found = (units.find(name.strip()) for name in told if name)
    return next((unit.slug for unit in found if unit is not None), "")
