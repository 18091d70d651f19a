"""Figures: equal data give equal bytes, and the words carry the numbers."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from xml.etree import ElementTree as ET

import pytest
from builders import closed, entry, extended, task

from yuechi_report.page.figure import Figure
from yuechi_report.report import figures
from yuechi_report.report.context import Report

Make = Callable[..., Report]


def drawn(report: Report) -> tuple[Figure, Figure]:
    """Both figures of the county report."""
    return figures.deadline_timeline(report), figures.status_by_category(report)


@pytest.fixture(scope="module")
def pair(example: Mapping[str, Report]) -> tuple[Figure, Figure]:
    """Both figures of 2024Q4."""
    return drawn(example["2024Q4"])


def test_equal_data_give_equal_bytes(example: Mapping[str, Report], pair: tuple[Figure, Figure]) -> None:
    """Drawn twice, with another figure between: the same SVG, the same JSON."""
    drawn(example["2024Q3"])
    again = drawn(example["2024Q4"])
    assert [one.svg for one in again] == [one.svg for one in pair]
    assert again == pair


def test_other_data_give_another_drawing(example: Mapping[str, Report], pair: tuple[Figure, Figure]) -> None:
    """The drawing depends on the quarter."""
    other = drawn(example["2025Q1"])
    assert [one.svg == two.svg for one, two in zip(pair, other, strict=True)] == [False, False]


@pytest.mark.parametrize("index", [0, 1], ids=["timeline", "categories"])
def test_svg_is_well_formed_and_carries_no_date(pair: tuple[Figure, Figure], index: int) -> None:
    """Text stays text, and neither day nor maker is written into the file."""
    svg = pair[index].svg
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "判定日1月6日" in " ".join(str(text) for text in texts) or "交通通信" in texts
    assert re.findall(r"<dc:date>|<dc:creator>|matplotlib\.org", svg) == []


def test_timeline_tells_every_due_date_in_words(pair: tuple[Figure, Figure]) -> None:
    """Numbers of tasks by day, the day it is judged, and how many are overdue."""
    assert pair[0].alt == (
        "2024年6月30日到期1项（任务27）；2024年9月30日到期1项（任务32）；"
        "2024年12月31日到期12项（任务6、7、9、10、11、15、16、25、28、29、30、34）；2025年3月31日到期1项（任务2）。"
        "判定日为2025年1月6日，逾期3项。"
    )


def test_timeline_has_one_record_a_mark(pair: tuple[Figure, Figure]) -> None:
    """Fifteen fixed tasks, each with its effective date and headline."""
    data = pair[0].data
    assert (len(data), data[0]) == (15, {"task_no": 2, "effective_due": "2025-03-31", "headline": "延期在办"})
    assert Counter(str(one["headline"]) for one in data) == {
        "已销号": 6,
        "待核验": 3,
        "延期在办": 1,
        "到期受上级制约": 2,
        "逾期未完成": 3,
    }


def test_categories_carry_their_numbers_in_words(pair: tuple[Figure, Figure]) -> None:
    """Every bar's number stands in the alternative text; all bars are 37 tasks."""
    figure = pair[1]
    assert sum(int(str(one["tasks"])) for one in figure.data) == 37
    assert "就业社保便捷行动事项已了结2项、待核实或待批1项、在办正常2项、逾期2项" in figure.alt
    assert (figure.alt.count("便捷行动事项"), figure.alt[-1]) == (10, "。")


def test_timeline_of_a_few_tasks(make: Make) -> None:
    """Only the assessments handed in are drawn; an extended task stands at its new date."""
    report = make((task(number=1), task(number=2)), closed(task_no=1), entry(task_no=2), extended(task_no=2))
    whole, part = figures.deadline_timeline(report), figures.deadline_timeline(report, report.fixed[1:])
    assert [one["task_no"] for one in whole.data] == [1, 2]
    assert part.alt == "2025年3月31日到期1项（任务2）。判定日为2025年1月6日，逾期0项。"
