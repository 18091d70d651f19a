"""The tables of page one, the tallies by category and unit, who handed in, and the count of statuses."""

from collections import Counter

import pandas as pd

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.labels import date_label, label
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import legend, number_cell, text_cell
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.frames import submission_frame, tally_frame
from yuechi_report.report.groups import FIXED_GROUPS, OTHER_GROUPS, Group, counted, sign_kind
from yuechi_report.report.narrative import working_day_label
from yuechi_report.report.reasons import overdue_proposal, overdue_reason
from yuechi_report.report.wording import clipped, short_title

OVERDUE_ROWS = 6


def fixed_summary(report: Report) -> Table:
    """Fixed tasks by headline, this quarter and last. Grain: one row, this quarter（last quarter）."""
    return _summary(report, "fixed_summary", "限时任务", FIXED_GROUPS, fixed=True)


def other_summary(report: Report) -> Table:
    """The other tasks likewise."""
    return _summary(report, "other_summary", "其他任务", OTHER_GROUPS, fixed=False)


def _summary(report: Report, name: str, stub: str, groups: tuple[Group, ...], *, fixed: bool) -> Table:
    now = [one for one in report.assessments if one.is_fixed is fixed]
    before = [one for one in report.earlier if one.is_fixed is fixed]
    shown = counted(groups, now)
    columns = [Column(key="stub", title=stub, align="center", width=1.3)]
    cells = [text_cell("本季（上季）" if report.earlier else "本季")]
    for group, number in shown:
        columns.append(Column(key=group.column, title=group.column, align="center", width=_width(group.column)))
        was = f"（{len(group.members(before))}）" if report.earlier else ""
        strong = Headline.OVERDUE in group.headlines
        cells.append(Cell(text=f"{number}{was}", value=number, strong=strong))
    columns.append(Column(key="total", title="合计", align="center"))
    cells.append(Cell(text=str(len(now)), value=len(now), note="①" if report.earlier else ""))
    return Table(name=name, columns=tuple(columns), rows=(tuple(cells),), compact=True, header_column=True)


def _width(title: str) -> float:
    return max(1.0, len(title) / 4)


def overdue(report: Report) -> Table:
    """At most six overdue tasks. Grain: one row a task."""
    found = [one for one in report.assessments if one.headline is Headline.OVERDUE]
    reply_by = working_day_label(report, report.as_of, report.scope.policy.working_days_check)
    rest = len(found) - OVERDUE_ROWS
    return Table(
        name="overdue",
        columns=(
            Column(key="task_no", title="序号", align="center", width=0.6),
            Column(key="title", title="任务", width=2.4),
            Column(key="lead", title="牵头单位", width=1.7),
            Column(key="days", title="逾期", align="center", width=0.8),
            Column(key="reason", title="原因", width=2.8),
            Column(key="proposal", title="拟办" if report.edition == LEADERS else "要求", width=2.4),
        ),
        rows=tuple(_overdue_row(report, one, reply_by) for one in found[:OVERDUE_ROWS]),
        notes=(f"其余{rest}项逾期任务见第七部分。",) if rest > 0 else (),
        empty_text="",
        compact=True,
    )


def _overdue_row(report: Report, one: Assessment, reply_by: str) -> tuple[Cell, ...]:
    task = report.task(one.task_no)
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(short_title(task.title)),
        text_cell(report.lead_names(task)),
        Cell(text=f"{one.days_overdue}天", value=one.days_overdue, strong=True),
        text_cell(clipped(overdue_reason(one), 30)),
        text_cell(_proposal(report, one, reply_by)),
    )


def _proposal(report: Report, one: Assessment, reply_by: str) -> str:
    """For the leaders with the document to be sent; for the units only what is required."""
    wanted = overdue_proposal(one, reply_by)
    if report.edition != LEADERS:
        return f"{wanted}。"
    document = report.scope.units.named(report.task(one.task_no).filling_unit).document
    return f"发{label(document)}，{wanted}"


def by_category(report: Report) -> Table:
    """Grain: one row a category, and a total; every task is counted once."""
    frame = tally_frame(report)
    groups = frame.groupby(["category_no", "category"], sort=True)
    rows = [_tally_row(f"{name}", group) for (_, name), group in groups]
    return _tally_table("by_category", "表1　按类别", "类别", 3.4, [*rows, _tally_row("合计", frame)])


def by_unit(report: Report) -> Table:
    """Grain: one row a filling unit in the notice's order, and a total; a shared task counts once,
    with its first lead unit. Cooperation is counted apart.
    """
    frame = tally_frame(report)
    helping: dict[str, int] = {}
    for task in report.register:
        for name in (*task.lead_units[1:], *task.cooperating_units):
            helping[name] = helping.get(name, 0) + 1
    order = list(dict.fromkeys(frame["unit"]))
    rows = [_tally_row(report.short_unit(name), frame[frame["unit"] == name], helping.get(name, 0)) for name in order]
    only = [name for name in helping if name not in order]
    nothing = frame[frame["unit"] == ""]
    rows += [_tally_row(report.short_unit(name), nothing, helping[name]) for name in only]
    total = _tally_row("合计", frame, sum(helping.values()))
    return _tally_table(
        "by_unit", "表2　按单位（牵头任务按第一牵头单位计一次）", "单位", 2.4, [*rows, total], helping=True
    )


_TALLIES = (
    ("tasks", "任务"),
    ("settled", "已了结"),
    ("running", "在办正常"),
    ("attention", "待核实或待批"),
    ("warning", "须关注"),
    ("overdue", "逾期"),
)


def _tally_row(name: str, frame: pd.DataFrame, helping: int | None = None) -> tuple[Cell, ...]:
    kinds = Counter(sign_kind(Headline(code)) for code in frame["headline"])
    numbers = [len(frame), *(kinds[kind] for kind in ("settled", "ordinary", "attention", "warning", "overdue"))]
    cells = [text_cell(name, strong=name == "合计"), *(number_cell(number) for number in numbers)]
    return tuple(cells if helping is None else [*cells, number_cell(helping)])


def _tally_table(
    name: str, caption: str, stub: str, width: float, rows: list[tuple[Cell, ...]], *, helping: bool = False
) -> Table:
    columns = [Column(key="stub", title=stub, width=width)]
    columns += [Column(key=key, title=title, align="center", width=_width(title)) for key, title in _TALLIES]
    if helping:
        columns.append(Column(key="helping", title="会签配合", align="center", width=1.1))
    return Table(name=name, caption=caption, columns=tuple(columns), rows=tuple(rows), compact=True, header_column=True)


def handed_in(report: Report) -> Table:
    """Who handed in and when. Grain: one row a filling unit that owes a report."""
    frame = submission_frame(report)
    due = report.scope.period.submission_due
    return Table(
        name="handed_in",
        caption=f"表6　报送情况（应于{date_label(due)}前报送）",
        columns=(
            Column(key="unit", title="单位", width=3),
            Column(key="tasks", title="应报任务", align="center"),
            Column(key="received_on", title="收到日期", align="center", width=1.6),
            Column(key="state", title="报送", align="center", width=1.2),
        ),
        rows=tuple(
            (
                text_cell(report.scope.units.named(str(row.unit)).name),
                Cell(text=str(row.tasks), value=int(str(row.tasks))),
                text_cell(str(row.received_on) or "—"),
                text_cell(str(row.state), strong=row.state in ("迟报", "未报送")),
            )
            for row in frame.itertuples()
        ),
        compact=True,
    )


def rule_counts(report: Report) -> Table:
    """Annex 2: the headlines in use this quarter, their sign and number. Grain: one row a headline."""
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
        caption="表7　本季各状态任务数",
        columns=(Column(key="headline", title="状态", width=2), Column(key="number", title="任务数", align="center")),
        rows=tuple(rows),
        notes=(legend(report),),
        compact=True,
    )
