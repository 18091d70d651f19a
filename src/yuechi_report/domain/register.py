"""The register: a notice's tasks in order, with categories, units and what the notice claims."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.deadline import Deadline, DueBy


@dataclass(frozen=True, slots=True)
class Notice:
    """The issued document: identity, issuer, day of issue and the hash of its bytes."""

    id: str
    title: str
    short_title: str
    issuer: str
    issued_on: date
    sha256: str
    source: str


@dataclass(frozen=True, slots=True)
class Task:
    """One key task (重点任务). Units are official names in the notice's order; text is kept as written.

    `number` is the running number in the register, `printed_number` the one in the notice, `key` the one that
    names the task (the printed number where it is unique, else 2_3 or 4a). `list` is the title of a later list of
    the notice, `leader` the person in charge, `goal` the goal's own cell. `source_lines` are 1-based, inclusive.
    `claims`, `upper_level` and `targets` are suggestions of rules that a person confirms.
    `filled_by` is the unit that fills in for leads without a form, `nobody_fills` says that there is none;
    both follow from the unit register.
    """

    number: int
    category_number: int
    category: str
    title: str
    text: str
    deadline_raw: str
    deadline: Deadline
    lead_units: tuple[str, ...]
    cooperating_units: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    upper_level: str = ""
    targets: tuple[str, ...] = ()
    source_lines: tuple[int, int] = (0, 0)
    flags: tuple[str, ...] = ()
    key: str = ""
    list: str = ""
    printed_number: str = ""
    leader: str = ""
    goal: str = ""
    filled_by: str = ""
    nobody_fills: bool = False

    def __post_init__(self) -> None:
        """Without a key of its own a task is named by its number, as in registers made before keys."""
        if not self.key:
            object.__setattr__(self, "key", str(self.number))

    @property
    def due(self) -> date | None:
        """The fixed due date of the notice, or None for every other kind of deadline."""
        return self.deadline.due if isinstance(self.deadline, DueBy) else None

    @property
    def filling_unit(self) -> str:
        """The first lead unit, which fills in the form, or who does so for it (domain.md §3.1)."""
        return self.filled_by or self.lead_units[0]

    @property
    def units(self) -> tuple[str, ...]:
        """All units of the task: leads first, then cooperating ones, then who fills in for the leads."""
        named = self.lead_units + self.cooperating_units
        return (*named, self.filled_by) if self.filled_by and self.filled_by not in named else named


@dataclass(frozen=True, slots=True)
class Register:
    """All tasks of one notice in the notice's order."""

    notice: Notice
    tasks: tuple[Task, ...]

    def __iter__(self) -> Iterator[Task]:
        return iter(self.tasks)

    def __len__(self) -> int:
        return len(self.tasks)

    def task(self, number: int) -> Task:
        """The task of that number; KeyError when the register has none."""
        for task in self.tasks:
            if task.number == number:
                return task
        raise KeyError(number)

    @property
    def unit_names(self) -> tuple[str, ...]:
        """Every unit named, once, in the order of first appearance."""
        return tuple(dict.fromkeys(name for task in self.tasks for name in task.units))
