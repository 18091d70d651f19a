"""The reason of a headline: which dates and policy values its rule looked at, and the records it rests on."""

from collections.abc import Callable
from datetime import date

from yuechi_report.domain.assessment import Headline, PaceGround, Reason
from yuechi_report.domain.case import Case
from yuechi_report.domain.pace import Pacing
from yuechi_report.domain.progress import Action, Decision
from yuechi_report.domain.rules import Rule

_Dated = Callable[[Case], date | None]


def _completed_on(case: Case) -> date | None:
    return case.standing.closed.completed_on if case.standing.closed is not None else None


def _decided_on(case: Case) -> date | None:
    settled = case.standing.ended or case.standing.closed
    return settled.decided_on if settled is not None else None


def _review_on(case: Case) -> date | None:
    return case.standing.block.review_on if case.standing.block is not None else None


def _requested_on(case: Case) -> date | None:
    return case.last.source.received_at.date() if case.last is not None else None


def _expected_on(case: Case) -> date | None:
    return case.entry.expected_on if case.entry is not None else None


_DECIDED = ("decided_on", _decided_on)
_SUBMISSION_DUE = ("submission_due", lambda case: case.period.submission_due)
_ISSUED_ON = ("issued_on", lambda case: case.period.issued_on)
_REVIEW_ON = ("review_on", _review_on)
_REQUESTED_ON = ("requested_on", _requested_on)

_LOOKED_AT: dict[Headline, tuple[tuple[str, _Dated], ...]] = {
    Headline.TERMINATED: (_DECIDED,),
    Headline.TRANSFERRED: (_DECIDED,),
    Headline.CLOSED: (_ISSUED_ON, _DECIDED, ("completed_on", _completed_on)),
    Headline.AWAITING_CHECK: (("declared_on", lambda case: case.declared_on),),
    Headline.DUE_BEFORE_ISSUE: (_ISSUED_ON,),
    Headline.BLOCKED: (_REVIEW_ON,),
    Headline.BLOCKED_PAST_DUE: (_REVIEW_ON,),
    Headline.EXTENSION_PENDING: (_REQUESTED_ON,),
    Headline.OVERDUE: (_REVIEW_ON,),
    Headline.AWAITING_REPORT: (_SUBMISSION_DUE,),
    Headline.FIRST_REPORT_MISSING: (_SUBMISSION_DUE,),
    Headline.NOT_REPORTED: (_SUBMISSION_DUE,),
    Headline.EXPECTED_LATE: (("expected_on", _expected_on),),
    Headline.ADJUSTMENT_REQUESTED: (_REQUESTED_ON,),
}
"""The dates a headline's rule looks at beside as_of and the two due dates."""

_REVIEWED = (Headline.BLOCKED, Headline.BLOCKED_PAST_DUE)
_ON_DATES = (Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION, Action.SET_DEADLINE)
_NEARNESS = (Headline.DUE_SOON, Headline.EXTENDED, Headline.IN_PROGRESS, Headline.NOT_STARTED)


def reason_of(case: Case, rule: Rule, pacing: Pacing) -> Reason:
    """The reason of one answer."""
    return Reason(
        rule=rule.id,
        dates=_dates(case, rule.headline, pacing),
        policy=_policy(case, rule.headline, pacing),
        entry=case.last,
        decision=_decisive(case, rule.headline),
        source_lines=case.task.source_lines,
        decisions=tuple(case.decisions),
        pace_ground=pacing.ground,
        promise=pacing.promise,
    )


def _dates(case: Case, headline: Headline, pacing: Pacing) -> tuple[tuple[str, date], ...]:
    found: list[tuple[str, date]] = [("as_of", case.as_of)]
    due, effective_due = case.task.due, case.effective_due
    if due is not None:
        found.append(("due", due))
    if effective_due is not None:
        found.append(("effective_due", effective_due))
    for name, looked_at in _LOOKED_AT.get(headline, ()):
        day = looked_at(case)
        if day is not None:
            found.append((name, day))
    if pacing.stands_for is not None:
        found.append(("stands_for", pacing.stands_for))
    return tuple(found)


def _policy(case: Case, headline: Headline, pacing: Pacing) -> tuple[tuple[str, int], ...]:
    policy = case.policy
    used: list[tuple[str, int]] = []
    if headline in _NEARNESS:
        used.append(("days_due_soon", policy.days_due_soon))
    if headline in _REVIEWED or (headline is Headline.OVERDUE and case.standing.block is not None):
        used.append(("days_block_review", policy.days_block_review))
    if pacing.ground is PaceGround.MEASURED:
        used.append(("days_measured_window", policy.days_measured_window))
    if pacing.ground is PaceGround.PROMISE:
        used.append(("days_short_window", policy.days_short_window))
    if case.filed and case.handed_in and case.sent_back_rows:
        used.append(("working_days_correction", policy.working_days_correction))
    return tuple(used)


def _decisive(case: Case, headline: Headline) -> Decision | None:
    """The decision the headline rests on, where it rests on one."""
    standing = case.standing
    match headline:
        case Headline.TERMINATED | Headline.TRANSFERRED:
            return standing.ended
        case Headline.CLOSED:
            return standing.closed
        case Headline.BLOCKED | Headline.BLOCKED_PAST_DUE:
            return standing.block
        case Headline.EXTENDED:
            return standing.new_due
        case Headline.NO_ADVANCE:
            return standing.hollow if case.is_hollow else None
        case Headline.OVERDUE:
            return standing.reopened or (standing.returned if case.is_returned else _about_the_date(case))
        case _:
            return None


def _about_the_date(case: Case) -> Decision | None:
    answer = case.standing.extension_answer
    return answer if answer is not None and answer.action in _ON_DATES else None
