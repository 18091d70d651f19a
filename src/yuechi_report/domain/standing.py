"""What the office's decisions add up to for one task: the fold of its decisions in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.progress import Action, Decision, ProgressEntry

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
    Action.SET_DEADLINE: (),
    Action.ADJUST: ("change_answer",),
    Action.SUCCEED: ("change_answer",),
    Action.JUDGE_HOLLOW: ("hollow",),
    Action.JUDGE_BEHIND: ("behind",),
}
"""Which fields a decision takes over."""

_CLEARS: dict[Action, tuple[str, ...]] = {
    Action.CLOSE: ("reopened", "block"),
    Action.CLOSE_TO_ROUTINE: ("reopened", "block"),
    Action.REOPEN: ("closed", "ended"),
    Action.REFUSE_BLOCK: ("block",),
    Action.LIFT_BLOCK: ("block",),
}
"""Which fields a decision empties."""


@dataclass(frozen=True, slots=True)
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
    def of(cls, decisions: Sequence[Decision]) -> "Standing":
        """Fold decisions, oldest first."""
        if not decisions:
            return NOTHING_DECIDED
        fields: dict[str, Decision | None] = {}
        for decision in decisions:
            if "closed" in _SETS[decision.action]:
                fields["closed_before"] = fields.get("closed")
            fields.update(dict.fromkeys(_CLEARS.get(decision.action, ())))
            fields.update(dict.fromkeys((*_SETS[decision.action], *_named(decision)), decision))
            if decision.action is Action.SET_DEADLINE and decision.new_due and not decision.new_class:
                fields["new_class"] = None
        return cls(**fields)

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


def _named(decision: Decision) -> tuple[str, ...]:
    """The fields that depend on what the decision carries."""
    found: list[str] = []
    if decision.action in (Action.GRANT_EXTENSION, Action.SET_DEADLINE) and decision.new_due is not None:
        found += ["new_due", "extension_answer"]
    if decision.action is Action.SET_DEADLINE and decision.new_class:
        found += ["new_class", "extension_answer", "change_answer"]
    if decision.action in (Action.SUCCEED, Action.ADJUST):
        found += ["lead"] * bool(decision.new_unit) + ["text"] * bool(decision.wording)
    return tuple(found)


def decided_after(decision: Decision | None, entry: ProgressEntry) -> bool:
    """Whether the decision came after the entry; on the same day the order of the book counts."""
    if decision is None:
        return False
    received_on = entry.source.received_at.date()
    if decision.decided_on == received_on:
        return decision.source.seq > entry.source.seq
    return decision.decided_on > received_on
