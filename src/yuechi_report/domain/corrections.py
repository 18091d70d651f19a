"""Corrections (更正): what an earlier quarter's report said and what is known of it now (domain.md §3)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from yuechi_report.domain.assessment import Assessment, Discipline, Headline
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Action, Decision, History, ProgressEntry, Record, Role, Submission
from yuechi_report.domain.quarter import Period, Quarter
from yuechi_report.domain.register import Register
from yuechi_report.domain.status import assess, assess_all

_CLOSING = (Action.CLOSE, Action.CLOSE_TO_ROUTINE)
_SETTLED = (Headline.CLOSED, Headline.TERMINATED, Headline.TRANSFERRED)
_LATE = (Headline.OVERDUE, Headline.BLOCKED_PAST_DUE, Headline.CLOSED)
_ABSENT = (Discipline.NOT_REPORTED, Discipline.AWAITING_CORRECTION, Discipline.NOT_YET_DUE)
_FACTS = (
    "headline",
    "suffixes",
    "effective_due",
    "percent_complete",
    "days_overdue",
    "days_past_limit",
    "completed_on",
    "discipline",
)


class CorrectionKind(StrEnum):
    """Why the earlier figure is corrected."""

    RECORDED_LATER = "recorded_later"  # 更正: a record of that time became known after the report
    RECEIVED_LATER = "received_later"  # 补报: the row came after the day judged
    WITHDRAWN = "withdrawn"  # 撤回: a record that counted then was taken back afterwards
    PURGED = "purged"  # 清除: the content was purged afterwards, that it came stays
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

    @property
    def known_from(self) -> datetime:
        """The moment from which it could be known."""
        if self.kind is CorrectionKind.WITHDRAWN and self.cause.source.withdrawn_at is not None:
            return self.cause.source.withdrawn_at
        if isinstance(self.cause, Submission) and self.cause.purged_at is not None:
            return self.cause.purged_at
        return self.cause.source.recorded_at

    def is_news(self, as_of: date, known_at: datetime) -> bool:
        """Whether a report judged on that day with what was known then could not say it yet."""
        came_later = self.kind is CorrectionKind.RECEIVED_LATER and self.cause.source.received_on > as_of
        return came_later or self.known_from > known_at


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
    it says that a printed lateness or completion was not so; ordinary progress since then does not. A row
    received after it changes no more than whether the quarter's report came.
    """
    known = history.known_at(known_then)
    then = assess_all(register, known, earlier_period, as_of=as_of_then, policy=policy)
    again = assess_all(register, history, earlier_period, as_of=as_of_then, policy=policy)
    found: list[Correction] = []
    for task, old, new in zip(register, then, again, strict=True):
        own = history.of_task(task.number)
        cause = _known_later(own, old, earlier_period, as_of_then=as_of_then, known_then=known_then)
        if cause is not None and (_changed(old, new) or cause[0] is CorrectionKind.PURGED):
            found.append(Correction(task_no=task.number, kind=cause[0], then=old, now=new, cause=cause[1]))
        if row := _received_later(own, new, earlier_period, as_of_then):
            later = assess(task, own, earlier_period, as_of=row.source.received_on, policy=policy)
            if later.discipline is not new.discipline:
                now = replace(new, discipline=later.discipline, handed_in_on=later.handed_in_on)
                kind = CorrectionKind.RECEIVED_LATER
                found.append(Correction(task_no=task.number, kind=kind, then=new, now=now, cause=row))
        if decided := _decided_since(own, new, as_of_then):
            kind, decision = decided
            now = assess(task, own, earlier_period, as_of=decision.decided_on, policy=policy)
            if kind is CorrectionKind.PROVED_LATER:
                proved = assess(task, own, _since(earlier_period, decision), as_of=decision.decided_on, policy=policy)
                now = replace(now, suffixes=proved.suffixes)
            found.append(Correction(task_no=task.number, kind=kind, then=new, now=now, cause=decision))
    return tuple(found)


def _changed(then: Assessment, now: Assessment) -> tuple[str, ...]:
    return tuple(name for name in _FACTS if getattr(then, name) != getattr(now, name))


def _known_later(
    own: History, judged: Assessment, period: Period, *, as_of_then: date, known_then: datetime
) -> tuple[CorrectionKind, Record] | None:
    """The newest of the task's records of that time that was recorded, withdrawn or purged only afterwards."""
    seen = own.up_to(period.quarter, as_of_then)
    units = (judged.filling_unit, judged.owing_unit)
    workbooks = [workbook for workbook in seen.submissions if workbook.unit in units]
    recorded: list[Record] = [*workbooks, *seen.entries, *seen.decisions]
    recorded = [record for record in recorded if record.source.recorded_at > known_then]
    if recorded:
        return CorrectionKind.RECORDED_LATER, recorded[-1]
    withdrawn = [record for record in seen.withdrawn if _was_known(record, known_then, units)]
    if withdrawn:
        return CorrectionKind.WITHDRAWN, withdrawn[-1]
    purged = [book for book in workbooks if book.purged_at is not None and book.purged_at > known_then]
    of_quarter = [workbook for workbook in purged if workbook.quarter == period.quarter]
    return (CorrectionKind.PURGED, of_quarter[-1]) if of_quarter else None


def _was_known(withdrawn: Record, known_then: datetime, units: Collection[str]) -> bool:
    """Whether a record that has been withdrawn still counted at that moment."""
    if isinstance(withdrawn, Submission) and withdrawn.unit not in units:
        return False
    source = withdrawn.source
    return source.recorded_at <= known_then and source.withdrawn_at is not None and source.withdrawn_at > known_then


def _received_later(own: History, judged: Assessment, period: Period, as_of_then: date) -> ProgressEntry | None:
    """The first row of that quarter that came after the day judged, where its absence was printed."""
    if judged.discipline not in _ABSENT:
        return None
    rows = (entry for entry in own.entries if entry.role is Role.LEAD and entry.unit == judged.owing_unit)
    return next((row for row in rows if row.quarter == period.quarter and row.source.received_on > as_of_then), None)


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


def _since(period: Period, decision: Decision) -> Period:
    """The period in which the decision was made: what proves the task may have come with a later quarter's form."""
    quarter = max(period.quarter, Quarter.of(decision.decided_on))
    return replace(period, quarter=quarter, earlier=(*period.earlier, period))


def _was_done(closing: Decision, judged: Assessment, as_of_then: date) -> bool:
    """The day of completion now set had come by then, and it is not the day that was judged by."""
    done = closing.completed_on
    return done is not None and done <= as_of_then and done != judged.completed_on
