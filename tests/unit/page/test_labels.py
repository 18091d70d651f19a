"""Readers' words: every code has one, and it can be read back."""

import inspect
from dataclasses import fields
from datetime import date
from enum import StrEnum

import pytest
from builders import entry, judged

from yuechi_report.domain import assessment, corrections, progress, unit
from yuechi_report.domain.assessment import Suffix, TaskClass
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Action, Reported, Role
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.reason import DAYS
from yuechi_report.page.labels import (
    DATE_WORDS,
    EXAMPLE_MARK,
    LABELS,
    POLICY_TEXTS,
    RETROSPECTIVE_MARK,
    date_label,
    from_label,
    headline_label,
    label,
    page_marks,
    quarter_label,
    short_date_label,
    suffix_label,
    words_of,
)

KINDS: list[type[StrEnum]] = [
    kind
    for module in (assessment, corrections, progress, unit)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, StrEnum) and kind.__module__ == module.__name__
]


def test_every_kind_of_code_is_looked_at() -> None:
    """The enumerations of the domain; a new one is found by itself."""
    assert {kind.__name__ for kind in KINDS} >= {
        "Headline",
        "Suffix",
        "Reported",
        "Action",
        "UnitKind",
        "Discipline",
        "Ground",
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_code_has_a_word_of_its_own(kind: type[StrEnum]) -> None:
    """No code is without a word, none shares its word with another of its kind, none is blank."""
    words = [LABELS[(kind, member.value)] for member in kind]
    assert (len(set(words)), [word for word in words if not word.strip()]) == (len(kind), [])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_word_is_read_back_as_its_code(kind: type[StrEnum]) -> None:
    """from_label inverts label."""
    assert [from_label(kind, label(member)) for member in kind] == list(kind)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_words_of_a_kind_stand_in_its_order(kind: type[StrEnum]) -> None:
    """The order of a drop-down list is that of the definition."""
    assert words_of(kind) == tuple(label(member) for member in kind)


def test_every_day_a_rule_looks_at_has_a_word() -> None:
    """No day that a reason may name is without a word, and no word is left over."""
    assert set(DAYS) == set(DATE_WORDS)


def test_every_threshold_has_its_sentence() -> None:
    """Each number of the policy is told with its value; those of the scores stand in their own annex."""
    numbers = {one.name for one in fields(StatusPolicy)} - {"version", "calendar", "scores"}
    assert set(POLICY_TEXTS) == numbers
    assert [text for text in POLICY_TEXTS.values() if "7" not in text.format(value=7)] == []


@pytest.mark.parametrize(
    ("as_of", "is_issued", "word"),
    [
        ("2024-12-30", True, "临期"),
        ("2024-12-31", True, "到期未完成（逾期自次日起算）"),
        ("2024-12-31", False, "今日到期"),
        ("2025-01-01", True, "逾期未完成"),
    ],
)
def test_due_day_has_its_own_word(as_of: str, is_issued: bool, word: str) -> None:
    """On the due day an issued report says that lateness begins the day after, a screen that it is today."""
    assert headline_label(judged(entry(), as_of=as_of), is_issued=is_issued) == word


def test_there_is_no_word_without_a_code() -> None:
    """Nothing is left over from a code that is gone."""
    assert set(LABELS) == {(kind, member.value) for kind in KINDS for member in kind}


@pytest.mark.parametrize("word", ["", "完成", "已完成 ", "declared_complete", "未启动未启动"])
def test_unknown_word_is_a_key_error(word: str) -> None:
    """A word is matched whole, never guessed."""
    with pytest.raises(KeyError) as caught:
        from_label(Reported, word)
    assert caught.value.args == (word,)


def test_form_words_are_those_of_the_contract() -> None:
    """自报状态 and 角色 have exactly the words that the forms were sent out with."""
    assert words_of(Reported) == ("未启动", "推进中", "正常", "无变化", "已完成", "待上级", "申请延期", "申请调整")
    assert words_of(Role) == ("牵头", "会签", "配合")


def test_decision_words_are_those_of_the_domain() -> None:
    """Every decision of §6 has its word."""
    assert words_of(Action) == (
        "核验通过销号",
        "销号并转常态",
        "退回补正",
        "认定待上级",
        "不予认定",
        "解除",
        "准予延期",
        "不予延期",
        "核定时限",
        "调整",
        "承接",
        "终止",
        "转入新清单",
        "重新挂账",
        "认定内容空泛",
        "认定滞后",
    )


def test_classes_that_may_be_set_come_first() -> None:
    """The decision form offers the first four classes."""
    assert words_of(TaskClass)[:4] == ("限时类", "保持类", "推进类", "跟踪类")


@pytest.mark.parametrize(
    ("code", "days", "word"),
    [(Suffix.LATE, 71, "逾期71天"), (Suffix.ON_TIME, 0, "按期"), (Suffix.RETURNED, 6, "退回补正")],
)
def test_suffix_is_filled_with_its_days(code: Suffix, days: int, word: str) -> None:
    """Only the late suffix shows a number."""
    assert suffix_label(code, days) == word


@pytest.mark.parametrize(
    ("today", "word"), [(date(2024, 1, 1), "12月31日"), (date(2025, 1, 6), "2024年12月31日")], ids=["same", "other"]
)
def test_short_date_has_a_year_only_where_it_differs(today: date, word: str) -> None:
    """31 December 2024 seen from 2024 and from 2025."""
    assert short_date_label(date(2024, 12, 31), today) == word


def test_dates_and_quarters_in_words() -> None:
    """No leading noughts; quarters by Chinese numerals."""
    assert date_label(date(2025, 1, 6)) == "2025年1月6日"
    quarters = [quarter_label(Quarter(2024, number)) for number in (1, 2, 3, 4)]
    assert quarters == ["2024年第一季度", "2024年第二季度", "2024年第三季度", "2024年第四季度"]


@pytest.mark.parametrize(
    ("example", "retrospective", "marks"),
    [
        (False, False, ()),
        (True, False, (EXAMPLE_MARK,)),
        (False, True, (RETROSPECTIVE_MARK,)),
        (True, True, (EXAMPLE_MARK, RETROSPECTIVE_MARK)),
    ],
)
def test_page_says_what_it_is(example: bool, retrospective: bool, marks: tuple[str, ...]) -> None:
    """示例数据 and 追溯件 stand on the page when they apply."""
    assert page_marks(is_example=example, is_retrospective=retrospective) == marks
