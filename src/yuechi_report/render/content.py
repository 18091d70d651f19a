"""What a page is made of: spans of text and typed blocks, the same for every medium."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from yuechi_report.page.closing import Closing
from yuechi_report.page.figure import Figure
from yuechi_report.page.head import Head
from yuechi_report.page.table import Table


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text set in one way; a line end in it is a forced break, `target` a kept link or empty."""

    text: str
    strong: bool = False
    emphasis: bool = False
    target: str = ""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is 一、, 2 is （一）, and levels have no gaps."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: a paragraph that begins with ①, ② …, set small."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose lines and spaces are kept as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; every item is itself a tuple of blocks."""

    ordered: bool
    start: int
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of the page's own type."""

    table: Table


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure and its picture's bytes."""

    figure: Figure
    content: bytes
    suffix: Literal["svg", "png"] = "svg"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class PageTurn:
    """From here the pages are landscape, or portrait again."""

    landscape: bool


Block: TypeAlias = (
    Head
    | Heading
    | Paragraph
    | Note
    | Preformatted
    | ListBlock
    | TableBlock
    | FigureBlock
    | Closing
    | PageBreak
    | PageTurn
)


def split_head(blocks: tuple[Block, ...]) -> tuple[Head, tuple[Block, ...]]:
    """The head, which is always the first block, and the body."""
    head, *body = blocks
    if not isinstance(head, Head):
        raise TypeError("the first block must be the head")
    return head, tuple(body)


def plain(spans: Spans) -> str:
    """The words alone, a line break as one space."""
    return "".join(span.text for span in spans).replace("\n", " ")


@dataclass(frozen=True, slots=True)
class PageSection:
    """Blocks on pages of one orientation; a section begins on a new page."""

    landscape: bool
    blocks: tuple[Block, ...]


def sections(blocks: Iterable[Block]) -> tuple[PageSection, ...]:
    """Sections by the page turns and by tables that ask for a turned page, with the headings above them."""
    turned = _turned(blocks)
    groups = groupby(turned, key=lambda item: item[0])
    return tuple(PageSection(landscape, tuple(block for _, block in items)) for landscape, items in groups)


def _turned(blocks: Iterable[Block]) -> list[tuple[bool, Block]]:
    result: list[tuple[bool, Block]] = []
    landscape = False
    for block in blocks:
        if isinstance(block, PageTurn):
            landscape = block.landscape
            continue
        own = isinstance(block, TableBlock) and block.table.landscape
        result.append((landscape or own, block))
        if own:
            _turn_headings_above(result)
    return result


def _turn_headings_above(result: list[tuple[bool, Block]]) -> None:
    """A heading goes to the page of the table that follows it."""
    for index in range(len(result) - 2, -1, -1):
        if not isinstance(result[index][1], Heading):
            return
        result[index] = (True, result[index][1])
