"""Corrections (更正): what an earlier quarter's report said and what is known of it now (domain.md §3)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Action, Decision, History, Record
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.register import Register
from yuechi_report.domain.status import assess, assess_all

_CLOSING = (Action.CLOSE, Action.CLOSE_TO_ROUTINE)
_SETTLED = (Headline.CLOSED, Headline.TERMINATED, Headline.TRANSFERRED)
_LATE = (Headline.OVERDUE, Headline.BLOCKED_PAST_DUE, Headline.CLOSED)
_FACTS = ("headline", "suffixes", "effective_due", "percent_complete", "days_overdue", "completed_on", "discipline")


class CorrectionKind(StrEnum):
    """Why the earlier figure is corrected."""

    RECORDED_LATER = "recorded_later"  # 更正: a record of that time became known after the report
    PROVED_LATER = "proved_later"  # 补证: the office set an earlier day of completion afterwards
    REOPENED = "reopened"  # 重新挂账: what was closed then was reopened afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One line of the corrections section: what was printed, what holds now, and the record that caused it.

    The printed figure of the earlier quarter stays; `now` is the same quarter judged with that record.
    """

    task_no: int
    kind: CorrectionKind
    then: Assessment
    now: Assessment
    cause: Record

    @property
    def changed(self) -> tuple[str, ...]:
        """Which printed facts differ, by their names in Assessment."""
        return _changed(self.then, self.now)


def corrections(
    register: Register,
    history: History,
    earlier_period: Period,
    *,
    as_of_then: date,
    known_then: datetime,
    policy: StatusPolicy,
) -> tuple[Correction, ...]:
    """What must be corrected of an earlier quarter's figures, in the register's order.

    `history` is what the present report may see. A decision made after `as_of_then` corrects only where
    it says that a printed lateness or completion was not so; ordinary progress since then does not.
    """
    known = history.known_at(known_then)
    then = assess_all(register, known, earlier_period, as_of=as_of_then, policy=policy)
    again = assess_all(register, history, earlier_period, as_of=as_of_then, policy=policy)
    found: list[Correction] = []
    for task, old, new in zip(register, then, again, strict=True):
        own = history.of_task(task.number)
        if (late := _recorded_later(own, earlier_period, as_of_then, known_then)) and _changed(old, new):
            kind = CorrectionKind.RECORDED_LATER
            found.append(Correction(task_no=task.number, kind=kind, then=old, now=new, cause=late[-1]))
        if decided := _decided_since(own, new, as_of_then):
            kind, cause = decided
            now = assess(task, own, earlier_period, as_of=cause.decided_on, policy=policy)
            found.append(Correction(task_no=task.number, kind=kind, then=new, now=now, cause=cause))
    return tuple(found)


def _changed(then: Assessment, now: Assessment) -> tuple[str, ...]:
    return tuple(name for name in _FACTS if getattr(then, name) != getattr(now, name))


def _recorded_later(own: History, period: Period, as_of_then: date, known_then: datetime) -> list[Record]:
    """The task's records of that time which were recorded only afterwards; decisions last."""
    seen = own.up_to(period.quarter, as_of_then)
    records: list[Record] = [*seen.submissions, *seen.entries, *seen.decisions]
    return [record for record in records if record.source.recorded_at > known_then]


def _decided_since(own: History, judged: Assessment, as_of_then: date) -> tuple[CorrectionKind, Decision] | None:
    """The decision made since then that corrects what was judged, if there is one."""
    since = [decision for decision in own.decisions if decision.decided_on > as_of_then]
    reopened = [decision for decision in since if decision.action is Action.REOPEN]
    if judged.headline in _SETTLED and reopened:
        return CorrectionKind.REOPENED, reopened[0]
    closings = [decision for decision in since if decision.action in _CLOSING]
    if judged.headline in _LATE and closings and judged.is_fixed and _was_done(closings[-1], judged, as_of_then):
        return CorrectionKind.PROVED_LATER, closings[-1]
    return None


def _was_done(closing: Decision, judged: Assessment, as_of_then: date) -> bool:
    """The day of completion now set had come by then, and it is not the day that was judged by."""
    done = closing.completed_on
    return done is not None and done <= as_of_then and done != judged.completed_on
