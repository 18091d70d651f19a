"""assess: one task, its history, one day → one Assessment. Pure: no files, no clock."""

from datetime import date

from yuechi_report.domain import axes
from yuechi_report.domain.assessment import Assessment, Headline, Reason
from yuechi_report.domain.case import Case
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Decision, History
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.register import Register, Task
from yuechi_report.domain.rules import Rule, first_rule


def assess(task: Task, history: History, period: Period, *, as_of: date, policy: StatusPolicy) -> Assessment:
    """Judge one task on one day.

    `history` may hold more than this task and more than had happened: what is not this task's, not
    yet received or decided by `as_of`, or of a later quarter is left out. What was *known* when is
    the caller's question: pass `history.known_at(moment)`.
    """
    case = Case.of(task, history, period, as_of=as_of, policy=policy)
    rule = first_rule(case)
    percent = None
    if case.entry is not None:
        percent = case.entry.measure.percent if case.entry.measure is not None else case.entry.percent
    return Assessment(
        task_no=task.number,
        task_class=case.task_class,
        headline=rule.headline,
        suffixes=axes.suffixes(case, rule.headline),
        reported=case.entry.reported if case.entry is not None else None,
        verified=axes.verified(case),
        time_state=axes.time_state(case),
        pace=axes.pace(case),
        discipline=axes.discipline(case),
        due=task.due,
        effective_due=case.effective_due,
        percent_complete=percent,
        days_overdue=axes.days_overdue(case, rule.headline),
        completed_on=axes.completed_on(case),
        reason=_reason(case, rule),
        entry=case.entry,
    )


def assess_all(
    register: Register, history: History, period: Period, *, as_of: date, policy: StatusPolicy
) -> tuple[Assessment, ...]:
    """Every task of the register, in its order; time is linear in tasks and records."""
    by_task = history.by_task()
    nothing = History(submissions=history.submissions)
    return tuple(
        assess(task, by_task.get(task.number, nothing), period, as_of=as_of, policy=policy) for task in register
    )


def _reason(case: Case, rule: Rule) -> Reason:
    dates = [("as_of", case.as_of)]
    if case.effective_due is not None:
        dates.append(("effective_due", case.effective_due))
    policy = (("days_due_soon", case.policy.days_due_soon),) if rule.headline is Headline.DUE_SOON else ()
    return Reason(
        rule=rule.id,
        dates=tuple(dates),
        policy=policy,
        entry=case.last,
        decision=_decisive(case, rule.headline),
        source_lines=case.task.source_lines,
    )


def _decisive(case: Case, headline: Headline) -> Decision | None:
    """The decision the headline rests on, where it rests on one."""
    standing = case.standing
    resting = {
        Headline.TERMINATED: standing.ended,
        Headline.TRANSFERRED: standing.ended,
        Headline.CLOSED: standing.closed,
        Headline.BLOCKED: standing.block,
        Headline.BLOCKED_PAST_DUE: standing.block,
        Headline.EXTENDED: standing.new_due,
        Headline.OVERDUE: standing.reopened or (standing.returned if case.is_returned else standing.extension),
    }
    return resting.get(headline)
