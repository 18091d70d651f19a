"""Reporting (报送): who owed this quarter's rows, whether they and the due results came, and when (domain.md §3, §3.1)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.assessment import Assessment, Discipline, DueResult, UnitDiscipline
from yuechi_report.domain.case import Case
from yuechi_report.domain.policy import CalendarNotPublished
from yuechi_report.domain.progress import ProgressEntry, Submission
from yuechi_report.domain.standing import Standing, filling_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The row owed on a task, as the office had decided by the submission day, and what came for it.

    `received` are the days on which rows came that count as the quarter's report, `sent_back` those on which
    such a row was sent back; oldest first. `is_settled` tasks, and those nobody fills in for, owe none. A purged workbook counts as a row: that it came stays a fact.
    """

    unit: str
    is_settled: bool
    submission_due: date
    received: Sequence[date]
    sent_back: Sequence[date]

    @classmethod
    def of(cls, case: Case) -> "Duty":
        """What the units that filled in up to the submission day handed in from `reporting_from` on."""
        period = case.period
        decisions = [decision for decision in case.decisions if decision.decided_on <= period.submission_due]
        standing, units = Standing.of(decisions), filling_units(case.of_notice, decisions)
        came: list[ProgressEntry | Submission] = [*case.filed, *case.purged]
        return cls(
            unit=units[-1],
            is_settled=standing.ended is not None or standing.closed is not None or case.task.nobody_fills,
            submission_due=period.submission_due,
            received=_days(came, units, period.opens_on),
            sent_back=_days(case.sent_back_rows, units, period.opens_on),
        )

    @property
    def is_in_time(self) -> bool:
        """Whether a row came up to the submission day."""
        return bool(self.received) and self.received[0] <= self.submission_due

    @property
    def is_owed(self) -> bool:
        """A closed or ended task owes nothing, and what is not owed is never late."""
        return not self.is_settled or self.is_in_time

    @property
    def handed_in_on(self) -> date | None:
        """The day of the row that discharges the duty: the last up to the submission day, else the first after it."""
        if not self.received or not self.is_owed:
            return None
        return max((day for day in self.received if day <= self.submission_due), default=self.received[0])


def _days(records: Iterable[ProgressEntry | Submission], units: Collection[str], opens_on: date) -> Sequence[date]:
    """The days on which those units' records came, from that day on, oldest first."""
    came = (record.source.received_on for record in records if record.unit in units)
    return sorted(day for day in came if day >= opens_on)


def discipline(case: Case, duty: Duty) -> Discipline:
    """Judged by the row that discharges the duty; a first report is not judged."""
    if not duty.is_owed:
        return Discipline.EXEMPT
    if case.period.first_report:
        return Discipline.FIRST_REPORT
    if duty.is_in_time:
        return Discipline.ON_TIME
    if duty.received:
        return _late(case, duty)
    if duty.sent_back:
        return Discipline.AWAITING_CORRECTION
    return Discipline.NOT_YET_DUE if case.is_awaited else Discipline.NOT_REPORTED


def _late(case: Case, duty: Duty) -> Discipline:
    """Late, unless a row sent in time was sent back and mended soon enough."""
    in_time = [day for day in duty.sent_back if day <= duty.submission_due]
    return _mended(case, in_time[-1], duty.received[0]) if in_time else Discipline.LATE


def _mended(case: Case, sent_on: date, received_on: date) -> Discipline:
    """A row sent in time, sent back and mended within `working_days_correction` days is not late.

    Where the year's working days are not published only what is certain is said: so few days later
    on the calendar that it is in time however many of them were worked.
    """
    grace = case.policy.working_days_correction
    if (received_on - sent_on).days <= grace:
        return Discipline.ON_TIME
    try:
        last_day = case.policy.calendar.add_working_days(sent_on, grace)
    except CalendarNotPublished:
        return Discipline.CALENDAR_UNPUBLISHED
    return Discipline.ON_TIME if received_on <= last_day else Discipline.LATE


def due_result(case: Case) -> DueResult:
    """Whether the line on a task due between submission day and quarter's end is owed, awaited, there or missing.

    Owed by the due date in force when the quarter began. What the office has settled by then owes none: closed
    or ended, a new date, a recognised block. A declaration with evidence is the line, whenever it came.
    """
    due, period = _due_at_opening(case), case.period
    if due is None or not period.submission_due < due <= period.quarter.last_day or _settled(case):
        return DueResult.NOT_OWED
    if case.declared or any(entry.source.received_on >= due for entry in case.filed):
        return DueResult.RECEIVED
    return DueResult.AWAITED if case.is_before(period.results_due) else DueResult.MISSING


def _due_at_opening(case: Case) -> date | None:
    """The date that the office had set before the quarter began, else the notice's."""
    began = case.period.quarter.first_day
    before = Standing.of(decision for decision in case.decisions if decision.decided_on < began)
    return before.new_due.new_due if before.new_due is not None else case.due


def _settled(case: Case) -> bool:
    if case.task.nobody_fills:
        return True
    standing, new_due = case.standing, case.standing.new_due
    if new_due is not None and new_due.decided_on < case.period.quarter.first_day:
        new_due = None
    decisions = (standing.ended, standing.closed, new_due, standing.block if case.is_blocked else None)
    return any(decision is not None and decision.decided_on <= case.period.results_due for decision in decisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReport:
    """What one unit handed in of the rows it owes: `late` and `missing` of `tasks`.

    `handed_in_on` is the latest of its rows' days, None where none came.
    """

    unit: str
    state: UnitDiscipline
    tasks: int
    late: int
    missing: int
    handed_in_on: date | None


def unit_reports(assessments: Iterable[Assessment]) -> tuple[UnitReport, ...]:
    """Every unit that owes a row this quarter, in the order of the assessments."""
    owed: dict[str, list[Assessment]] = {}
    for judged in assessments:
        if judged.discipline is not Discipline.EXEMPT:
            owed.setdefault(judged.owing_unit, []).append(judged)
    return tuple(_unit_report(unit, tasks) for unit, tasks in owed.items())


def _unit_report(unit: str, tasks: Sequence[Assessment]) -> UnitReport:
    rows = [judged.discipline for judged in tasks]
    return UnitReport(
        unit=unit,
        state=unit_discipline(rows),
        tasks=len(rows),
        late=rows.count(Discipline.LATE),
        missing=rows.count(Discipline.NOT_REPORTED),
        handed_in_on=max((judged.handed_in_on for judged in tasks if judged.handed_in_on is not None), default=None),
    )


_WITHOUT_A_ROW = (Discipline.NOT_REPORTED, Discipline.AWAITING_CORRECTION)

_WORST_FIRST = (
    (Discipline.NOT_REPORTED, UnitDiscipline.PARTIAL),
    (Discipline.AWAITING_CORRECTION, UnitDiscipline.AWAITING_CORRECTION),
    (Discipline.LATE, UnitDiscipline.LATE),
    (Discipline.CALENDAR_UNPUBLISHED, UnitDiscipline.CALENDAR_UNPUBLISHED),
)
"""What a unit that handed in something is said to be, by its worst row."""


def unit_discipline(rows: Iterable[Discipline]) -> UnitDiscipline:
    """The unit's state over the rows it owes (domain.md §3.1)."""
    owed = [row for row in rows if row is not Discipline.EXEMPT]
    if not owed:
        return UnitDiscipline.EXEMPT
    if Discipline.FIRST_REPORT in owed:
        return UnitDiscipline.FIRST_REPORT
    if Discipline.NOT_YET_DUE in owed:
        return UnitDiscipline.NOT_YET_DUE
    if all(row in _WITHOUT_A_ROW for row in owed):
        was_sent_back = Discipline.AWAITING_CORRECTION in owed
        return UnitDiscipline.AWAITING_CORRECTION if was_sent_back else UnitDiscipline.NOT_REPORTED
    return next((state for row, state in _WORST_FIRST if row in owed), UnitDiscipline.ON_TIME)
