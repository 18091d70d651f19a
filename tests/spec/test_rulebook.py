"""The rules by their tables: every case is judged as printed, every word is met, the document is fresh."""

from itertools import chain
from pathlib import Path

import pytest
from rulebook.document import CHAPTERS, document
from rulebook.table import Case, Rule

from yuechi_report.domain.assessment import Discipline, DueResult, Headline, Pace, Suffix, TimeState, Verified
from yuechi_report.page.labels import label

RULES = tuple(chain.from_iterable(chapter.rules for chapter in CHAPTERS))
CASES = [
    pytest.param(one, id=f"{rule.title}-{number}") for rule in RULES for number, one in enumerate(rule.cases, start=1)
]
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "status-rules.md"


@pytest.mark.parametrize("one", CASES)
def test_case_is_told_as_printed(one: Case) -> None:
    """The situation gives what its table prints for it."""
    assert one.told() == one.expected, one.situation


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.title)
def test_rule_has_distinct_cases_and_more_than_one_answer(rule: Rule) -> None:
    """No situation stands twice in a table, and a table shows where the answer turns."""
    situations = [one.situation for one in rule.cases]
    assert len(set(situations)) == len(situations)
    assert len({one.expected for one in rule.cases}) > 1


WORDS = [
    *Headline,
    *Verified,
    *TimeState,
    *Pace,
    *Discipline,
    *DueResult,
    *(one for one in Suffix if one not in (Suffix.LATE, Suffix.TO_ROUTINE_LATE)),
]


@pytest.mark.parametrize("code", WORDS, ids=lambda code: f"{type(code).__name__}.{code.value}")
def test_every_word_is_met_in_a_case(code: Headline) -> None:
    """Each word of each axis is the answer to at least one situation."""
    assert any(label(code) in one.expected for rule in RULES for one in rule.cases)


def test_there_are_enough_cases() -> None:
    """A rulebook of more than two hundred cases."""
    assert sum(len(rule.cases) for rule in RULES) > 200


def test_document_is_fresh() -> None:
    """docs/status-rules.md is what the tables write: run python tests/spec/write_rules.py after a change."""
    assert DOCUMENT.read_text(encoding="utf-8") == document() + "\n"
