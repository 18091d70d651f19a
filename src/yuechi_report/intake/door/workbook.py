"""One sheet of a workbook: how it is described (SheetSpec), and what a received file has on it (SheetData)."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.intake.door.grid import FormRefused, RawSheet, Value, read_grid, receive_grid, values_alone
from yuechi_report.intake.door.kind import FileKind
from yuechi_report.intake.door.package import LIMITS, FileLimits
from yuechi_report.intake.door.sheet_xml import address
from yuechi_report.page.alike import folded

__all__ = [
    "FormRefused",
    "SheetData",
    "SheetRow",
    "SheetSpec",
    "Value",
    "address",
    "read_kept",
    "read_sheet",
    "receive_sheet",
    "unit_told",
]

_ROWS_ABOVE = 20
"""How far down the header row is looked for."""


class CellKind(StrEnum):
    """How a cell is written and read."""

    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"
    AMOUNT = "amount"  # a percentage or a measured value


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its field, printed title, kind, width in characters, allowed words, and what to fill in.

    `since` is the template version that brought it; forms that went out before do not have it.
    """

    key: str
    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 12
    words: tuple[str, ...] = ()
    prefilled: bool = False
    guide: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet: its name, the labels above the header (value in the next cell) and its columns.

    `given` are the labels that are filled in by the sender of the form and locked.
    """

    name: str
    title: str
    labels: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    given: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """The header row."""
        return tuple(column.title for column in self.columns)

    def of_version(self, version: str) -> "SheetSpec":
        """The sheet as a form of that template version has it; as it is now where the form does not say."""
        if not version.isdecimal() or all(column.since <= int(version[:6]) for column in self.columns):
            return self
        return replace(self, columns=tuple(column for column in self.columns if column.since <= int(version[:6])))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One data row: its 1-based number in the sheet and its cells by column key."""

    number: int
    cells: dict[str, Value]


@dataclass(frozen=True, slots=True)
class SheetData:
    """A sheet as read: labels with values, and the rows under the header that hold anything.

    `sheet` is the name places are given with; a CSV file has none. `stamp` says which form it was. `hidden_rows`,
    `is_hidden` and `copies` are what a person should know of the sheet (see RawSheet).
    """

    file: str
    spec: SheetSpec
    labels: dict[str, Value]
    label_cells: dict[str, str]
    rows: tuple[SheetRow, ...]
    kind: FileKind = FileKind.XLSX
    stamp: dict[str, str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    is_hidden: bool = False
    copies: tuple[str, ...] = ()

    @property
    def sheet(self) -> str:
        """The sheet's name as places show it."""
        return "" if self.kind is FileKind.CSV else self.spec.name

    def place(self, row: int, key: str) -> Place:
        """The place of one data cell."""
        index = next((n for n, column in enumerate(self.spec.columns) if column.key == key), 0)
        return Place(self.file, self.sheet, address(row - 1, index))

    def label_place(self, label: str) -> Place:
        """The place of a label's value."""
        return Place(self.file, self.sheet, self.label_cells.get(label, ""))


def read_sheet(path: Path, spec: SheetSpec, *, shown_as: str = "", limits: FileLimits = LIMITS) -> SheetData:
    """The sheet of a file that was taken in before; InputRefused with the place when it cannot be read."""
    name = shown_as or path.name
    return _sheet_data(read_grid(path, name, spec.name, limits), spec, name, limits)


def read_kept(path: Path, spec: SheetSpec, *, shown_as: str) -> SheetData:
    """The same by the rules of its time: what only today's door refuses loses no row that the book has."""
    try:
        return read_sheet(path, spec, shown_as=shown_as)
    except InputRefused:
        raw = values_alone(path, spec.name)
        if raw is None:
            raise
        return _sheet_data(raw, spec, shown_as, LIMITS)


def receive_sheet(path: Path, spec: SheetSpec, *, limits: FileLimits = LIMITS) -> SheetData:
    """The sheet of a file from outside: read by a bounded child, stopped where it holds what must not be kept."""
    raw = receive_grid(path, path.name, spec.name, limits)
    try:
        return _sheet_data(raw, spec, path.name, limits)
    except InputRefused as error:
        raise FormRefused(error.faults, raw) from error


def unit_told(raw: RawSheet, spec: SheetSpec) -> str:
    """The unit that a file names above its header; empty where it names none."""
    value = _labels(raw.grid[:_ROWS_ABOVE], spec)[0].get(spec.labels[0])
    return folded(str(value or "")).strip()


def _sheet_data(raw: RawSheet, spec: SheetSpec, name: str, limits: FileLimits) -> SheetData:
    place = Place(name, "" if raw.kind is FileKind.CSV else spec.name)
    spec = spec.of_version(raw.stamp.get("表样版本", ""))
    header = _header_row(raw.grid, spec, place)
    _refuse_merged(raw, header, spec, place)
    labels, cells = _labels(raw.grid[:header], spec)
    rows = tuple(
        SheetRow(number + 1, {column.key: _value(row, index) for index, column in enumerate(spec.columns)})
        for number, row in enumerate(raw.grid[header + 1 :], start=header + 1)
        if any(cell not in ("", None) for cell in row[: len(spec.columns)])
    )
    if len(rows) > limits.data_rows:
        raise InputRefused.at(place, f"数据行超过{limits.data_rows}行", "请只保留本单位的任务行")
    seen = (raw.kind, raw.stamp, raw.hidden_rows, raw.is_hidden, raw.copies)
    return SheetData(name, spec, labels, cells, rows, *seen)


def _refuse_merged(raw: RawSheet, header: int, spec: SheetSpec, place: Place) -> None:
    faults = [
        Fault(
            Place(place.file, place.sheet, f"{address(top, left)}:{address(bottom, right)}"),
            "数据区有合并单元格",
            "请取消合并，每项任务各占一行、各格分别填写",
        )
        for top, left, bottom, right in raw.merged
        if bottom >= header and left < len(spec.columns)
    ]
    if faults:
        raise InputRefused(faults)


def _header_row(grid: list[list[Value]], spec: SheetSpec, place: Place) -> int:
    wanted = list(spec.titles)
    for number, row in enumerate(grid[:_ROWS_ABOVE]):
        titles = [_title(cell) for cell in (row + [""] * len(wanted))[: len(wanted)]]
        if titles == wanted:
            return number
        if len(set(titles) & set(wanted)) >= len(wanted) // 2 or (titles and titles[0] == wanted[0]):
            raise _moved(titles, wanted, Place(place.file, place.sheet), number)
    raise InputRefused.at(place, "找不到表头行", f"请使用下发的表格，表头第一列应为“{wanted[0]}”")


def _title(cell: Value) -> str:
    return "" if cell is None else folded(str(cell)).strip()


def _moved(titles: list[str], wanted: list[str], place: Place, row: int) -> InputRefused:
    column = next(n for n, (have, want) in enumerate(zip(titles, wanted, strict=True)) if have != want)
    have, want = titles[column], wanted[column]
    problem = f"表头应为“{want}”，现为“{have}”"
    if want in titles:
        problem += f"（“{want}”被移到了{address(row, titles.index(want))}）"
    at = Place(place.file, place.sheet, address(row, column))
    return InputRefused([Fault(at, problem, "请使用下发的表格，不要增删、移动或改名列")])


def _labels(above: list[list[Value]], spec: SheetSpec) -> tuple[dict[str, Value], dict[str, str]]:
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    for number, row in enumerate(above):
        for index, cell in enumerate(row):
            text = _title(cell).rstrip("：:") if isinstance(cell, str) else ""
            if text in spec.labels and text not in values:
                values[text] = _value(row, index + 1)
                cells[text] = address(number, index + 1)
    return values, cells


def _value(row: list[Value], index: int) -> Value:
    return row[index] if index < len(row) else None
