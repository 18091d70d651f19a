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


_DATES: dict[str, _Dated] = {
    "as_of": lambda case: case.as_of,
    "due": lambda case: case.task.due,
    "effective_due": lambda case: case.effective_due,
    "issued_on": lambda case: case.period.issued_on,
    "submission_due": lambda case: case.period.submission_due,
    "decided_on": _decided_on,
    "completed_on": _completed_on,
    "declared_on": lambda case: case.declared_on,
    "review_on": _review_on,
    "requested_on": _requested_on,
    "expected_on": _expected_on,
}

_ALWAYS = ("as_of", "due", "effective_due")
_MISSING = (*_ALWAYS, "submission_due")
_USED: dict[Headline, tuple[str, ...]] = {
    Headline.TERMINATED: (*_ALWAYS, "decided_on"),
    Headline.TRANSFERRED: (*_ALWAYS, "decided_on"),
    Headline.CLOSED: (*_ALWAYS, "issued_on", "decided_on", "completed_on"),
    Headline.AWAITING_CHECK: (*_ALWAYS, "declared_on"),
    Headline.DUE_BEFORE_ISSUE: (*_ALWAYS, "issued_on"),
    Headline.BLOCKED: (*_ALWAYS, "review_on"),
    Headline.BLOCKED_PAST_DUE: (*_ALWAYS, "review_on"),
    Headline.EXTENSION_PENDING: (*_ALWAYS, "requested_on"),
    Headline.OVERDUE: (*_ALWAYS, "review_on"),
    Headline.AWAITING_REPORT: _MISSING,
    Headline.FIRST_REPORT_MISSING: _MISSING,
    Headline.NOT_REPORTED: _MISSING,
    Headline.EXPECTED_LATE: (*_ALWAYS, "expected_on"),
    Headline.ADJUSTMENT_REQUESTED: (*_ALWAYS, "requested_on"),
}
"""The dates that a headline's rule looks at; as_of and the due dates for all others."""

_REVIEWED = (Headline.BLOCKED, Headline.BLOCKED_PAST_DUE)
_ON_DATES = (Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION, Action.SET_DEADLINE)
_NEARNESS = (Headline.DUE_SOON, Headline.EXTENDED, Headline.IN_PROGRESS, Headline.NOT_STARTED)


def reason_of(case: Case, rule: Rule, pacing: Pacing) -> Reason:
    """The reason of one answer."""
    dated = ((name, _DATES[name](case)) for name in _USED.get(rule.headline, _ALWAYS))
    dates = tuple((name, day) for name, day in dated if day is not None)
    if pacing.stands_for is not None:
        dates += (("stands_for", pacing.stands_for),)
    return Reason(
        rule=rule.id,
        dates=dates,
        policy=_policy(case, rule.headline, pacing),
        entry=case.last,
        decision=_decisive(case, rule.headline),
        source_lines=case.task.source_lines,
        decisions=case.decisions,
        pace_ground=pacing.ground,
        promise=pacing.promise,
    )


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
    if case.filed and case.sent_back_rows:
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
