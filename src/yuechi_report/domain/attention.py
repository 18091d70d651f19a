"""The attention list: 推进类 tasks without action for two quarters in a row (domain.md §2.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Headline, TaskClass
from yuechi_report.domain.quarter import Period

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
