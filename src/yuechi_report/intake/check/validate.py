"""A sheet → entries or decisions: everything wrong is gathered with its cell, good rows are kept.

Three kinds of finding stay apart: faults (the row is not taken), warnings (taken, the unit is warned) and
proposals to the office (taken; nothing is printed before the office confirms).
"""

from collections import Counter
from collections.abc import Callable
from datetime import date

from yuechi_report.domain.progress import Decision, ProgressEntry, Role
from yuechi_report.domain.quarter import CHINA
from yuechi_report.domain.standing import filling_units
from yuechi_report.domain.unit import Unit, Units
from yuechi_report.errors import Fault, InputRefused
from yuechi_report.intake.check.decision_rows import read_decision
from yuechi_report.intake.check.entry_rows import is_untouched, read_entry, review
from yuechi_report.intake.check.fields import FieldProblem, is_without_year, to_filing_day, to_text
from yuechi_report.intake.check.row import Checked, Context, R, RowReader, known_units
from yuechi_report.intake.door.workbook import SheetData
from yuechi_report.page.labels import label

__all__ = ["Checked", "Context", "check_decisions", "check_entries", "check_labels", "fills_in", "unit_of"]


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
    """The filling unit named above the header; InputRefused with names that look alike when there is none."""
    name = to_text(sheet.labels.get("填报单位"))
    unit = units.find(name)
    if unit is None:
        place = sheet.label_place("填报单位")
        raise InputRefused.at(place, f"单位“{name}”不在单位名录中", known_units(units, name))
    return unit


def check_entries(sheet: SheetData, context: Context) -> Checked[ProgressEntry]:
    """A unit's rows as entries. A row enters whole or not at all; a row left as sent is no entry."""
    unit = unit_of(sheet, context.units)
    filed_on = _filed_on(sheet, context)
    rows = [RowReader(sheet, row) for row in sheet.rows]
    filled = [row for row in rows if not is_untouched(row)]
    if not filled and not fills_in(unit, context):
        return Checked((), (), 0, (), (_nothing_added(sheet),))
    if not filled:
        raise InputRefused.at(sheet.label_place("填报单位"), "没有填写任何一行", "请填写后再报送")
    twice = _twice(filled)

    def build(row: RowReader) -> ProgressEntry | None:
        _refuse_twice(row, twice)
        entry = read_entry(row, context, unit, filed_on)
        if entry is not None and not row.faults:
            review(row, entry, context)
        return entry

    untouched = [row for row in rows if is_untouched(row)]
    return _check(filled, build, [*_filing_day(sheet, filed_on, context), *_of_untouched(untouched)], untouched)


def fills_in(unit: Unit, context: Context) -> bool:
    """Whether any task's report is this unit's; one that only countersigns or cooperates may have nothing to add."""
    names, moves = set(unit.names), context.history.decisions
    return any(names & set(filling_units(task, moves)) for task in context.register)


def _nothing_added(sheet: SheetData) -> Fault:
    return Fault(
        sheet.label_place("填报单位"),
        "会签、配合单位没有填写任何一行，按没有补充情况登记",
        "有情况要报的，请填写后重报",
    )


def check_decisions(sheet: SheetData, context: Context) -> Checked[Decision]:
    """The office's rows as decisions."""
    return _check([RowReader(sheet, row) for row in sheet.rows], lambda row: read_decision(row, context), [], [])


def _check(
    rows: list[RowReader], build: Callable[[RowReader], R | None], warnings: list[Fault], untouched: list[RowReader]
) -> Checked[R]:
    records: list[R] = []
    bad: list[RowReader] = []
    good: list[RowReader] = []
    for row in rows:
        record = build(row)
        if record is None or row.faults:
            bad.append(row)
        else:
            records.append(record)
            good.append(row)
    return Checked(
        tuple(records),
        tuple(fault for row in bad for fault in row.faults),
        len(bad),
        tuple(row.task_number for row in bad if row.task_number),
        (*warnings, *(warning for row in good for warning in row.warnings)),
        tuple(proposal for row in good for proposal in row.proposals),
        tuple(row.task_number for row in untouched),
    )


def _twice(rows: list[RowReader]) -> dict[tuple[int, str], list[int]]:
    """Row numbers by task and role, where there is more than one."""
    keys = [(row.task_number, to_text(row.row.cells.get("role"))) for row in rows]
    counts = Counter(keys)
    found: dict[tuple[int, str], list[int]] = {}
    for row, key in zip(rows, keys, strict=True):
        if counts[key] > 1 and key[0]:
            found.setdefault(key, []).append(row.row.number)
    return found


def _refuse_twice(row: RowReader, twice: dict[tuple[int, str], list[int]]) -> None:
    """Two rows for one task: which of them counts is asked back, not guessed."""
    key = (row.task_number, to_text(row.row.cells.get("role")))
    if key in twice:
        lines = "、".join(f"第{number}行" for number in twice[key])
        row.fault("task_no", f"第{key[0]}项任务在{lines}重复填写", "请合并为一行")


def _of_untouched(rows: list[RowReader]) -> list[Fault]:
    """A lead's row left as sent is no entry: what was reported before stays as it is."""
    leads = [row for row in rows if to_text(row.row.cells.get("role")) == label(Role.LEAD)]
    if not leads:
        return []
    numbers = "、".join(str(row.task_number) for row in leads)
    return [
        Fault(
            leads[0].sheet.place(leads[0].row.number, "progress"),
            f"第{numbers}项任务整行没有填写，本次不登记（此前已报的内容不变）",
            "应报而未报的，请补报",
        )
    ]


def _filing_day(sheet: SheetData, filed_on: date, context: Context) -> list[Fault]:
    place, received = sheet.label_place("填报日期"), context.source.received_at.astimezone(CHINA).date()
    value = sheet.labels.get("填报日期")
    if not to_text(value).strip():
        return [Fault(place, f"没有填写填报日期，按收到日期{received}计", "下次请填写；数据不是当日的，请填写后重报")]
    try:
        to_filing_day(value, received)
    except FieldProblem as error:
        return [
            Fault(
                place,
                f"填报{error.problem}，按收到日期{received}计",
                "下次请写成2024-12-31的形式；数据不是当日的，请改好后重报",
            )
        ]
    found = []
    if is_without_year(value):
        found.append(
            Fault(place, f"填报日期“{to_text(value)}”没有写年份，按{filed_on}计", "下次请写成2024-12-31的形式")
        )
    if filed_on > received:
        found.append(Fault(place, f"填报日期{filed_on}晚于收到日期{received}", "请核对填报日期"))
    return found


def _filed_on(sheet: SheetData, context: Context) -> date:
    """The day the figures stand for; the day of receipt where none is written or can be read, which is told."""
    received = context.source.received_at.astimezone(CHINA).date()
    try:
        return to_filing_day(sheet.labels.get("填报日期"), received) or received
    except FieldProblem:
        return received
