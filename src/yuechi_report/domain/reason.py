"""The reason of a headline: which dates and policy values its rule looked at, and the records it rests on."""

from collections.abc import Callable
from datetime import date

from yuechi_report.domain.assessment import Headline, PaceGround, Reason
from yuechi_report.domain.axes import completed_on
from yuechi_report.domain.case import Case
from yuechi_report.domain.pace import Pacing
from yuechi_report.domain.progress import Action, Decision
from yuechi_report.domain.rules import Rule


def _decided_on(case: Case) -> date | None:
    settled = case.standing.ended or case.standing.closed
    return settled.decided_on if settled is not None else None


def _review_on(case: Case) -> date | None:
    return case.standing.block.review_on if case.standing.block is not None else None


def _requested_on(case: Case) -> date | None:
    return case.last.source.received_on if case.last is not None else None


def _expected_on(case: Case) -> date | None:
    return case.entry.expected_on if case.entry is not None else None


DAYS: dict[str, Callable[[Case, Pacing], date | None]] = {
    "as_of": lambda case, _: case.as_of,
    "due": lambda case, _: case.due,
    "effective_due": lambda case, _: case.effective_due,
    "issued_on": lambda case, _: case.period.issued_on,
    "submission_due": lambda case, _: case.period.submission_due,
    "decided_on": lambda case, _: _decided_on(case),
    "completed_on": lambda case, _: completed_on(case),
    "declared_on": lambda case, _: case.declared_on,
    "review_on": lambda case, _: _review_on(case),
    "requested_on": lambda case, _: _requested_on(case),
    "expected_on": lambda case, _: _expected_on(case),
    "stands_for": lambda _, pacing: pacing.stands_for,
}
"""Every day that a rule may look at, by its name; None where the case has none."""

_OF_EVERY_RULE = ("as_of", "due", "effective_due")

_LOOKED_AT: dict[Headline, tuple[str, ...]] = {
    Headline.TERMINATED: ("decided_on",),
    Headline.TRANSFERRED: ("decided_on",),
    Headline.CLOSED: ("issued_on", "decided_on", "completed_on"),
    Headline.AWAITING_CHECK: ("declared_on",),
    Headline.DUE_BEFORE_ISSUE: ("issued_on",),
    Headline.BLOCKED: ("review_on",),
    Headline.BLOCKED_PAST_DUE: ("review_on",),
    Headline.EXTENSION_PENDING: ("requested_on",),
    Headline.OVERDUE: ("review_on",),
    Headline.AWAITING_REPORT: ("submission_due",),
    Headline.FIRST_REPORT_MISSING: ("submission_due",),
    Headline.NOT_REPORTED: ("submission_due",),
    Headline.EXPECTED_LATE: ("expected_on",),
    Headline.ADJUSTMENT_REQUESTED: ("requested_on",),
}
"""The days a headline's rule looks at besides those of every rule."""

_OF_HEADLINE: dict[Headline, tuple[str, ...]] = {
    Headline.DUE_SOON: ("days_due_soon",),
    Headline.EXTENDED: ("days_due_soon",),
    Headline.IN_PROGRESS: ("days_due_soon",),
    Headline.NOT_STARTED: ("days_due_soon",),
    Headline.BLOCKED: ("days_block_review",),
    Headline.BLOCKED_PAST_DUE: ("days_block_review",),
}
"""The policy's values that a headline depends on."""

_OF_GROUND = {PaceGround.MEASURED: ("days_measured_window",), PaceGround.PROMISE: ("days_short_window",)}
"""The policy's values that the ground of a pace depends on."""

_ABOUT_THE_DATE = (Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION, Action.SET_DEADLINE)


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
    names = (*_OF_EVERY_RULE, *_LOOKED_AT.get(headline, ()), "stands_for")
    days = [(name, DAYS[name](case, pacing)) for name in names]
    return tuple((name, day) for name, day in days if day is not None)


def _policy(case: Case, headline: Headline, pacing: Pacing) -> tuple[tuple[str, int], ...]:
    names = [*_OF_HEADLINE.get(headline, ())]
    if headline is Headline.OVERDUE and case.standing.block is not None:
        names.append("days_block_review")
    names += _OF_GROUND.get(pacing.ground, ())
    if case.sent_back_rows and case.filed:
        names.append("working_days_correction")
    return tuple((name, getattr(case.policy, name)) for name in names)


def _decisive(case: Case, headline: Headline) -> Decision | None:
    """The decision a headline rests on, where it rests on one."""
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
            return _made_overdue(case)
        case _:
            return None


def _made_overdue(case: Case) -> Decision | None:
    standing, answer = case.standing, case.standing.extension_answer
    if standing.reopened is not None:
        return standing.reopened
    if case.is_returned:
        return standing.returned
    return answer if answer is not None and answer.action in _ABOUT_THE_DATE else None
