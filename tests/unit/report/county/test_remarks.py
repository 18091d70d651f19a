"""The office's own text: sections by its headings, printed as written, its numbers checked and never changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import perf_counter

import pytest
from builders import (
    closed,
    task,
)
from report_parts import fixed

from yuechi_report.report.context import CIRCULAR, LEADERS, Report
from yuechi_report.report.county import remarks
from yuechi_report.report.county.attention import attention_lines
from yuechi_report.report.county.remarks import text_differences

Make = Callable[..., Report]


TEXT = "开头的话。\n\n# 综合评价\n\n总体平稳。\n第二行接上。\n\n# 领导要求（仅呈阅）\n\n抓紧办理。\n\n# 空标题\n"


def test_sections_stand_under_their_own_headings(make: Make) -> None:
    """Paragraphs as written, numbered headings, an empty section left out."""
    assert remarks.office_words(make((task(),), text=TEXT)).markdown.split("\n\n") == [
        "## 十二、情况综述",
        "开头的话。",
        "### （一）综合评价",
        "总体平稳。第二行接上。",
        "### （二）领导要求",
        "抓紧办理。",
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "# 领导要求（仅呈阅）\n\n抓紧办理。",
        "# 领导要求(仅呈阅)。\n抓紧办理。",
        "#领导要求【仅\u200b呈阅】\r\n抓紧办理。\r\n## 分项\r\n逐项核对。",
        "领导要求（仅呈阅）\n---\n抓紧办理。",
        "领导要求，本段仅呈阅：抓紧办理。",
        "> # 领导要求（仅呈阅）\n> 抓紧办理。",
    ],
)
def test_words_for_the_leaders_do_not_reach_the_units(make: Make, marked: str) -> None:
    """They stand in the leaders' edition; the units' has what comes before and nothing of them."""
    text = f"# 综合评价\n\n总体平稳。\n\n# 其他\n\n{marked}\n"
    units, leaders = (
        remarks.office_words(make((task(),), text=text, edition=edition)).markdown for edition in (CIRCULAR, LEADERS)
    )
    assert units == "## 十二、情况综述\n\n### （一）综合评价\n\n总体平稳。"
    assert "抓紧办理" in leaders


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("15项限时任务中，销号6项，逾期3项，到期未办结5项。", []),
        ("新增销号8项，待核验3项，应报16家，按时13家，迟报2家，未报1家。", []),
        ("任务6已销号，任务10、15、29逾期，任务19本季无实质进展。", []),
        ("上季逾期9项，下季到期5项。", []),
        ("本季逾期4项。", ["逾期4项"]),
        ("销号7项。", ["销号7项"]),
        ("迟报3家。", ["迟报3家"]),
        ("任务10、11已销号。", ["任务10已销号"]),
        ("任务99逾期。", ["任务99逾期"]),
    ],
)
def test_numbers_of_the_text_are_checked(example: Mapping[str, Report], words: str, found: list[str]) -> None:
    """A number or a status that differs is a finding; other quarters are left alone."""
    report = example["2024Q4"]
    changed = Report(replace(report.scope, text=f"# 评价\n\n{words}"), report.edition)
    assert [one.passage for one in text_differences(changed)] == found


def test_finding_goes_to_the_analyst_and_the_text_stays(make: Make) -> None:
    """The closing list of a run names the passage; the page prints what was written."""
    report = make((task(),), closed(), text="本季逾期2项。")
    assert attention_lines(report)[-1] == ("文字材料“逾期2项”与计算结果不符（逾期0项），请核对后修改文字材料")
    assert "本季逾期2项。" in remarks.office_words(report).markdown


def test_shipped_text_agrees_with_the_figures(example: Mapping[str, Report]) -> None:
    """The example's text of 2024Q4 is there, says that it is an example, and its numbers are right."""
    report = example["2024Q4"]
    assert "（示例）" in report.scope.text
    assert text_differences(report) == ()


def test_hostile_text_is_escaped(make: Make, hostile: str, escaped: str) -> None:
    """Markup in a paragraph or a heading is shown as it was written."""
    shown = remarks.office_words(make((task(),), text=f"# {hostile}\n\n{hostile}\n")).markdown
    assert shown.split("\n\n")[1:] == [f"### （一）{escaped}", escaped]


def test_offices_own_words_are_printed_as_written(make: Make, hostile: str, escaped: str) -> None:
    """Paragraph by paragraph, escaped; nothing where nothing was written."""
    written = make(fixed(1), text=f"总体平稳。\n\n\n{hostile}\n")
    assert remarks.office_words(written).markdown == f"## 十二、情况综述\n\n总体平稳。\n\n{escaped}"
    assert remarks.office_words(make(fixed(1), text=" \n")).markdown == ""


@pytest.mark.parametrize("long", ["任务" * 50_000, "任务6" * 30_000, "项" * 100_000 + "3", "6" * 100_000 + "项"])
def test_a_long_line_costs_no_more_than_its_length(make: Make, long: str) -> None:
    """A line of a hundred thousand signs is checked like any other, and what stands after it, too."""
    report = make((task(),), text=f"{long}，逾期9项。")
    begun = perf_counter()
    found = [str(difference) for difference in text_differences(report)]
    assert perf_counter() - begun < 5
    assert "文字材料“逾期9项”与计算结果不符（逾期1项），请核对后修改文字材料" in found


@pytest.mark.parametrize("digits", ["9" * 5_000, "９" * 5_000, "1" * 10])
def test_a_number_beyond_every_list_is_no_task(make: Make, digits: str) -> None:
    """Five thousand digits after 任务 are a finding, not an error."""
    [found] = text_differences(make((task(),), text=f"任务{digits}已销号。"))
    assert (
        str(found)
        == f"文字材料“任务{digits[:9]}……已销号”与计算结果不符（没有任务{digits[:9]}……），请核对后修改文字材料"
    )
