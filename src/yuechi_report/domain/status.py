"""assess: one task, its history, one day → one Assessment. Pure: no files, no clock."""

from datetime import date

from yuechi_report.domain import axes
from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.case import Case, Docket
from yuechi_report.domain.pace import pacing
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import History, ProgressEntry
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.reason import reason_of
from yuechi_report.domain.register import Register, Task
from yuechi_report.domain.reporting import discipline, due_result
from yuechi_report.domain.rules import first_rule
from yuechi_report.domain.waiting import office_item


def assess(task: Task, history: History, period: Period, *, as_of: date, policy: StatusPolicy) -> Assessment:
    """Judge one task on one day.

    `history` may hold more than this task and more than had happened: what is not this task's, not
    yet received or decided by `as_of`, or of a later quarter is left out. What was *known* when is
    the caller's question: pass `history.known_at(moment)`.
    """
    return _judged(Case.of(task, Docket.of(history.of_task(task.number), period, as_of=as_of, policy=policy)))


def assess_all(
    register: Register, history: History, period: Period, *, as_of: date, policy: StatusPolicy
) -> tuple[Assessment, ...]:
    """Every task of the register, in its order; time is linear in tasks and records."""
    docket = Docket.of(history, period, as_of=as_of, policy=policy)
    return tuple([_judged(Case.of(task, docket)) for task in register])


def _judged(case: Case) -> Assessment:
    rule, paced, entry, text = first_rule(case), pacing(case), case.entry, case.standing.text
    headline = rule.headline
    item, since = office_item(case, headline) or _NOTHING_WAITS
    return Assessment(  # by position: names cost a third of the making, and every task is made anew
        case.task.number,
        case.task_class,
        headline,
        axes.suffixes(case, headline, paced.pace),
        entry.reported if entry is not None else None,
        axes.verified(case),
        axes.time_state(case),
        paced.pace,
        discipline(case),
        case.due,
        case.effective_due,
        _percent(entry),
        axes.days_overdue(case, headline),
        axes.completed_on(case),
        reason_of(case, rule, paced),
        entry,
        due_result(case),
        case.task.lead_units[0],
        text.wording if text is not None else "",
        item,
        since,
    )


_NOTHING_WAITS = (None, None)


def _percent(entry: ProgressEntry | None) -> float | None:
    """The measured share before the unit's own estimate."""
    if entry is None:
        return None
    return entry.measure.percent if entry.measure is not None else entry.percent
