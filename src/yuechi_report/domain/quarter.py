"""The quarter (填报期) and the period of one report: its days and whether it is a first report."""

import re
from dataclasses import dataclass
from datetime import date, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""The country's one time zone, without summer time."""

_PATTERN = re.compile(r"(?P<year>(?!9999)[1-9][0-9]{3})Q(?P<number>[1-4])")
"""Of years whose neighbours are years of the calendar, too."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, written 2024Q4."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """`2024Q4` → Quarter(2024, 4); ValueError for anything else."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return cls(int(match["year"]), int(match["number"]))

    @staticmethod
    def is_written(text: str) -> bool:
        """Whether a text is a quarter as this program writes it."""
        return _PATTERN.fullmatch(text) is not None

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def ordinal(self) -> int:
        """Quarters counted through: consecutive ones differ by one, the later is the larger."""
        return 4 * self.year + self.number

    @property
    def first_day(self) -> date:
        """The quarter's first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """The quarter's last day (period_end)."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The quarter after this one."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before this one."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)


@dataclass(frozen=True, slots=True)
class Period:
    """One report's days (domain.md §3): when submissions and due results were to be in.

    Rows count as the quarter's report from `reporting_from` on; None is the first day of the quarter's last
    month. `earlier` are the periods of the quarters before, oldest first.
    """

    quarter: Quarter
    issued_on: date
    submission_due: date
    results_due: date
    first_report: bool = False
    reporting_from: date | None = None
    earlier: tuple["Period", ...] = ()

    @property
    def opens_on(self) -> date:
        """The first day on which a row counts as the quarter's report."""
        return self.reporting_from or self.quarter.last_day.replace(day=1)

    def last_day_to_prove(self, due: date) -> date:
        """The last day a unit had to prove what was due then: the due date, the day for that quarter's due
        results, or the due day of a first report, whichever is the latest.
        """
        periods = (*self.earlier, self)
        results = [period.results_due for period in periods if period.quarter == Quarter.of(due)]
        first_reports = [period.submission_due for period in periods if period.first_report]
        return max((due, *results, *first_reports))
