"""An answer, its reason and the decisions in force are values: nobody changes them once made."""

import pytest
from builders import closed, decision, entry, judged

from yuechi_report.domain.assessment import Headline
from yuechi_report.domain.progress import Action
from yuechi_report.domain.standing import Standing

ONE = judged(entry(), closed())


@pytest.mark.parametrize(
    ("value", "name"),
    [(ONE, "headline"), (ONE.reason, "rule"), (Standing(), "closed")],
)
def test_a_field_cannot_be_set(value: object, name: str) -> None:
    """Whoever wants another answer makes one."""
    with pytest.raises(AttributeError):
        setattr(value, name, None)


def test_an_answer_holds_nothing_but_its_fields() -> None:
    """A name that is no field cannot be set either; Python 3.11 says so with a TypeError."""
    with pytest.raises((AttributeError, TypeError)):
        ONE.note = ""  # type: ignore[attr-defined]
    assert not hasattr(ONE, "note")


def test_closing_without_a_day_is_neither_on_time_nor_late() -> None:
    """Intake refuses such a decision; judged all the same, nothing is claimed of its time."""
    one = judged(entry(), decision(Action.CLOSE, "2025-01-02"))
    assert (one.headline, one.suffixes, one.days_overdue) == (Headline.CLOSED, (), 0)


def test_equal_records_give_equal_answers() -> None:
    """Two judgements of the same records are one value, their reasons included."""
    again = judged(entry(), closed())
    assert (again, hash(again)) == (ONE, hash(ONE))
