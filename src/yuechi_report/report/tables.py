"""The tables of page one, the tallies by category and unit, and the count of statuses."""

from collections import Counter
from datetime import date

import pandas as pd

from yuechi_report.domain.assessment import Assessment, Discipline, Headline
from yuechi_report.page.labels import label
from yuechi_report.page.signs import sign_kind
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import legend, number_cell, task_cells, text_cell
from yuechi_report.report.conclusion import overdue_tasks
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.crowd import OVERDUE_ROWS
from yuechi_report.report.days import day_word
from yuechi_report.report.footnotes import BEFORE_ISSUE, EARLIER, REVISED, RULES, sign
from yuechi_report.report.frames import submission_frame, tally_frame
from yuechi_report.report.groups import FIXED_GROUPS, OTHER_GROUPS, Group, counted
from yuechi_report.report.reasons import brief_reason, overdue_reason, overdue_request
from yuechi_report.report.wording import brief_title, clipped

_FIRST_REPORT = {True: "首报", False: "待收"}
"""A first report is not judged: it has come, or it is awaited."""
_ROOMY = 4
"""With more overdue tasks than these each reason takes one line; section seven has them in full."""


def fixed_summary(report: Report) -> Table:
    """Fixed tasks by headline, this quarter and last. Grain: one row, this quarter（last quarter）."""
    total = sign(report, EARLIER, REVISED, BEFORE_ISSUE)
    return _summary(report, "fixed_summary", "限时任务", FIXED_GROUPS, fixed=True, total_note=total)


def other_summary(report: Report) -> Table:
    """The other tasks likewise."""
    return _summary(report, "other_summary", "其他任务", OTHER_GROUPS, fixed=False, total_note=sign(report, EARLIER))


def _summary(report: Report, name: str, stub: str, groups: tuple[Group, ...], *, fixed: bool, total_note: str) -> Table:
    now = [one for one in report.assessments if one.is_fixed is fixed]
    before = [one for one in report.earlier if one.is_fixed is fixed]
    columns = [Column(key="stub", title=stub, align="center", width=6.5)]
    cells = [text_cell("本季（上季）" if report.past else "本季")]
    for group, number in counted(groups, now):
        columns.append(Column(key=group.column, title=group.column, align="center", width=max(4.5, len(group.column))))
        was = f"（{len(group.members(before))}）" if report.past else ""
        late = Headline.OVERDUE in group.headlines
        cells.append(Cell(text=f"{number}{was}", value=number, strong=late, note=sign(report, RULES) if late else ""))
    columns.append(Column(key="total", title="合计", align="center", width=4.5))
    was = f"（{len(before)}）" if report.past and len(before) != len(now) else ""
    cells.append(Cell(text=f"{len(now)}{was}", value=len(now), note=total_note))
    return Table(name=name, columns=tuple(columns), rows=(tuple(cells),), compact=True, header_column=True)


def overdue(report: Report) -> Table:
    """At most six overdue tasks, two lines each. Grain: one row a task."""
    found = overdue_tasks(report.assessments)
    wanted = "拟办" if report.edition == LEADERS else "要求"
    return Table(
        name="overdue",
        columns=(
            Column(key="task_no", title="序号", align="center", width=2.8),
            Column(key="title", title="任务", width=10.6),
            Column(key="lead", title="牵头单位", width=8.8),
            Column(key="days", title="逾期", align="center", width=3.6),
            Column(key="reason", title="原因", width=9.9),
            Column(key="proposal", title=wanted, width=10.8),
        ),
        rows=tuple(_overdue_row(report, one, crowded=len(found) > _ROOMY) for one in found[:OVERDUE_ROWS]),
        empty_text="",
        compact=True,
    )


def _overdue_row(report: Report, one: Assessment, *, crowded: bool) -> tuple[Cell, ...]:
    confirmed_only = report.edition != LEADERS
    reason = brief_reason(one) if crowded else clipped(overdue_reason(one, confirmed_only=confirmed_only), 18)
    number, title, lead = task_cells(report, one, title=brief_title(report.task(one.task_no).title, 18))
    return (
        number,
        title,
        lead,
        Cell(text=f"{one.days_overdue}天", value=one.days_overdue, strong=True),
        text_cell(reason),
        text_cell(_proposal(report, one)),
    )


def _proposal(report: Report, one: Assessment) -> str:
    """For the leaders with the document to be sent; for the units only what is required."""
    wanted = overdue_request(one)
    if report.edition != LEADERS:
        return wanted
    return f"发{label(report.scope.units.named(report.task(one.task_no).filling_unit).document)}，{wanted}"


def by_category(report: Report) -> Table:
    """Grain: one row a category, and a total; every task is counted once."""
    frame = tally_frame(report)
    groups = frame.groupby(["category_no", "category"], sort=True)
    rows = [_tally_row(f"{name}", group) for (_, name), group in groups]
    columns = (Column(key="stub", title="类别", width=16.0), *_tally_columns())
    return _tally_table("by_category", "表1　按类别", columns, [*rows, _tally_row("合计", frame)])


def by_unit(report: Report) -> Table:
    """Grain: one row a unit, and a total; a shared task counts once, with its first lead unit.

    Countersigning and cooperation are counted apart. The last two columns tell when the unit reported.
    """
    frame = tally_frame(report)
    lead_units = dict.fromkeys(frame["unit"])
    shared = _shared_tasks(report)
    received = {str(row.unit): (str(row.received_on), str(row.state)) for row in submission_frame(report).itertuples()}
    rows = [
        (
            *_tally_row(report.short_unit(name), frame[frame["unit"] == name]),
            *(number_cell(number) for number in shared.get(name, (0, 0))),
            *_received_cells(report, *received.get(name, ("", ""))),
        )
        for name in [*lead_units, *(name for name in shared if name not in lead_units)]
    ]
    sums = [sum(numbers) for numbers in zip(*shared.values(), strict=True)] or [0, 0]
    total = (*_tally_row("合计", frame), *map(number_cell, sums), text_cell("—"), text_cell("—"))
    columns = (
        Column(key="stub", title="单位", width=8.8),
        *_tally_columns(),
        Column(key="countersigning", title="会签", align="center", width=2.8),
        Column(key="cooperating", title="配合", align="center", width=2.8),
        Column(key="received_on", title="报送日期", align="center", width=5.8),
        Column(key="state", title="报送", align="center", width=4.0),
    )
    return _tally_table("by_unit", "表2　按单位（共同牵头的任务按第一牵头单位计一次）", columns, [*rows, total])


def _shared_tasks(report: Report) -> dict[str, tuple[int, int]]:
    """Unit → how many tasks it countersigns and in how many it cooperates."""
    countersigned = Counter(name for task in report.register for name in task.lead_units[1:])
    helped = Counter(name for task in report.register for name in task.cooperating_units)
    order = dict.fromkeys(name for task in report.register for name in task.units)
    return {name: (countersigned[name], helped[name]) for name in order if countersigned[name] or helped[name]}


def _received_cells(report: Report, received_on: str, state: str) -> tuple[Cell, Cell]:
    shown = day_word(report, date.fromisoformat(received_on)) if received_on else "—"
    word = _FIRST_REPORT[bool(received_on)] if state == label(Discipline.FIRST_REPORT) else state
    return Cell(text=shown, value=received_on), text_cell(word or "—", strong=word in ("迟报", "未报送"))


_TALLIES = (
    ("tasks", "任务", 2.8),
    ("settled", "已了结", 3.8),
    ("running", "在办正常", 4.8),
    ("attention", "待核实或待批", 4.0),
    ("warning", "须跟进", 3.8),
    ("overdue", "逾期", 2.8),
)


def _tally_columns() -> tuple[Column, ...]:
    return tuple(Column(key=key, title=title, align="center", width=width) for key, title, width in _TALLIES)


def _tally_row(name: str, frame: pd.DataFrame) -> tuple[Cell, ...]:
    kinds = Counter(sign_kind(Headline(code)) for code in frame["headline"])
    numbers = [len(frame), *(kinds[kind] for kind in ("settled", "ordinary", "attention", "warning", "overdue"))]
    return text_cell(name, strong=name == "合计"), *map(number_cell, numbers)


def _tally_table(name: str, caption: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> Table:
    return Table(name=name, caption=caption, columns=columns, rows=tuple(rows), compact=True, header_column=True)


def rule_counts(report: Report) -> Table:
    """Annex on method: the headlines in use this quarter, their sign and number. Grain: one row a headline."""
    signs = dict(report.scope.office.signs)
    numbers = Counter(one.headline for one in report.assessments)
    rows = [
        (
            Cell(text=label(headline), value=headline.value, sign=signs[sign_kind(headline)]),
            Cell(text=str(numbers[headline]), value=numbers[headline]),
        )
        for headline in Headline
        if numbers[headline]
    ]
    return Table(
        name="rule_counts",
        caption="表10　本季各状态任务数",
        columns=(Column(key="headline", title="状态", width=2), Column(key="number", title="任务数", align="center")),
        rows=tuple(rows),
        notes=(legend(report),),
        compact=True,
    )
