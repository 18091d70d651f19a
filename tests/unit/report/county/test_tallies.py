"""The tallies by category and unit: totals equal sums, nothing is counted twice."""

from collections.abc import Callable, Mapping

import pytest
from builders import entry, submission, task
from report_parts import column, numbers, texts

from yuechi_report.report.context import Report
from yuechi_report.report.county import tallies

Make = Callable[..., Report]
QUARTERS = ("2024Q3", "2024Q4", "2025Q1")


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("name", ["by_category", "by_unit"])
def test_total_row_is_the_sum_of_the_rows(example: Mapping[str, Report], quarter: str, name: str) -> None:
    """Every column of the tallies adds up to its total, zero counts included."""
    table = getattr(tallies, name)(example[quarter])
    rows = [numbers(table, row) for row in range(len(table.rows) - 1)]
    assert [sum(column) for column in zip(*rows, strict=True)] == numbers(table, -1)


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("name", ["by_category", "by_unit"])
def test_kinds_of_a_row_add_up_to_its_tasks(example: Mapping[str, Report], quarter: str, name: str) -> None:
    """Settled, running, waiting, watched and overdue are all the tasks of a row, each once."""
    table = getattr(tallies, name)(example[quarter])
    found = [numbers(table, row)[:6] for row in range(len(table.rows))]
    assert [sum(row[1:]) for row in found] == [row[0] for row in found]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_tallies_by_category_and_by_unit_have_one_total(example: Mapping[str, Report], quarter: str) -> None:
    """37 tasks however they are grouped; ten categories, twenty units."""
    categories, units = tallies.by_category(example[quarter]), tallies.by_unit(example[quarter])
    assert numbers(categories, -1) == numbers(units, -1)[:6]
    assert (numbers(units, -1)[0], len(categories.rows), len(units.rows)) == (37, 11, 21)


def test_shared_task_counts_once_with_its_first_lead(make: Make) -> None:
    """Countersigning and cooperating are counted apart; a unit without a task of its own has a row."""
    shared = task(number=1, lead_units=("县人力资源和社会保障局", "县公安局"), cooperating_units=("县医保局",))
    table = tallies.by_unit(make((shared, task(number=2, lead_units=("县公安局",)))))
    rows = dict(zip(texts(table, "stub"), (numbers(table, row) for row in range(4)), strict=True))
    assert {name: (row[0], *row[-2:]) for name, row in rows.items()} == {
        "县人社局": (1, 0, 0),
        "县公安局": (1, 1, 0),
        "县医保局": (0, 0, 1),
        "合计": (2, 1, 1),
    }


@pytest.mark.parametrize("quarter", QUARTERS)
def test_rule_counts_add_up_to_all_tasks(example: Mapping[str, Report], quarter: str) -> None:
    """The annex lists every headline in use, once."""
    table = tallies.rule_counts(example[quarter])
    assert (sum(numbers(table, row)[0] for row in range(len(table.rows))), len(set(column(table, "headline")))) == (
        37,
        len(table.rows),
    )


def test_units_table_tells_when_each_reported(make: Make) -> None:
    """The day of receipt and the state; a unit that only helps owes nothing."""
    both = (task(number=1), task(number=2, lead_units=("县公安局",), cooperating_units=("县医保局",)))
    table = tallies.by_unit(make(both, submission("2024-12-23"), entry("2024-12-23", task_no=1)))
    assert dict(
        zip(texts(table, "stub"), zip(texts(table, "received_on"), texts(table, "state"), strict=True), strict=True)
    ) == {
        "县人社局": ("12月23日", "迟报"),
        "县公安局": ("—", "未报送"),
        "县医保局": ("—", "—"),
        "合计": ("—", "—"),
    }
