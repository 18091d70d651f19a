"""The headline rules as ordered tables: the first that applies names the task (domain.md §2.2, §2.3).

And the reason of an answer: which days and policy values its rule looked at, and the records it rests on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.assessment import Headline, PaceGround, Reason, TaskClass
from yuechi_report.domain.axes import completed_on
from yuechi_report.domain.case import Case
from yuechi_report.domain.pace import Pacing
from yuechi_report.domain.progress import Action, Decision, Reported


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` is stable and printed; `applies` is asked in the table's order."""

    id: str
    headline: Headline
    applies: Callable[[Case], bool]


def _ended_by(action: Action) -> Callable[[Case], bool]:
    return lambda case: case.standing.ended is not None and case.standing.ended.action is action


def _reported(*words: Reported) -> Callable[[Case], bool]:
    return lambda case: case.entry is not None and case.entry.reported in words


def _no_entry(case: Case) -> bool:
    return case.entry is None


def _awaiting_report(case: Case) -> bool:
    """Not late yet; or what came was purged, and there is no older entry to judge by."""
    return case.entry is None and (case.is_awaited or bool(case.purged))


def _first_report_missing(case: Case) -> bool:
    return case.entry is None and case.period.first_report


_says_nothing_done = _reported(Reported.NOT_STARTED, Reported.NO_CHANGE)


def _advanced(case: Case) -> bool:
    has_action = case.entry is not None and bool(case.entry.progress.strip()) and not case.is_hollow
    return has_action and not _says_nothing_done(case)


def _expected_late(case: Case) -> bool:
    entry, due = case.entry, case.effective_due
    return entry is not None and entry.expected_on is not None and due is not None and entry.expected_on > due


def _always(_: Case) -> bool:
    return True


EVERY_CLASS = (
    Rule("all.terminated", Headline.TERMINATED, _ended_by(Action.TERMINATE)),
    Rule("all.transferred", Headline.TRANSFERRED, _ended_by(Action.TRANSFER)),
    Rule("all.closed", Headline.CLOSED, lambda case: case.standing.closed is not None),
)

_MISSING = (
    Rule("all.awaiting_report", Headline.AWAITING_REPORT, _awaiting_report),
    Rule("all.first_report_missing", Headline.FIRST_REPORT_MISSING, _first_report_missing),
    Rule("all.not_reported", Headline.NOT_REPORTED, _no_entry),
)

FIXED = (
    Rule("fixed.awaiting_check", Headline.AWAITING_CHECK, lambda case: case.declared),
    Rule("fixed.due_before_issue", Headline.DUE_BEFORE_ISSUE, lambda case: case.due_before_issue),
    Rule("fixed.blocked_past_due", Headline.BLOCKED_PAST_DUE, lambda case: case.is_blocked and case.is_past_due),
    Rule("fixed.blocked", Headline.BLOCKED, lambda case: case.is_blocked),
    Rule("fixed.extension_pending", Headline.EXTENSION_PENDING, lambda case: case.extension_pending),
    Rule("fixed.overdue", Headline.OVERDUE, lambda case: case.is_past_due),
    Rule("fixed.due_today", Headline.DUE_TODAY, lambda case: case.days_left == 0),
    *_MISSING,
    Rule("fixed.expected_late", Headline.EXPECTED_LATE, _expected_late),
    Rule("fixed.due_soon", Headline.DUE_SOON, lambda case: case.days_left <= case.policy.days_due_soon),
    Rule("fixed.extended", Headline.EXTENDED, lambda case: case.standing.new_due is not None),
    Rule("fixed.not_started", Headline.NOT_STARTED, _reported(Reported.NOT_STARTED)),
    Rule("fixed.in_progress", Headline.IN_PROGRESS, _always),
)

ADVANCE = (
    Rule("advance.blocked", Headline.BLOCKED, lambda case: case.is_blocked),
    Rule("advance.adjustment", Headline.ADJUSTMENT_REQUESTED, lambda case: bool(case.adjustment_requests)),
    *_MISSING,
    Rule("advance.action", Headline.ADVANCED, _advanced),
    Rule("advance.no_action", Headline.NO_ADVANCE, _always),
)

TRACK = (
    *_MISSING,
    Rule("track.unchanged", Headline.UNCHANGED, _reported(Reported.NO_CHANGE, Reported.NORMAL)),
    Rule("track.changed", Headline.CHANGED, _always),
)

MAINTAIN = (
    Rule("maintain.realised", Headline.REALISED_UNCHECKED, lambda case: case.says_complete),
    *_MISSING,
    Rule("maintain.interrupted", Headline.INTERRUPTED, _reported(Reported.NOT_STARTED)),
    Rule("maintain.normal", Headline.MAINTAINED, _always),
)

UNDEFINED = (
    Rule("undefined.realised", Headline.REALISED_UNCHECKED, lambda case: case.says_complete),
    *_MISSING,
    Rule("undefined.open", Headline.UNDEFINED, _always),
)

UNRESOLVED = (Rule("unresolved.person", Headline.UNRESOLVED, _always),)

RULES: dict[TaskClass, tuple[Rule, ...]] = {
    TaskClass.FIXED: EVERY_CLASS + FIXED,
    TaskClass.ADVANCE: EVERY_CLASS + ADVANCE,
    TaskClass.TRACK: EVERY_CLASS + TRACK,
    TaskClass.MAINTAIN: EVERY_CLASS + MAINTAIN,
    TaskClass.UNDEFINED: EVERY_CLASS + UNDEFINED,
    TaskClass.UNRESOLVED: EVERY_CLASS + UNRESOLVED,
}


def first_rule(case: Case) -> Rule:
    """The rule that names the task; every table ends in one that always applies."""
    return next(rule for rule in RULES[case.task_class] if rule.applies(case))


def _decided_on(case: Case) -> date | None:
    settled = case.standing.ended or case.standing.closed
    return settled.decided_on if settled is not None else None


def _review_on(case: Case) -> date | None:
    return case.standing.block.review_on if case.standing.block is not None else None


def _requested_on(case: Case) -> date | None:
    """The day of the oldest request that waits for an answer."""
    is_fixed = case.task_class is TaskClass.FIXED
    requests = case.extension_requests if is_fixed else case.adjustment_requests
    return requests[0].source.received_on if requests else None


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
    "asked_for": lambda case, _: case.asked_for,
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
    Headline.EXTENSION_PENDING: ("requested_on", "asked_for"),
    Headline.OVERDUE: ("review_on", "requested_on", "asked_for"),
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
