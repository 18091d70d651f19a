"""Standing: what the office's decisions about one task add up to, and who leads and fills in by them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from yuechi_report.domain.progress import Action, Decision, History, ProgressEntry
from yuechi_report.domain.register import Register, Task

_ANSWERS = ("extension_answer", "change_answer", "block_answer")

_SETS: dict[Action, tuple[str, ...]] = {
    Action.TERMINATE: ("ended", *_ANSWERS),
    Action.TRANSFER: ("ended", *_ANSWERS),
    Action.CLOSE: ("closed", *_ANSWERS),
    Action.CLOSE_TO_ROUTINE: ("closed", *_ANSWERS),
    Action.REOPEN: ("reopened", *_ANSWERS),
    Action.RETURN: ("returned", *_ANSWERS),
    Action.RECOGNISE_BLOCK: ("block", "block_answer"),
    Action.REFUSE_BLOCK: ("block_answer",),
    Action.LIFT_BLOCK: ("block_answer",),
    Action.GRANT_EXTENSION: ("extension_answer",),
    Action.REFUSE_EXTENSION: ("extension_answer",),
    Action.ADJUST: ("change_answer",),
    Action.SUCCEED: ("change_answer",),
    Action.JUDGE_HOLLOW: ("hollow",),
    Action.JUDGE_BEHIND: ("behind",),
}
"""Which fields of the standing a decision takes over, whatever it carries."""

_CLEARS: dict[Action, tuple[str, ...]] = {
    Action.CLOSE: ("reopened", "block"),
    Action.CLOSE_TO_ROUTINE: ("reopened", "block"),
    Action.REOPEN: ("closed", "ended"),
    Action.REFUSE_BLOCK: ("block",),
    Action.LIFT_BLOCK: ("block",),
}
"""Which fields of the standing a decision empties."""

_CLOSING = (Action.CLOSE, Action.CLOSE_TO_ROUTINE)

_MOVING = (Action.SUCCEED, Action.ADJUST)

_Fields = dict[str, Decision | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The decisions still in force; None where there is none of that kind.

    `extension_answer`, `change_answer` and `block_answer` are the newest decisions that answer what a
    unit may ask for; `closed_before` the closing that the one in force replaced; `lead` the newest
    decision that names another unit, `text` the newest that words the task anew.
    """

    ended: Decision | None = None
    closed: Decision | None = None
    closed_before: Decision | None = None
    reopened: Decision | None = None
    returned: Decision | None = None
    block: Decision | None = None
    block_answer: Decision | None = None
    new_due: Decision | None = None
    new_class: Decision | None = None
    extension_answer: Decision | None = None
    change_answer: Decision | None = None
    lead: Decision | None = None
    text: Decision | None = None
    hollow: Decision | None = None
    behind: Decision | None = None

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> "Standing":
        """Fold decisions, oldest first."""
        standing = cls()
        for decision in decisions:
            standing = standing.after(decision)
        return standing

    def after(self, decision: Decision) -> "Standing":
        """What is in force once this decision has been made too."""
        emptied: _Fields = dict.fromkeys(_CLEARS.get(decision.action, ()))
        taken_over: _Fields = dict.fromkeys(_SETS.get(decision.action, ()), decision)
        if decision.action in _CLOSING:
            taken_over["closed_before"] = self.closed
        return replace(self, **(emptied | taken_over | _carried(decision)))

    def block_holds(self, as_of: date, days_review: int) -> bool:
        """Whether 受上级制约 is recognised: the three things are there and the review day not past.

        Source: domain.md §2.4 — body and step, the county's own letter, a review date at most
        `days_review` days after the decision; that day still counts.
        """
        block = self.block
        if block is None or block.review_on is None or block.letter_on is None:
            return False
        complete = bool(block.upper_body and block.upper_step and block.letter_number)
        in_range = (block.review_on - block.decided_on).days <= days_review
        return complete and in_range and as_of <= block.review_on


def _carried(decision: Decision) -> _Fields:
    """The fields that depend on what the decision carries."""
    match decision.action:
        case Action.SUCCEED | Action.ADJUST:
            return _moved(decision)
        case Action.GRANT_EXTENSION:
            return _dated(decision)
        case Action.SET_DEADLINE:
            return _dated(decision) | _classed(decision)
        case _:
            return {}


def _moved(decision: Decision) -> _Fields:
    """Another unit leads, or the task is worded anew."""
    fields: _Fields = {}
    if decision.new_unit:
        fields["lead"] = decision
    if decision.wording:
        fields["text"] = decision
    return fields


def _dated(decision: Decision) -> _Fields:
    """A new date."""
    return {} if decision.new_due is None else {"new_due": decision, "extension_answer": decision}


def _classed(decision: Decision) -> _Fields:
    """A class set by the office; a date set without one gives the task back to its date."""
    if decision.new_class:
        return {"new_class": decision, "extension_answer": decision, "change_answer": decision}
    return {} if decision.new_due is None else {"new_class": None}


def decided_after(decision: Decision | None, entry: ProgressEntry) -> bool:
    """Whether the decision came after the entry; on the same day the order of the book counts."""
    if decision is None:
        return False
    received_on = entry.source.received_on
    if decision.decided_on == received_on:
        return decision.source.seq > entry.source.seq
    return decision.decided_on > received_on


def filling_units(task: Task, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """The units that have filled in for the task, the notice's first and the present one last."""
    moved = [decision for decision in decisions if decision.task_no == task.number and decision.action in _MOVING]
    return (task.filling_unit, *(decision.new_unit for decision in moved if decision.new_unit))


def led_by(task: Task, unit: str) -> Task:
    """The task with the unit as its first lead in place of the former one, and in no other role."""
    others = tuple(name for name in task.lead_units[1:] if name != unit)
    helping = tuple(name for name in task.cooperating_units if name != unit)
    return replace(task, lead_units=(unit, *others), cooperating_units=helping)


def as_decided(register: Register, history: History, as_of: date) -> Register:
    """The register with the units that lead on that day; a report of an earlier day keeps the former ones."""
    moved: dict[int, str] = {}
    for decision in history.decisions:
        if decision.new_unit and decision.action in _MOVING and decision.decided_on <= as_of:
            moved[decision.task_no] = decision.new_unit
    if not moved:
        return register
    tasks = tuple(led_by(task, moved[task.number]) if task.number in moved else task for task in register)
    return replace(register, tasks=tasks)
