"""Pace (序时): whether a fixed task keeps up with time, and on what ground it is said not to (domain.md §2.4)."""

from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.assessment import Pace, PaceGround, TaskClass
from yuechi_report.domain.case import Case
from yuechi_report.domain.progress import ProgressEntry
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.standing import decided_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """The answer with its ground; `stands_for` is the day compared with, `promise` the entry that named a day."""

    pace: Pace = Pace.NOT_COMPARABLE
    ground: PaceGround = PaceGround.NONE
    stands_for: date | None = None
    promise: ProgressEntry | None = None


def pacing(case: Case) -> Pacing:
    """The office's judgement, else a measured target, else a promised day that has passed.

    Compared on the day the figure stands for (填报日期, at most the submission day), never on as_of.
    A self-estimated percentage is shown, not judged.
    """
    standing, entry = case.standing, case.entry
    if case.task_class is not TaskClass.FIXED or standing.closed is not None or standing.ended is not None:
        return Pacing()
    if standing.behind is not None and standing.behind.quarter == case.period.quarter:
        return Pacing(pace=Pace.BEHIND, ground=PaceGround.JUDGED)
    if entry is None or case.days_window < case.policy.days_short_window:
        return Pacing()
    stands_for = min(entry.filed_on, case.period.submission_due)
    measured = _measured(case, entry, stands_for)
    missed = _missed_promise(case, stands_for)
    if missed is not None and measured is not Pace.BEHIND:
        return Pacing(pace=Pace.BEHIND, ground=PaceGround.PROMISE, stands_for=stands_for, promise=missed)
    if measured is Pace.NOT_COMPARABLE:
        return Pacing()
    return Pacing(pace=measured, ground=PaceGround.MEASURED, stands_for=stands_for)


def _measured(case: Case, entry: ProgressEntry, stands_for: date) -> Pace:
    """A counted share against the share of time gone, over at least `days_measured_window` days."""
    due = case.effective_due
    if entry.measure is None or due is None or case.days_window < case.policy.days_measured_window:
        return Pace.NOT_COMPARABLE
    expected = expected_percent(case.period, due, stands_for)
    return Pace.BEHIND if entry.measure.percent < expected else Pace.ON_PACE


def expected_percent(period: Period, due: date, on: date) -> float:
    """序时进度: the share of the days from issue to `due`, which lies after it, gone on that day, 0–100."""
    share = (on - period.issued_on).days / (due - period.issued_on).days
    return 100.0 * min(max(share, 0.0), 1.0)


def _missed_promise(case: Case, stands_for: date) -> ProgressEntry | None:
    """The newest entry of an earlier quarter that named an expected day, where that day has passed.

    A date that the office set after it takes the promise's place; a declared task has kept it.
    """
    newest = _newest_promise(case)
    if newest is None or case.declared or decided_after(case.standing.new_due, newest):
        return None
    return newest if newest.expected_on is not None and newest.expected_on < stands_for else None


def _newest_promise(case: Case) -> ProgressEntry | None:
    earlier = [entry for entry in case.entries if entry.quarter < case.period.quarter]
    return next((entry for entry in reversed(earlier) if entry.expected_on is not None), None)
