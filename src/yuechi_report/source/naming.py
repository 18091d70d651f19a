"""Renamed units: register and history under the names that units bore on the day of the report (domain.md §3.1)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from yuechi_report.domain.progress import Decision, History, ProgressEntry, Submission
from yuechi_report.domain.register import Register
from yuechi_report.domain.unit import Units

R = TypeVar("R", ProgressEntry, Decision, Submission, ProgressEntry | Decision | Submission)


def renamed_register(register: Register, units: Units) -> Register:
    """The register with every unit under the name it bears in `units`."""
    names = units.renamed
    if not names:
        return register
    tasks = tuple(
        replace(
            task,
            lead_units=tuple(names.get(name, name) for name in task.lead_units),
            cooperating_units=tuple(names.get(name, name) for name in task.cooperating_units),
        )
        for task in register
    )
    return replace(register, tasks=tasks)


def renamed_history(history: History, units: Units) -> History:
    """The history with every unit under the name it bears in `units`."""
    names = units.renamed
    if not names:
        return history
    return replace(
        history,
        entries=tuple(_renamed(one, names) for one in history.entries),
        decisions=tuple(_renamed(one, names) for one in history.decisions),
        submissions=tuple(_renamed(one, names) for one in history.submissions),
        withdrawn=tuple(_renamed(one, names) for one in history.withdrawn),
    )


def _renamed(record: R, names: Mapping[str, str]) -> R:
    if isinstance(record, Decision):
        return replace(record, new_unit=names.get(record.new_unit, record.new_unit))
    return replace(record, unit=names.get(record.unit, record.unit))
