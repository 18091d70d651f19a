"""Opens an untrusted workbook: size and structure first, then values; formulas are refused, never run.

Values are read by calamine. calamine shows a formula without a stored result as an empty cell, so
the sheet's XML is scanned for formulas before (defusedxml).
"""

import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from defusedxml.ElementTree import ParseError, iterparse
from python_calamine import CalamineError, CalamineWorkbook

from yuechi_report.errors import InputRefused, Place
from yuechi_report.intake.columns import SheetSpec

Value = str | int | float | bool | date | datetime | None

BYTES_UNPACKED = 64 * 1024 * 1024
MEMBERS = 500
ROWS = 2_000
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One data row: its 1-based number in the sheet and its cells by column key."""

    number: int
    cells: dict[str, Value]


@dataclass(frozen=True, slots=True)
class SheetData:
    """A sheet as read: labels with values, and the rows under the header that hold anything."""

    file: str
    spec: SheetSpec
    labels: dict[str, Value]
    label_cells: dict[str, str]
    rows: tuple[SheetRow, ...]

    def place(self, row: int, key: str) -> Place:
        """The place of one data cell."""
        index = next(n for n, column in enumerate(self.spec.columns) if column.key == key)
        return Place(self.file, self.spec.name, address(row - 1, index))

    def label_place(self, label: str) -> Place:
        """The place of a label's value."""
        return Place(self.file, self.spec.name, self.label_cells.get(label, ""))


def address(row: int, column: int) -> str:
    """Zero-based row and column → A1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def read_sheet(path: Path, spec: SheetSpec, *, shown_as: str = "") -> SheetData:
    """The sheet of an .xlsx file; InputRefused with the place when it cannot be taken as it is."""
    name = shown_as or path.name
    _refuse_by_name(path, name)
    _check_package(path, name)
    grid = _grid(path, spec, name)
    header = _header_row(grid, spec, name)
    labels, cells = _labels(grid[:header], spec)
    rows = tuple(
        SheetRow(number + 1, {column.key: _value(row, index) for index, column in enumerate(spec.columns)})
        for number, row in enumerate(grid[header + 1 :], start=header + 1)
        if any(cell not in ("", None) for cell in row[: len(spec.columns)])
    )
    if len(rows) > ROWS:
        raise InputRefused.at(Place(name, spec.name), f"数据行超过{ROWS}行", "请只保留本单位的任务行")
    return SheetData(name, spec, labels, cells, rows)


def _refuse_by_name(path: Path, name: str) -> None:
    if path.name.startswith("~$"):
        raise InputRefused.at(Place(name), "这是表格软件打开文件时生成的临时文件", "请关闭表格后报送原文件")
    if path.suffix.lower() != ".xlsx":
        raise InputRefused.at(
            Place(name), f"不接受{path.suffix or '没有扩展名的'}文件", "请用表格软件另存为.xlsx后再报送"
        )


def _check_package(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            if len(infos) > MEMBERS or sum(info.file_size for info in infos) > BYTES_UNPACKED:
                raise InputRefused.at(Place(name), "文件展开后过大", "请删除多余的工作表、图片和格式后重新保存")
            for info in infos:
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                    _refuse_formula(package, info, name)
    except (zipfile.BadZipFile, zlib.error, ParseError, ValueError, RuntimeError, OSError, EOFError) as error:
        raise InputRefused.at(
            Place(name), "文件已损坏、被加密，或并不是.xlsx表格", "请用表格软件打开后另存为.xlsx（不设密码）"
        ) from error


def _refuse_formula(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> None:
    cell = ""
    with package.open(info) as stream:
        for event, element in iterparse(stream, events=("start", "end")):
            if event == "start" and element.tag == f"{_NAMESPACE}c":
                cell = element.get("r", "")
            elif event == "end" and element.tag == f"{_NAMESPACE}f":
                raise InputRefused.at(Place(name, cell=cell), "单元格里是公式", "请把公式改为数值或文字后再报送")
            elif event == "end" and element.tag == f"{_NAMESPACE}row":
                element.clear()


def _grid(path: Path, spec: SheetSpec, name: str) -> list[list[Value]]:
    try:
        book = CalamineWorkbook.from_path(path)
        if spec.name not in book.sheet_names:
            raise InputRefused.at(Place(name), f"没有名为“{spec.name}”的工作表", "请使用下发的表格，不要改工作表名")
        rows = book.get_sheet_by_name(spec.name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise InputRefused.at(Place(name), "表格内容无法读取", "请用表格软件打开后另存为.xlsx") from error
    return [list(row) for row in rows]  # type: ignore[arg-type]


def _header_row(grid: list[list[Value]], spec: SheetSpec, name: str) -> int:
    wanted = list(spec.titles)
    for number, row in enumerate(grid[:20]):
        titles = [str(cell).strip() for cell in (row + [""] * len(wanted))[: len(wanted)]]
        if titles == wanted:
            return number
        if titles and titles[0] == wanted[0]:
            column = next(n for n, (have, want) in enumerate(zip(titles, wanted, strict=False)) if have != want)
            raise InputRefused.at(
                Place(name, spec.name, address(number, column)),
                f"表头应为“{wanted[column]}”，现为“{titles[column]}”",
                "请使用下发的表格，不要增删、移动或改名列",
            )
    raise InputRefused.at(Place(name, spec.name), "找不到表头行", "请使用下发的表格，表头第一列应为“任务序号”")


def _labels(above: list[list[Value]], spec: SheetSpec) -> tuple[dict[str, Value], dict[str, str]]:
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    for number, row in enumerate(above):
        for index, cell in enumerate(row):
            text = str(cell).strip().rstrip("：:") if isinstance(cell, str) else ""
            if text in spec.labels and text not in values:
                values[text] = _value(row, index + 1)
                cells[text] = address(number, index + 1)
    return values, cells


def _value(row: list[Value], index: int) -> Value:
    return row[index] if index < len(row) else None
