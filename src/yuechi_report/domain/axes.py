"""The axes beside the headline: verified, time, pace, discipline, and the suffixes (domain.md §2.1)."""

from datetime import date

from yuechi_report.domain.assessment import Discipline, Headline, Pace, Suffix, TaskClass, TimeState, Verified
from yuechi_report.domain.case import Case
from yuechi_report.domain.progress import Action, ProgressEntry, Reported
from yuechi_report.domain.quarter import Period


def verified(case: Case) -> Verified:
    """What the office has done with what the unit says."""
    if case.standing.closed is not None:
        return Verified.CLOSED
    if case.is_returned:
        return Verified.RETURNED
    return Verified.CHECKED if case.is_blocked else Verified.UNCHECKED


def completed_on(case: Case) -> date | None:
    """The day the office set; only a decision completes a task."""
    return case.standing.closed.completed_on if case.standing.closed is not None else None


def days_overdue(case: Case, headline: Headline) -> int:
    """Days from the day after the effective due date to completion, declaration or as_of."""
    due = case.effective_due
    ends = {
        Headline.CLOSED: completed_on(case),
        Headline.AWAITING_CHECK: case.declared_on,
        Headline.OVERDUE: case.as_of,
        Headline.BLOCKED_PAST_DUE: case.as_of,
    }
    end = ends.get(headline)
    if due is None or end is None or case.due_before_issue or case.task_class is not TaskClass.FIXED:
        return 0
    return max(0, (end - due).days)


def time_state(case: Case) -> TimeState:
    """The task against its effective due date; other classes have no date to be late for."""
    if case.task_class is not TaskClass.FIXED:
        no_limit = case.task_class in (TaskClass.UNDEFINED, TaskClass.UNRESOLVED)
        return TimeState.NO_LIMIT if no_limit else TimeState.ROUTINE
    if case.standing.ended is not None:
        return TimeState.NO_LIMIT
    if case.standing.closed is not None:
        return _done_state(case)
    if case.declared:
        return TimeState.AWAITING_CHECK
    if case.due_before_issue:
        return TimeState.DUE_BEFORE_ISSUE
    if case.days_left == 0:
        return TimeState.DUE_TODAY
    if case.is_past_due:
        return TimeState.OVERDUE
    return TimeState.DUE_SOON if case.days_left <= case.policy.days_due_soon else TimeState.NOT_DUE


def _done_state(case: Case) -> TimeState:
    done = completed_on(case)
    if case.due_before_issue and done is not None and done >= case.period.issued_on:
        return TimeState.DONE_AFTER_ISSUE
    return TimeState.DONE_LATE if days_overdue(case, Headline.CLOSED) else TimeState.DONE_ON_TIME


def pace(case: Case) -> Pace:
    """Measured progress against the share of time gone on the day the figure stands for.

    Only fixed tasks with a measured target and a window of `days_measured_window` or more; an
    estimated percentage is shown, not judged (domain.md §2.4).
    """
    entry, due = case.entry, case.effective_due
    long_enough = case.days_window >= case.policy.days_measured_window
    if entry is None or entry.measure is None or due is None or not long_enough:
        return Pace.NOT_COMPARABLE
    if case.task_class is not TaskClass.FIXED or case.standing.closed is not None:
        return Pace.NOT_COMPARABLE
    behind = entry.measure.percent < expected_percent(entry, due, case.period)
    return Pace.BEHIND if behind else Pace.ON_PACE


def expected_percent(entry: ProgressEntry, due: date, period: Period) -> float:
    """序时进度: the share of the days from issue to `due` gone on the day the figure stands for, 0–100.

    That day is the day of filing, at most the submission day, never as_of: an honest 89 % on 20 December
    is not called late on the 31st (domain.md §2.4). `due` lies after the day of issue.
    """
    stands_for = min(entry.filed_on, period.submission_due)
    share = (stands_for - period.issued_on).days / (due - period.issued_on).days
    return 100.0 * min(max(share, 0.0), 1.0)


def discipline(case: Case) -> Discipline:
    """Whether the filling unit's report on this task came, and when; a first report is not judged."""
    if not case.owes_report and case.entry is None:
        return Discipline.EXEMPT
    if case.period.first_report:
        return Discipline.FIRST_REPORT
    entries = [e for e in case.history.lead_entries(case.task.filling_unit) if e.quarter == case.period.quarter]
    if entries:
        in_time = entries[0].source.received_at.date() <= case.period.submission_due
        return Discipline.ON_TIME if in_time else Discipline.LATE
    if case.as_of < case.period.submission_due:
        return Discipline.NOT_YET_DUE
    handed_in = case.history.submissions_of(case.task.filling_unit, case.period.quarter)
    waiting = any(one.faulty_rows for one in handed_in)
    return Discipline.AWAITING_CORRECTION if waiting else Discipline.NOT_REPORTED


def suffixes(case: Case, headline: Headline) -> tuple[Suffix, ...]:
    """What stands beside the headline."""
    if headline is Headline.CLOSED:
        return _closed_suffix(case)
    if headline in (Headline.EXTENDED, Headline.IN_PROGRESS):
        behind = (Suffix.BEHIND,) if pace(case) is Pace.BEHIND else ()
        return _open_suffixes(case) + behind
    return _open_suffixes(case) if headline is Headline.OVERDUE else ()


def _closed_suffix(case: Case) -> tuple[Suffix, ...]:
    closed, done = case.standing.closed, completed_on(case)
    if closed is not None and closed.action is Action.CLOSE_TO_ROUTINE:
        return (Suffix.TO_ROUTINE,)
    if done is not None and done < case.period.issued_on:
        return (Suffix.DONE_BEFORE_ISSUE,)
    if case.task_class is not TaskClass.FIXED or done is None:
        return ()
    if case.due_before_issue:
        return (Suffix.DONE_AFTER_ISSUE,)
    if days_overdue(case, Headline.CLOSED):
        return (Suffix.LATE,)
    return (Suffix.ON_TIME_PROVED_LATER,) if case.standing.returned is not None else (Suffix.ON_TIME,)


def _open_suffixes(case: Case) -> tuple[Suffix, ...]:
    last = case.last
    found: list[Suffix] = []
    if case.is_returned:
        found.append(Suffix.RETURNED)
    elif case.says_complete and not case.declared:
        found.append(Suffix.NO_EVIDENCE)
    if last is not None and last.reported is Reported.AWAITING_UPPER and not case.is_blocked:
        found.append(Suffix.BLOCK_NOT_RECOGNISED)
    if case.standing.reopened is not None:
        found.append(Suffix.REOPENED)
    return tuple(found)
