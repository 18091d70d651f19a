"""Which figures a report has, and so which number each bears."""

from yuechi_report.domain.assessment import Assessment, TaskClass
from yuechi_report.page.headlines import SETTLED
from yuechi_report.report.context import Report
from yuechi_report.report.figures import rules, stacks


def dated(report: Report) -> tuple[Assessment, ...]:
    """The fixed tasks that have a due date."""
    return tuple(status for status in report.fixed if status.effective_due is not None)


def moved(report: Report) -> bool:
    """Whether there is a quarter before, and any task has another headline than then."""
    then = {status.task_no: status.headline for status in report.earlier}
    return any(status.headline is not then.get(status.task_no, status.headline) for status in report.assessments)


def told_progress(report: Report) -> tuple[Assessment, ...]:
    """The open tasks whose unit gave a figure this quarter: a fraction it counted, or its own estimate."""
    return tuple(
        status
        for status in report.assessments
        if status.entry is not None
        and (status.entry.measure is not None or status.entry.percent is not None)
        and status.headline not in SETTLED
        and status.task_class is not TaskClass.UNRESOLVED
    )


def caption(report: Report, name: str, words: str) -> str:
    """图3　words: numbered among the figures that this report draws, in their order."""
    drawn = {
        "status_by_category": True,
        "status_flow": moved(report),
        "deadline_timeline": stacks.fitting(report, dated(report)) is not None,
        "unit_matrix": rules.fitting(report) is not None,
        "reported_progress": bool(told_progress(report)),
    }
    names = [key for key, is_drawn in drawn.items() if is_drawn]
    return f"图{names.index(name) + 1}　{words}"
