"""The quarter (填报期) and the period of one report: its days and whether it is a first report."""

import re
from dataclasses import dataclass
from datetime import date, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""The country's one time zone, without summer time."""

_PATTERN = re.compile(r"(?P<year>\d{4})Q(?P<number>[1-4])")


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
    """One report's days (domain.md §3): when submissions and due results were to be in."""

    quarter: Quarter
    issued_on: date
    submission_due: date
    results_due: date
    first_report: bool = False
