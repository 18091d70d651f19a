"""Renamed units: register and history under the names that units bore on the day of the report (domain.md §3.1)."""

from dataclasses import replace

from yuechi_report.domain.progress import History
from yuechi_report.domain.register import Register
from yuechi_report.domain.unit import Units


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
    return History(
        tuple(replace(one, unit=names.get(one.unit, one.unit)) for one in history.entries),
        tuple(replace(one, new_unit=names.get(one.new_unit, one.new_unit)) for one in history.decisions),
        tuple(replace(one, unit=names.get(one.unit, one.unit)) for one in history.submissions),
    )
