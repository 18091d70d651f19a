"""What is new since the report before, and what two reports running have in common."""

from yuechi_report.domain.progress import Decision
from yuechi_report.domain.waiting import idle_tasks
from yuechi_report.report.context import Report


def is_new(report: Report, decision: Decision) -> bool:
    """Decided after the last report's day, or first recorded after that report was cut off."""
    last = report.last
    if last is None or decision.decided_on > last.as_of:
        return True
    copies = [sent for sent in report.scope.history.decisions if sent.says_the_same(decision)]
    return min(sent.source.recorded_at for sent in copies) > last.known_at


def idle_twice(report: Report) -> tuple[int, ...]:
    """The attention list: 推进类 tasks without action in two quarters running (domain.md §2.3)."""
    quarters = [(past.earlier.period, past.assessments) for past in report.past]
    return tuple(status.task_no for status in idle_tasks([*quarters, (report.scope.period, report.assessments)]))
