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

_ON_DATES = frozenset((Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION, Action.SET_DEADLINE))
_OVERDUE, _NO_GROUND = Headline.OVERDUE, PaceGround.NONE

_NEARNESS, _REVIEW = ("days_due_soon",), ("days_block_review",)
_OF_HEADLINE = {
    Headline.DUE_SOON: _NEARNESS,
    Headline.EXTENDED: _NEARNESS,
    Headline.IN_PROGRESS: _NEARNESS,
    Headline.NOT_STARTED: _NEARNESS,
    Headline.BLOCKED: _REVIEW,
    Headline.BLOCKED_PAST_DUE: _REVIEW,
}
_OF_GROUND = {PaceGround.MEASURED: ("days_measured_window",), PaceGround.PROMISE: ("days_short_window",)}
"""The policy's values that a headline and the ground of a pace depend on."""


def reason_of(case: Case, rule: Rule, pacing: Pacing) -> Reason:
    """The reason of one answer."""
    headline, decisive = rule.headline, _DECISIVE.get(rule.headline)
    return Reason(
        rule.id,
        _dates(case, headline, pacing),
        _policy(case, headline, pacing),
        case.last,
        decisive(case) if decisive is not None else None,
        case.task.source_lines,
        tuple(case.decisions),
        pacing.ground,
        pacing.promise,
    )


def _dates(case: Case, headline: Headline, pacing: Pacing) -> tuple[tuple[str, date], ...]:
    found, looked_at = _due_dates(case), _LOOKED_AT.get(headline)
    if looked_at is not None:
        days = [(name, ask(case)) for name, ask in looked_at]
        found += tuple([(name, day) for name, day in days if day is not None])
    return found if pacing.stands_for is None else (*found, ("stands_for", pacing.stands_for))


def _due_dates(case: Case) -> tuple[tuple[str, date], ...]:
    as_of, due, effective_due = ("as_of", case.as_of), case.due, case.effective_due
    if effective_due is None:
        return (as_of,)
    if due is None:
        return as_of, ("effective_due", effective_due)
    return as_of, ("due", due), ("effective_due", effective_due)


def _policy(case: Case, headline: Headline, pacing: Pacing) -> tuple[tuple[str, int], ...]:
    names: tuple[str, ...] = _OF_HEADLINE.get(headline, ())
    if headline is _OVERDUE and case.standing.block is not None:
        names = _REVIEW
    if pacing.ground is not _NO_GROUND:
        names += _OF_GROUND.get(pacing.ground, ())
    if case.sent_back_rows and case.filed:
        names += ("working_days_correction",)
    return tuple([(name, getattr(case.policy, name)) for name in names]) if names else ()


def _ended(case: Case) -> Decision | None:
    return case.standing.ended


def _closed(case: Case) -> Decision | None:
    return case.standing.closed


def _block(case: Case) -> Decision | None:
    return case.standing.block


def _new_due(case: Case) -> Decision | None:
    return case.standing.new_due


def _hollow(case: Case) -> Decision | None:
    return case.standing.hollow if case.is_hollow else None


def _made_overdue(case: Case) -> Decision | None:
    standing = case.standing
    return standing.reopened or (standing.returned if case.is_returned else _about_the_date(standing.extension_answer))


def _about_the_date(answer: Decision | None) -> Decision | None:
    return answer if answer is not None and answer.action in _ON_DATES else None


_DECISIVE: dict[Headline, Callable[[Case], Decision | None]] = {
    Headline.TERMINATED: _ended,
    Headline.TRANSFERRED: _ended,
    Headline.CLOSED: _closed,
    Headline.BLOCKED: _block,
    Headline.BLOCKED_PAST_DUE: _block,
    Headline.EXTENDED: _new_due,
    Headline.NO_ADVANCE: _hollow,
    Headline.OVERDUE: _made_overdue,
}
"""The decision a headline rests on, where it rests on one."""
