"""The table of headlines: a row each, and places that say one order."""

import pytest

from yuechi_report.domain.assessment import Headline
from yuechi_report.domain.rules import RULES
from yuechi_report.page.headlines import HEADLINES, ROW_OF, SIGN_WORDS


def test_every_headline_has_one_row() -> None:
    """No headline without a row, none with two."""
    assert sorted(row.headline for row in HEADLINES) == sorted(Headline)
    assert set(ROW_OF) == {rule.headline for rules in RULES.values() for rule in rules}


def test_every_sign_is_a_kind_with_a_word() -> None:
    """Each of the five kinds is some headline's."""
    assert {row.sign for row in HEADLINES} == set(SIGN_WORDS)


@pytest.mark.parametrize("column", sorted({row.column for row in HEADLINES}))
def test_headlines_counted_together_are_told_together(column: str) -> None:
    """One phrase and one sign a group: a table's column and a sentence count the same tasks."""
    rows = [row for row in HEADLINES if row.column == column]
    assert len({(row.phrase, row.phrase_of_others, row.sign) for row in rows}) == 1


def test_places_of_a_list_are_its_order() -> None:
    """1, 2, 3 …: what is asked and what is watched stand in one order, no place twice."""
    asked = sorted(row.asked.place for row in HEADLINES if row.asked is not None)
    watched = sorted(row.watched for row in HEADLINES if row.watched)
    assert (asked, watched) == (list(range(1, len(asked) + 1)), list(range(1, len(watched) + 1)))


def test_a_word_of_the_offices_text_has_one_place() -> None:
    """Headlines checked by the same word share its place."""
    checked = {row.checked for row in HEADLINES if row.checked is not None}
    assert len({found.place for found in checked}) == len({found.text for found in checked}) == len(checked)


def test_settled_tasks_are_never_asked_about() -> None:
    """Nothing is asked, missing or watched where the task is settled, and no sheet is sent."""
    settled = [row for row in HEADLINES if row.sign == "settled"]
    assert [(row.asked, row.missing, row.watched, row.held) for row in settled] == [(None, "", 0, True)] * 3
