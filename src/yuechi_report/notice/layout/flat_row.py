"""One task's block of a flattened table → its cells: text, deadline, lead units, cooperating units.

Source: domain.md §1, quirks 2 to 6. A cell may be wrapped over lines, an empty one is a blank line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yuechi_report.notice.deadline_text import is_phrase, resembles_deadline
from yuechi_report.notice.document import Document, Line
from yuechi_report.notice.findings import Finding, Severity, excerpt
from yuechi_report.notice.layout.reading import Row
from yuechi_report.notice.numerals import ordinal
from yuechi_report.notice.unit_text import goes_on, resembles_units, unfinished

UNIT_ROWS_UNCLEAR = "unit_rows_unclear"

_NUMBER = re.compile(r"\s*[（(]\s*([一二三四五六七八九十百零〇]{1,7}|[0-9０-９]{1,4})\s*[）)]")
_SENTENCE_END = re.compile('[。！？；…][”’"）)》]*$')
_DEADLINE_LINES_MAX = 3

Cell = tuple[Line, ...]  # no line at all is an empty cell


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row, what is doubtful in it, and the lines it used."""

    row: Row
    findings: tuple[Finding, ...]
    used: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Cells:
    text: Cell
    deadline: Cell
    has_deadline: bool
    units: tuple[Cell, ...]

    @property
    def lines(self) -> Cell:
        return self.text + self.deadline + tuple(line for cell in self.units for line in cell)


def task_number(line: Line) -> int | None:
    """The number of a line that begins with （N）, in Chinese or Arabic numerals; else None."""
    match = _NUMBER.match(line.text)
    return ordinal(match[1]) if match else None


def read_block(block: Sequence[Line], document: Document, *, cooperating: bool) -> RowReading:
    """The row of a block that begins with its number; `cooperating`: the list has that column."""
    cells = _cells(block, cooperating=cooperating)
    numbers = [line.number for line in cells.lines]
    lead, *others = [cell for cell in cells.units if cell] or [()]
    unclear = not _known_shape(cells.units, cooperating=cooperating)
    row = Row(
        number=task_number(block[0]) or 0,
        text=_NUMBER.sub("", _joined(cells.text), count=1).strip(),
        deadline=_joined(cells.deadline),
        lead=_joined(lead, by="\n"),
        cooperating="\n".join(_joined(cell, by="\n") for cell in others),
        lines=(min(numbers), max(numbers)),
        deadline_cell=cells.has_deadline,
        flags=(UNIT_ROWS_UNCLEAR,) if unclear else (),
    )
    return RowReading(row, _doubts(row, cells, document), frozenset(numbers))


def _cells(block: Sequence[Line], *, cooperating: bool) -> _Cells:
    solid = [line for line in block if not line.blank]
    start, stop = _deadline_span(solid)
    if stop:
        return _Cells(tuple(solid[:start]), tuple(solid[start:stop]), True, _unit_cells(_after(block, solid[stop - 1])))
    text = solid[: _text_length(solid)]
    rest = _after(block, text[-1])
    units = _unit_cells(rest)
    if units and rest[0].blank:  # the deadline cell is there and empty
        return _Cells(tuple(text), (), True, units)
    if len(units) == 2 + cooperating:  # one cell for each column: the first is a deadline of unknown wording
        return _Cells(tuple(text), units[0], True, units[1:])
    return _Cells(tuple(text), (), False, units)


def _deadline_span(solid: Sequence[Line]) -> tuple[int, int]:
    """Where the deadline's lines start and stop; (0, 0) where no line is one.

    First choice: what follows the end of a sentence; second: a known phrase anywhere, for texts
    without a full stop. Words of time inside the text are thereby left alone.
    """
    for start in range(1, len(solid)):
        if _SENTENCE_END.search(solid[start - 1].text.rstrip()) and (stop := _deadline_stop(solid, start)) > start:
            return start, stop
    for start in range(1, len(solid)):
        stop = _deadline_stop(solid, start)
        if stop > start and is_phrase(_joined(solid[start:stop])):
            return start, stop
    return 0, 0


def _deadline_stop(solid: Sequence[Line], start: int) -> int:
    """The end of the longest deadline that starts here, so that 常态化持续⏎实施 is one; `start` if none."""
    stop = start
    for end in range(start + 1, min(start + _DEADLINE_LINES_MAX, len(solid)) + 1):
        if is_phrase(_joined(solid[start:end])) or (stop == end - 1 and resembles_deadline(solid[end - 1].text)):
            stop = end
    return stop


def _text_length(solid: Sequence[Line]) -> int:
    """How many lines are text where no deadline tells: up to the last sentence end in a row, at least one."""
    ends = [bool(_SENTENCE_END.search(line.text.rstrip())) for line in solid]
    if not any(ends):
        return 1
    length = ends.index(True) + 1
    while length < len(solid) and ends[length]:
        length += 1
    return length


def _after(block: Sequence[Line], last: Line) -> Sequence[Line]:
    return [line for line in block if line.number > last.number]


def _unit_cells(lines: Sequence[Line]) -> tuple[Cell, ...]:
    """The units cells; a blank line after a cell is an empty cell, a line that is no units is left out."""
    cells: list[list[Line]] = []
    for line in lines:
        before = cells[-1] if cells else []
        if line.blank:
            cells += [[]] if before and not unfinished(before[-1].text) else []
        elif resembles_units(line.text):
            if before and goes_on(before[-1].text, line.text):
                before.append(line)
            else:
                cells.append([line])
    return tuple(map(tuple, cells))


def _known_shape(units: tuple[Cell, ...], *, cooperating: bool) -> bool:
    """Lead alone, lead and an empty cell, lead and cooperating (quirks 4 and 5)."""
    filled = tuple(bool(cell) for cell in units)
    return filled in {(), (True,), (True, False)} or (cooperating and filled == (True, True))


def _doubts(row: Row, cells: _Cells, document: Document) -> tuple[Finding, ...]:
    """The findings of one row, each at the line where the reviewer should look."""
    unfinished_text = not _SENTENCE_END.search(row.text)
    cut = any(cell and unfinished(cell[-1].text) for cell in cells.units)
    found = (
        (unfinished_text, Severity.WARNING, "text_unfinished", "正文末尾没有句号，可能不完整"),
        (not cells.has_deadline, Severity.ERROR, "deadline_missing", "没有找到完成时限单元格"),
        (
            cells.has_deadline and not row.deadline,
            Severity.WARNING,
            "deadline_empty",
            "完成时限单元格是空的，按没有时限处理",
        ),
        (cut, Severity.ERROR, "units_cut", "单位单元格以分隔号结尾，后面没有单位"),
        (
            UNIT_ROWS_UNCLEAR in row.flags,
            Severity.ERROR,
            "unit_row_shape",
            "单位行的排列与已知写法不符，暂把第一格记为牵头单位，其余记为配合单位",
        ),
    )
    place = document.place(row.lines[0])
    name = f"任务（{row.number}）“{excerpt(row.text)}”"
    return tuple(Finding(severity, code, place, f"{name}：{text}") for true, severity, code, text in found if true)


def _joined(lines: Sequence[Line], *, by: str = "") -> str:
    return by.join(line.text.strip() for line in lines)
