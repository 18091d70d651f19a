"""Small grammar: lists, quotations, clipping."""

from collections.abc import Callable, Sequence

import pytest
from builders import entry, task
from hypothesis import given, settings
from hypothesis import strategies as st

from yuechi_report.domain.progress import ProgressEntry
from yuechi_report.report.context import Report
from yuechi_report.report.words.sentences import (
    clipped,
    counted_list,
    listed_tasks,
    numeral,
    quoted,
    short_title,
    told_progress,
)

Make = Callable[..., Report]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([], ""),
        ([("未报送", 1)], "未报送1项"),
        ([("未报送", 3)], "未报送3项"),
        ([("无实质进展", 1), ("未报送", 1)], "无实质进展、未报送各1项"),
        ([("无实质进展", 2), ("未报送", 2), ("申请调整", 2)], "无实质进展、未报送、申请调整各2项"),
        ([("无实质进展", 2), ("未报送", 1)], "无实质进展2项、未报送1项"),
        ([("甲", 1), ("乙", 2), ("丙", 1)], "甲1项、乙2项、丙1项"),
    ],
)
def test_counts_are_joined_as_people_do(parts: Sequence[tuple[str, int]], text: str) -> None:
    """Equal numbers are told once with 各."""
    assert counted_list(parts) == text


@pytest.mark.parametrize(("numbers", "text"), [([7], "任务7"), ([7, 25], "任务7、25")])
def test_tasks_are_listed_by_number(numbers: list[int], text: str) -> None:
    """The word stands once."""
    assert listed_tasks(numbers) == text


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("推进社保卡“一卡一码通”", "社保卡“一卡一码通”"),
        ("推进户口迁移", "户口迁移"),
        ("推进两地办", "推进两地办"),
        ("配合市上推进高铁公交化", "配合市上推进高铁公交化"),
    ],
)
def test_opening_verb_is_dropped_where_enough_remains(title: str, short: str) -> None:
    """推进 is left out at the beginning only, and not from very short titles."""
    assert short_title(title) == short


def test_inner_quotes_are_single() -> None:
    """GB/T 15834: “ outside, ‘ inside."""
    assert quoted("社保卡“一卡一码通”") == "“社保卡‘一卡一码通’”"


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [
        ("一二三四五", 5, "一二三四五"),
        ("一二三四五六", 5, "一二三四…"),
        ("一二三，四五六七八", 6, "一二三。"),
        ("一，二三四五六七八", 6, "一，二三四…"),
        ("一二三。四五六七八", 6, "一二三。"),
        ("一\n二  三", 10, "一 二 三"),
        ("", 5, ""),
    ],
    ids=["fits", "cut", "at a clause", "the clause is too short", "at a sentence", "lines", "empty"],
)
def test_long_text_ends_at_a_clause_or_with_an_ellipsis(text: str, length: int, shown: str) -> None:
    """A cut text says that it was cut, or ends where a clause does."""
    assert clipped(text, length) == shown


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text("一二三。；， \n", max_size=40), st.integers(4, 30))
def test_clipped_text_is_at_most_a_quarter_longer_than_asked(text: str, length: int) -> None:
    """Whatever the text, it fits its cell, or runs over it by the end of a clause."""
    found = clipped(text, length)
    assert len(found) <= length or (len(found) <= length * 5 // 4 + 1 and found.endswith("。"))


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [
        ("请明确：是先书面请示市级部门，还是直接调出清单。", 16, "请明确：是先书面请示市级部门，…"),
        ("已实现：经核对口径说明和咨询答复，企业无须另办手续。", 18, "已实现：经核对口径说明和咨询答复，…"),
        ("已派员两次询问，市中心答复方案已经拟稿。", 16, "已派员两次询问，市中心答复方案已经拟稿。"),
        ("联盟尚未挂牌也没有选址；已开课12门，其中新开3门。", 20, "联盟尚未挂牌也没有选址。"),
        ("规程已印发，但没有一笔办成。", 12, "规程已印发，但没有一笔办成。"),
    ],
    ids=["a choice", "an opening", "a little over", "a sentence before a comma", "a turn"],
)
def test_what_stays_of_a_cut_text_still_states_a_fact(text: str, length: int, shown: str) -> None:
    """No text ends before the clause that completes or turns it."""
    assert clipped(text, length) == shown


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (None, "—"),
        (entry(progress=""), "—"),
        (entry(progress="开通8条。"), "开通8条。"),
        (entry("2024-10-10", quarter="2024Q3", progress="定方案。"), "（2024年第三季度填报）定方案。"),
    ],
    ids=["nothing", "empty", "this quarter", "an earlier quarter"],
)
def test_progress_says_when_it_was_told(make: Make, said: ProgressEntry | None, text: str) -> None:
    """What stands from an earlier quarter is marked as such."""
    assert told_progress(make((task(),)), said, 40) == text


@pytest.mark.parametrize(
    ("number", "word"), [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
)
def test_headings_count_in_chinese(number: int, word: str) -> None:
    """Units, tens and both."""
    assert numeral(number) == word
