"""Status by category: every task in one bar, every number in words."""

import re
from collections.abc import Callable, Mapping

from builders import closed, task

from yuechi_report.report.context import Report
from yuechi_report.report.figures import status_by_category


def test_carries_its_numbers_in_words(example: Mapping[str, Report]) -> None:
    """Every part's number stands in the alternative text; all bars are 37 tasks."""
    figure = status_by_category(example["2024Q4"])
    assert sum(int(str(one["tasks"])) for one in figure.data) == 37
    assert "就业社保便捷行动事项已了结2项、待核实或待批1项、在办正常2项、逾期2项" in figure.alt
    assert (figure.alt.count("便捷行动事项"), figure.alt[-1]) == (10, "。")


def test_prints_the_numbers_it_draws(example: Mapping[str, Report]) -> None:
    """The numbers in the bars are those of the data, in their order."""
    figure = status_by_category(example["2024Q4"])
    printed = [int(word) for word in re.findall(r">(\d+)</text>", figure.svg)]
    assert printed == [one["tasks"] for one in figure.data]


def test_one_category(make: Callable[..., Report]) -> None:
    """A list with one category is one bar."""
    figure = status_by_category(make((task(number=1), task(number=2)), closed(task_no=1)))
    assert figure.data == (
        {"category": "社会保障便捷行动事项", "state": "已了结", "tasks": 1},
        {"category": "社会保障便捷行动事项", "state": "逾期", "tasks": 1},
    )
