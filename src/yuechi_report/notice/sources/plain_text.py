"""txt → lines as paragraphs; rows under a header that is parted by tabs, bars, wide blanks or commas are a table."""

import csv
import re
from collections.abc import Callable, Sequence

from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Block
from yuechi_report.notice.sources.building import Blocks
from yuechi_report.notice.vocabulary import is_header

_SAVE_AS = "请用记事本等软件打开原文，另存为UTF-8编码的.txt文件后重试"
_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")  # tab, line ends and form feed do occur in text
_DAMAGED_UTF8 = 10  # so many Chinese characters read as UTF-8 before the fault: GB18030 does not do that
_RULER = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_HEAD = re.compile(r"\s{0,3}#{1,6}\s+")
_BULLET = re.compile(r"\s*[-*+]\s+(?=\S)")
_GAP_MAX = 2  # lines without the separator inside a table: blank ones, a heading


def text_blocks(name: str, data: bytes) -> tuple[Block, ...]:
    """The blocks of bytes in UTF-8 (with or without BOM) or GB18030; InputRefused otherwise."""
    lines = lines_of(name, data)
    blocks = Blocks()
    marked = _is_markdown(lines)
    position = 0
    while position < len(lines):
        stop = _add_table(blocks, lines, position)
        if stop == position:
            blocks.paragraph(_unmarked(lines[position]) if marked else lines[position], line=position + 1)
            stop += 1
        position = stop
    return tuple(blocks.found)


def _is_markdown(lines: Sequence[str]) -> bool:
    """Whether a text is marked up: headings with # and something bold or a list."""
    heads = sum(_HEAD.match(line) is not None for line in lines)
    return heads > 0 and any("**" in line or _BULLET.match(line) for line in lines)


def _unmarked(line: str) -> str:
    """A line without the signs of Markdown."""
    return _BULLET.sub("", _HEAD.sub("", line)).replace("**", "").replace("__", "")


def lines_of(name: str, data: bytes) -> list[str]:
    """The lines of a text, without their ends."""
    text = _decoded(name, data)
    control = _CONTROL.search(text)
    if control is not None:
        line = _line_at(text, control.start())
        raise InputRefused.at(Place(name, line=line), "含有控制字符，不是纯文本", _SAVE_AS)
    if not text.strip():
        raise InputRefused.at(Place(name), "文件是空的", "请换上有内容的通知原文")
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def _decoded(name: str, data: bytes) -> str:
    if b"\0" in data:
        place = Place(name, line=_line_at(data.decode("latin-1"), data.index(b"\0")))
        raise InputRefused.at(place, "含有空字节，不是纯文本（可能是Word、Excel、图片或UTF-16文件）", _SAVE_AS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        head = data[: error.start].decode("utf-8-sig")
        utf8_fault = error
    place = Place(name, line=_line_at(head, len(head)))
    if sum(not character.isascii() for character in head) >= _DAMAGED_UTF8:
        raise InputRefused.at(place, "UTF-8文字在此处损坏", "请重新取得完整的通知原文") from utf8_fault
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise InputRefused.at(place, "既不是UTF-8也不是GB18030编码", _SAVE_AS) from error


def _line_at(text: str, position: int) -> int:
    return len(_LINE_END.findall(text, 0, position)) + 1


def _by_bars(line: str) -> list[str]:
    bare = line.strip()
    pieces = re.split(r"(?<!\\)[|｜]", bare)
    if len(pieces) > 1:
        pieces = pieces[bare[0] in "|｜" :]
        pieces = pieces[:-1] if bare[-1] in "|｜" and not bare.endswith("\\|") else pieces
    return [_BREAK.sub("\n", piece.replace("\\|", "|")).strip() for piece in pieces]


def _by_tabs(line: str) -> list[str]:
    return [piece.strip() for piece in line.split("\t")]


def _by_wide_blanks(line: str) -> list[str]:
    return re.split(r"[ \u3000\u00a0]{2,}|\u3000", line.strip())


def _by_commas(line: str) -> list[str]:
    return [piece.strip() for piece in next(csv.reader([line]), [])]


_SEPARATIONS: tuple[Callable[[str], list[str]], ...] = (_by_tabs, _by_bars, _by_wide_blanks, _by_commas)


def _add_table(blocks: Blocks, lines: Sequence[str], start: int) -> int:
    """Add the table that begins with a header in line `start`; where it stops, `start` where there is none."""
    if len(lines[start]) > 400:
        return start
    for separate in _SEPARATIONS:
        if len(header := separate(lines[start])) > 1 and is_header(header):
            rows, stop = _table_rows(lines, start, separate, len(header))
            if len(rows) > 1:
                blocks.text_rows(rows)
                return stop
    return start


def _table_rows(
    lines: Sequence[str], start: int, separate: Callable[[str], list[str]], width: int
) -> tuple[list[tuple[int, list[str]]], int]:
    """The rows from the header on, each with its line; and where the table stops."""
    rows: list[tuple[int, list[str]]] = []
    stop = position = start
    while position < len(lines) and position - stop <= _GAP_MAX:
        cells = separate(lines[position])
        if _RULER.fullmatch(lines[position]) and position > start:
            stop = position + 1
        elif 1 < len(cells) <= width + 1 or (width == 2 and len(cells) == width):
            rows += [(line + 1, separate(lines[line])) for line in range(stop, position) if lines[line].strip()]
            rows.append((position + 1, cells))
            stop = position + 1
        position += 1
    return rows, stop
