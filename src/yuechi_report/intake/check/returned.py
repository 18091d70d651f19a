"""The returned copy (退回件): the submitted values in our own form, each faulty cell coloured and commented.

The copy is written anew from what was read; the submitted file itself is never edited. What could not
be read, or was stopped at the door, gets no copy, only the text for a message.
"""

import hashlib
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from yuechi_report.errors import Fault
from yuechi_report.intake.check.fields import to_text
from yuechi_report.intake.check.origin import notice_of, version_of
from yuechi_report.intake.check.submission import Check
from yuechi_report.intake.door.sensitive import kinds_in
from yuechi_report.intake.door.sheet_xml import address, position
from yuechi_report.intake.door.workbook import SheetData, Value
from yuechi_report.intake.form.style import HEADER_ROW, CellMark, Extras
from yuechi_report.intake.form.write import write_form
from yuechi_report.page.text import ACTING, printable

_BYTES_OF_A_NAME = 255
_LONGEST_ENDING = "-退回说明.txt"
_UNNAMED = "来件（原文件名含不得填报的内容）.xlsx"
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d*")


def write_returned(folder: Path, name: str, check: Check) -> tuple[Path, ...]:
    """Write the copy (where rows were sent back) and the message next to it; nothing where nothing was found."""
    if not check.faults and not check.warnings:
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    name = _UNNAMED if kinds_in(name) else name
    stem = _fitting(printable(f"{check.unit or 'unknown'}-{Path(name).stem}", ACTING))
    message = folder / f"{stem}-{'退回说明' if check.faults else '接收说明'}.txt"
    message.write_text(message_of(name, check), encoding="utf-8-sig", errors="replace")
    moved = _rows_of_copy(check.sheet)
    marks = _marks(check, moved)
    if check.sheet is None or not any(mark.severe for mark in marks.values()):
        return (message,)
    copy = folder / f"{stem}-退回件.xlsx"
    _write_copy(
        copy, check.sheet, marks, tuple(_line(_in_copy(fault, moved)) for fault in (*check.faults, *check.warnings))
    )
    return (copy, message)


def _fitting(stem: str) -> str:
    """The name as a file system takes it: shortened where it must be, and then told apart by its hash."""
    data = stem.encode(errors="replace")
    most = _BYTES_OF_A_NAME - len(_LONGEST_ENDING.encode())
    if len(data) <= most:
        return data.decode()
    mark = f"-{hashlib.sha256(data).hexdigest()[:8]}"
    return data[: most - len(mark)].decode(errors="ignore") + mark


def message_of(name: str, check: Check) -> str:
    """Text the office can paste into a message to the unit: numbered, with cells and what to do."""
    lines = [f"关于《{name}》："]
    if check.stopped:
        has_found = all(fault.problem.startswith("含有") for fault in check.faults)
        why = "含有不得填报的内容" if has_found else "无法全部查看，不能排除含有不得填报的内容"
        lines.append(f"该文件{why}，已整体退回，未予存档。请按下列提示{'删除' if has_found else '处理'}后重新报送。")
    elif check.faults and check.rows:
        lines.append(f"其中{check.rows}行无误，下列{len(check.faults)}处待补正，请改好后只报这些行即可。")
    elif check.faults:
        lines.append(f"未能接收，有下列{len(check.faults)}处问题，请改好后重新报送。")
    else:
        lines.append(f"{check.rows}行无误。")
    lines += [f"{number}. {_line(fault)}" for number, fault in enumerate(check.faults, start=1)]
    if check.warnings:
        lines.append("另请留意（不影响接收）：" if check.faults or check.rows else "另请留意：")
        lines += [f"{number}. {_line(warning)}" for number, warning in enumerate(check.warnings, start=1)]
    return "\n".join(printable(line, ACTING) for line in lines) + "\n"


def _line(fault: Fault) -> str:
    return str(Fault(replace(fault.place, file=""), fault.problem, fault.remedy))


def _write_copy(path: Path, sheet: SheetData, marks: dict[tuple[int, int], CellMark], notes: tuple[str, ...]) -> None:
    rows = [{key: _typed(value) for key, value in row.cells.items() if value not in (None, "")} for row in sheet.rows]
    labels = {name: _typed(value) for name, value in sheet.labels.items()}
    extras = Extras(notice_of(sheet), marks=marks, notes=notes, version=version_of(sheet))
    write_form(path, sheet.spec, labels, rows, extras=extras)


def _rows_of_copy(sheet: SheetData | None) -> dict[int, int]:
    """The submitted sheet's row numbers → zero-based rows of the copy, which has no gaps."""
    return {row.number: HEADER_ROW + 1 + index for index, row in enumerate(sheet.rows)} if sheet else {}


def _in_copy(fault: Fault, moved: dict[int, int]) -> Fault:
    if not _ADDRESS.fullmatch(fault.place.cell):
        return fault
    row, column = position(fault.place.cell)
    cell = address(moved[row + 1], column) if row + 1 in moved else fault.place.cell
    return replace(fault, place=replace(fault.place, cell=cell))


def _marks(check: Check, moved: dict[int, int]) -> dict[tuple[int, int], CellMark]:
    """Marks by cell of the copy; several findings of one cell share it, faults first."""
    marks: dict[tuple[int, int], CellMark] = {}
    for findings, severe in ((check.faults, True), (check.warnings, False)):
        for finding in findings:
            if not _ADDRESS.fullmatch(finding.place.cell):
                continue
            row, column = position(finding.place.cell)
            if row + 1 not in moved:
                continue
            cell = (moved[row + 1], column)
            note = f"{finding.problem}。{finding.remedy}。"
            before = marks.get(cell)
            marks[cell] = CellMark(
                f"{before.note}\n{note}" if before else note, severe or (before.severe if before else False)
            )
    return marks


def _typed(value: Value) -> str:
    """The value as a person would type it."""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return value if isinstance(value, str) else to_text(value)
