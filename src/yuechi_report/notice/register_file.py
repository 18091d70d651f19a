"""register.csv: the reviewed register as a table a person may open; every run reads it.

UTF-8 with BOM. A cell that a spreadsheet would take for a formula, or that begins with an apostrophe, gets a
leading apostrophe, which is taken off again when the file is read: every text comes back unchanged.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from yuechi_report.domain.register import Task
from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.notice.register_row import COLUMNS, OLD_COLUMNS, completed, row_faults, row_of, task_of
from yuechi_report.page.text import as_written, csv_bytes
from yuechi_report.settings.text_file import write_whole

_REBUILD = "请用yuechi-report register重新生成登记表，更正写在corrections.yml里"


def write_register(path: Path, tasks: Iterable[Task]) -> None:
    """Write the tasks in their order, all columns of docs/architecture.md."""
    rows = [list(COLUMNS), *([row_of(task)[column] for column in COLUMNS] for task in tasks)]
    write_whole(path, csv_bytes(rows))


def read_register(path: Path) -> tuple[Task, ...]:
    """The tasks of a register; InputRefused with every fault, each with its line and column."""
    rows = _rows(path)
    faults = [fault for line, row in rows for fault in row_faults(row, file=path.name, line=line)]
    faults += _repeated(rows, path.name)
    if not rows:
        faults.append(Fault(Place(path.name), "登记表里没有任务", _REBUILD))
    if faults:
        raise InputRefused(faults)
    return tuple(task_of(row) for _, row in rows)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Each row with the line it ends on; InputRefused when the file is no table with our columns."""
    header, *lines = _table(path) or [(1, [])]
    columns = next((known for known in (COLUMNS, OLD_COLUMNS) if header[1] == list(known)), None)
    if columns is None:
        raise InputRefused.at(Place(path.name, line=1), f"表头应当依次是{'、'.join(COLUMNS)}", _REBUILD)
    faults = [
        Fault(Place(path.name, line=line), f"这一行有{len(cells)}格，应当有{len(columns)}格", _REBUILD)
        for line, cells in lines
        if len(cells) != len(columns)
    ]
    if faults:
        raise InputRefused(faults)
    return [(line, completed(dict(zip(columns, map(as_written, cells), strict=True)))) for line, cells in lines]


def _table(path: Path) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        place = Place(path.name, line=reader.line_num)
        raise InputRefused.at(place, "这一行不是完整的CSV，或者有单元格过长", _REBUILD) from error


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputRefused.at(Place(path.name), "文件不存在或无法打开", _REBUILD) from error
    except UnicodeDecodeError as error:
        raise InputRefused.at(Place(path.name), "不是UTF-8编码", "请另存为“CSV UTF-8”格式") from error


def _repeated(rows: list[tuple[int, dict[str, str]]], file: str) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for line, row in rows:
        for column, name in (("task_no", "任务编号"), ("key", "任务键")):
            value = row[column]
            if f"{column} {value}" in seen:
                faults.append(Fault(Place(file, cell=column, line=line), f"{name}“{value}”重复", _REBUILD))
            seen.add(f"{column} {value}")
    return faults
