"""One sheet row being read: typed cells, and the faults, warnings and proposals found on the way."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace
from dataclasses import field as data_field
from datetime import date
from typing import Generic, TypeVar

from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Action, Decision, History, ProgressEntry, Reported, Role, Source
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.register import Register, Task
from yuechi_report.domain.unit import Units
from yuechi_report.errors import Fault
from yuechi_report.intake.check.fields import FieldProblem, to_date, to_prose, to_task_number, to_text
from yuechi_report.intake.door.workbook import SheetData, SheetRow, Value
from yuechi_report.page.labels import from_label, words_of

T = TypeVar("T")
R = TypeVar("R", ProgressEntry, Decision)
W = TypeVar("W", Role, Reported, Action)


@dataclass(frozen=True, slots=True)
class Context:
    """What rows are checked against, and which receipt they came in.

    `history` is what was recorded before, where it is at hand: it decides who leads after 承接 or 调整,
    and what warnings compare with. It never decides whether a good row enters, nor does `days_block_review`.
    `was_taken` says that the book has the rows already: rules made since ask nothing back.
    """

    register: Register
    units: Units
    nature: str
    quarter: Quarter
    source: Source
    history: History = data_field(default_factory=History)
    days_block_review: int = StatusPolicy().days_block_review
    was_taken: bool = False


@dataclass(frozen=True, slots=True)
class Checked(Generic[R]):
    """Rows that passed, and what is wrong with the others.

    `faults` keep a row out; with `warnings` the row is taken; `proposals` are for the office, which
    alone decides (nothing of them is printed before). `untouched` are tasks whose row was left as sent.
    """

    records: tuple[R, ...]
    faults: tuple[Fault, ...]
    faulty_rows: int
    faulty_tasks: tuple[int, ...] = ()
    warnings: tuple[Fault, ...] = ()
    proposals: tuple[Fault, ...] = ()
    untouched: tuple[int, ...] = ()


class RowReader:
    """Reads the cells of one row and gathers what is found."""

    def __init__(self, sheet: SheetData, row: SheetRow) -> None:
        self.sheet = sheet
        self.row = row
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.proposals: list[Fault] = []

    def fault(self, key: str, problem: str, remedy: str) -> None:
        """The row does not enter."""
        self.faults.append(Fault(self.sheet.place(self.row.number, key), problem, remedy))

    def warn(self, key: str, problem: str, remedy: str) -> None:
        """The row enters; the unit gets a word of warning."""
        self.warnings.append(Fault(self.sheet.place(self.row.number, key), problem, remedy))

    def propose(self, key: str, problem: str, remedy: str) -> None:
        """The row enters; the office may decide."""
        self.proposals.append(Fault(self.sheet.place(self.row.number, key), problem, remedy))

    def read(self, key: str, convert: Callable[[Value], T], default: T) -> T:
        """The cell converted; a doubt becomes a fault of the cell."""
        try:
            return convert(self.row.cells.get(key))
        except FieldProblem as error:
            self.fault(key, error.problem, error.remedy)
            return default

    def text(self, key: str) -> str:
        """A name, number or word, without blanks around it."""
        return self.read(key, to_text, "")

    def prose(self, key: str) -> str:
        """A text as the unit wrote it."""
        return self.read(key, to_prose, "")

    def date(self, key: str) -> date | None:
        """A day, or None where the cell is empty."""
        return self.read(key, to_date, None)

    def word(self, key: str, kind: type[W]) -> W | None:
        """One of the words of a kind."""
        text = self.text(key)
        try:
            return from_label(kind, text)
        except KeyError:
            shown = f"“{text}”不在可选范围内" if text else "没有填写"
            self.fault(key, shown, f"请从以下各项中选填：{'、'.join(words_of(kind))}")
            return None

    @property
    def task_number(self) -> int:
        """The row's task number, 0 where it cannot be read."""
        try:
            return to_task_number(self.row.cells.get("task_no"))
        except FieldProblem:
            return 0

    def task(self, register: Register) -> Task | None:
        """The row's task, or None with a fault."""
        number = self.read("task_no", to_task_number, 0)
        if self.faults:
            return None
        try:
            return register.task(number)
        except KeyError:
            self.fault("task_no", f"清单中没有第{number}项任务", "请核对任务序号")
            return None

    def at(self, source: Source) -> Source:
        """The source with this row's number."""
        return replace(source, row=self.row.number)


def known_units(units: Units, name: str) -> str:
    """The remedy for an unknown unit: names that look alike, else all that have a form."""
    names = [known for unit in units if unit.has_form for known in (unit.name, *unit.short_names)]
    alike = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    if alike:
        official = dict.fromkeys(units.named(known).name for known in alike)
        return f"是否应为“{'”或“'.join(official)}”？请填写规范名称"
    return f"请填写规范名称：{'、'.join(unit.name for unit in units if unit.has_form)}"
