"""Days in sentences."""

from collections.abc import Callable

from builders import (
    entry,
)
from report_parts import fixed

from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.report.context import Report
from yuechi_report.report.words import days

Make = Callable[..., Report]


def test_year_without_a_calendar_is_said_not_guessed(make: Make) -> None:
    """A missing table of working days shows on the page."""
    report = make(fixed(1), entry(task_no=1), policy=StatusPolicy(calendar=Calendar((2024,))))
    assert days.next_report_by(report) == "2025年3月20日前（2025年工作日历未发布，遇休息日另行通知）"
