"""Whether a quarter has more to say than page one holds; other pages then make room."""

from yuechi_report.report.conclusion import overdue_tasks
from yuechi_report.report.context import Report
from yuechi_report.report.matters import MOST, matters

OVERDUE_ROWS = 6
"""So many overdue tasks stand on page one."""


def is_crowded(report: Report) -> bool:
    """Whether more is overdue, or more is asked of the leaders, than page one lists."""
    return len(overdue_tasks(report.assessments)) > OVERDUE_ROWS or len(matters(report)) > 2 * MOST
