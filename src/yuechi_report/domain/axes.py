"""The axes of one task besides its headline: verified, time, days late, the suffixes, and what made it overdue
(domain.md §2.1, §2.4).
"""

from collections.abc import Iterator
from datetime import date

from yuechi_report.domain.assessment import Cause, CauseKind, Headline, Pace, Suffix, TaskClass, TimeState, Verified
from yuechi_report.domain.case import Case
from yuechi_report.domain.evidence import Proof, names_document
from yuechi_report.domain.progress import Action, Decision, ProgressEntry, Reported, in_book_order
from yuechi_report.domain.standing import decided_after, filling_units, unanswered

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
    return case.as_of if headline is Headline.OVERDUE else None


def days_past_limit(case: Case, headline: Headline) -> int:
    """超过时限N天: days over the limit of a recognised block, which are never 逾期."""
    return -case.days_left if headline is Headline.BLOCKED_PAST_DUE else 0


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
        is_excused = case.is_blocked or case.extension_pending
        return TimeState.PAST_LIMIT if is_excused else TimeState.OVERDUE
    if case.days_left == 0:
        return TimeState.DUE_TODAY
    return TimeState.DUE_SOON if case.days_left <= case.policy.days_due_soon else TimeState.NOT_DUE


def suffixes(case: Case, headline: Headline, pace: Pace) -> tuple[Suffix, ...]:
    """What is printed next to the headline; §2.2 names the headlines that carry any."""
    if headline is Headline.CLOSED:
        return _closed_suffixes(case)
    if headline is Headline.OVERDUE:
        return _overdue_suffixes(case)
    if headline is Headline.AWAITING_CHECK:
        return (Suffix.EVIDENCE_PENDING,) if case.proof is Proof.UNCLEAR else ()
    return (Suffix.BEHIND,) if pace is Pace.BEHIND and headline in _MAY_BE_BEHIND else ()


def _closed_suffixes(case: Case) -> tuple[Suffix, ...]:
    closed, done = case.standing.closed, completed_on(case)
    if closed is not None and closed.action is Action.CLOSE_TO_ROUTINE:
        return (Suffix.TO_ROUTINE_LATE if days_overdue(case, Headline.CLOSED) else Suffix.TO_ROUTINE,)
    if done is not None and done < case.period.issued_on:
        return (Suffix.DONE_BEFORE_ISSUE,)
    if case.task_class is not TaskClass.FIXED or done is None or closed is None:
        return ()
    if case.due_before_issue:
        return (Suffix.DONE_AFTER_ISSUE,)
    if days_overdue(case, Headline.CLOSED):
        return (Suffix.LATE,)
    return (Suffix.ON_TIME_PROVED_LATER,) if _proved_later(case) else (Suffix.ON_TIME,)


def _proved_later(case: Case) -> bool:
    """按期（补证）: the first proof that it was complete came only after the last day the unit had for it.

    Rows and decisions after the closing that set the day never change that (domain.md §3).
    """
    closing, due = case.standing.day_set, case.effective_due
    if closing is None or due is None:
        return False
    decided = case.decisions[: case.decisions.index(closing)]
    units = filling_units(case.of_notice, decided)
    returns = [decision for decision in decided if decision.action is Action.RETURN]
    came = (
        entry.source.received_on
        for entry in sorted(case.entries, key=in_book_order)
        if entry.unit in units
        and _proves(entry)
        and decided_after(closing, entry)
        and not any(decided_after(returned, entry) for returned in returns)
    )
    first = next(came, None)
    return first is not None and first > case.period.last_day_to_prove(due)


def _proves(entry: ProgressEntry) -> bool:
    return entry.reported is Reported.DECLARED_COMPLETE and entry.proof is Proof.GIVEN


def _overdue_suffixes(case: Case) -> tuple[Suffix, ...]:
    found: list[Suffix] = []
    if case.is_returned:
        found.append(Suffix.RETURNED)
    elif case.says_complete:
        found.append(Suffix.NO_EVIDENCE)
    if _asks_for_recognition(case):
        found.append(Suffix.BLOCK_NOT_RECOGNISED)
    if case.extension_requests:
        found.append(Suffix.EXTENSION_UNANSWERED)
    if case.standing.reopened is not None:
        found.append(Suffix.REOPENED)
    return tuple(found)


def _asks_for_recognition(case: Case) -> bool:
    """自报待上级 never recognised, or said again since a recognition lapsed: that one is a fact, not a 未认定."""
    last, lapsed_on = case.last, case.standing.blocked_until(case.policy.days_block_review)
    if last is None or last.reported is not Reported.AWAITING_UPPER or _is_lifted(case, last):
        return False
    return lapsed_on is None or last.source.received_on > lapsed_on


def _is_lifted(case: Case, entry: ProgressEntry) -> bool:
    """What was recognised and then lifted (解除) is no 未认定 either, until the unit says it again."""
    about = [decision for decision in case.decisions if decision.action in (Action.RECOGNISE_BLOCK, *_BLOCK_ENDED)]
    return bool(about) and about[-1].action is Action.LIFT_BLOCK and decided_after(about[-1], entry)


def causes(case: Case) -> tuple[Cause, ...]:
    """What an overdue task rests on, the newest first; of one day the office's decision before the unit's row."""
    found = [*_decided_causes(case), *_said_causes(case)]
    return tuple(sorted(found, key=lambda cause: cause.on, reverse=True))


def _decided_causes(case: Case) -> Iterator[Cause]:
    standing, answer, block = case.standing, case.standing.extension_answer, case.standing.block
    if standing.reopened is not None:
        yield _decided(CauseKind.REOPENED, standing.reopened)
    if standing.returned is not None and case.is_returned:
        yield _decided(CauseKind.RETURNED, standing.returned)
    if answer is not None and answer.action is Action.REFUSE_EXTENSION:
        yield _refused(case, answer)
    if block is not None and not case.is_blocked:
        lapsed_on, has_letter = standing.blocked_until(case.policy.days_block_review), bool(block.letter_number)
        kind = CauseKind.BLOCK_VOID if lapsed_on is None else CauseKind.BLOCK_LAPSED
        yield Cause(kind=kind, on=lapsed_on or block.decided_on, decision=block, has_letter=has_letter)
    if standing.block_answer is not None and standing.block_answer.action in _BLOCK_ENDED:
        kind = _BLOCK_ENDED[standing.block_answer.action]
        yield _decided(kind, standing.block_answer, has_letter=_has_letter(case))


_BLOCK_ENDED = {Action.LIFT_BLOCK: CauseKind.BLOCK_LIFTED, Action.REFUSE_BLOCK: CauseKind.BLOCK_REFUSED}


def _decided(kind: CauseKind, decision: Decision, *, has_letter: bool = False) -> Cause:
    return Cause(kind=kind, on=decision.decided_on, decision=decision, has_letter=has_letter)


def _refused(case: Case, answer: Decision) -> Cause:
    """With the first request it answered; the office may also refuse what came by letter alone."""
    before = [decision for decision in case.decisions if decision.action in _EXTENSION_ANSWERS and decision != answer]
    asked = unanswered(case.entries, Reported.EXTENSION_REQUESTED, before[-1] if before else None)
    first = next((entry for entry in asked if decided_after(answer, entry)), None)
    due = case.effective_due
    in_time = first is not None and due is not None and first.source.received_on <= due
    return Cause(
        kind=CauseKind.EXTENSION_REFUSED, on=answer.decided_on, decision=answer, entry=first, asked_in_time=in_time
    )


_EXTENSION_ANSWERS = (Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION, Action.SET_DEADLINE)


def _said_causes(case: Case) -> Iterator[Cause]:
    """What the unit said that no decision has answered."""
    if case.says_complete and not case.declared:
        yield _said(CauseKind.NO_EVIDENCE, case.declaration[0])
    if case.block_pending and case.last is not None:
        yield _said(CauseKind.BLOCK_UNDECIDED, case.last, has_letter=_has_letter(case))
    in_time = case.extension_requests
    if in_time:
        named = [entry for entry in in_time if entry.expected_on is not None]
        yield _said(CauseKind.EXTENSION_UNANSWERED, (named or in_time)[-1])
    else:
        late = unanswered(case.entries, Reported.EXTENSION_REQUESTED, case.standing.extension_answer)
        yield from (_said(CauseKind.ASKED_LATE, entry) for entry in late[:1])


def _said(kind: CauseKind, entry: ProgressEntry, *, has_letter: bool = False) -> Cause:
    return Cause(kind=kind, on=entry.source.received_on, entry=entry, until=entry.expected_on, has_letter=has_letter)


def _has_letter(case: Case) -> bool:
    """Whether a letter to the higher level is on file: a decision names one, or a row that says 待上级 does."""
    said = [entry for entry in case.entries if entry.reported is Reported.AWAITING_UPPER]
    texts = [text for entry in said for text in (*(piece.text for piece in entry.evidence), entry.coordination)]
    return any(decision.letter_number for decision in case.decisions) or any(map(names_document, texts))
