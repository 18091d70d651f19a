"""Sheet rows → entries or decisions; faults are gathered with their cells, good rows are kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.progress import Action, Decision, ProgressEntry, Reported, Role, Source
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.register import Register, Task
from yuechi_report.domain.unit import Unit, Units
from yuechi_report.errors import Fault, InputRefused
from yuechi_report.intake.fields import (
    NO_AMOUNT,
    FieldProblem,
    to_amount,
    to_date,
    to_evidence,
    to_task_number,
    to_text,
)
from yuechi_report.intake.workbook import SheetData, SheetRow, Value
from yuechi_report.page.labels import from_label, label, words_of

T = TypeVar("T")
R = TypeVar("R", ProgressEntry, Decision)
W = TypeVar("W", Role, Reported, Action)

_APPROVED = (Action.GRANT_EXTENSION, Action.ADJUST, Action.TERMINATE, Action.TRANSFER, Action.SET_DEADLINE)
_NEEDED: dict[Action, tuple[str, ...]] = {
    Action.CLOSE: ("completed_on",),
    Action.CLOSE_TO_ROUTINE: ("completed_on",),
    Action.GRANT_EXTENSION: ("new_due",),
    Action.RECOGNISE_BLOCK: ("upper_body", "upper_step", "letter_number", "letter_on", "review_on"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """What rows are checked against, and which receipt they came in."""

    register: Register
    units: Units
    nature: str
    quarter: Quarter
    source: Source


@dataclass(frozen=True, slots=True)
class Checked(Generic[R]):
    """Rows that passed, and what is wrong with the others."""

    records: tuple[R, ...]
    faults: tuple[Fault, ...]
    faulty_rows: int
    faulty_tasks: tuple[int, ...] = ()


class _Row:
    """Reads the cells of one row and gathers its faults."""

    def __init__(self, sheet: SheetData, row: SheetRow) -> None:
        self.sheet = sheet
        self.row = row
        self.faults: list[Fault] = []

    def fault(self, key: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.sheet.place(self.row.number, key), problem, remedy))

    def read(self, key: str, convert: Callable[[Value], T], default: T) -> T:
        try:
            return convert(self.row.cells.get(key))
        except FieldProblem as error:
            self.fault(key, error.problem, error.remedy)
            return default

    def text(self, key: str) -> str:
        return self.read(key, to_text, "")

    def date(self, key: str) -> date | None:
        return self.read(key, to_date, None)

    def word(self, key: str, kind: type[W]) -> W | None:
        text = self.text(key)
        try:
            return from_label(kind, text)
        except KeyError:
            shown = f"“{text}”不在可选范围内" if text else "没有填写"
            self.fault(key, shown, f"请从以下各项中选填：{'、'.join(words_of(kind))}")
            return None

    @property
    def task_number(self) -> list[int]:
        """The row's task number, or nothing where it cannot be read."""
        try:
            return [to_task_number(self.row.cells.get("task_no"))]
        except FieldProblem:
            return []

    def task(self, register: Register) -> Task | None:
        number = self.read("task_no", to_task_number, 0)
        try:
            return register.task(number) if not self.faults else None
        except KeyError:
            self.fault("task_no", f"清单中没有第{number}项任务", "请核对任务序号")
            return None


def check_labels(sheet: SheetData, context: Context) -> None:
    """Quarter and data nature above the header are those expected; InputRefused otherwise."""
    wanted = {"填报季度": str(context.quarter), "数据性质": context.nature}
    faults = [
        Fault(
            sheet.label_place(name),
            f"“{name}”应为“{value}”，现为“{to_text(sheet.labels.get(name))}”",
            "请使用本期下发的表格",
        )
        for name, value in wanted.items()
        if to_text(sheet.labels.get(name)) != value
    ]
    if faults:
        raise InputRefused(faults)


def unit_of(sheet: SheetData, units: Units) -> Unit:
    """The filling unit named above the header; InputRefused with the known names when there is none."""
    name = to_text(sheet.labels.get("填报单位"))
    try:
        return units.named(name)
    except KeyError as error:
        known = "、".join(unit.name for unit in units if unit.has_form)
        raise InputRefused.at(
            sheet.label_place("填报单位"), f"单位“{name}”不在单位名录中", f"请填写规范名称：{known}"
        ) from error


def check_entries(sheet: SheetData, context: Context) -> Checked[ProgressEntry]:
    """A unit's rows as entries. A row enters whole or not at all."""
    unit = unit_of(sheet, context.units)
    filed_on = _filed_on(sheet, context)
    return _check(sheet, lambda row: _entry(row, context, unit, filed_on))


def check_decisions(sheet: SheetData, context: Context) -> Checked[Decision]:
    """The office's rows as decisions."""
    return _check(sheet, lambda row: _decision(row, context))


def _check(sheet: SheetData, build: Callable[[_Row], R | None]) -> Checked[R]:
    records: list[R] = []
    faults: list[Fault] = []
    bad = 0
    sent_back: list[int] = []
    for one in sheet.rows:
        row = _Row(sheet, one)
        record = build(row)
        if record is None or row.faults:
            bad += 1
            sent_back += row.task_number
            faults.extend(row.faults)
        else:
            records.append(record)
    return Checked(tuple(records), tuple(faults), bad, tuple(sent_back))


def _filed_on(sheet: SheetData, context: Context) -> date:
    try:
        day = to_date(sheet.labels.get("填报日期"))
    except FieldProblem as error:
        raise InputRefused.at(sheet.label_place("填报日期"), error.problem, error.remedy) from error
    return day or context.source.received_at.date()


def _entry(row: _Row, context: Context, unit: Unit, filed_on: date) -> ProgressEntry | None:
    task = row.task(context.register)
    role = row.word("role", Role)
    if task is None or role is None:
        return None
    _check_role(row, task, unit, role)
    reported = row.word("reported", Reported) if role is Role.LEAD else None
    percent, measure, measured = row.read("percent", to_amount, NO_AMOUNT)
    return ProgressEntry(
        quarter=context.quarter,
        unit=unit.name,
        task_no=task.number,
        role=role,
        reported=reported,
        source=_at_row(context.source, row.row.number),
        filed_on=filed_on,
        criterion=row.text("criterion"),
        promise=row.text("promise"),
        target=row.text("target"),
        progress=row.text("progress"),
        percent=percent,
        measure=measure,
        measured=measured,
        issues=row.text("issues"),
        next_steps=row.text("next_steps"),
        expected_on=row.date("expected_on"),
        confidence=row.text("confidence"),
        completed_on=row.date("completed_on"),
        evidence=row.read("evidence", to_evidence, ()),
        coordination=row.text("coordination"),
    )


def _check_role(row: _Row, task: Task, unit: Unit, role: Role) -> None:
    allowed = {
        Role.LEAD: task.lead_units[:1],
        Role.COUNTERSIGN: task.lead_units[1:],
        Role.COOPERATE: task.cooperating_units,
    }[role]
    if not set(allowed) & set(unit.names):
        word = label(role)
        row.fault(
            "task_no",
            f"第{task.number}项任务的{word}单位不是{unit.name}",
            f"请核对任务序号和角色；该任务{word}单位：{'、'.join(allowed) or '无'}",
        )


def _decision(row: _Row, context: Context) -> Decision | None:
    task = row.task(context.register)
    action = row.word("action", Action)
    decided_on = row.date("decided_on")
    if task is None or action is None:
        return None
    if decided_on is None:
        row.fault("decided_on", "没有填写决定日期", "请填写作出决定的日期")
        return None
    _check_needed(row, action)
    return Decision(
        quarter=context.quarter,
        task_no=task.number,
        action=action,
        decided_on=decided_on,
        source=_at_row(context.source, row.row.number),
        decided_by=row.text("decided_by"),
        reason=row.text("reason"),
        completed_on=row.date("completed_on"),
        new_due=row.date("new_due"),
        new_class=_class_code(row),
        wording=row.text("wording"),
        new_unit=_new_unit(row, context.units, action),
        review_on=row.date("review_on"),
        upper_body=row.text("upper_body"),
        upper_step=row.text("upper_step"),
        letter_number=row.text("letter_number"),
        letter_on=row.date("letter_on"),
        approver=row.text("approver"),
        approved_on=row.date("approved_on"),
        document_number=row.text("document_number"),
    )


def _check_needed(row: _Row, action: Action) -> None:
    needed = ("reason", *_NEEDED.get(action, ()))
    if action in _APPROVED:
        needed += ("approver", "approved_on", "document_number")
    titles = {column.key: column.title for column in row.sheet.spec.columns}
    for key in needed:
        if not row.text(key):
            row.fault(key, f"“{label(action)}”没有填写{titles[key]}", f"请补填{titles[key]}")
    if action is Action.SET_DEADLINE and not (row.text("new_due") or row.text("new_class")):
        row.fault("new_due", "“核定时限”没有填写新时限或核定类别", "请填写其中一项")
    _check_class(row)


def _check_class(row: _Row) -> None:
    """A fixed deadline needs its date; without one it could never be judged."""
    if row.text("new_class") == label(TaskClass.FIXED) and not row.text("new_due"):
        row.fault("new_due", "核定为限时类而没有填写新时限", "请填写新时限")


def _new_unit(row: _Row, units: Units, action: Action) -> str:
    """The official name of the unit that takes over; only 承接 and 调整 may name one, 承接 must."""
    text = row.text("new_unit")
    if not text:
        if action is Action.SUCCEED:
            row.fault("new_unit", "“承接”没有填写新牵头单位", "请补填新牵头单位")
        return ""
    if action not in (Action.SUCCEED, Action.ADJUST):
        row.fault("new_unit", f"“{label(action)}”不改变牵头单位", "请清空新牵头单位，或改用“承接”“调整”")
        return ""
    try:
        return units.named(text).name
    except KeyError:
        known = "、".join(unit.name for unit in units if unit.has_form)
        row.fault("new_unit", f"单位“{text}”不在单位名录中", f"请填写规范名称：{known}")
        return ""


def _class_code(row: _Row) -> str:
    text = row.text("new_class")
    try:
        return from_label(TaskClass, text).value if text else ""
    except KeyError:
        row.fault("new_class", f"核定类别“{text}”不在可选范围内", f"请选填：{'、'.join(words_of(TaskClass)[:4])}")
        return ""


def _at_row(source: Source, number: int) -> Source:
    return Source(source.seq, source.file, number, source.received_at, source.recorded_at, source.channel)
