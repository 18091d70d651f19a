"""Quarters: how they are written, their days and their order."""

from datetime import date

import pytest

from yuechi_report.domain.quarter import Quarter


@pytest.mark.parametrize("text", ["2024Q1", "2024Q3", "2024Q4"])
def test_ordinal_of_the_next_quarter_is_one_more(text: str) -> None:
    """Quarters are counted through, over the turn of the year as within it."""
    quarter = Quarter.parse(text)
    assert (quarter.next.ordinal, quarter.previous.ordinal) == (quarter.ordinal + 1, quarter.ordinal - 1)


@pytest.mark.parametrize("text", ["2024Q1", "2024Q4", "1999Q2"])
def test_quarter_reads_back_as_written(text: str) -> None:
    """Parse and str are inverse."""
    assert str(Quarter.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "2024", "2024Q0", "2024Q5", "2024q4", " 2024Q4", "2024Q4\n", "24Q4", "2024-Q4", "2024Q44"]
)
def test_other_writings_are_refused(text: str) -> None:
    """Anything but four digits, Q and 1 to 4 is a ValueError that names the text."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared below
        Quarter.parse(text)
    assert caught.value.args == (text,)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024Q2", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024Q4", date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_quarter_knows_its_first_and_last_day(text: str, first: date, last: date) -> None:
    """A quarter is three whole months."""
    quarter = Quarter.parse(text)
    assert (quarter.first_day, quarter.last_day) == (first, last)


@pytest.mark.parametrize(("before", "after"), [("2024Q3", "2024Q4"), ("2024Q4", "2025Q1"), ("2023Q4", "2024Q1")])
def test_next_and_previous_cross_the_year(before: str, after: str) -> None:
    """The quarter after the fourth is the next year's first."""
    assert (str(Quarter.parse(before).next), str(Quarter.parse(after).previous)) == (after, before)


def test_quarters_sort_by_time() -> None:
    """Order is by year, then number."""
    texts = ["2025Q1", "2024Q4", "2024Q1", "2025Q3"]
    assert [str(one) for one in sorted(map(Quarter.parse, texts))] == ["2024Q1", "2024Q4", "2025Q1", "2025Q3"]
