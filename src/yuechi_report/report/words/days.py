"""Days as they stand in a sentence, and what is due next; a year without a calendar is said, not guessed."""

from collections.abc import Sequence
from datetime import date, timedelta

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.policy import CalendarNotPublished
from yuechi_report.domain.quarter import Quarter
from yuechi_report.page.headlines import SETTLED
from yuechi_report.page.labels import date_label, short_date_label
from yuechi_report.report.context import Report
from yuechi_report.report.words.sentences import listed_tasks, numeral

_NAMED = 4
_HALF_A_YEAR = timedelta(days=183)


def quarter_word(quarter: Quarter) -> str:
    """四季度, as it stands in a sentence."""
    return f"{numeral(quarter.number)}季度"


def day_word(report: Report, day: date) -> str:
    """12月24日; with the year where a reader of this report could think of another one."""
    years = (report.scope.period.quarter.year, report.as_of.year)
    near = day.year in years and abs(day - report.as_of) < _HALF_A_YEAR
    return short_date_label(day, day) if near else date_label(day)


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


def due_next(report: Report) -> tuple[Assessment, ...]:
    """Open fixed tasks whose effective due date lies after the report's day and by the next quarter's end."""
    last = report.scope.period.quarter.next.last_day
    return tuple(
        status
        for status in report.fixed
        if status.effective_due is not None
        and report.as_of < status.effective_due <= last
        and status.headline not in SETTLED
    )


def due_next_sentence(report: Report) -> str:
    """下季到期1项（任务2，延至3月31日）, or that there is none."""
    soon = due_next(report)
    following = report.scope.period.quarter.next
    return f"下季到期{len(soon)}项（{_due_words(soon, following)}）" if soon else "下季没有到期的限时任务"


def _due_words(soon: Sequence[Assessment], following: Quarter) -> str:
    """任务2，延至3月31日；任务6、7、9等12项，时限12月31日."""
    groups: dict[str, list[int]] = {}
    for status in soon:
        word = "延至" if status.due != status.effective_due else "时限"
        day = short_date_label(status.effective_due or following.last_day, following.last_day)
        groups.setdefault(f"{word}{day}", []).append(status.task_no)
    alone = len(groups) == 1
    return "；".join(f"{_some_tasks(numbers, alone=alone)}，{when}" for when, numbers in groups.items())


def _some_tasks(numbers: list[int], *, alone: bool) -> str:
    """任务6、7、9等12项; without the number where it has just been told."""
    if len(numbers) <= _NAMED:
        return listed_tasks(numbers)
    return f"{listed_tasks(numbers[:3])}等{'' if alone else f'{len(numbers)}项'}"
