"""The axes of one task beside its headline: verified, time, days late, and the suffixes (domain.md §2.1)."""

from collections.abc import Callable
from datetime import date

from yuechi_report.domain.assessment import Headline, Pace, Suffix, TaskClass, TimeState, Verified
from yuechi_report.domain.case import Case
from yuechi_report.domain.progress import Action, Decision, ProgressEntry, Reported
from yuechi_report.domain.standing import decided_after

_FIXED, _BEHIND, _CLOSED = TaskClass.FIXED, Pace.BEHIND, Headline.CLOSED
_COMPLETE, _AWAITING_UPPER = Reported.DECLARED_COMPLETE, Reported.AWAITING_UPPER
_TO_ROUTINE = Action.CLOSE_TO_ROUTINE
_VERIFIED_UNCHECKED, _VERIFIED_CHECKED = Verified.UNCHECKED, Verified.CHECKED
_VERIFIED_RETURNED, _VERIFIED_CLOSED = Verified.RETURNED, Verified.CLOSED
_NO_LIMIT, _NOT_DUE = TimeState.NO_LIMIT, TimeState.NOT_DUE
_DUE_SOON, _DUE_TODAY = TimeState.DUE_SOON, TimeState.DUE_TODAY
_OVERDUE, _AWAITING_CHECK, _DUE_BEFORE_ISSUE = TimeState.OVERDUE, TimeState.AWAITING_CHECK, TimeState.DUE_BEFORE_ISSUE
_DONE_ON_TIME, _DONE_LATE, _DONE_AFTER_ISSUE = TimeState.DONE_ON_TIME, TimeState.DONE_LATE, TimeState.DONE_AFTER_ISSUE
"""Members are bound once where every task is judged: Python 3.11 looks one up on its class slowly."""


def verified(case: Case) -> Verified:
    """What the office has done with what the unit says."""
    if case.standing.closed is not None:
        return _VERIFIED_CLOSED
    if case.is_returned:
        return _VERIFIED_RETURNED
    return _VERIFIED_CHECKED if case.is_blocked else _VERIFIED_UNCHECKED


def completed_on(case: Case) -> date | None:
    """The day the office set; only a decision completes a task."""
    closed = case.standing.closed
    return closed.completed_on if closed is not None else None


def days_overdue(case: Case, headline: Headline) -> int:
    """Days from the day after the effective due date to completion, declaration or as_of."""
    late_until, due = _LATE_UNTIL.get(headline), case.effective_due
    if late_until is None or due is None or case.due_before_issue or case.task_class is not _FIXED:
        return 0
    end = late_until(case)
    return max(0, (end - due).days) if end is not None else 0


_LATE_UNTIL: dict[Headline, Callable[[Case], date | None]] = {
    Headline.CLOSED: completed_on,
    Headline.AWAITING_CHECK: lambda case: case.declared_on,
    Headline.OVERDUE: lambda case: case.as_of,
    Headline.BLOCKED_PAST_DUE: lambda case: case.as_of,
}
"""The day at which lateness stops, for the headlines that can be late."""


def time_state(case: Case) -> TimeState:
    """The task against its effective due date; other classes have no date to be late for."""
    if case.task_class is not _FIXED:
        return _UNDATED[case.task_class]
    if case.standing.ended is not None:
        return _NO_LIMIT
    if case.standing.closed is not None:
        return _done_state(case)
    if case.declared:
        return _AWAITING_CHECK
    if case.due_before_issue:
        return _DUE_BEFORE_ISSUE
    days_left = case.days_left
    if days_left <= 0:
        return _OVERDUE if days_left else _DUE_TODAY
    return _DUE_SOON if days_left <= case.policy.days_due_soon else _NOT_DUE


_UNDATED = {
    TaskClass.MAINTAIN: TimeState.ROUTINE,
    TaskClass.ADVANCE: TimeState.ROUTINE,
    TaskClass.TRACK: TimeState.ROUTINE,
    TaskClass.UNDEFINED: TimeState.NO_LIMIT,
    TaskClass.UNRESOLVED: TimeState.NO_LIMIT,
}


def _done_state(case: Case) -> TimeState:
    done = completed_on(case)
    if case.due_before_issue and done is not None and done >= case.period.issued_on:
        return _DONE_AFTER_ISSUE
    return _DONE_LATE if days_overdue(case, _CLOSED) else _DONE_ON_TIME


def suffixes(case: Case, headline: Headline, pace: Pace) -> tuple[Suffix, ...]:
    """What stands beside the headline; §2.2 names the headlines that carry any."""
    if pace is _BEHIND and headline in _MAY_BE_BEHIND:
        return _BEHIND_ONLY
    found = _SUFFIXES.get(headline)
    return found(case) if found is not None else ()


_MAY_BE_BEHIND = frozenset((Headline.EXTENDED, Headline.IN_PROGRESS))
_BEHIND_ONLY = (Suffix.BEHIND,)


def _closed_suffix(case: Case) -> tuple[Suffix, ...]:
    closed, done = case.standing.closed, completed_on(case)
    if closed is not None and closed.action is _TO_ROUTINE:
        return (Suffix.TO_ROUTINE,)
    if done is not None and done < case.period.issued_on:
        return (Suffix.DONE_BEFORE_ISSUE,)
    if case.task_class is not _FIXED or done is None or closed is None:
        return ()
    if case.due_before_issue:
        return (Suffix.DONE_AFTER_ISSUE,)
    if days_overdue(case, _CLOSED):
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
    if case.standing.returned is None and not any(_lacks_evidence(one) for one in case.entries):
        return False
    return _proved_on(case, closed) > due


def _lacks_evidence(entry: ProgressEntry) -> bool:
    return entry.reported is _COMPLETE and not entry.has_evidence


def _proved_on(case: Case, closed: Decision) -> date:
    """The day the proof came: the unit's newest entry with evidence not returned since, else the decision's."""
    last = case.last
    if last is None or not last.has_evidence or decided_after(case.standing.returned, last):
        return closed.decided_on
    return last.source.received_at.date()


def _overdue_suffixes(case: Case) -> tuple[Suffix, ...]:
    last = case.last
    found: list[Suffix] = []
    if case.is_returned:
        found.append(Suffix.RETURNED)
    elif case.says_complete:
        found.append(Suffix.NO_EVIDENCE)
    if last is not None and last.reported is _AWAITING_UPPER:
        found.append(Suffix.BLOCK_NOT_RECOGNISED)
    if case.standing.reopened is not None:
        found.append(Suffix.REOPENED)
    return tuple(found)


_SUFFIXES: dict[Headline, Callable[[Case], tuple[Suffix, ...]]] = {
    Headline.CLOSED: _closed_suffix,
    Headline.OVERDUE: _overdue_suffixes,
}
