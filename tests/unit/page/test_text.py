"""Text made safe to show: nothing in a CSV is run, and every text comes back; what cannot be shown is its code."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuechi_report.page.text import CONTROLS, TURNING, as_written, csv_bytes, harmless, printable


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("'甲", "''甲"),
        ("\r=1", "'\r=1"),
        ("甲=1", "甲=1"),
        ("", ""),
    ],
)
def test_formulas_are_made_text(cell: str, written: str) -> None:
    """A cell a spreadsheet would run, or that begins with an apostrophe, gets one; any other stays as it is."""
    assert harmless(cell) == written


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1, max_size=4), max_size=4))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    """Written, read and freed of its apostrophes, every cell is what it was; the file begins with a BOM."""
    content = csv_bytes(rows)
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    read = [[as_written(cell) for cell in row] for row in reader]
    assert content.startswith(b"\xef\xbb\xbf")
    assert read == [row if row != [""] else [""] for row in rows]


def test_numbers_stay_numbers() -> None:
    """A number is written as it is, a text of the same signs is not; a missing value is an empty cell."""
    assert csv_bytes([[-3, -1.5, "-3", None]]).decode("utf-8-sig") == "-3,-1.5,'-3,\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\u202e乙", "甲〔U+202E〕乙"),
        ("\x1b[31m", "〔U+001B〕[31m"),
        ("\u061c", "〔U+061C〕"),
        ("一\n二", "一〔U+000A〕二"),
    ],
    ids=["turning", "escape", "Arabic mark", "line end"],
)
def test_refused_characters_are_printed_as_their_code(text: str, shown: str) -> None:
    """The reader sees that something is there; what is not refused stays."""
    assert printable(text, CONTROLS | TURNING) == shown
    assert printable(text, frozenset()) == text
