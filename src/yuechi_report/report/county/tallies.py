"""The tallies by category and unit, and the count of statuses."""

from collections import Counter
from collections.abc import Sequence

from yuechi_report.domain.assessment import Assessment, Headline, UnitDiscipline
from yuechi_report.domain.reporting import UnitReport, unit_reports
from yuechi_report.page.headlines import sign_kind
from yuechi_report.page.labels import label
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report import rows
from yuechi_report.report.cells import legend, number_cell, text_cell
from yuechi_report.report.context import Report
from yuechi_report.report.county.sections import caption
from yuechi_report.report.provenance import from_report
from yuechi_report.report.words.days import day_word

_FIRST_REPORT = {True: "首报", False: "待收"}
"""A first report is not judged: it has come, or it is awaited."""


@from_report
def by_category(report: Report) -> Table:
    """Grain: one row a category, and a total; every task is counted once."""
    tallies = [_tally_row(name, found) for name, found in rows.by_category(report)]
    columns = (Column(key="stub", title="类别", width=16.0), *_tally_columns())
    return _tally_table("by_category", columns, [*tallies, _tally_row("合计", report.assessments)])


@from_report
def by_unit(report: Report) -> Table:
    """Grain: one row a unit, and a total; a shared task counts once, with its first lead unit.

    Countersigning and cooperation are counted apart. The last two columns say when the unit reported.
    """
    led, shared = rows.by_filling_unit(report), _shared_tasks(report)
    owing = {one.unit: one for one in unit_reports(report.assessments)}
    tallies = [
        (
            *_tally_row(report.short_unit(name), led.get(name, ())),
            *map(number_cell, shared.get(name, (0, 0))),
            *_received_cells(report, owing.get(name)),
        )
        for name in dict.fromkeys((*led, *shared))
    ]
    sums = [sum(numbers) for numbers in zip(*shared.values(), strict=True)] or [0, 0]
    total = (*_tally_row("合计", report.assessments), *map(number_cell, sums), text_cell("—"), text_cell("—"))
    columns = (
        Column(key="stub", title="单位", width=8.8),
        *_tally_columns(),
        Column(key="countersigning", title="会签", align="center", width=2.8),
        Column(key="cooperating", title="配合", align="center", width=2.8),
        Column(key="received_on", title="报送日期", align="center", width=5.8),
        Column(key="state", title="报送", align="center", width=4.0),
    )
    return _tally_table("by_unit", columns, [*tallies, total])


def _shared_tasks(report: Report) -> dict[str, tuple[int, int]]:
    """Unit → how many tasks it countersigns and in how many it cooperates."""
    countersigned = Counter(name for task in report.register for name in task.lead_units[1:])
    helped = Counter(name for task in report.register for name in task.cooperating_units)
    order = dict.fromkeys(name for task in report.register for name in task.units)
    return {name: (countersigned[name], helped[name]) for name in order if countersigned[name] or helped[name]}


def _received_cells(report: Report, owing: UnitReport | None) -> tuple[Cell, Cell]:
    if owing is None:
        return Cell(text="—", value=""), text_cell("—")
    day, state = owing.handed_in_on, owing.state
    shown = Cell(text=day_word(report, day), value=day.isoformat()) if day else Cell(text="—", value="")
    word = _FIRST_REPORT[day is not None] if state is UnitDiscipline.FIRST_REPORT else label(state)
    return shown, text_cell(word, strong=state in (UnitDiscipline.LATE, UnitDiscipline.NOT_REPORTED))


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


def _tally_row(name: str, found: Sequence[Assessment]) -> tuple[Cell, ...]:
    kinds = Counter(sign_kind(status.headline) for status in found)
    numbers = [len(found), *(kinds[kind] for kind in ("settled", "ordinary", "attention", "warning", "overdue"))]
    return text_cell(name, strong=name == "合计"), *map(number_cell, numbers)


def _tally_table(name: str, columns: tuple[Column, ...], found: list[tuple[Cell, ...]]) -> Table:
    return Table(name=name, caption=caption(name), columns=columns, rows=tuple(found), compact=True, header_column=True)


@from_report
def rule_counts(report: Report) -> Table:
    """Annex on method: the headlines in use this quarter, their sign and number. Grain: one row a headline."""
    signs = dict(report.scope.office.signs)
    numbers = Counter(status.headline for status in report.assessments)
    counts = [
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
        rows=tuple(counts),
        notes=(legend(report),),
        compact=True,
    )
