"""What the data files are made of agrees with the tables and sentences of the same report."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd
import pytest
from builders import UNIT, blocked, closed, decision, entry, extended, submission, task

from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.progress import Action
from yuechi_report.domain.register import Task
from yuechi_report.page.dataset import Dataset
from yuechi_report.report import Report, datasets, load_report
from yuechi_report.report.county import tallies
from yuechi_report.report.status_table import STATUS_COLUMNS

Make = Callable[..., Report]
QUARTERS = ("2024Q3", "2024Q4", "2025Q1")


def named(report: Report) -> Mapping[str, Dataset]:
    """The county's datasets by name."""
    return {one.name: one for one in datasets.county(report)}


def events(report: Report) -> list[tuple[object, ...]]:
    """A unit's days: date and summary."""
    return [
        tuple(row) for one in datasets.unit(report) for row in zip(one.column("on"), one.column("summary"), strict=True)
    ]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_status_is_the_status_table(example: Mapping[str, Report], quarter: str) -> None:
    """The contract's columns hold what `yuechi-report status` prints, task by task."""
    data = named(example[quarter])["status"]
    frame = example[quarter].frame()
    assert data.csv_keys == STATUS_COLUMNS
    for key in STATUS_COLUMNS:
        told = [None if pd.isna(value) or value == "" else value for value in frame[key]]
        assert [value or (value if value == 0 else None) for value in data.column(key)] == told, key


@pytest.mark.parametrize("quarter", QUARTERS)
def test_units_are_the_table_by_unit(example: Mapping[str, Report], quarter: str) -> None:
    """20 units; their columns sum to the totals of the report's table by unit."""
    data = named(example[quarter])["units"]
    *counts, countersigning, cooperating = [cell.value for cell in tallies.by_unit(example[quarter]).rows[-1][1:9]]
    total = [*counts, int(str(countersigning)) + int(str(cooperating))]
    keys = ("tasks", "settled", "ordinary", "attention", "warning", "overdue", "helping")
    assert len(data.rows) == 20
    assert [sum(int(str(value)) for value in data.column(key)) for key in keys] == total


def test_changes_name_the_decision_or_the_rule(example: Mapping[str, Report]) -> None:
    """Every task whose words changed, with what was decided in between; task 25 by two decisions."""
    data = named(example["2025Q1"])["changes"]
    rows = {row[0]: row[3:] for row in data.rows}
    assert sorted(rows) == [2, 9, 10, 15, 16, 20, 23, 25, 28, 29, 30]
    assert rows[25] == ("到期受上级制约", "延期在办", "2025年3月20日解除；2025年3月26日核定时限")
    assert rows[23] == ("未报送", "有实质进展", "本季度有具体进展")


def test_a_first_report_has_no_changes(example: Mapping[str, Report]) -> None:
    """Nothing to compare with: the sheet is empty."""
    assert named(example["2024Q3"])["changes"].rows == ()


def test_submissions_list_every_workbook_and_who_sent_none(example: Mapping[str, Report]) -> None:
    """2024Q4: 13 units on time, two late, one missing with a row of its own; nobody is named."""
    data = named(example["2024Q4"])["submissions"]
    states = {row[0]: row[-1] for row in data.rows if row[-1]}
    assert Counter(states.values()) == {"按时": 13, "迟报": 2, "未报送": 1}
    assert [row for row in data.rows if row[2] is None] == [("县市场监管局", 1, None, "", None, None, "未报送")]
    assert "填报人" not in data.model_dump_json()


def test_the_circular_edition_hands_over_nothing(example: Mapping[str, Report]) -> None:
    """Data files stand beside the leaders' edition alone."""
    assert datasets.county(Report(example["2024Q4"].scope, "circular")) == ()


def test_submitted_text_is_kept_as_written(make: Make, hostile: str) -> None:
    """What a unit said reaches the dataset unchanged."""
    data = named(make((task(),), entry(progress=f"={hostile}"), submission()))["status"]
    assert data.column("progress") == (f"={hostile}",)


def test_a_unit_s_calendar(make: Make) -> None:
    """Effective dates, review dates and the next submission day, first things first."""
    report = make(
        (task(number=1), task(number=2), task(number=3)),
        *(entry(task_no=1), extended(task_no=1)),
        *(entry(task_no=2), blocked(task_no=2, review_on="2025-03-20")),
        closed(task_no=3),
        submission(),
        unit=UNIT,
    )
    assert events(report) == [
        ("2025-03-20", "报送2025年第一季度进展情况截止"),
        ("2025-03-20", "受上级制约复核日：任务2社保卡“一卡一码通”"),
        ("2025-03-31", "完成时限：任务1社保卡“一卡一码通”"),
    ]


def test_roles_are_told(make: Make) -> None:
    """A task the unit only countersigns or helps with says so, and brings no submission day."""
    tasks: tuple[Task, ...] = (
        task(number=1, lead_units=("县公安局", "县医保局")),
        task(number=2, lead_units=("县公安局",), cooperating_units=("县医保局",)),
    )
    report = make(tasks, extended(task_no=1), extended(task_no=2), unit="县医保局")
    assert [summary for _, summary in events(report)] == [
        "完成时限：任务1社保卡“一卡一码通”（会签）",
        "完成时限：任务2社保卡“一卡一码通”（配合）",
    ]


def test_an_unpublished_year_is_not_guessed(make: Make) -> None:
    """Without the working-day table of 2025 there is no submission day, and then no calendar."""
    report = make((task(),), policy=StatusPolicy(calendar=Calendar((2024,))), unit=UNIT)
    assert datasets.unit(report) == ()


def test_ids_stay_and_examples_are_marked() -> None:
    """Task 25's date has the same id in both quarters; every event of the example says 示例."""
    before, after = (
        datasets.unit(load_report(quarter, notice="yuechi-2024", unit="县民政局")) for quarter in QUARTERS[::2]
    )
    uid = "yuechi-2024.civil-affairs.task-25.due@yuechi-report"
    days = [dict(zip(one.column("uid"), one.column("on"), strict=True))[uid] for one in (*before, *after)]
    assert days == ["2024-12-31", "2025-06-30"]
    assert all(str(summary).startswith("（示例）") for one in after for summary in one.column("summary"))


def test_a_real_workspace_is_not_marked(make: Make) -> None:
    """Without example data no event says 示例."""
    report = make((task(),), extended(), unit=UNIT)
    marked = replace(report.scope, office=replace(report.scope.office, is_example=True))
    assert "示例" not in datasets.unit(report)[0].model_dump_json()
    assert "示例数据" in datasets.unit(Report(marked, report.edition))[0].model_dump_json()


def test_a_unit_that_took_over_is_a_row_and_has_the_task_s_days(make: Make) -> None:
    """承接: the new unit is listed after the notice's units, counts the task, and its calendar has the days."""
    moved = decision(Action.SUCCEED, "2024-12-10", new_unit="县医保局", task_no=1)
    records = (moved, extended(task_no=1))
    units = named(make((task(number=1),), *records))["units"]
    assert dict(zip(units.column("unit"), units.column("tasks"), strict=True)) == {UNIT: 0, "县医保局": 1}
    days = events(make((task(number=1),), *records, unit="县医保局"))
    assert [summary for _, summary in days if "会签" in str(summary) or "配合" in str(summary)] == []
    assert any("完成时限" in str(summary) for _, summary in days)
