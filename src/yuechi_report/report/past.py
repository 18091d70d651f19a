"""What is new since the report before, and what two reports running have in common."""

from yuechi_report.domain.progress import Decision
from yuechi_report.domain.waiting import idle_tasks
from yuechi_report.report.context import Report


def is_new(report: Report, decision: Decision) -> bool:
    """Decided after the last report's day, or recorded after that report was cut off."""
    if report.before is None:
        return True
    return decision.decided_on > report.before.as_of or decision.source.recorded_at > report.before.known_at


def idle_twice(report: Report) -> tuple[int, ...]:
    """The attention list: 推进类 tasks without action in two quarters running (domain.md §2.3)."""
    quarters = [(past.earlier.period, past.assessments) for past in report.past]
    return tuple(status.task_no for status in idle_tasks([*quarters, (report.scope.period, report.assessments)]))
