"""The tallies by category and unit, and the count of statuses."""

from collections import Counter
from datetime import date

import pandas as pd

from yuechi_report.domain.assessment import Discipline, Headline
from yuechi_report.page.headlines import sign_kind
from yuechi_report.page.labels import label
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import legend, number_cell, text_cell
from yuechi_report.report.context import Report
from yuechi_report.report.county.sections import caption
from yuechi_report.report.rows import submission_frame, tally_frame
from yuechi_report.report.words.days import day_word

_FIRST_REPORT = {True: "首报", False: "待收"}
"""A first report is not judged: it has come, or it is awaited."""


def by_category(report: Report) -> Table:
    """Grain: one row a category, and a total; every task is counted once."""
    frame = tally_frame(report)
    groups = frame.groupby(["category_no", "category"], sort=True)
    rows = [_tally_row(f"{name}", group) for (_, name), group in groups]
    columns = (Column(key="stub", title="类别", width=16.0), *_tally_columns())
    return _tally_table("by_category", columns, [*rows, _tally_row("合计", frame)])


def by_unit(report: Report) -> Table:
    """Grain: one row a unit, and a total; a shared task counts once, with its first lead unit.

    Countersigning and cooperation are counted apart. The last two columns say when the unit reported.
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
    return _tally_table("by_unit", columns, [*rows, total])


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


def _tally_table(name: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> Table:
    return Table(name=name, caption=caption(name), columns=columns, rows=tuple(rows), compact=True, header_column=True)


def rule_counts(report: Report) -> Table:
    """Annex on method: the headlines in use this quarter, their sign and number. Grain: one row a headline."""
    signs = dict(report.scope.office.signs)
    numbers = Counter(status.headline for status in report.assessments)
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
        caption=caption("rule_counts"),
        columns=(Column(key="headline", title="状态", width=2), Column(key="number", title="任务数", align="center")),
        rows=tuple(rows),
        notes=(legend(report),),
        compact=True,
    )
