"""The headline rules as ordered tables: the first that applies names the task (domain.md §2.2, §2.3)."""

from collections.abc import Callable
from dataclasses import dataclass

from yuechi_report.domain.assessment import Headline, TaskClass
from yuechi_report.domain.case import Case
from yuechi_report.domain.progress import Action, Reported


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


def _before_submission_day(case: Case) -> bool:
    return case.entry is None and case.as_of < case.period.submission_due


def _first_report_missing(case: Case) -> bool:
    return case.entry is None and case.period.first_report


_says_done = _reported(Reported.DECLARED_COMPLETE)
_says_nothing_done = _reported(Reported.NOT_STARTED, Reported.NO_CHANGE)


def _says_realised(case: Case) -> bool:
    return _says_done(case) and case.says_complete


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
    Rule("all.awaiting_report", Headline.AWAITING_REPORT, _before_submission_day),
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
    *_MISSING,
    Rule("fixed.expected_late", Headline.EXPECTED_LATE, _expected_late),
    Rule("fixed.due_soon", Headline.DUE_SOON, lambda case: case.days_left <= case.policy.days_due_soon),
    Rule("fixed.extended", Headline.EXTENDED, lambda case: case.standing.new_due is not None),
    Rule("fixed.not_started", Headline.NOT_STARTED, _reported(Reported.NOT_STARTED)),
    Rule("fixed.in_progress", Headline.IN_PROGRESS, _always),
)

ADVANCE = (
    Rule("advance.blocked", Headline.BLOCKED, lambda case: case.is_blocked),
    Rule("advance.adjustment", Headline.ADJUSTMENT_REQUESTED, lambda case: case.adjustment_pending),
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
    *_MISSING,
    Rule("maintain.realised", Headline.REALISED_UNCHECKED, _says_realised),
    Rule("maintain.interrupted", Headline.INTERRUPTED, _reported(Reported.NOT_STARTED)),
    Rule("maintain.normal", Headline.MAINTAINED, _always),
)

UNDEFINED = (
    *_MISSING,
    Rule("undefined.realised", Headline.REALISED_UNCHECKED, _says_realised),
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
