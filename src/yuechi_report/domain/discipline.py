"""Discipline (报送): whether this quarter's report on a task came, and when (domain.md §3, §3.1)."""

from datetime import date

from yuechi_report.domain.assessment import Discipline
from yuechi_report.domain.case import Case
from yuechi_report.domain.policy import CalendarNotPublished


def discipline(case: Case) -> Discipline:
    """Judged by the first accepted row of the filling unit; a first report is not judged."""
    if not case.filed and not case.owes_report:
        return Discipline.EXEMPT
    if case.period.first_report:
        return Discipline.FIRST_REPORT
    if case.filed:
        return _when(case, case.filed[0].source.received_at.date())
    if case.awaits_correction:
        return Discipline.AWAITING_CORRECTION
    return Discipline.NOT_YET_DUE if case.as_of < case.period.submission_due else Discipline.NOT_REPORTED


def _when(case: Case, received_on: date) -> Discipline:
    if received_on <= case.period.submission_due:
        return Discipline.ON_TIME
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
