"""Layout of a table flattened to one cell per line: header words, headings 一 二 …, tasks （一）（二）….

Source: domain.md §1. The list begins with its header; what stands between one （N） and the next
mark (a number, a heading, the header printed again) is that task's block, read by `flat_row`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from yuechi_report.notice.deadline_text import resembles_deadline
from yuechi_report.notice.document import Document, Line
from yuechi_report.notice.findings import Finding, Severity, excerpt
from yuechi_report.notice.layout.flat_row import read_block, task_number
from yuechi_report.notice.layout.reading import CategoryHeading, Reading
from yuechi_report.notice.numerals import ordinal

NAME = "flat_table"

_HEADING_NUMBER = re.compile("[一二三四五六七八九十百]{1,5}")
_NAME_LINES_MAX = 3
_NO_HEADING = CategoryHeading(0, "", 0)


class ListColumn(StrEnum):
    """The columns of the flattened table in their order, by their header words."""

    NUMBER = "序号"
    CATEGORY = "事项"
    TASK = "重点任务"
    DEADLINE = "完成时限"
    LEAD = "牵头单位"
    COOPERATING = "配合单位"


_WORDS = [column.value for column in ListColumn]
_REQUIRED = {ListColumn.TASK, ListColumn.DEADLINE, ListColumn.LEAD}


class _Kind(Enum):
    HEADER = "the header row, at the top or printed again"
    HEADING = "a category's number and name"
    TASK = "the first line of a task"


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where something begins; `start` and `stop` count the lines that are not blank."""

    kind: _Kind
    start: int
    stop: int
    heading: CategoryHeading = _NO_HEADING


def recognise(document: Document) -> Reading | None:
    """The list in this layout, or None where it has another one."""
    solid = [line for line in document.lines if not line.blank]
    header = _header(solid)
    if header is None:
        return None
    marks = _marks(solid, header)
    blocks = _blocks(document, solid, marks)
    if not blocks:
        return None
    cooperating = ListColumn.COOPERATING in [line.bare for line in solid[header.start : header.stop]]
    readings = [(read_block(lines, document, cooperating=cooperating), heading) for heading, lines in blocks]
    return Reading(
        layout=NAME,
        first_line=solid[header.start].number,
        rows=tuple(
            replace(reading.row, category_number=heading.number, category=heading.name) for reading, heading in readings
        ),
        headings=tuple(mark.heading for mark in marks if mark.kind is _Kind.HEADING),
        findings=(
            *_before_header(document, solid[: header.start]),
            *(finding for reading, _ in readings for finding in reading.findings),
        ),
        used=_marked(solid, marks).union(*(reading.used for reading, _ in readings)),
    )


def _before_header(document: Document, front: list[Line]) -> Iterator[Finding]:
    """A numbered line before the header may be a task whose header stands on a later page only."""
    for line in front:
        if task_number(line) is not None:
            text = f"表头之前有编号行，没有作为任务读取：“{excerpt(line.text)}”"
            yield Finding(Severity.WARNING, "number_before_header", document.place(line.number), text)


def _header(solid: list[Line]) -> _Mark | None:
    """The first run of header words that has the required columns in their order."""
    start = 0
    while start < len(solid):
        stop = start
        while stop < len(solid) and solid[stop].bare in _WORDS:
            stop += 1
        words = [line.bare for line in solid[start:stop]]
        if _REQUIRED.issubset(words) and words == sorted(set(words), key=_WORDS.index):
            return _Mark(_Kind.HEADER, start, stop)
        start = max(stop, start + 1)
    return None


def _marks(solid: list[Line], header: _Mark) -> list[_Mark]:
    """Every mark from the header on, in order."""
    marks = [header]
    position = header.stop
    while position < len(solid):
        mark = _mark_at(solid, position, header, marks[-1])
        if mark is not None:
            marks.append(mark)
        position = position + 1 if mark is None else mark.stop
    return marks


def _mark_at(solid: list[Line], position: int, header: _Mark, before: _Mark) -> _Mark | None:
    if task_number(solid[position]) is not None:
        return _Mark(_Kind.TASK, position, position + 1)
    if _is_header(solid, position, header):
        return _Mark(_Kind.HEADER, position, position + header.stop - header.start)
    if before.kind is _Kind.TASK and position == before.stop:
        return None  # a task's cells have not begun: a lone 一 here is no heading
    return _heading_at(solid, position, header)


def _is_header(solid: list[Line], position: int, header: _Mark) -> bool:
    words = [line.bare for line in solid[header.start : header.stop]]
    return [line.bare for line in solid[position : position + len(words)]] == words


def _heading_at(solid: list[Line], position: int, header: _Mark) -> _Mark | None:
    """A number on its own line with its name (up to three lines) before a task or another heading."""
    number = _heading_number(solid[position])
    if number is None:
        return None
    for stop in range(position + 2, position + 2 + _NAME_LINES_MAX):
        name = solid[position + 1 : stop]
        if not name or any(_heading_number(line) or resembles_deadline(line.text) for line in name):
            return None
        if stop >= len(solid) or _ends_heading(solid, stop, header):
            heading = CategoryHeading(number, "".join(line.text.strip() for line in name), solid[position].number)
            return _Mark(_Kind.HEADING, position, min(stop, len(solid)), heading)
    return None


def _ends_heading(solid: list[Line], stop: int, header: _Mark) -> bool:
    following = solid[stop]
    return (
        task_number(following) is not None or _heading_number(following) is not None or _is_header(solid, stop, header)
    )


def _heading_number(line: Line) -> int | None:
    return ordinal(line.bare) if _HEADING_NUMBER.fullmatch(line.bare) else None


def _blocks(
    document: Document, solid: list[Line], marks: list[_Mark]
) -> list[tuple[CategoryHeading, tuple[Line, ...]]]:
    """Each task's lines, blank ones included, with the heading it stands under."""
    ends = [solid[mark.start].number for mark in marks[1:]] + [solid[-1].number + 1]
    heading, blocks = _NO_HEADING, []
    for mark, end in zip(marks, ends, strict=True):
        if mark.kind is _Kind.HEADING:
            heading = mark.heading
        if mark.kind is _Kind.TASK:
            blocks.append((heading, document.lines[solid[mark.start].number - 1 : end - 1]))
    return blocks


def _marked(solid: list[Line], marks: list[_Mark]) -> frozenset[int]:
    """The lines that headers and headings take up; a task's own are counted with its row."""
    return frozenset(
        line.number for mark in marks if mark.kind is not _Kind.TASK for line in solid[mark.start : mark.stop]
    )
