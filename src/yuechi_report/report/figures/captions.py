"""Which figures a report has, and so which number each bears."""

from yuechi_report.domain.assessment import Assessment, TaskClass
from yuechi_report.page.headlines import SETTLED
from yuechi_report.report.context import Report
from yuechi_report.report.figures import rules, stacks


def dated(report: Report) -> tuple[Assessment, ...]:
    """The fixed tasks that have a due date."""
    return tuple(one for one in report.fixed if one.effective_due is not None)


def moved(report: Report) -> bool:
    """Whether there is a quarter before, and any task has another headline than then."""
    then = {one.task_no: one.headline for one in report.earlier}
    return any(one.headline is not then.get(one.task_no, one.headline) for one in report.assessments)


def told_progress(report: Report) -> tuple[Assessment, ...]:
    """The open tasks whose unit gave a figure this quarter: a fraction it counted, or its own estimate."""
    return tuple(
        one
        for one in report.assessments
        if one.entry is not None
        and (one.entry.measure is not None or one.entry.percent is not None)
        and one.headline not in SETTLED
        and one.task_class is not TaskClass.UNRESOLVED
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
    names = [one for one, is_drawn in drawn.items() if is_drawn]
    return f"图{names.index(name) + 1}　{words}"
