"""The status contract (docs/architecture.md): one row a task, as plain values, without pandas.

Readers' words in Chinese, dates as ISO text or empty, days and percent as numbers; None where there is none.
"""

import pandas as pd

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.register import Task
from yuechi_report.domain.reporting import unit_reports
from yuechi_report.page.labels import label, suffix_label, unit_report_label
from yuechi_report.report.context import Report
from yuechi_report.report.words.statuses import reason_text

STATUS_COLUMNS = (
    "notice",
    "quarter",
    "task_no",
    "title",
    "class",
    "lead_units",
    "deadline_raw",
    "due_date",
    "effective_due_date",
    "headline",
    "suffix",
    "reported",
    "verified",
    "time_state",
    "pace",
    "discipline",
    "percent_complete",
    "days_overdue",
    "days_past_limit",
    "completed_on",
    "reason",
)


def status_rows(report: Report) -> list[dict[str, object]]:
    """One row a task of the scope, in the register's order; keys STATUS_COLUMNS."""
    return [_status_row(report, report.task(one.task_no), one) for one in report.assessments]


def _status_row(report: Report, task: Task, one: Assessment) -> dict[str, object]:
    return {
        "notice": report.scope.register.notice.id,
        "quarter": str(report.scope.period.quarter),
        "task_no": task.number,
        "title": task.title,
        "class": label(one.task_class),
        "lead_units": ";".join(task.lead_units),
        "deadline_raw": task.deadline_raw,
        "due_date": one.due.isoformat() if one.due else "",
        "effective_due_date": one.effective_due.isoformat() if one.effective_due else "",
        "headline": label(one.headline),
        "suffix": suffix_words(one),
        "reported": label(one.reported) if one.reported else "",
        "verified": label(one.verified),
        "time_state": label(one.time_state),
        "pace": label(one.pace),
        "discipline": label(one.discipline),
        "percent_complete": one.percent_complete,
        "days_overdue": one.days_overdue or None,
        "days_past_limit": one.days_past_limit or None,
        "completed_on": one.completed_on.isoformat() if one.completed_on else "",
        "reason": reason_text(one),
    }


def suffix_words(one: Assessment) -> str:
    """The suffixes of a headline in one string."""
    return "、".join(suffix_label(code, one.days_overdue) for code in one.suffixes)


SUBMISSION_COLUMNS = ("unit", "tasks", "received_on", "kind", "state")
"""tasks: owed; received_on: the latest of its rows' days, ISO text, empty when nothing came; kind: 按时, 迟报,
部分报送, 未报送, 首报不评, 待补正, 待报送; state: the same with its number, 迟报（1项）, 部分报送（2项未报）."""


def submission_rows(report: Report) -> list[dict[str, object]]:
    """Grain: one row a unit that owes a report this quarter, in the notice's order."""
    return [
        {
            "unit": one.unit,
            "tasks": one.tasks,
            "received_on": one.handed_in_on.isoformat() if one.handed_in_on is not None else "",
            "kind": label(one.state),
            "state": unit_report_label(one),
        }
        for one in unit_reports(report.assessments)
    ]


def status_frame(report: Report) -> pd.DataFrame:
    """Grain: one row a task of the scope; columns STATUS_COLUMNS."""
    return pd.DataFrame(status_rows(report), columns=list(STATUS_COLUMNS))


def tally_frame(report: Report) -> pd.DataFrame:
    """Grain: one row a task; what tables by category and by unit are counted from.

    Columns: task_no, category_no, category, unit (which fills in on the day judged), headline (code).
    """
    rows = []
    for one in report.assessments:
        task = report.task(one.task_no)
        rows.append(
            {
                "task_no": task.number,
                "category_no": task.category_number,
                "category": task.category,
                "unit": one.filling_unit,
                "headline": one.headline.value,
            }
        )
    return pd.DataFrame(rows)


def submission_frame(report: Report) -> pd.DataFrame:
    """Grain: one row a filling unit that owes a report; columns SUBMISSION_COLUMNS."""
    return pd.DataFrame(submission_rows(report), columns=list(SUBMISSION_COLUMNS))
