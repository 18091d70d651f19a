"""What is known already goes into the form before it is sent: less to type for the units (减负)."""

from collections.abc import Sequence
from dataclasses import dataclass

from yuechi_report.domain.progress import ProgressEntry, Role
from yuechi_report.domain.register import Task
from yuechi_report.domain.standing import Standing
from yuechi_report.domain.unit import Unit
from yuechi_report.errors import ParameterError, Place
from yuechi_report.page.labels import label
from yuechi_report.source.scope import Scope


@dataclass(frozen=True, slots=True)
class PrefilledForm:
    """One unit's form; rows map column key → text."""

    unit: Unit
    rows: tuple[dict[str, str], ...]


def prefilled_forms(scope: Scope, names: Sequence[str] = ()) -> tuple[PrefilledForm, ...]:
    """The forms of a quarter: every unit that has one and at least one row; collectives have none.

    Tasks closed or ended before the submission day are left out. Source: domain.md §3.1, §6.
    """
    wanted = {_named(scope, name).slug for name in names}
    forms = [
        PrefilledForm(unit, rows)
        for unit in scope.units
        if unit.has_form and (not wanted or unit.slug in wanted) and (rows := _rows(scope, unit))
    ]
    return tuple(forms)


def _named(scope: Scope, name: str) -> Unit:
    try:
        return scope.units.named(name)
    except KeyError as error:
        raise ParameterError.at(Place(), f"没有单位“{name}”", "请使用单位名录中的名称") from error


def _rows(scope: Scope, unit: Unit) -> tuple[dict[str, str], ...]:
    return tuple(
        _row(scope, task, role)
        for task in scope.decided
        if (role := _role(task, unit.name)) is not None and _is_open(scope, task)
    )


def _role(task: Task, name: str) -> Role | None:
    if task.filling_unit == name:
        return Role.LEAD
    if name in task.lead_units:
        return Role.COUNTERSIGN
    return Role.COOPERATE if name in task.cooperating_units else None


def _is_open(scope: Scope, task: Task) -> bool:
    standing = Standing.of(scope.history.of_task(task.number).decisions)
    settled = standing.closed or standing.ended
    return settled is None or settled.decided_on > scope.period.submission_due


def _row(scope: Scope, task: Task, role: Role) -> dict[str, str]:
    row = {
        "task_no": str(task.number),
        "title": task.title,
        "role": label(role),
        "deadline": task.deadline_raw,
    }
    before = _last_before(scope, task)
    if role is Role.LEAD and before is not None:
        row |= {"criterion": before.criterion, "promise": before.next_steps}
    return row


def _last_before(scope: Scope, task: Task) -> ProgressEntry | None:
    entries = [
        entry
        for entry in scope.history.of_task(task.number).entries
        if entry.role is Role.LEAD and entry.quarter < scope.period.quarter
    ]
    return entries[-1] if entries else None
