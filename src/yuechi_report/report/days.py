"""Days by which something is wanted, as they stand in a sentence; a year without a calendar is said, not guessed."""

from datetime import date

from yuechi_report.domain.policy import CalendarNotPublished
from yuechi_report.page.labels import date_label, short_date_label
from yuechi_report.report.context import Report


def reply_by(report: Report, *, year: bool = False) -> str:
    """1月20日前, so many working days after as_of, or 10个工作日内（2027年工作日历未发布，日期另行通知）."""
    policy = report.scope.policy
    try:
        found = policy.calendar.add_working_days(report.as_of, policy.working_days_check)
    except CalendarNotPublished as error:
        return f"{policy.working_days_check}个工作日内（{error.year}年工作日历未发布，日期另行通知）"
    return f"{_shown(report, found, year=year)}前"


def next_report_by(report: Report, *, year: bool = False) -> str:
    """3月20日前: when the next quarter's submissions are due, or that the calendar is not published."""
    following = report.scope.period.quarter.next.last_day
    day = following.replace(day=report.scope.policy.day_submission)
    try:
        found = report.scope.policy.calendar.working_day_from(day)
    except CalendarNotPublished as error:
        return f"{date_label(day)}前（{error.year}年工作日历未发布，遇休息日另行通知）"
    return f"{_shown(report, found, year=year)}前"


def _shown(report: Report, day: date, *, year: bool) -> str:
    return date_label(day) if year else short_date_label(day, report.as_of)
