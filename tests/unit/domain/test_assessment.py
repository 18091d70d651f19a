"""An answer, its reason and the decisions in force are values: nobody changes them once made."""

import pytest
from builders import closed, entry, judged

from yuechi_report.domain.standing import NOTHING_DECIDED

ONE = judged(entry(), closed())


@pytest.mark.parametrize(
    ("value", "name"),
    [(ONE, "headline"), (ONE, "note"), (ONE.reason, "rule"), (NOTHING_DECIDED, "closed")],
)
def test_a_field_cannot_be_set(value: object, name: str) -> None:
    """Neither a field it has nor one it has not."""
    with pytest.raises(AttributeError):
        setattr(value, name, None)


def test_equal_records_give_equal_answers() -> None:
    """Two judgements of the same records are one value, their reasons included."""
    again = judged(entry(), closed())
    assert (again, hash(again)) == (ONE, hash(ONE))
