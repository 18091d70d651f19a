"""A received file → one sheet's cells, whatever it came as; bounded in time and memory at the door.

At the door the file is opened by a child process with limits on memory and processor time (where the
system has them: not on Windows, where only the waiting time is limited). Archived files were looked
at then, and are read in this process.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.intake.door.csv_grid import read_csv, refuse_formulas
from yuechi_report.intake.door.inside import stop_whatever_it_is
from yuechi_report.intake.door.kind import FileKind, kind_of, read_received
from yuechi_report.intake.door.number_format import shown_as
from yuechi_report.intake.door.package import LIMITS, FileLimits, Structure, is_small, look_through
from yuechi_report.intake.door.parts import odd
from yuechi_report.intake.door.sensitive import ContentStopped, stop_if_found
from yuechi_report.intake.door.sheet_xml import address
from yuechi_report.page.alike import folded

Value = str | int | float | bool | date | datetime | None
STAMP_SHEET = "版本信息"
_ROWS_ABOVE = 20
_CELLS_OF_A_HEADER = 8
_COPY = re.compile(r"填报\s*(?:[（(]?\d+[）)]?|[-_ ]?副本.*|[-_ ]?备份.*|.*的副本)")
_PROGRAM = "from yuechi_report.intake.door.grid import child; child()"


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as found; `stamp` is what the hidden sheet says of the form, empty where there is none.

    `hidden_rows` are the numbers of hidden rows that hold anything; `copies`, looked for at the door alone, the
    names of other sheets that are copies of the form and say something else.
    """

    kind: FileKind
    grid: list[list[Value]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    stamp: dict[str, str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    is_hidden: bool = False
    copies: tuple[str, ...] = ()


class FormRefused(InputRefused):
    """A file that cannot be taken as it is, with what of it could be read: it may still say whose it is."""

    def __init__(self, faults: Sequence[Fault], raw: RawSheet) -> None:
        self.raw = raw
        super().__init__(faults)


class FormStopped(FormRefused, ContentStopped):
    """The same of a file that is not kept: its content stays with this process, whose it is goes into the book."""


def read_grid(path: Path, name: str, sheet: str, limits: FileLimits = LIMITS) -> RawSheet:
    """Read in this process."""
    data = read_received(path, name, limits.bytes_file)
    if kind_of(path, name, data) is FileKind.CSV:
        return RawSheet(FileKind.CSV, [list(row) for row in read_csv(data, name, limits)])
    structure = look_through(path, name, sheet, limits)
    try:
        book = CalamineWorkbook.from_path(path)
        grid = _cells(book, structure.sheet)
        stamp = _stamp(book)
    except CalamineError as error:
        raise InputRefused.at(Place(name), "表格内容无法读取", "请用表格软件打开后另存为.xlsx") from error
    if structure.faults:
        raise FormRefused(structure.faults, RawSheet(FileKind.XLSX, grid[:_ROWS_ABOVE], stamp=stamp))
    _check_agreement(grid, structure, name)
    shown = _as_shown(grid, structure)
    return RawSheet(FileKind.XLSX, shown, structure.merged, stamp, structure.hidden_rows, structure.is_hidden)


def values_alone(path: Path, sheet: str) -> RawSheet | None:
    """The values of a workbook that was taken in before, whatever its structure; None where it cannot be read."""
    try:
        book = CalamineWorkbook.from_path(path)
        return RawSheet(FileKind.XLSX, _cells(book, sheet), stamp=_stamp(book))
    except CalamineError:
        return None


def receive_grid(path: Path, name: str, sheet: str, limits: FileLimits = LIMITS) -> RawSheet:
    """Read a file from outside in a bounded child, after looking for what must not be kept."""
    return _from_answer(_ask_child(path, name, sheet, limits))


def _ask_child(path: Path, name: str, sheet: str, limits: FileLimits) -> Any:
    import subprocess  # noqa: PLC0415 - the child, which is this program itself, has no use for it

    words = [sys.executable, "-c", _PROGRAM, os.fspath(path), name, sheet, json.dumps(_limit_values(limits))]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(folder for folder in sys.path if folder),
        "PYTHONUTF8": "1",
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program; the file's name is an argument
            words, env=environment, capture_output=True, check=True, timeout=limits.seconds_wall
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise ContentStopped.at(
            Place(name),
            "读取时超出内存或时间限额",
            "请核对文件来源；用表格软件打开，只留填报表后另存为.xlsx；没有看完的文件不存档，只登记收到时间和校验值",
        ) from error


def child() -> None:
    """The child process: read one file within limits and print it as JSON."""
    path, name, sheet, values = sys.argv[1:]
    limits = FileLimits(**json.loads(values))
    _limit_this_process(limits)
    sys.stdout.write(answer(Path(path), name, sheet, limits))


def _limit_values(limits: FileLimits) -> dict[str, int]:
    return {key: getattr(limits, key) for key in FileLimits.__dataclass_fields__}


def _limit_this_process(limits: FileLimits) -> None:
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.bytes_memory, limits.bytes_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds_cpu, limits.seconds_cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(path: Path, name: str, sheet: str, limits: FileLimits) -> str:
    """What the child says of a file: its cells, or why it is stopped or refused."""
    return json.dumps(_answer(path, name, sheet, limits))


def _answer(path: Path, name: str, sheet: str, limits: FileLimits) -> dict[str, Any]:
    try:
        return {"raw": _raw_out(_looked_at(path, name, sheet, limits))}
    except InputRefused as error:
        key = "stopped" if isinstance(error, ContentStopped) else "faults"
        return {key: _faults_out(error), "raw": _raw_out(_still_told(path, name, sheet, limits))}


def _still_told(path: Path, name: str, sheet: str, limits: FileLimits) -> RawSheet:
    """What a file that cannot be taken says of its sender: the lines above the header, the stamp."""
    try:
        raw = read_grid(path, name, sheet, limits)
    except FormRefused as error:
        raw = error.raw
    except InputRefused:
        raw = RawSheet(FileKind.XLSX, [], stamp=_stamp_alone(path, name, limits))
    return RawSheet(raw.kind, raw.grid[:_ROWS_ABOVE], stamp=raw.stamp)


def _raw_out(raw: RawSheet) -> dict[str, Any]:
    values = {name: getattr(raw, name) for name in RawSheet.__dataclass_fields__}
    return values | {"grid": [[_value_out(cell) for cell in row] for row in raw.grid]}


def _looked_at(path: Path, name: str, sheet: str, limits: FileLimits) -> RawSheet:
    """What must not be kept goes before every other fault: a refused file would be archived."""
    try:
        raw = read_grid(path, name, sheet, limits)
    except InputRefused:
        stop_whatever_it_is(path, name, limits)
        raise
    shown = "" if raw.kind is FileKind.CSV else sheet
    stop_if_found(_texts(raw.grid, name, shown))
    if raw.kind is FileKind.CSV:
        refuse_formulas(raw.grid, name)
        return raw
    stop_whatever_it_is(path, name, limits)
    return replace(raw, copies=_copies(path, raw, sheet))


def _stamp_alone(path: Path, name: str, limits: FileLimits) -> dict[str, str]:
    """The stamp of a workbook whose form cannot be read; empty where that cannot be read either."""
    try:
        return _stamp(CalamineWorkbook.from_path(path)) if is_small(path, name, STAMP_SHEET, limits) else {}
    except CalamineError:
        return {}


def _texts(grid: list[list[Value]], name: str, sheet: str) -> Iterator[tuple[Place, str]]:
    for number, row in enumerate(grid):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                yield Place(name, sheet, address(number, column)), cell
            elif isinstance(cell, float) and cell.is_integer():
                yield Place(name, sheet, address(number, column)), str(int(cell))


def _faults_out(error: InputRefused) -> list[list[str]]:
    return [
        [fault.place.file, fault.place.sheet, fault.place.cell, fault.problem, fault.remedy] for fault in error.faults
    ]


def _value_out(cell: Value) -> Any:
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    return {"date": cell.isoformat()} if isinstance(cell, date) else cell


def _value_in(cell: Any) -> Value:
    if isinstance(cell, dict):
        return datetime.fromisoformat(cell["datetime"]) if "datetime" in cell else date.fromisoformat(cell["date"])
    return cell  # type: ignore[no-any-return]


def _from_answer(answer: dict[str, Any]) -> RawSheet:
    values = answer["raw"]
    values["kind"] = FileKind(values["kind"])
    values["grid"] = [[_value_in(cell) for cell in row] for row in values["grid"]]
    values["merged"] = tuple(map(tuple, values["merged"]))
    raw = RawSheet(**values | {name: tuple(values[name]) for name in ("hidden_rows", "copies")})
    for key, error in (("stopped", FormStopped), ("faults", FormRefused)):
        if key in answer:
            raise error(_faults_in(answer[key]), raw)
    return raw


def _faults_in(faults: list[list[str]]) -> list[Fault]:
    return [Fault(Place(file, sheet, cell), *words) for file, sheet, cell, *words in faults]


def _cells(book: CalamineWorkbook, sheet: str) -> list[list[Value]]:
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[_plain(cell) for cell in row] for row in rows]


def _plain(cell: Any) -> Value:
    """Times of day and durations have no place in a form: they are text, and asked back where it matters."""
    return cell if cell is None or isinstance(cell, str | int | float | date) else str(cell)


def _stamp(book: CalamineWorkbook) -> dict[str, str]:
    if STAMP_SHEET not in book.sheet_names:
        return {}
    rows = book.get_sheet_by_name(STAMP_SHEET).to_python(skip_empty_area=False)
    return {str(row[0]): str(row[1]) for row in rows[:20] if len(row) > 1}


def _as_shown(grid: list[list[Value]], structure: Structure) -> list[list[Value]]:
    """A number that the sheet shows as a percentage or a fraction is taken as shown: 0.8 formatted so is 80%."""
    for (row, column), code in structure.formats.items():
        if row < len(grid) and column < len(grid[row]):
            cell = grid[row][column]
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                grid[row][column] = shown_as(code, cell) or cell
    return grid


def _check_agreement(grid: list[list[Value]], structure: Structure, name: str) -> None:
    """What the values' reader found is what was looked through: otherwise it took another part for the sheet."""
    for number, row in enumerate(grid):
        for column, cell in enumerate(row):
            if cell not in ("", None) and (number, column) not in structure.filled:
                raise odd(name)


def _copies(path: Path, raw: RawSheet, sheet: str) -> tuple[str, ...]:
    """Other sheets that are a copy of the form and say something else, by their names."""
    book = CalamineWorkbook.from_path(path)
    form = {tuple(row) for row in map(_trimmed, raw.grid) if len(row) >= _CELLS_OF_A_HEADER}
    found = []
    for name in book.sheet_names:
        if folded(name).strip() == sheet or name == STAMP_SHEET:
            continue
        rows = [_trimmed(row) for row in _cells(book, name)]
        is_copy = any(tuple(row) in form for row in rows) or (_COPY.fullmatch(folded(name).strip()) and any(rows))
        if is_copy and [row for row in rows if row] != [row for row in map(_trimmed, raw.grid) if row]:
            found.append(name)
    return tuple(found)


def _trimmed(row: list[Value]) -> list[Value]:
    last = max((number for number, cell in enumerate(row, start=1) if cell not in ("", None)), default=0)
    return row[:last]
