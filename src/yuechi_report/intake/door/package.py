"""The inside of an .xlsx before its values are read: sizes, macros, formulas, errors, merged cells.

calamine shows a formula without a stored result and an error value as an empty cell, and a single
cell far out makes it ask for more memory than there is; so the XML is looked through before
(no entities, no external documents). Formulas are never evaluated.
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.intake.door.kind import BYTES_MOST
from yuechi_report.intake.door.number_format import tells
from yuechi_report.intake.door.parts import MACRO, WorkbookParts, local, odd, parts_of, read_part
from yuechi_report.intake.door.sheet_xml import ExpatError, XmlCell, address, position, read_cells
from yuechi_report.page.alike import folded

FORMULA = ("单元格里是公式", "请把公式改为数值或文字后再报送")
WRONG_VALUE = ("单元格里是错误值（如#N/A、#REF!）", "请清除后改填数值或文字")
_SHOWN = 20
_FORMS = {
    "决定": ("这是办公室的决定登记表，不是填报表", "请加--office登记；单位误用此表的，请改用下发的填报表"),
    "填报": ("这是单位的填报表，不是决定登记表", "请去掉--office登记"),
}
"""What it is where the sheet asked for is missing and this one is there."""
_OTHERS = {
    "xl/workbook.bin": ("内容是二进制的.xlsb文件，只是改了扩展名", "请另存为.xlsx工作簿后再报送"),
    "word/document.xml": ("内容是Word文档，只是改了扩展名", "请报送填好的.xlsx原表"),
    "content.xml": ("内容是.ods文件，只是改了扩展名", "请用LibreOffice打开，另存为.xlsx后再报送"),
}


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How much one file may hold. Rows and columns say how far out content may be, not how much is read."""

    bytes_file: int = BYTES_MOST
    members: int = 500
    bytes_unpacked: int = 64 * 1024 * 1024
    cells: int = 200_000
    last_row: int = 5_000
    last_column: int = 256
    data_rows: int = 2_000
    bytes_memory: int = 1024 * 1024 * 1024
    seconds_cpu: int = 20
    seconds_wall: int = 60


LIMITS = FileLimits()


@dataclass(frozen=True, slots=True)
class Structure:
    """What the values alone do not show of one sheet; cells as zero-based (row, column), hidden rows as numbered.

    `sheet` is its name as written, `formats` the codes of formats that may show more than the number, `faults`
    what must not stand in its cells or in those of another sheet.
    """

    merged: tuple[tuple[int, int, int, int], ...] = ()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    filled: Set[tuple[int, int]] = frozenset()
    hidden_rows: tuple[int, ...] = ()
    sheet: str = ""
    is_hidden: bool = False
    faults: tuple[Fault, ...] = ()


def look_through(path: Path, name: str, sheet: str, limits: FileLimits = LIMITS) -> Structure:
    """The structure of one sheet; InputRefused where the file cannot be opened, or not within the limits."""
    with opened(path, name) as package:
        _check_sizes(package, name, limits)
        _check_contents(set(package.namelist()), name)
        parts = parts_of(package, name)
        found = next((written for written in parts.sheets if folded(written).strip() == sheet), None)
        if found is None:
            _refuse_other_form(parts.sheets.keys(), name)
            raise InputRefused.at(Place(name), f"没有名为“{sheet}”的工作表", "请使用下发的表格，不要改工作表名")
        return _Scan(package, name, limits).all_sheets(parts, found)


def is_small(path: Path, name: str, sheet: str, limits: FileLimits = LIMITS) -> bool:
    """Whether a package has that sheet and nothing on it lies far out; any other fault of the file is passed over."""
    try:
        with opened(path, name) as package:
            _check_sizes(package, name, limits)
            parts = parts_of(package, name)
            only = WorkbookParts({sheet: parts.sheets[sheet]}) if sheet in parts.sheets else None
            return only is not None and not _Scan(package, name, limits).all_sheets(only, sheet).faults
    except InputRefused:
        return False


@contextmanager
def opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The package, and every way in which reading it fails as InputRefused."""
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except zipfile.BadZipFile as error:
        raise InputRefused.at(
            Place(name), "文件不完整，可能传送时中断", "请重新传送；仍不行的，用表格软件打开后另存为.xlsx"
        ) from error
    except DefusedXmlException as error:
        raise InputRefused.at(Place(name), "文件内含有不允许的XML实体", "请用表格软件打开后另存为.xlsx") from error
    except (
        zlib.error,
        ParseError,
        ExpatError,
        ValueError,
        KeyError,
        RuntimeError,
        OSError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise InputRefused.at(
            Place(name), "文件已损坏，或并不是.xlsx表格", "请用表格软件打开确认后另存为.xlsx再报送"
        ) from error


def _refuse_other_form(sheets: Set[str], name: str) -> None:
    for sheet, (problem, remedy) in _FORMS.items():
        if sheet in sheets:
            raise InputRefused.at(Place(name), problem, remedy)


def _check_sizes(package: zipfile.ZipFile, name: str, limits: FileLimits) -> None:
    infos = package.infolist()
    if len(infos) > limits.members or sum(info.file_size for info in infos) > limits.bytes_unpacked:
        raise InputRefused.at(Place(name), "文件展开后过大", "请删除多余的工作表、图片和格式后重新保存")
    if any(info.flag_bits & 1 for info in infos):
        raise InputRefused.at(Place(name), "文件设了打开密码", "请取消密码后重新保存再报送")


def _check_contents(names: set[str], name: str) -> None:
    if any(member.lower().endswith("vbaproject.bin") for member in names):
        raise InputRefused.at(Place(name), *MACRO)
    for member, (problem, remedy) in _OTHERS.items():
        if member in names:
            raise InputRefused.at(Place(name), problem, remedy)


def _telling_styles(package: zipfile.ZipFile, member: str, name: str) -> dict[str, str]:
    """Style number → code of its number format, where that may show more than the number."""
    if not member:
        return {}
    codes = {"9": "0%", "10": "0.00%"}
    styles: list[str] = []
    for element in fromstring(read_part(package, member, name)):
        if local(element.tag) == "numFmts":
            codes |= {code.get("numFmtId", ""): code.get("formatCode", "") for code in element}
        elif local(element.tag) == "cellXfs":
            styles = [style.get("numFmtId", "") for style in element]
    return {str(index): codes[number] for index, number in enumerate(styles) if tells(codes.get(number, ""))}


class _Scan:
    """Reads the sheets' XML in one pass and gathers what must not be there."""

    def __init__(self, package: zipfile.ZipFile, name: str, limits: FileLimits) -> None:
        self.package = package
        self.name = name
        self.limits = limits
        self.faults: list[Fault] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.styles: Mapping[str, str] = {}
        self.formats: dict[tuple[int, int], str] = {}
        self.filled: set[tuple[int, int]] = set()
        self.hidden_rows: dict[int, None] = {}
        self.cells = 0

    def all_sheets(self, parts: WorkbookParts, wanted: str) -> Structure:
        self.styles = _telling_styles(self.package, parts.styles, self.name)
        for sheet, part in parts.sheets.items():
            with self.package.open(part.member) as stream:
                read_cells(stream, partial(self._cell, sheet, sheet == wanted), partial(self._merge, sheet == wanted))
        return Structure(
            tuple(self.merged),
            self.formats,
            self.filled,
            tuple(self.hidden_rows),
            wanted,
            parts.sheets[wanted].is_hidden,
            tuple(self.faults[:_SHOWN]),
        )

    def _cell(self, sheet: str, of_form: bool, cell: XmlCell) -> None:
        if not cell.holds & {"v", "is", "f"}:
            return
        row, column = cell.row, cell.column
        self._check_extent(row, column, sheet)
        if of_form:
            if (row, column) in self.filled:  # spreadsheets refuse it, and readers take one or the other
                raise odd(self.name)
            self.filled.add((row, column))
            if cell.hidden:
                self.hidden_rows[row + 1] = None
        if "f" in cell.holds:
            self._fault(row, column, sheet, FORMULA)
        elif of_form and cell.type == "e":
            self._fault(row, column, sheet, WRONG_VALUE)
        elif of_form and cell.type == "n" and cell.style in self.styles:
            self.formats[row, column] = self.styles[cell.style]

    def _merge(self, of_form: bool, reference: str) -> None:
        if of_form:
            self._note_merge(reference)

    def _check_extent(self, row: int, column: int, sheet: str) -> None:
        self.cells += 1
        if row >= self.limits.last_row or column >= self.limits.last_column:
            raise InputRefused.at(
                Place(self.name, sheet, address(row, column)),
                f"内容超出表格范围（第{self.limits.last_row}行、第{self.limits.last_column}列以内）",
                "请删除多余的行列后重新保存",
            )
        if self.cells > self.limits.cells:
            raise InputRefused.at(
                Place(self.name, sheet), f"单元格超过{self.limits.cells}个", "请删除多余的工作表和行列后重新保存"
            )

    def _note_merge(self, reference: str) -> None:
        if len(self.merged) >= self.limits.last_row:
            raise odd(self.name)
        first, _, last = reference.partition(":")
        top, left = position(first)
        bottom, right = position(last or first)
        self.merged.append((top, left, bottom, right))

    def _fault(self, row: int, column: int, sheet: str, words: tuple[str, str]) -> None:
        self.faults.append(Fault(Place(self.name, sheet, address(row, column)), *words))
