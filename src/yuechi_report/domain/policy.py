"""The rules an office may set (判定规则): thresholds and the working-day calendar, as values."""

from dataclasses import dataclass, field
from datetime import date, timedelta


class CalendarNotPublished(LookupError):
    """No working-day table for that year yet: a visible state, never a guess (domain.md §3)."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(year)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of the years that are published: weekdays less holidays, plus make-up days."""

    years: tuple[int, ...] = ()
    holidays: tuple[date, ...] = ()
    makeup_days: tuple[date, ...] = ()

    def is_working_day(self, day: date) -> bool:
        """Whether offices work that day; CalendarNotPublished for a year without a table."""
        if day.year not in self.years:
            raise CalendarNotPublished(day.year)
        return day in self.makeup_days or (day.weekday() < 5 and day not in self.holidays)

    def working_day_from(self, day: date) -> date:
        """That day, or the next working day after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, days: int) -> date:
        """The n-th working day after `day`."""
        for _ in range(days):
            day = self.working_day_from(day + timedelta(days=1))
        return day


@dataclass(frozen=True, slots=True)
class ScorePolicy:
    """Points taken off a unit's 100; overdue points are shared among its tasks (domain.md §2.4)."""

    days_long_overdue: int = 30
    points_overdue: int = 20
    points_long_overdue: int = 40
    points_late: int = 5
    points_not_reported: int = 10


@dataclass(frozen=True, slots=True)
class StatusPolicy:
    """Thresholds of domain.md §2 and §3; every one is a choice the office may change.

    days_… count calendar days unless the name says working_days_…. `scores` is None while they are off.
    """

    version: int = 1
    days_due_soon: int = 30
    days_short_window: int = 30
    days_measured_window: int = 60
    days_block_review: int = 90
    day_submission: int = 20
    working_days_check: int = 10
    working_days_correction: int = 2
    calendar: Calendar = field(default_factory=Calendar)
    scores: ScorePolicy | None = None
