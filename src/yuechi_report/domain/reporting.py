"""Reporting (报送): whether this quarter's report and the due result came, and when (domain.md §3, §3.1)."""

from datetime import date

from yuechi_report.domain.assessment import Discipline, DueResult
from yuechi_report.domain.case import Case
from yuechi_report.domain.policy import CalendarNotPublished


def discipline(case: Case) -> Discipline:
    """Judged by the first accepted row of the filling unit; a first report is not judged."""
    filed, period = case.filed, case.period
    if not filed and not case.owes_report:
        return Discipline.EXEMPT
    if period.first_report:
        return Discipline.FIRST_REPORT
    if filed:
        received_on = filed[0].source.received_on
        return Discipline.ON_TIME if received_on <= period.submission_due else _late(case, received_on)
    if case.awaits_correction:
        return Discipline.AWAITING_CORRECTION
    return Discipline.NOT_YET_DUE if case.as_of < period.submission_due else Discipline.NOT_REPORTED


def _late(case: Case, received_on: date) -> Discipline:
    """Late, unless a row sent in time was sent back and mended soon enough."""
    sent_on = [workbook.source.received_on for workbook in case.sent_back_rows]
    in_time = [day for day in sent_on if day <= case.period.submission_due]
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


def due_result(case: Case) -> DueResult:
    """Whether the line on a task due between submission day and quarter's end is owed, awaited, there or missing.

    Owed by the original due date. What the office has settled by then owes none: closed or ended, a new
    date, a recognised block. A declaration with evidence is the line, whenever it came.
    """
    due, period = case.due, case.period
    if due is None or not period.submission_due < due <= period.quarter.last_day or _settled(case):
        return DueResult.NOT_OWED
    if case.declared or any(entry.source.received_on >= due for entry in case.filed):
        return DueResult.RECEIVED
    return DueResult.AWAITED if case.as_of < period.results_due else DueResult.MISSING


def _settled(case: Case) -> bool:
    standing = case.standing
    decisions = (standing.ended, standing.closed, standing.new_due, standing.block if case.is_blocked else None)
    return any(decision is not None and decision.decided_on <= case.period.results_due for decision in decisions)
