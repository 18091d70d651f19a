"""What the office's decisions add up to for one task: the fold of its decisions in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from yuechi_report.domain.progress import Action, Decision, History, ProgressEntry
from yuechi_report.domain.register import Register, Task


class Standing(NamedTuple):
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
    def of(cls, decisions: Sequence[Decision]) -> "Standing":
        """Fold decisions, oldest first."""
        if not decisions:
            return NOTHING_DECIDED
        fields: list[Decision | None] = [None] * len(NOTHING_DECIDED)
        for decision in decisions:
            action = decision.action
            if action in _CLOSING:
                fields[_CLOSED_BEFORE] = fields[_CLOSED]
            for place in _CLEARS[action]:
                fields[place] = None
            for place in _SETS[action]:
                fields[place] = decision
            if action in _CARRYING:
                _carry(decision, fields)
        return cls._make(fields)

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


NOTHING_DECIDED = Standing()


def _places(*names: str) -> tuple[int, ...]:
    return tuple(map(Standing._fields.index, names))


_ANSWERS = ("extension_answer", "change_answer", "block_answer")

_SETS: dict[Action, tuple[int, ...]] = {
    Action.TERMINATE: _places("ended", *_ANSWERS),
    Action.TRANSFER: _places("ended", *_ANSWERS),
    Action.CLOSE: _places("closed", *_ANSWERS),
    Action.CLOSE_TO_ROUTINE: _places("closed", *_ANSWERS),
    Action.REOPEN: _places("reopened", *_ANSWERS),
    Action.RETURN: _places("returned", *_ANSWERS),
    Action.RECOGNISE_BLOCK: _places("block", "block_answer"),
    Action.REFUSE_BLOCK: _places("block_answer"),
    Action.LIFT_BLOCK: _places("block_answer"),
    Action.GRANT_EXTENSION: _places("extension_answer"),
    Action.REFUSE_EXTENSION: _places("extension_answer"),
    Action.SET_DEADLINE: (),
    Action.ADJUST: _places("change_answer"),
    Action.SUCCEED: _places("change_answer"),
    Action.JUDGE_HOLLOW: _places("hollow"),
    Action.JUDGE_BEHIND: _places("behind"),
}
"""Which fields a decision takes over."""

_CLEARS: dict[Action, tuple[int, ...]] = dict.fromkeys(Action, ()) | {
    Action.CLOSE: _places("reopened", "block"),
    Action.CLOSE_TO_ROUTINE: _places("reopened", "block"),
    Action.REOPEN: _places("closed", "ended"),
    Action.REFUSE_BLOCK: _places("block"),
    Action.LIFT_BLOCK: _places("block"),
}
"""Which fields a decision empties."""

_CLOSED, _CLOSED_BEFORE, _NEW_CLASS = _places("closed", "closed_before", "new_class")

_NEW_DUE, _EXTENSION_ANSWER, _CHANGE_ANSWER = _places("new_due", "extension_answer", "change_answer")

_LEAD, _TEXT = _places("lead", "text")

_CLOSING = frozenset((Action.CLOSE, Action.CLOSE_TO_ROUTINE))

_DATING = frozenset((Action.GRANT_EXTENSION, Action.SET_DEADLINE))

_MOVING = frozenset((Action.SUCCEED, Action.ADJUST))

_CARRYING = _DATING | _MOVING


def _carry(decision: Decision, fields: list[Decision | None]) -> None:
    """The fields that depend on what the decision carries."""
    if decision.action in _MOVING:
        if decision.new_unit:
            fields[_LEAD] = decision
        if decision.wording:
            fields[_TEXT] = decision
        return
    if decision.new_due is not None:
        fields[_NEW_DUE] = fields[_EXTENSION_ANSWER] = decision
    if decision.action is Action.SET_DEADLINE:
        _classed(decision, fields)


def _classed(decision: Decision, fields: list[Decision | None]) -> None:
    """A class set by the office; a date set without one gives the task back to its date."""
    if decision.new_class:
        fields[_NEW_CLASS] = fields[_EXTENSION_ANSWER] = fields[_CHANGE_ANSWER] = decision
    elif decision.new_due:
        fields[_NEW_CLASS] = None


def decided_after(decision: Decision | None, entry: ProgressEntry) -> bool:
    """Whether the decision came after the entry; on the same day the order of the book counts."""
    if decision is None:
        return False
    received_on = entry.source.received_at.date()
    if decision.decided_on == received_on:
        return decision.source.seq > entry.source.seq
    return decision.decided_on > received_on


def filling_units(task: Task, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """The units that have filled in for the task, the notice's first and the present one last."""
    named = (one.new_unit for one in decisions if one.task_no == task.number and one.action in _MOVING)
    return (task.filling_unit, *(unit for unit in named if unit))


def led_by(task: Task, unit: str) -> Task:
    """The task with the unit as its first lead in place of the former one; in no other role beside."""
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
