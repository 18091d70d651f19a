"""Who leads a task on a day: 承接 and 调整 may name another unit than the notice did (domain.md §3, §6)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from yuechi_report.domain.progress import Action, Decision, History
from yuechi_report.domain.register import Register, Task

_MOVING = (Action.SUCCEED, Action.ADJUST)


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
