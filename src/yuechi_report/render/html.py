"""Blocks → one self-contained HTML file: no script, no request to anywhere, readable untrusted."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from yuechi_report.page.head import Head
from yuechi_report.page.table import Table
from yuechi_report.render.content import Block, FigureBlock, Heading, ListBlock, TableBlock, plain, sections, split_head
from yuechi_report.render.measure import column_widths, width_em
from yuechi_report.render.web import css_string, rendered, security_policy, style_sheet

_CELL_INSET_EM = 1.4
_ADDRESS_SIGNS = " !$&'()*+,-./:;=?@[]^_`{|}~"
"""Left as they are inside a data: address, which makes it a third shorter than base64."""
_COLUMN_EM = 11.0
"""On a phone a column of prose is this wide, and the table scrolls sideways."""
_PAIR = 2
"""A table of headings and what they say: the headings take what they need, the rest is the words'."""
_WIDEST_EM = {False: 50.0, True: 80.0}
"""No table asks for more than this in its own type size, upright and turned."""


def render_html(blocks: tuple[Block, ...]) -> str:
    """The page of blocks whose first is the Head, by templates/report.html.j2."""
    head, body = split_head(blocks)
    parts = placed_sections(body)
    anchors = contents(parts)
    style = style_sheet(page_rules(head, parts))
    return rendered(
        "report.html.j2",
        head=head,
        marks=head.marks,
        sections=parts,
        anchors=anchors,
        targets={f"#{anchor}" for anchor, _, _ in anchors},
        picture=picture_address,
        style=style,
        policy=security_policy(style),
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its kind as the template names it, its anchor, and the blocks inside its items."""

    kind: str
    block: Block
    anchor: str
    items: tuple[tuple["Placed", ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section's blocks in their places."""

    landscape: bool
    blocks: tuple[Placed, ...]


@dataclass(slots=True)
class _Anchors:
    """Anchors in the order of reading: heading-1, tableblock-1 …; equal input gives equal anchors."""

    met: Counter[str] = field(default_factory=Counter)

    def place(self, block: Block) -> Placed:
        kind = type(block).__name__.lower()
        self.met[kind] += 1
        anchor = f"{kind}-{self.met[kind]}"
        items = block.items if isinstance(block, ListBlock) else ()
        return Placed(kind, block, anchor, tuple(tuple(map(self.place, item)) for item in items))


def placed_sections(body: Iterable[Block]) -> tuple[PlacedSection, ...]:
    """The body as sections with every block in its place."""
    anchors = _Anchors()
    return tuple(PlacedSection(part.landscape, tuple(map(anchors.place, part.blocks))) for part in sections(body))


def contents(parts: Iterable[PlacedSection]) -> tuple[tuple[str, int, str], ...]:
    """The table of contents: anchor, level and words of every heading."""
    return tuple(
        (placed.anchor, placed.block.level, plain(placed.block.spans))
        for placed in _all(parts)
        if isinstance(placed.block, Heading)
    )


def page_rules(head: Head, parts: Iterable[PlacedSection]) -> str:
    """The page's own style: marks on every printed page, and the widths of its tables' columns."""
    marks = css_string("　".join(head.marks))
    small_print = css_string(head.draft)
    rules = [f"@page{{@top-center{{content:{marks}}}@bottom-left{{content:{small_print}}}}}"]
    for placed in _all(parts):
        if isinstance(placed.block, TableBlock) and placed.block.table.rows:
            rules += _table_rules(placed.block.table, placed.anchor)
    return "\n".join(rules) + "\n"


def _table_rules(table: Table, anchor: str) -> Iterator[str]:
    unfolds = any(cell.detail is not None for row in table.rows for cell in row)
    wished = sum(_column_em(table, index) + _CELL_INSET_EM for index in range(len(table.columns)))
    total = min(wished, _WIDEST_EM[table.landscape])
    yield f"#{anchor} table{{min-width:{total:.1f}em}}"
    if table.header_column and len(table.columns) == _PAIR and not unfolds:
        yield f"#{anchor} col:first-child{{width:{_column_em(table, 0) + _CELL_INSET_EM:.1f}em}}"
        return
    before = 0.0
    for number, width in enumerate(column_widths(table, total, _CELL_INSET_EM), 1):
        share = 100 * width / total
        yield f"#{anchor} col:nth-child({number}){{width:{share:.2f}%}}"
        if any(row[number - 1].detail is not None for row in table.rows):
            yield f"#{anchor} .why summary{{left:{before:.2f}%;max-width:{share:.2f}%}}"
        before += share


def _column_em(table: Table, index: int) -> float:
    texts = [table.columns[index].title, *(row[index].shown for row in table.rows)]
    return min(max(map(width_em, texts)), _COLUMN_EM)


def picture_address(block: FigureBlock) -> str:
    """The picture as a data: address for an <img>.

    An image is never part of the document: scripts, links and styles inside an SVG do not act, and
    nothing in it can be fetched. nh3 knows HTML's elements, not SVG's, and would take the drawing apart.
    """
    if block.suffix == "png":
        return f"data:image/png;base64,{b64encode(block.content).decode()}"
    drawing = " ".join(block.content.decode("utf-8-sig").split("\n"))
    return f"data:image/svg+xml,{quote(drawing, safe=_ADDRESS_SIGNS)}"


def _all(parts: Iterable[PlacedSection]) -> Iterator[Placed]:
    for part in parts:
        yield from _inside(part.blocks)


def _inside(blocks: Iterable[Placed]) -> Iterator[Placed]:
    for placed in blocks:
        yield placed
        for item in placed.items:
            yield from _inside(item)
