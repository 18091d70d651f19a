"""What is known already goes into the form before it is sent: less to type for the units (减负)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.domain.case import class_of
from yuechi_report.domain.progress import Action, History, ProgressEntry, Role
from yuechi_report.domain.register import Task
from yuechi_report.domain.standing import Standing, decided_after, filling_units
from yuechi_report.domain.unit import Unit
from yuechi_report.intake.check.fields import promise_text
from yuechi_report.intake.form.columns import DECISIONS, FORM, asked_keys
from yuechi_report.intake.form.style import Extras
from yuechi_report.intake.form.write import write_form
from yuechi_report.page.labels import label
from yuechi_report.source.scope import Scope

_OFFICE_ROWS = 40


@dataclass(frozen=True, slots=True)
class PrefilledForm:
    """One unit's form: rows map column key → text; `asked` are the keys each row asks for."""

    unit: Unit
    rows: tuple[dict[str, str], ...]
    asked: tuple[frozenset[str], ...] = ()


def prefilled_forms(scope: Scope, names: Sequence[str] = ()) -> tuple[PrefilledForm, ...]:
    """The forms of a quarter: every unit that has one and at least one row; collectives have none.

    Tasks closed or ended before the submission day are left out. Source: domain.md §3.1, §6.
    """
    wanted = {scope.unit_named(name).slug for name in names}
    forms = (_form(scope, unit) for unit in scope.units if unit.has_form and (not wanted or unit.slug in wanted))
    return tuple(form for form in forms if form.rows)


def write_unit_forms(scope: Scope, nature: str, folder: Path, names: Sequence[str] = ()) -> tuple[Path, ...]:
    """Write the forms of a quarter, one workbook per unit, named after its slug."""
    quarter = scope.period.quarter
    written = []
    for form in prefilled_forms(scope, names):
        path = folder / f"{quarter}-{form.unit.slug}.xlsx"
        labels = {"填报季度": str(quarter), "数据性质": nature, "填报单位": form.unit.name}
        write_form(path, FORM, labels, form.rows, extras=Extras(scope.register.notice.id, form.asked))
        written.append(path)
    return tuple(written)


def write_office_form(scope: Scope, nature: str, folder: Path) -> Path:
    """Write the office's decision form: empty rows with drop-downs of tasks, decisions and units."""
    quarter = scope.period.quarter
    path = folder / f"{quarter}-office.xlsx"
    labels = {"填报季度": str(quarter), "数据性质": nature, "作出单位": scope.office.name}
    extras = Extras(
        notice=scope.register.notice.id,
        tasks=_task_list(scope),
        units=tuple(unit.name for unit in scope.units if unit.has_form),
        blank_rows=_OFFICE_ROWS,
    )
    write_form(path, DECISIONS, labels, (), extras=extras)
    return path


def _form(scope: Scope, unit: Unit) -> PrefilledForm:
    found = [
        (task, role)
        for task in scope.register
        if (role := _role(scope, task, unit.name)) is not None and _is_open(scope, task)
    ]
    rows = tuple(_row(scope, task, role) for task, role in found)
    return PrefilledForm(
        unit, rows, tuple(asked_keys(role, class_of(task, _standing(scope, task))) for task, role in found)
    )


def _records(scope: Scope, task: Task) -> History:
    """What had happened by the scope's day, up to its quarter."""
    return scope.history.of_task(task.number).up_to(scope.period.quarter, scope.as_of)


def _standing(scope: Scope, task: Task) -> Standing:
    return Standing.of(_records(scope, task).decisions)


def _lead(scope: Scope, task: Task) -> str:
    """Who fills in: the first lead of the notice, unless a decision gave the task to another unit."""
    return filling_units(task, _records(scope, task).decisions)[-1]


def _role(scope: Scope, task: Task, name: str) -> Role | None:
    if _lead(scope, task) == name:
        return Role.LEAD
    if name in task.lead_units[1:]:
        return Role.COUNTERSIGN
    return Role.COOPERATE if name in task.cooperating_units else None


def _is_open(scope: Scope, task: Task) -> bool:
    standing = _standing(scope, task)
    settled = standing.closed or standing.ended
    return settled is None or settled.decided_on > scope.period.submission_due


def _row(scope: Scope, task: Task, role: Role) -> dict[str, str]:
    row = {"task_no": str(task.number), "title": task.title, "role": label(role), "deadline": _deadline(scope, task)}
    before = _last_before(scope, task)
    if role is Role.LEAD and before is not None:
        promise = promise_text(_state(before), before.next_steps)
        row |= {"criterion": _criterion(scope, task), "promise": promise}
    return row


def _deadline(scope: Scope, task: Task) -> str:
    """The notice's own words; below them a granted extension or a newly set date."""
    decision = _standing(scope, task).new_due
    if decision is None or decision.new_due is None:
        return task.deadline_raw
    word = "延至" if decision.action is Action.GRANT_EXTENSION else "核定为"
    return f"{task.deadline_raw}\n（{word}{decision.new_due}）"


def _state(entry: ProgressEntry) -> str:
    figure = entry.measured or (f"{entry.percent:g}%" if entry.percent is not None else "")
    return "，".join(part for part in (label(entry.reported) if entry.reported else "", figure) if part)


def _criterion(scope: Scope, task: Task) -> str:
    """The closing criterion as last accepted; one in an entry that was sent back is not approved yet."""
    returned = _standing(scope, task).returned
    given = [entry for entry in _before(scope, task) if entry.criterion.strip() and not decided_after(returned, entry)]
    return given[-1].criterion if given else ""


def _before(scope: Scope, task: Task) -> list[ProgressEntry]:
    entries = _records(scope, task).entries
    return [entry for entry in entries if entry.role is Role.LEAD and entry.quarter < scope.period.quarter]


def _last_before(scope: Scope, task: Task) -> ProgressEntry | None:
    entries = _before(scope, task)
    return entries[-1] if entries else None


def _task_list(scope: Scope) -> tuple[tuple[str, str, str, str, str], ...]:
    """Tasks under way first, settled ones after them: these can only be taken up again."""
    lines = [(_settled(scope, task), task) for task in scope.register]
    return tuple(
        (str(task.number), task.title, _lead(scope, task), _deadline(scope, task), settled or _now(scope, task))
        for settled, task in sorted(lines, key=lambda line: bool(line[0]))
    )


def _settled(scope: Scope, task: Task) -> str:
    standing = _standing(scope, task)
    settled = standing.ended or standing.closed
    return f"{label(settled.action)}（{settled.decided_on}）" if settled is not None else ""


def _now(scope: Scope, task: Task) -> str:
    entries = [entry for entry in _records(scope, task).entries if entry.role is Role.LEAD]
    return f"{entries[-1].quarter}自报：{_state(entries[-1])}" if entries else ""
