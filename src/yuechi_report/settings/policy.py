"""params/policy.yml and params/calendar.yml: the office's rules as typed values, nonsense refused."""

from datetime import date, timedelta
from typing import Annotated, Literal

import chinese_calendar
from pydantic import Field, model_validator

from yuechi_report.domain.policy import Calendar, ScorePolicy, StatusPolicy
from yuechi_report.settings.workspace import Workspace
from yuechi_report.settings.yaml_file import Setting, load_yaml

CalendarDays = Annotated[int, Field(ge=1, le=365)]
WorkingDays = Annotated[int, Field(ge=1, le=60)]
Points = Annotated[int, Field(ge=0, le=100)]


class Signs(Setting):
    """The sign printed before a status word; readable in black and white, legend printed."""

    settled: str = "●"
    attention: str = "◐"
    ordinary: str = "○"
    warning: str = "△"
    overdue: str = "×"

    @model_validator(mode="after")
    def _distinct(self) -> "Signs":
        if len(set(self.model_dump().values())) < len(type(self).model_fields):
            raise ValueError("五种标识须各不相同，黑白打印才能分辨")
        return self


class Scores(Setting):
    """Scores of units: off by default; points taken off 100, an older delay never costing less."""

    enabled: bool = False
    days_long_overdue: CalendarDays = 30
    points_overdue: Points = 20
    points_long_overdue: Points = 40
    points_late: Points = 5
    points_not_reported: Points = 10

    @model_validator(mode="after")
    def _graded(self) -> "Scores":
        if self.points_long_overdue < self.points_overdue:
            raise ValueError("points_long_overdue不能小于points_overdue：逾期更久的扣分不能更少")
        if self.points_not_reported < self.points_late:
            raise ValueError("points_not_reported不能小于points_late：未报送的扣分不能少于迟报")
        return self


class Policy(Setting):
    """Thresholds as domain.md §2 and §3 name them; unknown keys and out-of-range values are refused."""

    version: Literal[1]
    days_due_soon: CalendarDays = 30
    days_short_window: CalendarDays = 30
    days_measured_window: CalendarDays = 60
    days_block_review: CalendarDays = 90
    day_submission: Annotated[int, Field(ge=1, le=28)] = 20
    working_days_check: WorkingDays = 10
    working_days_correction: WorkingDays = 2
    signs: Signs = Signs()
    scores: Scores = Scores()

    @model_validator(mode="after")
    def _consistent(self) -> "Policy":
        if self.days_measured_window < self.days_short_window:
            raise ValueError("days_measured_window不能小于days_short_window：时限太短的任务不与时间比较")
        return self


class YearTable(Setting):
    """One year's holidays (weekdays off) and make-up days (weekend days worked)."""

    holidays: tuple[date, ...]
    makeup_days: tuple[date, ...] = ()


class CalendarFile(Setting):
    """Tables the office adds when a year is published before the holiday package knows it."""

    years: dict[int, YearTable] = Field(default_factory=dict)


def load_policy(workspace: Workspace) -> Policy:
    """The office's policy; ParameterError with the faults."""
    return load_yaml(workspace.policy_file, Policy)


def load_calendar(workspace: Workspace, years: range) -> Calendar:
    """Working days of those years, by the workspace's own tables, then by the holiday package; other years are left out."""
    own = load_yaml(workspace.calendar_file, CalendarFile).years
    holidays: set[date] = set()
    makeup: set[date] = set()
    known: set[int] = set()
    for year in years:
        table = own.get(year) or _packaged(year)
        if table is not None:
            known.add(year)
            holidays.update(table.holidays)
            makeup.update(table.makeup_days)
    return Calendar(tuple(sorted(known)), tuple(sorted(holidays)), tuple(sorted(makeup)))


def _packaged(year: int) -> YearTable | None:
    days = [day for n in range(366) if (day := date(year, 1, 1) + timedelta(days=n)).year == year]
    try:
        working = {day: chinese_calendar.is_workday(day) for day in days}
    except NotImplementedError:
        return None
    return YearTable(
        holidays=tuple(day for day in days if day.weekday() < 5 and not working[day]),
        makeup_days=tuple(day for day in days if day.weekday() >= 5 and working[day]),
    )


def status_policy(policy: Policy, calendar: Calendar) -> StatusPolicy:
    """The policy as the domain reads it."""
    scores = ScorePolicy(**policy.scores.model_dump(exclude={"enabled"})) if policy.scores.enabled else None
    return StatusPolicy(**policy.model_dump(exclude={"signs", "scores"}), calendar=calendar, scores=scores)
