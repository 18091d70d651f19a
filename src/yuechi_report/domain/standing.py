"""What the office's decisions add up to for one task: the fold of its decisions in their order."""

from dataclasses import dataclass, replace
from datetime import date

from yuechi_report.domain.progress import Action, Decision, ProgressEntry

_CLOSING = (Action.CLOSE, Action.CLOSE_TO_ROUTINE)
_BLOCK_ENDS = (Action.LIFT_BLOCK, Action.REFUSE_BLOCK)


@dataclass(frozen=True, slots=True)
class Standing:
    """The decisions still in force; None where there is none of that kind."""

    ended: Decision | None = None
    closed: Decision | None = None
    reopened: Decision | None = None
    returned: Decision | None = None
    block: Decision | None = None
    new_due: Decision | None = None
    new_class: Decision | None = None
    extension: Decision | None = None
    adjusted: Decision | None = None
    hollow: Decision | None = None
    behind: Decision | None = None

    @classmethod
    def of(cls, decisions: tuple[Decision, ...]) -> "Standing":
        """Fold decisions, oldest first."""
        standing = cls()
        for decision in decisions:
            standing = standing._after(decision)
        return standing

    def _after(self, decision: Decision) -> "Standing":
        action = decision.action
        if action in (Action.TERMINATE, Action.TRANSFER):
            return replace(self, ended=decision, adjusted=decision)
        if action in _CLOSING:
            return replace(self, closed=decision, reopened=None)
        if action is Action.REOPEN:
            return replace(self, closed=None, ended=None, reopened=decision)
        if action is Action.RETURN:
            return replace(self, returned=decision)
        if action is Action.RECOGNISE_BLOCK:
            return replace(self, block=decision)
        if action in _BLOCK_ENDS:
            return replace(self, block=None)
        return self._after_change(decision)

    def _after_change(self, decision: Decision) -> "Standing":
        action = decision.action
        if action is Action.SET_DEADLINE and decision.new_class:
            return replace(self, new_class=decision, new_due=decision if decision.new_due else self.new_due)
        if action is Action.SET_DEADLINE:
            return replace(self, new_due=decision)
        if action is Action.GRANT_EXTENSION:
            return replace(self, new_due=decision, extension=decision)
        if action is Action.REFUSE_EXTENSION:
            return replace(self, extension=decision)
        if action is Action.JUDGE_HOLLOW:
            return replace(self, hollow=decision)
        if action is Action.JUDGE_BEHIND:
            return replace(self, behind=decision)
        return replace(self, adjusted=decision)

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


def decided_after(decision: Decision | None, entry: ProgressEntry) -> bool:
    """Whether the decision came after the entry; on the same day the order of the book counts."""
    if decision is None:
        return False
    received_on = entry.source.received_at.date()
    if decision.decided_on == received_on:
        return decision.source.seq > entry.source.seq
    return decision.decided_on > received_on
