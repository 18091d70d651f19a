"""The axes of one task besides its headline: verified, time, days late, and the suffixes (domain.md §2.1)."""

from datetime import date

from yuechi_report.domain.assessment import Headline, Pace, Suffix, TaskClass, TimeState, Verified
from yuechi_report.domain.case import Case
from yuechi_report.domain.progress import Action, Decision, ProgressEntry, Reported

_UNDATED = {
    TaskClass.MAINTAIN: TimeState.ROUTINE,
    TaskClass.ADVANCE: TimeState.ROUTINE,
    TaskClass.TRACK: TimeState.ROUTINE,
    TaskClass.UNDEFINED: TimeState.NO_LIMIT,
    TaskClass.UNRESOLVED: TimeState.NO_LIMIT,
}

_MAY_BE_BEHIND = (Headline.EXTENDED, Headline.IN_PROGRESS)


def verified(case: Case) -> Verified:
    """What the office has done with what the unit says."""
    if case.standing.closed is not None:
        return Verified.CLOSED
    if case.is_returned:
        return Verified.RETURNED
    return Verified.CHECKED if case.is_blocked else Verified.UNCHECKED


def completed_on(case: Case) -> date | None:
    """The day the office set; only a decision completes a task."""
    closed = case.standing.closed
    return closed.completed_on if closed is not None else None


def days_overdue(case: Case, headline: Headline) -> int:
    """Days from the day after the effective due date to completion, declaration or as_of."""
    late_until, due = _late_until(case, headline), case.effective_due
    if late_until is None or due is None or case.due_before_issue or case.task_class is not TaskClass.FIXED:
        return 0
    return max(0, (late_until - due).days)


def _late_until(case: Case, headline: Headline) -> date | None:
    """The day at which lateness stops, for the headlines that can be late."""
    if headline is Headline.CLOSED:
        return completed_on(case)
    if headline is Headline.AWAITING_CHECK:
        return case.declared_on
    return case.as_of if headline in (Headline.OVERDUE, Headline.BLOCKED_PAST_DUE) else None


def time_state(case: Case) -> TimeState:
    """The task against its effective due date; other classes have no date to be late for."""
    if case.task_class is not TaskClass.FIXED:
        return _UNDATED[case.task_class]
    if case.standing.ended is not None:
        return TimeState.NO_LIMIT
    if case.standing.closed is not None:
        return _done_state(case)
    if case.declared:
        return TimeState.AWAITING_CHECK
    if case.due_before_issue:
        return TimeState.DUE_BEFORE_ISSUE
    return _open_state(case)


def _done_state(case: Case) -> TimeState:
    done = completed_on(case)
    if case.due_before_issue and done is not None and done >= case.period.issued_on:
        return TimeState.DONE_AFTER_ISSUE
    return TimeState.DONE_LATE if days_overdue(case, Headline.CLOSED) else TimeState.DONE_ON_TIME


def _open_state(case: Case) -> TimeState:
    if case.is_past_due:
        return TimeState.OVERDUE
    if case.days_left == 0:
        return TimeState.DUE_TODAY
    return TimeState.DUE_SOON if case.days_left <= case.policy.days_due_soon else TimeState.NOT_DUE


def suffixes(case: Case, headline: Headline, pace: Pace) -> tuple[Suffix, ...]:
    """What is printed next to the headline; §2.2 names the headlines that carry any."""
    if headline is Headline.CLOSED:
        return _closed_suffixes(case)
    if headline is Headline.OVERDUE:
        return _overdue_suffixes(case)
    return (Suffix.BEHIND,) if pace is Pace.BEHIND and headline in _MAY_BE_BEHIND else ()


def _closed_suffixes(case: Case) -> tuple[Suffix, ...]:
    closed, done = case.standing.closed, completed_on(case)
    if closed is not None and closed.action is Action.CLOSE_TO_ROUTINE:
        return (Suffix.TO_ROUTINE,)
    if done is not None and done < case.period.issued_on:
        return (Suffix.DONE_BEFORE_ISSUE,)
    if case.task_class is not TaskClass.FIXED or done is None or closed is None:
        return ()
    if case.due_before_issue:
        return (Suffix.DONE_AFTER_ISSUE,)
    if days_overdue(case, Headline.CLOSED):
        return (Suffix.LATE,)
    return (Suffix.ON_TIME_PROVED_LATER,) if _proved_later(case, closed) else (Suffix.ON_TIME,)


def _proved_later(case: Case, closed: Decision) -> bool:
    """按期（补证）: what shows that it was done in time came only after the due date.

    So where the office had set a later day before, or where a declaration that was returned or had no
    evidence was made good after the due date.
    """
    due, before = case.effective_due, case.standing.closed_before
    if due is None:
        return False
    if before is not None and before.completed_on is not None and before.completed_on > due:
        return True
    if case.standing.returned is None and not any(_lacks_evidence(entry) for entry in case.entries):
        return False
    return _proved_on(case, closed) > due


def _lacks_evidence(entry: ProgressEntry) -> bool:
    return entry.reported is Reported.DECLARED_COMPLETE and not entry.has_evidence


def _proved_on(case: Case, closed: Decision) -> date:
    """The day the proof came: the unit's newest entry with evidence not returned since, else the decision's."""
    last = case.last
    if last is None or not last.has_evidence or case.is_returned:
        return closed.decided_on
    return last.source.received_on


def _overdue_suffixes(case: Case) -> tuple[Suffix, ...]:
    found: list[Suffix] = []
    if case.is_returned:
        found.append(Suffix.RETURNED)
    elif case.says_complete:
        found.append(Suffix.NO_EVIDENCE)
    if case.last is not None and case.last.reported is Reported.AWAITING_UPPER:
        found.append(Suffix.BLOCK_NOT_RECOGNISED)
    if case.standing.reopened is not None:
        found.append(Suffix.REOPENED)
    return tuple(found)
