"""corrections.yml: what a person corrected in the register, each with its reason; the notice stays as it is."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from yuechi_report.domain.register import Task
from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.notice.deadline_text import DUE_BEFORE_ISSUE
from yuechi_report.notice.register_row import COLUMNS, row_faults, row_of, task_of
from yuechi_report.settings.yaml_file import Setting, load_yaml

CORRECTED = "corrected"
CORRECTABLE = tuple(column for column in COLUMNS if column not in {"task_no", "source_lines", "flags"})

_Words = Annotated[str, Field(min_length=1)]


def _as_cell(value: object) -> object:
    """A day or a number needs no quotation marks."""
    return str(value) if type(value) in (date, int) else value


class RegisterEdit(Setting, strict=True, str_strip_whitespace=True):
    """One cell of the register as it should read; `value` is written as in register.csv."""

    task_no: Annotated[int, Field(gt=0)]
    field: _Words
    value: Annotated[str, BeforeValidator(_as_cell)]
    reason: _Words
    confirmed_by: _Words
    confirmed_on: date


def read_corrections(path: Path) -> tuple[RegisterEdit, ...]:
    """The corrections of a file, none if its list is empty; InputRefused with every fault."""
    edits = load_yaml(path, tuple[RegisterEdit, ...], refusal=InputRefused)
    faults = [
        _fault(path.name, f"第{index}条的字段“{edit.field}”不能更正", f"可更正的字段：{'、'.join(CORRECTABLE)}")
        for index, edit in enumerate(edits, start=1)
        if edit.field not in CORRECTABLE
    ]
    if faults:
        raise InputRefused(faults)
    return edits


def apply_corrections(
    tasks: Sequence[Task], corrections: Sequence[RegisterEdit], *, issued_on: date | None, file: str = "corrections.yml"
) -> tuple[Task, ...]:
    """The tasks with every correction in place and the flag `corrected`; applying twice changes nothing more.

    A number that not exactly one task has, one cell corrected twice, or cells that make no valid row are
    collected into one InputRefused. `issued_on` decides anew whether a corrected day lies before the issue.
    """
    cells, faults = _by_task(tasks, corrections, file)
    rows = {task.number: row_of(task) | cells.get(task.number, {}) for task in tasks}
    for number in cells.keys() & rows.keys():
        faults += [
            replace(fault, problem=f"更正后任务（{number}）的{fault.place.cell}{fault.problem}", place=Place(file))
            for fault in row_faults(rows[number], file=file)
        ]
    if faults:
        raise InputRefused(faults)
    return tuple(_flagged(task_of(rows[task.number]), issued_on) if task.number in cells else task for task in tasks)


def _by_task(
    tasks: Sequence[Task], corrections: Sequence[RegisterEdit], file: str
) -> tuple[dict[int, dict[str, str]], list[Fault]]:
    """The corrected cells of each task by column, and what is wrong with the corrections themselves."""
    times = Counter(task.number for task in tasks)
    cells: dict[int, dict[str, str]] = defaultdict(dict)
    faults = []
    for correction in corrections:
        name = f"任务（{correction.task_no}）的{correction.field}"
        if times[correction.task_no] != 1:
            problem = f"登记表里有{times[correction.task_no]}个任务编号为（{correction.task_no}）"
            faults.append(_fault(file, problem, "请核对任务编号"))
        elif correction.field in cells[correction.task_no]:
            faults.append(_fault(file, f"{name}更正了两次", "只保留其中一条"))
        cells[correction.task_no][correction.field] = correction.value
    return dict(cells), faults


def _flagged(task: Task, issued_on: date | None) -> Task:
    flags = [flag for flag in task.flags if flag not in {DUE_BEFORE_ISSUE, CORRECTED}]
    early = task.due is not None and issued_on is not None and task.due < issued_on
    return replace(task, flags=(*flags, *([DUE_BEFORE_ISSUE] if early else []), CORRECTED))


def _fault(file: str, problem: str, remedy: str) -> Fault:
    return Fault(Place(file), problem, remedy)
