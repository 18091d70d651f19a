"""Discipline (报送): whether this quarter's report on a task came, and when (domain.md §3, §3.1)."""

from datetime import date

from yuechi_report.domain.assessment import Discipline, DueResult
from yuechi_report.domain.case import Case
from yuechi_report.domain.policy import CalendarNotPublished

_ON_TIME, _EXEMPT, _FIRST_REPORT = Discipline.ON_TIME, Discipline.EXEMPT, Discipline.FIRST_REPORT

_NOT_YET_DUE, _NOT_REPORTED = Discipline.NOT_YET_DUE, Discipline.NOT_REPORTED


def discipline(case: Case) -> Discipline:
    """Judged by the first accepted row of the filling unit; a first report is not judged."""
    filed, period = case.filed, case.period
    if not filed and not case.owes_report:
        return _EXEMPT
    if period.first_report:
        return _FIRST_REPORT
    if filed:
        received_on = filed[0].source.received_at.date()
        return _ON_TIME if received_on <= period.submission_due else _late(case, received_on)
    if case.awaits_correction:
        return Discipline.AWAITING_CORRECTION
    return _NOT_YET_DUE if case.as_of < period.submission_due else _NOT_REPORTED


def _late(case: Case, received_on: date) -> Discipline:
    """Late, unless a row sent in time was sent back and mended soon enough."""
    in_time = [
        day for one in case.sent_back_rows if (day := one.source.received_at.date()) <= case.period.submission_due
    ]
    return _mended(case, in_time[-1], received_on) if in_time else Discipline.LATE


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


_NOT_OWED, _AWAITED = DueResult.NOT_OWED, DueResult.AWAITED

_RECEIVED, _MISSING = DueResult.RECEIVED, DueResult.MISSING


def due_result(case: Case) -> DueResult:
    """Whether the line is owed, awaited, there or missing.

    Owed by the original due date. What the office has settled by then owes none: closed or ended, a new
    date, a recognised block. A declaration with evidence is the line, whenever it came.
    """
    due, period = case.due, case.period
    if due is None or not period.submission_due < due <= case.quarter_end or _settled(case):
        return _NOT_OWED
    if case.declared or any(one.source.received_at.date() >= due for one in case.filed):
        return _RECEIVED
    return _AWAITED if case.as_of < period.results_due else _MISSING


def _settled(case: Case) -> bool:
    standing, by = case.standing, case.period.results_due
    decided = (standing.ended, standing.closed, standing.new_due, standing.block if case.is_blocked else None)
    return any(one is not None and one.decided_on <= by for one in decided)
