"""The flow of statuses: every task in one band, fixed tasks and others apart."""

import re
from collections import Counter
from collections.abc import Callable, Mapping

import pytest
from builders import closed, decision, entry, task

from yuechi_report.domain.deadline import NoDeadline
from yuechi_report.domain.progress import Action
from yuechi_report.page.figure import Figure
from yuechi_report.page.labels import label
from yuechi_report.page.prose import Prose
from yuechi_report.report.context import Report
from yuechi_report.report.figures import status_flow
from yuechi_report.report.words.statuses import FIXED_GROUPS

Make = Callable[..., Report]


def figure(report: Report) -> Figure:
    """The flow as a figure."""
    made = status_flow(report)
    assert isinstance(made, Figure)
    return made


@pytest.mark.parametrize("quarter", ["2024Q4", "2025Q1"])
def test_bands_carry_every_task_once(example: Mapping[str, Report], quarter: str) -> None:
    """15 fixed and 22 other tasks; numbers of the bands are those printed at their ends."""
    made = figure(example[quarter])
    numbers = [int(part) for one in made.data for part in str(one["task_nos"]).split("、")]
    assert sorted(numbers) == list(range(1, 38))
    sums = Counter({"限时任务": 0, "其他任务": 0})
    for one in made.data:
        sums[str(one["set"])] += int(str(one["tasks"]))
    assert sums == {"限时任务": 15, "其他任务": 22}
    assert [int(word) for word in re.findall(r">(\d+)</text>", made.svg)] == [one["tasks"] for one in made.data]


def test_both_ends_are_the_groups_of_the_two_quarters(example: Mapping[str, Report]) -> None:
    """Summed by their ends, the bands of the fixed tasks are both quarters' groups."""
    report = example["2024Q4"]
    made = [one for one in figure(report).data if one["set"] == "限时任务"]
    now, then = Counter[str](), Counter[str]()
    for one in made:
        now[str(one["now"])] += int(str(one["tasks"]))
        then[str(one["then"])] += int(str(one["tasks"]))
    groups = {headline: group.column for group in FIXED_GROUPS for headline in group.headlines}
    assert now == Counter(groups[one.headline] for one in report.fixed)
    assert then == Counter(groups[one.headline] for one in report.earlier if one.is_fixed)


def test_tells_every_band_in_words(example: Mapping[str, Report]) -> None:
    """A band that stays reads 不变, one that moves names both ends."""
    alt = figure(example["2025Q1"]).alt
    assert "已销号转为逾期未完成1项" in alt
    assert "正常不变17项" in alt


def test_a_first_report_gets_a_sentence(example: Mapping[str, Report]) -> None:
    """Nothing to compare with: no figure."""
    assert status_flow(example["2024Q3"]) == Prose(markdown="本期为首个填报期，不绘状态变化图。")


def test_nothing_moved_gets_a_sentence(make: Make) -> None:
    """The same headlines as last quarter need no figure."""
    report = make((task(),), closed("2024-10-10", "2024-10-01", quarter="2024Q3"), earlier=True)
    assert status_flow(report) == Prose(markdown="各项任务状态与上季相同。")


def test_a_task_whose_class_changed_comes_from_the_other_set(make: Make) -> None:
    """A deadline set by the office makes a task fixed; its band begins at 待明确时限."""
    report = make(
        (task(NoDeadline(), deadline_raw="——"),),
        entry("2024-10-10", quarter="2024Q3"),
        decision(Action.SET_DEADLINE, "2024-12-24", new_due="2025-03-31"),
        entry(),
        earlier=True,
    )
    (band,) = figure(report).data
    assert (band["set"], band["then"], band["now"]) == ("限时任务", "待明确时限", label(report.fixed[0].headline))
