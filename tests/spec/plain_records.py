"""What the plain rules are given: rows, decisions and days, in the words of domain.md."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

LEAD = "牵头"


@dataclass(frozen=True)
class Row:
    """One accepted row of a unit's form; `evidence` is the cell as written."""

    quarter: str
    unit: str
    said: str
    received: datetime
    seq: int
    role: str = LEAD
    progress: str = ""
    evidence: str = ""
    expected: date | None = None
    completed: date | None = None
    recorded: datetime | None = None
    withdrawn: datetime | None = None

    @property
    def day(self) -> date:
        """The day of receipt."""
        return self.received.date()


@dataclass(frozen=True)
class Ruling:
    """One decision of the office."""

    quarter: str
    action: str
    day: date
    seq: int
    received: datetime
    completed: date | None = None
    new_due: date | None = None
    new_class: str = ""
    new_unit: str = ""
    body: str = ""
    step: str = ""
    letter: str = ""
    letter_day: date | None = None
    review: date | None = None
    recorded: datetime | None = None
    withdrawn: datetime | None = None


@dataclass(frozen=True)
class SentBack:
    """A workbook in which the row of the task was sent back, or a row whose number could not be read."""

    quarter: str
    unit: str
    received: datetime
    seq: int
    recorded: datetime | None = None
    withdrawn: datetime | None = None

    @property
    def day(self) -> date:
        """The day of receipt."""
        return self.received.date()


@dataclass(frozen=True)
class QuarterDays:
    """The days of one quarter's params."""

    submission: date
    results: date
    opens: date
    first: bool = False


@dataclass(frozen=True)
class TaskQuarter:
    """One task judged on one day; `kind` is the class by the notice. `days` has this quarter's days and the others'."""

    unit: str
    kind: str
    due: date | None
    issued: date
    quarter: str
    days: Mapping[str, QuarterDays]
    as_of: date
    known: datetime
    rows: Sequence[Row] = ()
    rulings: Sequence[Ruling] = ()
    sent_back: Sequence[SentBack] = ()
    holidays: Collection[date] = ()
    calendar_years: Collection[int] = ()
