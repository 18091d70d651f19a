"""What needs a person after a run: overdue tasks, checks that wait, units that did not report."""

from yuechi_report.domain.assessment import Suffix
from yuechi_report.page.headlines import HEADLINES
from yuechi_report.report.context import Report
from yuechi_report.report.county.remarks import text_differences
from yuechi_report.report.rows import submission_rows
from yuechi_report.report.words.sentences import listed_tasks

_WATCHED = sorted((row for row in HEADLINES if row.watched), key=lambda row: row.watched)


def attention_lines(report: Report) -> tuple[str, ...]:
    """One line a kind of matter, in the order of urgency; plain text."""
    lines = []
    for row in _WATCHED:
        numbers = [status.task_no for status in report.assessments if status.headline is row.headline]
        if numbers:
            lines.append(f"{row.word}{len(numbers)}项（{listed_tasks(numbers)}）")
    missing = [str(row["unit"]) for row in submission_rows(report) if row["state"] in ("未报送", "待报送")]
    if missing:
        lines.append(f"未收到报送{len(missing)}家（{'、'.join(missing)}）")
    unproved = [status.task_no for status in report.assessments if Suffix.NO_EVIDENCE in status.suffixes]
    if unproved:
        lines.append(f"系统提示：自报完成未附佐证{len(unproved)}项（{listed_tasks(unproved)}），请确认是否退回补正")
    return (*lines, *map(str, text_differences(report)))
