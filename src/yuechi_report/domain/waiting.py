"""What waits for the office itself, since when, and whether too long (domain.md §2.4: the office is visible too)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from yuechi_report.domain.assessment import Assessment, Headline, OfficeItem, TaskClass
from yuechi_report.domain.case import Case
from yuechi_report.domain.policy import CalendarNotPublished, StatusPolicy
from yuechi_report.domain.progress import Decision, ProgressEntry, Reported
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.standing import decided_after


@dataclass(frozen=True, slots=True)
class Waiting:
    """One item; `is_long` is None where the year's working days are not published (工作日历未发布)."""

    task_no: int
    item: OfficeItem
    since: date
    is_long: bool | None


def office_item(case: Case, headline: Headline) -> tuple[OfficeItem, date] | None:
    """What the task waits for the office to do, and the day from which it has."""
    standing, last = case.standing, case.last
    if headline is _UNREADABLE:
        return OfficeItem.DEADLINE_UNREADABLE, case.period.issued_on
    if last is None or standing.closed is not None or standing.ended is not None:
        return None
    item = _CHECKED.get(headline)
    if item is not None:
        return item, _since(case, _COMPLETE, standing.returned)
    if headline is _EXTENSION_PENDING:
        return OfficeItem.EXTENSION, _since(case, Reported.EXTENSION_REQUESTED, standing.extension_answer)
    if case.adjustment_pending:
        return OfficeItem.ADJUSTMENT, _since(case, Reported.ADJUSTMENT_REQUESTED, standing.change_answer)
    if _asks_for_block(case, last):
        return OfficeItem.BLOCK, _since(case, _AWAITING_UPPER, standing.block_answer)
    if headline is _OPEN:
        return OfficeItem.DEADLINE_OPEN, case.entries[0].source.received_at.date()
    return None


_UNREADABLE, _EXTENSION_PENDING, _OPEN = Headline.UNRESOLVED, Headline.EXTENSION_PENDING, Headline.UNDEFINED

_COMPLETE, _AWAITING_UPPER = Reported.DECLARED_COMPLETE, Reported.AWAITING_UPPER

_CHECKED = {Headline.AWAITING_CHECK: OfficeItem.CHECK, Headline.REALISED_UNCHECKED: OfficeItem.REALISED}
"""What the office owes a declaration of completion."""


def _asks_for_block(case: Case, last: ProgressEntry) -> bool:
    if last.reported is not _AWAITING_UPPER:
        return False
    return not case.is_blocked and not decided_after(case.standing.block_answer, last)


def _since(case: Case, reported: Reported, answer: Decision | None) -> date:
    """The day the first of an unbroken run of entries that ask for the same came in, no answer between."""
    asks = takewhile(
        lambda entry: entry.reported is reported and not decided_after(answer, entry), reversed(case.entries)
    )
    return list(asks)[-1].source.received_at.date()


def office_waits(assessments: Iterable[Assessment], *, as_of: date, policy: StatusPolicy) -> tuple[Waiting, ...]:
    """Every item that waits for the office, in the order of the assessments.

    Too long means more than `working_days_check` working days after the day it came in.
    """
    return tuple(
        Waiting(one.task_no, one.office_item, one.office_since, _is_long(one.office_since, as_of, policy))
        for one in assessments
        if one.office_item is not None and one.office_since is not None
    )


def _is_long(since: date, as_of: date, policy: StatusPolicy) -> bool | None:
    if (as_of - since).days <= policy.working_days_check:
        return False
    try:
        return as_of > policy.calendar.add_working_days(since, policy.working_days_check)
    except CalendarNotPublished:
        return None


QUARTERS_IDLE = 2


@dataclass(frozen=True, slots=True)
class Idle:
    """A task and for how many quarters in a row, the newest included, it has seen no action."""

    task_no: int
    quarters: int


def idle_tasks(quarters: Sequence[tuple[Period, Sequence[Assessment]]]) -> tuple[Idle, ...]:
    """Tasks that read 本季无实质进展 in at least two quarters in a row, in the newest quarter's order.

    `quarters` are consecutive, oldest first; a first report is not counted and a gap ends the row.
    """
    counted = dict.fromkeys((one.task_no for one in quarters[-1][1]), 0) if quarters else {}
    running, newer = set(counted), None
    for period, assessments in reversed(quarters):
        if period.first_report or (newer is not None and period.quarter.next != newer):
            break
        running &= {one.task_no for one in assessments if _is_idle(one)}
        for number in running:
            counted[number] += 1
        newer = period.quarter
    return tuple(Idle(number, count) for number, count in counted.items() if count >= QUARTERS_IDLE)


def _is_idle(one: Assessment) -> bool:
    return one.task_class is TaskClass.ADVANCE and one.headline is Headline.NO_ADVANCE
