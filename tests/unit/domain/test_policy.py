"""Working days: holidays, make-up days, and years that are not published."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuechi_report.domain.policy import Calendar, CalendarNotPublished

CALENDAR = Calendar(
    years=(2024, 2025),
    holidays=(date(2024, 10, 1), date(2024, 10, 2), date(2024, 10, 3), date(2024, 10, 4), date(2025, 1, 1)),
    makeup_days=(date(2024, 9, 29), date(2024, 10, 12)),
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2024, 12, 20), True, id="a Friday"),
        pytest.param(date(2024, 12, 21), False, id="a Saturday"),
        pytest.param(date(2024, 12, 22), False, id="a Sunday"),
        pytest.param(date(2024, 10, 1), False, id="a holiday on a Tuesday"),
        pytest.param(date(2024, 9, 29), True, id="a make-up Sunday"),
        pytest.param(date(2024, 10, 12), True, id="a make-up Saturday"),
    ],
)
def test_working_days_follow_the_table(day: date, works: bool) -> None:
    """Weekdays less holidays, plus make-up days."""
    assert CALENDAR.is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2024, 12, 20), date(2024, 12, 20), id="a working day is itself"),
        pytest.param(date(2025, 9, 20), date(2025, 9, 22), id="a Saturday moves to Monday"),
        pytest.param(date(2024, 10, 1), date(2024, 10, 7), id="a holiday moves past the weekend"),
        pytest.param(date(2024, 9, 28), date(2024, 9, 29), id="a Saturday moves to the make-up Sunday"),
    ],
)
def test_submission_day_moves_to_the_next_working_day(day: date, expected: date) -> None:
    """That day, or the next working day after it."""
    assert CALENDAR.working_day_from(day) == expected


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        pytest.param(date(2024, 12, 31), 3, date(2025, 1, 6), id="due results of 2024Q4"),
        pytest.param(date(2025, 1, 6), 10, date(2025, 1, 20), id="ten working days of the office"),
        pytest.param(date(2024, 12, 20), 2, date(2024, 12, 24), id="a correction over the weekend"),
        pytest.param(date(2024, 12, 21), 0, date(2024, 12, 21), id="none at all"),
    ],
)
def test_working_days_are_counted_from_the_day_after(day: date, days: int, expected: date) -> None:
    """The n-th working day after the day, which itself does not count."""
    assert CALENDAR.add_working_days(day, days) == expected


@pytest.mark.parametrize("day", [date(2023, 12, 29), date(2026, 1, 1)])
def test_year_without_a_table_is_a_visible_state(day: date) -> None:
    """A year that is not published is never guessed; the error names it."""
    with pytest.raises(CalendarNotPublished) as caught:
        CALENDAR.is_working_day(day)
    assert (caught.value.year, str(caught.value)) == (day.year, str(day.year))


def test_counting_into_an_unpublished_year_says_so() -> None:
    """Three working days after the last day of 2025 lie in 2026, which has no table."""
    with pytest.raises(CalendarNotPublished) as caught:
        CALENDAR.add_working_days(date(2025, 12, 31), 3)
    assert caught.value.year == 2026


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.dates(date(2024, 1, 1), date(2025, 11, 1)), st.integers(1, 15))
def test_days_added_are_exactly_the_working_days_between(day: date, days: int) -> None:
    """Between the day (exclusive) and the result (inclusive) lie that many working days, the result being one."""
    found = CALENDAR.add_working_days(day, days)
    between = [date.fromordinal(n) for n in range(day.toordinal() + 1, found.toordinal() + 1)]
    assert ([CALENDAR.is_working_day(one) for one in between].count(True), CALENDAR.is_working_day(found)) == (
        days,
        True,
    )
