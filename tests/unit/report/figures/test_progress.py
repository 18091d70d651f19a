"""Reported against expected progress: counted targets are judged, estimates are only shown."""

import re
from collections.abc import Callable, Mapping
from xml.etree import ElementTree as ET

import pytest
from builders import closed, entry, task

from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.domain.progress import Measure
from yuechi_report.page.figure import Figure
from yuechi_report.page.prose import Prose
from yuechi_report.report.context import Report
from yuechi_report.report.figures import reported_progress

Make = Callable[..., Report]


def figure(report: Report) -> Figure:
    """The figure."""
    made = reported_progress(report)
    assert isinstance(made, Figure)
    return made


def test_a_counted_target_behind_time_is_judged(make: Make) -> None:
    """1 of 5 by 18 December, 86 of 99 days gone: both numbers and 滞后 are printed."""
    made = figure(make((task(),), entry("2024-12-18", measure=Measure(1, 5)), as_of="2024-12-25"))
    assert made.alt == "任务10：1/5（20%），序时87%，滞后。"
    assert made.data == (
        {
            "task_no": 10,
            "numerator": 1,
            "denominator": 5,
            "reported_percent": 20.0,
            "expected_percent": 86.9,
            "basis": "计数",
        },
    )


def test_an_estimate_is_shown_and_not_judged(make: Make) -> None:
    """An estimate far behind time never reads 滞后; the legend says that it is not judged."""
    made = figure(make((task(),), entry("2024-12-18", percent=20.0), as_of="2024-12-25"))
    assert made.alt == "任务10：自估20%，序时87%。"
    assert "单位自估，不作评判" in made.svg
    assert "滞后" not in made.svg


def test_the_figure_stands_for_its_day_of_filing(make: Make) -> None:
    """Filed after the submission day: the share of time ends on the submission day."""
    made = figure(make((task(),), entry("2024-12-28", measure=Measure(9, 10)), as_of="2025-01-06"))
    assert [one["expected_percent"] for one in made.data] == [88.9]


def test_a_task_without_a_date_has_nothing_expected(make: Make) -> None:
    """推进类 with a counted target: the bar stands alone."""
    ongoing = task(Ongoing(OngoingMode.ADVANCE), deadline_raw="持续推进")
    made = figure(make((ongoing,), entry(measure=Measure(4, 5))))
    assert (made.alt, made.data[0]["expected_percent"]) == ("任务10：4/5（80%），无时限。", None)
    assert "序时进度（" not in made.svg


def test_closed_tasks_are_left_out(make: Make) -> None:
    """What is closed needs no comparison; nothing else gives a sentence."""
    made = reported_progress(make((task(),), entry(percent=100.0), closed()))
    assert made == Prose(markdown="本季在办任务没有报送可量化的进度。")


def test_counted_targets_stand_first(example: Mapping[str, Report]) -> None:
    """Task 22 counts clinics (4/5) and stands above the estimates, which keep the register's order."""
    made = figure(example["2024Q4"])
    assert [one["task_no"] for one in made.data] == [22, 2, 7, 9, 10, 15, 21, 25, 28, 29, 30]
    assert "4/5（80%），无时限" in made.svg


def test_many_rows_are_cut_and_said(make: Make) -> None:
    """Twenty estimates: sixteen are drawn, the rest are named by number."""
    tasks = tuple(task(number=number) for number in range(1, 21))
    made = figure(make(tasks, *(entry(task_no=number, percent=50.0) for number in range(1, 21))))
    assert len(made.data) == 16
    assert made.alt.endswith("其余4项从略。")
    assert "其余4项从略。" in made.svg


@pytest.mark.parametrize("quarter", ["2024Q3", "2024Q4", "2025Q1"])
def test_bars_are_as_long_as_their_numbers(example: Mapping[str, Report], quarter: str) -> None:
    """The words beside a bar carry the percentage of its record."""
    made = figure(example[quarter])
    printed = [float(number) for number in re.findall(r">(?:自估|[\d./]+（)(\d+)%", made.svg)]
    assert printed == [round(float(str(one["reported_percent"]))) for one in made.data]


def test_hostile_titles_are_words(make: Make) -> None:
    """A title that looks like a formula or markup is drawn as it is; what the font lacks is printed as its code."""
    title = "$x^2$<b>&\x07😀"
    made = figure(make((task(title=title, text=title),), entry(percent=50.0)))
    words = [element.text for element in ET.fromstring(made.svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own drawing
    assert "$x^2$<b>&〔U+0007〕〔U+1F600〕" in words
