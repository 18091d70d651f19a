"""A unit's part in its report: the tasks it fills in, those it helps with, and what it said itself."""

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.progress import ProgressEntry, Role
from yuechi_report.domain.register import Task
from yuechi_report.report.context import Report


def led_by(report: Report) -> tuple[Assessment, ...]:
    """The tasks the unit fills in."""
    return tuple(status for status in report.assessments if role_of(report, report.task(status.task_no)) is Role.LEAD)


def helped_by(report: Report) -> tuple[Assessment, ...]:
    """The tasks another unit fills in."""
    return tuple(
        status for status in report.assessments if role_of(report, report.task(status.task_no)) is not Role.LEAD
    )


def concerned(report: Report) -> tuple[str, ...]:
    """Every unit the notice names, in its order, then those that lead by a decision (承接, 调整)."""
    return tuple(dict.fromkeys((*report.scope.register.unit_names, *report.register.unit_names)))


def role_of(report: Report, task: Task) -> Role:
    """The unit's role in a task of its report."""
    if task.filling_unit == report.scope.unit:
        return Role.LEAD
    return Role.COUNTERSIGN if report.scope.unit in task.lead_units else Role.COOPERATE


def own_entry(report: Report, status: Assessment) -> ProgressEntry | None:
    """The unit's newest entry of this quarter on a task it helps with."""
    unit, quarter = report.scope.unit, report.scope.period.quarter
    entries = report.seen(status.task_no).entries
    found = [entry for entry in entries if (entry.unit, entry.quarter) == (unit, quarter)]
    return found[-1] if found else None
