"""Units × quarters: every task of every quarter once, at most four quarters, never taller than a page."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from builders import day, decision, entry, moment, period, task

from yuechi_report.domain.progress import Action
from yuechi_report.page.figure import Figure
from yuechi_report.page.prose import Prose
from yuechi_report.report.context import Report
from yuechi_report.report.figures import deadline_timeline, reported_progress, status_by_category, unit_matrix
from yuechi_report.source.scope import Earlier

Make = Callable[..., Report]


def figure(report: Report) -> Figure:
    """The matrix as a figure."""
    made = unit_matrix(report)
    assert isinstance(made, Figure)
    return made


@pytest.mark.parametrize(("quarter", "columns"), [("2024Q3", 1), ("2024Q4", 2), ("2025Q1", 3)])
def test_draws_every_task_once_a_quarter(example: Mapping[str, Report], quarter: str, columns: int) -> None:
    """16 units; each of the 37 tasks has one mark in every quarter up to this one."""
    made = figure(example[quarter])
    assert len({one["unit"] for one in made.data}) == 16
    assert Counter(one["task_no"] for one in made.data) == dict.fromkeys(range(1, 38), columns)
    marks = re.findall(r">[●◐○△×](\d+)</text>", made.svg)
    assert Counter(map(int, marks)) == dict.fromkeys(range(1, 38), columns)


def test_states_are_those_of_the_assessments(example: Mapping[str, Report]) -> None:
    """Task 16 over three quarters: not received, closed, reopened and overdue."""
    found = [
        (one["quarter"], one["headline"], one["state"])
        for one in figure(example["2025Q1"]).data
        if one["task_no"] == 16
    ]
    assert found == [
        ("2024Q3", "首报待收", "须跟进"),
        ("2024Q4", "已销号", "已了结"),
        ("2025Q1", "逾期未完成", "逾期"),
    ]


def test_names_what_is_not_in_order(example: Mapping[str, Report]) -> None:
    """The words count each quarter and name this quarter's tasks that want attention, unit by unit."""
    alt = figure(example["2025Q1"]).alt
    assert "2025年第一季度已了结13项、待核实或待批1项、在办正常19项、须跟进3项、逾期1项" in alt
    assert "县文广旅局任务16逾期未完成" in alt


def test_keeps_the_last_four_quarters(make: Make) -> None:
    """Of six quarters the last four are drawn."""
    before = tuple(
        Earlier(period("2024Q3", submission_due=f"20{20 + number}-09-20"), day("2024-10-15"), moment("2024-10-15"))
        for number in range(5)
    )
    report = make((task(),))
    made = figure(Report(replace(report.scope, earlier=before), report.edition))
    assert len(made.data) == 4


def test_many_tasks_leave_out_earlier_quarters(make: Make) -> None:
    """700 tasks of one unit fit in one quarter; 1,200 fit in none and get a sentence."""
    tasks = tuple(task(number=number) for number in range(1, 701))
    made = figure(make(tasks, earlier=True))
    assert {one["quarter"] for one in made.data} == {"2024Q4"}
    many = tuple(task(number=number) for number in range(1, 1201))
    assert unit_matrix(make(many)) == Prose(markdown="任务和单位较多，各单位逐季状态不绘图，见附件1。")


def test_a_figure_that_gives_way_leaves_no_gap_in_the_numbers(make: Make) -> None:
    """Where the timeline and the matrix are sentences, the next figure takes the number after the last one drawn."""
    tasks = tuple(task(number=number) for number in range(1, 1201))
    report = make(tasks, entry(task_no=1, percent=40.0))
    drawn = [status_by_category(report), deadline_timeline(report), unit_matrix(report), reported_progress(report)]
    captions = [one.caption[:2] for one in drawn if isinstance(one, Figure)]
    assert captions == [f"图{number}" for number in range(1, len(captions) + 1)]
    assert isinstance(drawn[2], Prose)


def test_a_task_taken_over_stands_with_its_new_unit(make: Make) -> None:
    """承接 moves the task's mark to the unit that fills in on the day judged."""
    moved = decision(Action.SUCCEED, "2024-12-10", new_unit="县医保局")
    assert {one["unit"] for one in figure(make((task(),), moved)).data} == {"县医保局"}
