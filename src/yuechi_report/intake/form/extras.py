"""What a form carries beside labels and rows."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A coloured cell with a note, for the returned copy; `severe` where the row was not taken."""

    note: str
    severe: bool = True


@dataclass(frozen=True, slots=True)
class Extras:
    """`asked`: for each row the keys it asks for, where not all (the others are grey and locked).

    `marks` by zero-based (row, column) of the sheet. `tasks` and `units` feed the office's drop-downs;
    a task is its number, title, lead, deadline and standing. `blank_rows` follow the given rows.
    `notes` go to a sheet of their own, 退回说明.
    """

    notice: str = ""
    asked: tuple[frozenset[str], ...] = ()
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    tasks: tuple[tuple[str, str, str, str, str], ...] = ()
    units: tuple[str, ...] = ()
    blank_rows: int = 0
    notes: tuple[str, ...] = ()
