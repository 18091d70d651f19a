"""Sections, widths and breaks are reckoned before any page is set."""

from typing import Any

import pytest
from fontTools.ttLib import TTFont

from yuechi_report.page.fonts import font_files
from yuechi_report.page.table import Column
from yuechi_report.render.content import Heading, PageSection, PageTurn, Paragraph, Span, TableBlock, sections
from yuechi_report.render.measure import column_widths, pieces, width_em
from yuechi_report.render.typst import TypstText

Build = Any
TEXT = Paragraph((Span("甲"),))
TITLE = Heading(1, (Span("附件"),))


def test_turns_make_sections() -> None:
    """Blocks after a turn are on turned pages until the turn back."""
    turn, back = PageTurn(landscape=True), PageTurn(landscape=False)
    assert sections([TEXT, turn, TEXT, TEXT, back, TEXT]) == (
        PageSection(False, (TEXT,)),
        PageSection(True, (TEXT, TEXT)),
        PageSection(False, (TEXT,)),
    )


def test_a_landscape_table_takes_its_headings_along(build: Build) -> None:
    """A table that asks for a turned page is there with the headings right above it."""
    wide = TableBlock(build.table(("a",), landscape=True))
    assert sections([TEXT, TITLE, TITLE, wide, TEXT]) == (
        PageSection(False, (TEXT,)),
        PageSection(True, (TITLE, TITLE, wide)),
        PageSection(False, (TEXT,)),
    )


@pytest.mark.parametrize("path", font_files(), ids=lambda path: path.stem)
def test_widths_are_never_underestimated(path: Any) -> None:
    """Every printable ASCII character is reckoned at least as wide as either font draws it."""
    with TTFont(path, lazy=True) as font:
        names, metrics, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        drawn = {chr(code): metrics[names[code]][0] / unit for code in range(0x20, 0x7F)}
    assert {char for char, width in drawn.items() if width > width_em(char)} == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县公安局2024年", [("县公安局2024年", False)]),
        ("甲WWWWWWWW乙", [("甲", False), *[("W", True)] * 8, ("乙", False)]),
        ("！！！！！！", [("！", True)] * 6),
        ("ééééééé".replace("é", "e\u0301"), [("e\u0301", True)] * 7),
        ("", []),
    ],
)
def test_only_runs_wider_than_the_line_are_cut(text: str, expected: list[tuple[str, bool]]) -> None:
    """Chinese breaks by itself, a short word stays whole, marks stay with their letters."""
    assert pieces(text, 5.0) == expected


def test_a_figure_keeps_its_unit() -> None:
    """6项 and 12月 are set unbroken, with the space Chinese and figures have between them."""
    assert TypstText().lines("销号6项，于12月31日", 40.0) == [
        ["销号", ["spaced", "6项"], "，于", ["spaced", "12月"], ["spaced", "31日"]]
    ]


def test_uncovered_characters_are_replaced_and_remembered() -> None:
    """A character no font has is printed as its code; tabs and line ends are made one kind."""
    text = TypstText()
    assert (text.covered("a\tb\r\n😀𠮷"), list(text.replaced)) == ("a b\n〔U+1F600〕〔U+20BB7〕", ["😀", "𠮷"])


@pytest.mark.parametrize(
    ("shares", "texts", "expected"),
    [
        ((1.0, 3.0), ("甲乙丙丁戊", "甲乙丙丁戊"), (10.0, 30.0)),
        ((1.0, 1.0), ("甲", "乙"), (20.0, 20.0)),
        ((1.0, 1.0), ("甲" * 4, "乙" * 24), (40 * 5 / 30, 40 * 25 / 30)),
        ((1.0, 9.0), ("县公安局", "乙" * 90), (5.0, 35.0)),
        ((1.0, 9.0), ("2024-12-31", "乙" * 99), (6.9, 33.1)),
        ((1.0, 1.0), ("W" * 60, "W" * 60), (20.0, 20.0)),
    ],
    ids=["stated", "equal", "measured", "short word kept", "date kept", "all too long"],
)
def test_column_widths(
    build: Build, shares: tuple[float, ...], texts: tuple[str, ...], expected: tuple[float, ...]
) -> None:
    """Stated shares count, equal where all fits, measured else; no column is below what its words need."""
    columns = tuple(Column(key=str(number), title="列", width=share) for number, share in enumerate(shares))
    table = build.table(("列",) * len(texts), texts).model_copy(update={"columns": columns})
    assert column_widths(table, 40.0, 1.0) == pytest.approx(expected, abs=0.01)
