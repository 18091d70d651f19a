"""How a form looks: cell formats, row heights, and what else a form may carry (marks, lists, notes)."""

import unicodedata
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from yuechi_report.intake.door.workbook import CellKind, ColumnSpec

HEADER_ROW = 4

_POINTS_LINE = 13.5

_POINTS_MOST = 400.0

_SEVERE, _MILD = "#FFC7CE", "#FFEB9C"

_BASE: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1, "text_wrap": True}

_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 14, "bold": True},
    "label": {"font_name": "黑体", "font_size": 10, "align": "right"},
    "given": {"font_name": "宋体", "font_size": 10, "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "value": {"font_name": "宋体", "font_size": 10, "bottom": 1, "locked": False, "num_format": "@"},
    "value_date": {
        "font_name": "宋体",
        "font_size": 10,
        "bottom": 1,
        "locked": False,
        "num_format": "yyyy-mm-dd",
        "align": "left",
    },
    "header": {**_BASE, "bold": True, "align": "center", "bg_color": "#E7EBF0"},
    "fixed": {**_BASE, "bg_color": "#F4F4F4"},
    "fixed_number": {**_BASE, "bg_color": "#F4F4F4", "align": "center"},
    "unasked": {**_BASE, "bg_color": "#BFBFBF"},
    "text": {**_BASE, "locked": False, "num_format": "@"},
    "date": {**_BASE, "align": "center", "locked": False, "num_format": "yyyy-mm-dd"},
    "integer": {**_BASE, "align": "center", "locked": False},
    "amount": {**_BASE, "align": "center", "locked": False, "num_format": "@"},
    "number": {**_BASE, "align": "center", "locked": False, "num_format": "General"},
    "help": {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"},
    "help_cell": {**_BASE, "font_size": 10.5, "valign": "top"},
    "help_head": {"font_name": "黑体", "font_size": 11, "text_wrap": True, "border": 1, "bg_color": "#E7EBF0"},
}


class Formats:
    """The formats of one workbook, made when first asked for, so that equal forms have equal bytes."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}

    def get(self, look: str, colour: str = "") -> Format:
        """A look, with a background colour of its own where one is given."""
        key = (look, colour)
        if key not in self._made:
            self._made[key] = self._book.add_format(_LOOKS[look] | ({"bg_color": colour} if colour else {}))
        return self._made[key]


def colour_of(*, severe: bool) -> str:
    """The returned copy's colours: red for a row not taken, yellow for a word of warning."""
    return _SEVERE if severe else _MILD


def look_of(column: ColumnSpec, text: str, *, asked: bool) -> str:
    """Which look a data cell has: what is known already is locked, what is not asked for is grey."""
    known = column.prefilled or (column.key == "criterion" and bool(text))
    if known:
        return "fixed_number" if column.kind is CellKind.INTEGER else "fixed"
    if not asked and not text:
        return "unasked"
    if column.kind is CellKind.AMOUNT and is_number(text):
        return "number"
    return column.kind.value


def is_number(text: str) -> bool:
    """Plain digits with at most one point: written as a number."""
    return text.isascii() and text.replace(".", "", 1).isdigit()


def lines_of(text: str, width: int) -> int:
    """Lines the text takes in a column of that many characters; a Chinese character takes two."""
    room = max(width - 1, 2)
    return sum(max(1, ceil(_columns(part) / room)) for part in text.split("\n"))


def height_of(cells: list[tuple[str, int]], least: float = 30.0) -> float:
    """The row's height in points for its texts and their columns' widths."""
    most = max((lines_of(text, width) for text, width in cells), default=1)
    return min(max(least, most * _POINTS_LINE + 4), _POINTS_MOST)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text[:2000])


@dataclass(frozen=True, slots=True)
class CellMark:
    """A coloured cell with a note, for the returned copy; `severe` where the row was not taken."""

    note: str
    severe: bool = True


@dataclass(frozen=True, slots=True)
class Extras:
    """`asked`: for each row the keys it asks for, where not all (the others are grey and locked).

    `marks` by zero-based (row, column) of the sheet. `tasks` and `units` feed the office's drop-downs;
    a task is its number, title, lead, deadline and present state. `blank_rows` follow the given rows.
    `notes` go to a sheet of their own, 退回说明. `version` is that of the columns, where it is not the present one.
    """

    notice: str = ""
    asked: tuple[frozenset[str], ...] = ()
    marks: dict[tuple[int, int], CellMark] = field(default_factory=dict)
    tasks: tuple[tuple[str, str, str, str, str], ...] = ()
    units: tuple[str, ...] = ()
    blank_rows: int = 0
    notes: tuple[str, ...] = ()
    version: str = ""
