"""Sentences, tables and figures of one report tell the same numbers, in three quarters."""

from collections import Counter

import pytest

from yuechi_report.domain.reporting import unit_reports
from yuechi_report.page.labels import unit_report_label
from yuechi_report.page.table import Table
from yuechi_report.report import Report, figures, load_report
from yuechi_report.report.county import leaders, page_one, tallies, tasks
from yuechi_report.report.unit import pages

QUARTERS = ("2024Q3", "2024Q4", "2025Q1")


@pytest.fixture(params=QUARTERS)
def report(request: pytest.FixtureRequest) -> Report:
    """The county's report of each shipped quarter."""
    return load_report(request.param, notice="yuechi-2024")


def numbers(table: Table, row: int) -> list[int]:
    """The counts of one row, without its heading."""
    return [cell.value for cell in table.rows[row][1:] if isinstance(cell.value, int)]


@pytest.mark.parametrize("make", [tallies.by_category, tallies.by_unit], ids=["category", "unit"])
def test_totals_are_the_sums_of_their_rows(report: Report, make: object) -> None:
    """The last row is the sum of the rows above, column by column, and counts every task once."""
    table = make(report)  # type: ignore[operator]
    columns = list(zip(*(numbers(table, row) for row in range(len(table.rows) - 1)), strict=True))
    assert numbers(table, -1) == [sum(column) for column in columns]
    assert numbers(table, -1)[0] == 37


def test_every_row_is_the_sum_of_its_parts(report: Report) -> None:
    """A category's tasks are its settled, running, waiting, watched and overdue ones."""
    table = tallies.by_category(report)
    rows = [numbers(table, row) for row in range(len(table.rows))]
    assert [row[0] for row in rows] == [sum(row[1:6]) for row in rows]


def test_summaries_are_the_status_table_counted(report: Report) -> None:
    """The two small tables together count the headlines of the status table; nothing is left out."""
    told = Counter(report.frame()["headline"])
    fixed, others = page_one.fixed_summary(report), page_one.other_summary(report)
    shown = Counter(
        {column.title: cell.value for column, cell in zip(fixed.columns[1:-1], fixed.rows[0][1:-1], strict=True)}
    )
    parts = numbers(fixed, 0)[:-1], numbers(others, 0)[:-1]
    assert [sum(part) for part in parts] == [15, 22]
    assert shown["逾期未完成"] == told["逾期未完成"]
    assert shown["待核验"] == told["待核验"]


def test_figures_draw_the_same_tasks(report: Report) -> None:
    """The timeline draws every dated task once, the bars every task, and equal data give equal SVG."""
    timeline, bars = figures.deadline_timeline(report), figures.status_by_category(report)
    assert sorted(record["task_no"] for record in timeline.data) == [
        one.task_no for one in report.fixed if one.effective_due is not None
    ]
    assert sum(int(str(record["tasks"])) for record in bars.data) == 37
    assert figures.status_by_category(report).svg == bars.svg


def test_register_annex_lists_every_task_in_order(report: Report) -> None:
    """37 rows, 1 to 37, with the headline of the status table."""
    rows = tasks.register_annex(report).rows
    frame = report.frame()
    assert [row[0].value for row in rows] == list(range(1, 38))
    assert [row[6].value for row in rows] == list(frame["headline"])


@pytest.mark.parametrize(
    ("quarter", "heading", "comparison"),
    [
        ("2024Q3", "## 三、逾期\n\n本季无逾期任务。", ""),
        ("2024Q4", "## 三、逾期3项（拟限1月20日前回复）", "逾期由0项增至3项，均为12月31日到期。"),
        (
            "2025Q1",
            "## 三、逾期1项（拟限4月15日前回复）",
            "新增销号5项，终止1项，重新挂账1项；逾期由3项减至1项。",
        ),
    ],
)
def test_zero_one_and_many_overdue(quarter: str, heading: str, comparison: str) -> None:
    """The heading and the comparison read well for none, one and several."""
    one = load_report(quarter, notice="yuechi-2024")
    assert page_one.overdue_heading(one).markdown == heading
    assert page_one.conclusion(one).markdown.endswith(comparison)
    assert ("与" in page_one.conclusion(one).markdown) is bool(comparison)


def test_who_handed_in_2024q4() -> None:
    """16 owed, 13 on time, two late, one missing: the sentence, the table and the records agree."""
    one = load_report("2024Q4", notice="yuechi-2024")
    states = Counter(map(unit_report_label, unit_reports(one.assessments)))
    assert states == {"按时": 13, "迟报（1项）": 1, "迟报（2项）": 1, "未报送": 1}
    assert page_one.reporting(one).markdown.startswith(
        "应报16家，按时13家，迟报2家（县住建局、县税务局），未报1家（县市场监管局）。"
    )
    assert [row[-1].text for row in tallies.by_unit(one).rows].count("按时") == 13


def test_editions_differ_where_they_must() -> None:
    """The leaders read what they must settle, the units what is required; nothing proposed reaches the units."""
    inner = load_report("2024Q4", notice="yuechi-2024")
    circular = load_report("2024Q4", notice="yuechi-2024", edition="circular")
    assert leaders.matters_or_requirements(inner).markdown.startswith("## 二、需县领导研究的事（3件）")
    assert leaders.matters_or_requirements(circular).markdown.startswith("## 二、下一步要求")
    assert page_one.overdue(inner).rows[0][5].text == "发督办单，报完成日期"
    assert page_one.overdue(circular).rows[0][5].text == "报完成日期"


@pytest.mark.parametrize(
    ("unit", "role"),
    [
        ("各电信运营商", "共同牵头1项。本页为转告"),
        ("县行政审批局", "共同牵头（会签）1项。本季度无牵头填报任务。"),
        ("县残联", "配合1项。本季度无牵头填报任务。"),
        ("岳池金融监管支局", "配合1项。本季度无牵头填报任务。"),
    ],
)
def test_units_that_fill_in_nothing_have_their_page(unit: str, role: str) -> None:
    """The four units without a leading task get their own words and no empty table of their own tasks."""
    one = load_report("2024Q4", notice="yuechi-2024", unit=unit)
    assert role in pages.overview(one).markdown
    assert pages.led(one) == ()
    assert [type(part).__name__ for part in pages.helped(one)] == ["Prose", "Table"]
