"""The status contract (docs/architecture.md): one row a task, as plain values.

Readers' words in Chinese, dates as ISO text or empty, days and percent as numbers; a missing percent is None.
"""

from collections.abc import Sequence
from datetime import date

from yuechi_report.domain.assessment import Assessment, Suffix
from yuechi_report.domain.register import Task
from yuechi_report.page.labels import label, suffix_label
from yuechi_report.page.reasons import reason_text
from yuechi_report.source.scope import Scope

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
    "completed_on",
    "reason",
)


def status_rows(
    scope: Scope, assessments: Sequence[Assessment], *, confirmed_only: bool = False
) -> list[dict[str, object]]:
    """One row a task of the scope, in the register's order; keys STATUS_COLUMNS.

    With `confirmed_only` what rules found and no person has confirmed, and what another unit says of itself, is
    left out: that goes to the county's leaders alone (domain.md §2.4, §7).
    """
    register = scope.decided
    return [
        _status_row(scope, register.task(status.task_no), status, confirmed_only=confirmed_only)
        for status in assessments
    ]


def _status_row(scope: Scope, task: Task, status: Assessment, *, confirmed_only: bool) -> dict[str, object]:
    is_told = status.filling_unit == scope.unit or not confirmed_only
    return {
        "notice": scope.register.notice.id,
        "quarter": str(scope.period.quarter),
        "task_no": task.number,
        "title": task.title,
        "class": label(status.task_class),
        "lead_units": ";".join(task.lead_units),
        "deadline_raw": task.deadline_raw,
        "due_date": _iso(status.due),
        "effective_due_date": _iso(status.effective_due),
        "headline": label(status.headline),
        "suffix": suffix_words(status, confirmed_only=confirmed_only),
        "reported": label(status.reported) if status.reported and is_told else "",
        "verified": label(status.verified),
        "time_state": label(status.time_state),
        "pace": label(status.pace),
        "discipline": label(status.discipline),
        "percent_complete": status.percent_complete,
        "days_overdue": status.days_overdue,
        "completed_on": _iso(status.completed_on),
        "reason": reason_text(status),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def suffix_words(status: Assessment, *, confirmed_only: bool = False) -> str:
    """The suffixes of a headline in one string."""
    told = [code for code in status.suffixes if not (confirmed_only and code is Suffix.NO_EVIDENCE)]
    return "、".join(suffix_label(code, status.days_overdue) for code in told)
