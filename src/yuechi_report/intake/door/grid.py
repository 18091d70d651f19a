"""A received file → one sheet's cells, whatever it came as; bounded in time and memory at the door.

At the door the file is opened by a child process with limits on memory and processor time (where the
system has them: not on Windows, where only the waiting time is limited). Archived files were looked
at then, and are read in this process.
"""

import csv
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.intake.door.kind import FileKind, decoded, kind_of
from yuechi_report.intake.door.package import LIMITS, FileLimits, Structure, look_through
from yuechi_report.intake.door.sensitive import ContentStopped, stop_if_found, stop_if_in_bytes, stop_if_in_members
from yuechi_report.intake.door.sheet_xml import address

Value = str | int | float | bool | date | datetime | None
STAMP_SHEET = "版本信息"
ERROR_VALUES = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
_PROGRAM = "from yuechi_report.intake.door.grid import child; child()"


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as found; `stamp` is what the hidden sheet says of the form, empty where there is none."""

    kind: FileKind
    grid: list[list[Value]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    stamp: dict[str, str] = field(default_factory=dict)


def read_grid(path: Path, name: str, sheet: str, limits: FileLimits = LIMITS) -> RawSheet:
    """Read in this process."""
    if kind_of(path, name) is FileKind.CSV:
        return RawSheet(FileKind.CSV, _csv_grid(path, name, limits))
    structure = look_through(path, name, sheet, limits)
    try:
        book = CalamineWorkbook.from_path(path)
        grid = _cells(book, sheet)
        stamp = _stamp(book)
    except CalamineError as error:
        raise InputRefused.at(Place(name), "表格内容无法读取", "请用表格软件打开后另存为.xlsx") from error
    return RawSheet(FileKind.XLSX, _with_percents(grid, structure), structure.merged, stamp)


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
        raise InputRefused.at(
            Place(name), "读取时超出内存或时间限额", "请核对文件来源；用表格软件打开，只留填报表后另存为.xlsx"
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
        raw = _looked_at(path, name, sheet, limits)
    except ContentStopped as stop:
        return {"stopped": _faults_out(stop)}
    except InputRefused as error:
        return {"faults": _faults_out(error)}
    grid = [[_value_out(cell) for cell in row] for row in raw.grid]
    return {"kind": raw.kind, "grid": grid, "merged": raw.merged, "stamp": raw.stamp}


def _looked_at(path: Path, name: str, sheet: str, limits: FileLimits) -> RawSheet:
    """What must not be kept goes before every other fault: a refused file would be archived."""
    try:
        raw = read_grid(path, name, sheet, limits)
    except InputRefused:
        _stop_whatever_it_is(path, name)
        raise
    shown = "" if raw.kind is FileKind.CSV else sheet
    stop_if_found(_texts(raw.grid, name, shown))
    if raw.kind is FileKind.XLSX:
        stop_if_in_members(path, name)
    return raw


def _stop_whatever_it_is(path: Path, name: str) -> None:
    try:
        zipped = path.read_bytes()[:2] == b"PK"
    except OSError:
        return
    (stop_if_in_members if zipped else stop_if_in_bytes)(path, name)


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
    for key, error in (("stopped", ContentStopped), ("faults", InputRefused)):
        if key in answer:
            raise error([Fault(Place(*cells[:3]), *cells[3:]) for cells in answer[key]])
    grid = [[_value_in(cell) for cell in row] for row in answer["grid"]]
    return RawSheet(FileKind(answer["kind"]), grid, tuple(map(tuple, answer["merged"])), answer["stamp"])


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


def _with_percents(grid: list[list[Value]], structure: Structure) -> list[list[Value]]:
    """A number that the sheet shows as a percentage is taken as shown: 0.8 formatted so is 80%."""
    for row, column in structure.percents:
        if row < len(grid) and column < len(grid[row]):
            cell = grid[row][column]
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                grid[row][column] = f"{round(100 * cell, 6):g}%"
    return grid


def _csv_grid(path: Path, name: str, limits: FileLimits) -> list[list[Value]]:
    text = decoded(path.read_bytes()) or ""
    csv.field_size_limit(limits.bytes_unpacked)
    start = next((line for line in text.splitlines() if line.lstrip('"').startswith("任务序号")), "")
    delimiter = max(",\t;", key=start.count)
    grid: list[list[Value]] = []
    faults: list[Fault] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            if number >= limits.last_row or len(row) > limits.last_column:
                raise InputRefused.at(Place(name, line=number + 1), "CSV行列过多", "请只保留填报表的行和列")
            grid.append(list(row))
            faults += [
                Fault(Place(name, "", address(number, column)), "单元格里是错误值（如#N/A、#REF!）", "请改填数值或文字")
                for column, cell in enumerate(row)
                if cell.strip() in ERROR_VALUES
            ]
    except csv.Error as error:
        raise InputRefused.at(Place(name), "CSV格式有误", "请用表格软件打开后另存为.xlsx") from error
    if faults:
        raise InputRefused(faults[:20])
    return grid
