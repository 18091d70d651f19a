"""Status: one task, its history, one day → one Assessment. Pure: no files, no clock."""

from datetime import date

from yuechi_report.domain import axes
from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.case import Case, Docket
from yuechi_report.domain.pace import pacing
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import History, ProgressEntry
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.register import Register, Task
from yuechi_report.domain.reporting import Duty, discipline, due_result
from yuechi_report.domain.rules import first_rule, reason_of
from yuechi_report.domain.waiting import office_item


def assess(
    task: Task, history: History, period: Period, *, as_of: date, policy: StatusPolicy, is_preview: bool = False
) -> Assessment:
    """Judge one task on one day; in a preview (预览) it lies before the day of the report.

    `history` may hold more than this task and more than had happened: what is not this task's, not
    yet received or decided by `as_of`, or of a later quarter is left out. What was *known* when is
    the caller's question: pass `history.known_at(moment)`.
    """
    own = history.of_task(task.number)
    return _judged(Case.of(task, Docket.of(own, period, as_of=as_of, policy=policy, is_preview=is_preview)))


def assess_all(
    register: Register, history: History, period: Period, *, as_of: date, policy: StatusPolicy, is_preview: bool = False
) -> tuple[Assessment, ...]:
    """Every task of the register, in its order; time is linear in tasks and records."""
    docket = Docket.of(history, period, as_of=as_of, policy=policy, is_preview=is_preview)
    return tuple(_judged(Case.of(task, docket)) for task in register)


def _judged(case: Case) -> Assessment:
    rule, paced = first_rule(case), pacing(case)
    entry, text = case.entry, case.standing.text
    item, since = office_item(case, rule.headline) or (None, None)
    duty = Duty.of(case)
    return Assessment(
        task_no=case.task.number,
        task_class=case.task_class,
        headline=rule.headline,
        suffixes=axes.suffixes(case, rule.headline, paced.pace),
        reported=entry.reported if entry is not None else None,
        verified=axes.verified(case),
        time_state=axes.time_state(case),
        pace=paced.pace,
        discipline=discipline(case, duty),
        due=case.due,
        effective_due=case.effective_due,
        percent_complete=_percent(entry),
        days_overdue=axes.days_overdue(case, rule.headline),
        days_past_limit=axes.days_past_limit(case, rule.headline),
        completed_on=axes.completed_on(case),
        reason=reason_of(case, rule, paced),
        entry=entry,
        due_result=due_result(case),
        filling_unit=case.task.filling_unit,
        adjusted_text=text.wording if text is not None else "",
        office_item=item,
        office_since=since,
        owing_unit=duty.unit,
        handed_in_on=duty.handed_in_on,
        content_purged=bool(case.purged) and not case.filed,
    )


def _percent(entry: ProgressEntry | None) -> float | None:
    """The measured share before the unit's own estimate."""
    if entry is None:
        return None
    return entry.measure.percent if entry.measure is not None else entry.percent
