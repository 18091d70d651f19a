"""Pace (序时): whether a fixed task keeps up with time, and on what ground it is said not to (domain.md §2.4)."""

from datetime import date
from typing import NamedTuple

from yuechi_report.domain.assessment import Pace, PaceGround, TaskClass
from yuechi_report.domain.case import Case
from yuechi_report.domain.progress import ProgressEntry
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.standing import decided_after


class Pacing(NamedTuple):
    """The answer with its ground; `stands_for` is the day compared with, `promise` the entry that named a day."""

    pace: Pace
    ground: PaceGround = PaceGround.NONE
    stands_for: date | None = None
    promise: ProgressEntry | None = None


_FIXED, _JUDGED, _MEASURED, _PROMISE = TaskClass.FIXED, PaceGround.JUDGED, PaceGround.MEASURED, PaceGround.PROMISE
_ON_PACE, _BEHIND, _NOT_COMPARABLE = Pace.ON_PACE, Pace.BEHIND, Pace.NOT_COMPARABLE
_NONE = Pacing(_NOT_COMPARABLE)


def pacing(case: Case) -> Pacing:
    """The office's judgement, else a measured target, else a promised day that has passed.

    Compared on the day the figure stands for (填报日期, at most the submission day), never on as_of.
    A self-estimated percentage is shown, not judged.
    """
    standing, entry = case.standing, case.entry
    if case.task_class is not _FIXED or standing.closed is not None or standing.ended is not None:
        return _NONE
    behind = standing.behind
    if behind is not None and behind.quarter == case.period.quarter:
        return Pacing(_BEHIND, _JUDGED)
    if entry is None or case.days_window < case.policy.days_short_window:
        return _NONE
    stands_for = min(entry.filed_on, case.period.submission_due)
    measured = _measured(case, entry, stands_for)
    if measured is _BEHIND:
        return Pacing(_BEHIND, _MEASURED, stands_for)
    missed = _missed_promise(case, stands_for)
    if missed is not None:
        return Pacing(_BEHIND, _PROMISE, stands_for, missed)
    return Pacing(measured, _MEASURED, stands_for) if measured is _ON_PACE else _NONE


def _measured(case: Case, entry: ProgressEntry, stands_for: date) -> Pace:
    """A counted share against the share of time gone, over at least `days_measured_window` days."""
    if entry.measure is None or case.days_window < case.policy.days_measured_window:
        return _NOT_COMPARABLE
    due = case.effective_due
    if due is None:
        return _NOT_COMPARABLE
    expected = expected_percent(case.period, due, stands_for)
    return _BEHIND if entry.measure.percent < expected else _ON_PACE


def expected_percent(period: Period, due: date, on: date) -> float:
    """序时进度: the share of the days from issue to `due`, which lies after it, gone on that day, 0–100."""
    share = (on - period.issued_on).days / (due - period.issued_on).days
    return 100.0 * min(max(share, 0.0), 1.0)


def _missed_promise(case: Case, stands_for: date) -> ProgressEntry | None:
    """The newest entry of an earlier quarter that named an expected day, where that day has passed.

    A date that the office set after it stands in the promise's place; a declared task has kept it.
    """
    if case.declared:
        return None
    newest = _newest_promise(case)
    if newest is None or decided_after(case.standing.new_due, newest):
        return None
    day = newest.expected_on
    return newest if day is not None and day < stands_for else None


def _newest_promise(case: Case) -> ProgressEntry | None:
    for entry in reversed(case.entries):
        if entry.expected_on is not None and entry.quarter < case.period.quarter:
            return entry
    return None
