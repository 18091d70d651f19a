"""Text from outside made safe to show: on a page or a terminal, and in a CSV that a spreadsheet opens."""

import csv
import io
import re
from collections.abc import Iterable, Set

from yuechi_report.page.table import Value

CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
"""Control characters, tab and line ends among them (C0, DEL, C1)."""
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the reading direction (Unicode's Bidi_Control)."""
ACTING = CONTROLS | TURNING | frozenset("\u2028\u2029")
"""What acts on a terminal, or on the lines of a text, instead of being seen."""
UNSEEN = (CONTROLS | TURNING) - frozenset("\t\n\r")
"""What no page shows as it is; tab and line ends are laid out."""
_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
"""What a spreadsheet takes for the beginning of a formula; a Chinese one in full width, too."""
_PASSED = r"\x00-\x09\x0b-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
"""Blanks and signs without width, which it may pass over before that."""
_TO_MARK = re.compile(rf"\A(?=[\t\r\n])|^(?='|[{_PASSED}]*[{_SIGNS}])", re.MULTILINE)
"""Beginnings of a cell or of a line in it, which some programs take for a cell's; the apostrophe is among them, so
that taking one off always gives the text back."""
_MARK = re.compile("^'", re.MULTILINE)


def printable(text: str, refused: Set[str]) -> str:
    """The text with every refused character printed as its code: 〔U+1F600〕."""
    return text.translate({ord(char): f"〔U+{ord(char):04X}〕" for char in refused & set(text)})


def csv_bytes(rows: Iterable[Iterable[Value]]) -> bytes:
    """Rows as a file, UTF-8 with BOM: every text harmless, numbers as they are, a missing value an empty cell."""
    return "".join(f"{_line(cells)}\n" for cells in rows).encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text as a cell of a CSV; with an apostrophe before each line that a spreadsheet would run."""
    return _TO_MARK.sub("'", text)


def as_written(cell: str) -> str:
    """The text of a CSV's cell: the inverse of `harmless`."""
    return _MARK.sub("", cell)


def _line(cells: Iterable[Value]) -> str:
    """One row without its line end; the writer's own, CR LF, is what makes it quote a lone CR in a cell."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return line.getvalue().removesuffix("\r\n")
