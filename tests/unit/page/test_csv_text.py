"""CSV that a person may open: nothing in it is run, and every text comes back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuechi_report.page.csv_text import as_written, csv_bytes, harmless


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("甲=1", "甲=1"),
        ("", ""),
    ],
)
def test_formulas_are_made_text(cell: str, written: str) -> None:
    """A cell a spreadsheet would run begins with an apostrophe; any other stays as it is."""
    assert harmless(cell) == written


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1, max_size=4), max_size=4))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    """Written, read and freed of its apostrophes, every cell is what it was; the file begins with a BOM."""
    content = csv_bytes(rows)
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    read = [[as_written(cell) for cell in row] for row in reader]
    assert content.startswith(b"\xef\xbb\xbf")
    assert read == [row if row != [""] else [""] for row in rows]
