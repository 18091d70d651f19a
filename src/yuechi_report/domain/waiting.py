"""Waiting: what waits for the office and since when, and the tasks that have been idle (domain.md §2.3, §2.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from yuechi_report.domain.assessment import Assessment, Headline, OfficeItem, TaskClass
from yuechi_report.domain.case import Case
from yuechi_report.domain.policy import CalendarNotPublished, StatusPolicy
from yuechi_report.domain.progress import Decision, Reported
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.standing import decided_after

QUARTERS_IDLE = 2
"""From so many quarters in a row on a task is on the attention list."""

_TO_CHECK = {Headline.AWAITING_CHECK: OfficeItem.CHECK, Headline.REALISED_UNCHECKED: OfficeItem.REALISED}
"""What the office owes a declaration of completion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One item; `is_long` is None where the year's working days are not published (工作日历未发布)."""

    task_no: int
    item: OfficeItem
    since: date
    is_long: bool | None


@dataclass(frozen=True, slots=True)
class Idle:
    """A task and for how many quarters in a row, the newest included, it has seen no action."""

    task_no: int
    quarters: int


def office_item(case: Case, headline: Headline) -> tuple[OfficeItem, date] | None:
    """What the task waits for the office to do, and the day from which it has."""
    standing = case.standing
    if headline is Headline.UNRESOLVED:
        return OfficeItem.DEADLINE_UNREADABLE, case.period.issued_on
    if not case.entries or standing.closed is not None or standing.ended is not None:
        return None
    if headline in _TO_CHECK:
        return _TO_CHECK[headline], _since(case, Reported.DECLARED_COMPLETE, standing.returned)
    if headline is Headline.EXTENSION_PENDING:
        return OfficeItem.EXTENSION, _since(case, Reported.EXTENSION_REQUESTED, standing.extension_answer)
    if case.adjustment_pending:
        return OfficeItem.ADJUSTMENT, _since(case, Reported.ADJUSTMENT_REQUESTED, standing.change_answer)
    if case.block_pending:
        return OfficeItem.BLOCK, _since(case, Reported.AWAITING_UPPER, standing.block_answer)
    if headline is Headline.UNDEFINED:
        return OfficeItem.DEADLINE_OPEN, case.entries[0].source.received_on
    return None


def _since(case: Case, reported: Reported, answer: Decision | None) -> date:
    """The day the first of an unbroken run of entries that ask for the same came in, no answer between."""
    asks = takewhile(
        lambda entry: entry.reported is reported and not decided_after(answer, entry), reversed(case.entries)
    )
    return list(asks)[-1].source.received_on


def office_waits(assessments: Iterable[Assessment], *, as_of: date, policy: StatusPolicy) -> tuple[Waiting, ...]:
    """Every item that waits for the office, in the order of the assessments.

    Too long means more than `working_days_check` working days after the day it came in.
    """
    return tuple(
        Waiting(
            task_no=judged.task_no,
            item=judged.office_item,
            since=judged.office_since,
            is_long=_is_long(judged.office_since, as_of, policy),
        )
        for judged in assessments
        if judged.office_item is not None and judged.office_since is not None
    )


def _is_long(since: date, as_of: date, policy: StatusPolicy) -> bool | None:
    if (as_of - since).days <= policy.working_days_check:
        return False
    try:
        return as_of > policy.calendar.add_working_days(since, policy.working_days_check)
    except CalendarNotPublished:
        return None


def idle_tasks(quarters: Sequence[tuple[Period, Sequence[Assessment]]]) -> tuple[Idle, ...]:
    """Tasks that read 本季无实质进展 in at least two quarters in a row, in the newest quarter's order.

    `quarters` are consecutive, oldest first; a first report is not counted and a gap ends the row.
    """
    if not quarters:
        return ()
    _, newest = quarters[-1]
    counted = {judged.task_no: 0 for judged in newest}
    running, newer = set(counted), None
    for period, assessments in reversed(quarters):
        if period.first_report or (newer is not None and period.quarter.next != newer):
            break
        running &= {judged.task_no for judged in assessments if _is_idle(judged)}
        for number in running:
            counted[number] += 1
        newer = period.quarter
    return tuple(Idle(number, count) for number, count in counted.items() if count >= QUARTERS_IDLE)


def _is_idle(judged: Assessment) -> bool:
    return judged.task_class is TaskClass.ADVANCE and judged.headline is Headline.NO_ADVANCE
