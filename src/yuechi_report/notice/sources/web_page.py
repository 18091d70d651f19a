"""html → paragraphs and tables: page furniture outside the text stays a paragraph like any other.

A table that holds another table of more than one cell is layout and is walked through; one that holds
a single cell is part of that cell. Spans are expanded here, because browsers do so and lxml does not.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Block
from yuechi_report.notice.sources.building import Blocks, Spanned

_SKIPPED = frozenset({"script", "style", "head", "noscript", "template", "select", "option", "svg", "iframe", "object"})
_BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_SPAN_MAX = 1000
_TOO_DEEP = ("网页嵌套过深，后面的内容读不到", "请用浏览器打开网页，复制正文和清单到Word后另存为.docx")


_PLACES_MAX = 500_000


class _TooLargeError(Exception):
    """A table whose spans cover more places than any list has."""


def web_blocks(name: str, data: bytes) -> tuple[Block, ...]:
    """The blocks of a page; InputRefused when it is nested too deep or holds no text."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(_decoded(data), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        deep = "depth" in str(error).lower()
        problem, remedy = _TOO_DEEP if deep else ("网页内容损坏或是空的，打不开", "请重新保存网页")
        raise InputRefused.at(Place(name), problem, remedy) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise InputRefused.at(Place(name), *_TOO_DEEP)  # lxml drops what lies deeper and goes on without a word
    blocks = Blocks()
    walk = _Walk(blocks)
    try:
        walk.element(root)
    except _TooLargeError as error:
        raise InputRefused.at(Place(name), "表格过大，合并的格超过50万", "请只保留清单所在的表格") from error
    walk.flush()
    return tuple(blocks.found)


def _decoded(data: bytes) -> str:
    """By the declared charset, else UTF-8, else GB18030 (which holds GB2312 and GBK)."""
    declared = _CHARSET.search(data[:4096])
    named = declared[1].decode("ascii").lower() if declared else ""
    names = ["gb18030" if named.startswith("gb") else named] if named else []
    for encoding in (*names, "utf-8-sig", "gb18030"):
        try:
            return _clean(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _clean(data.decode("utf-8", errors="replace"))


def _clean(text: str) -> str:
    """Without a declaration of encoding (lxml refuses it in decoded text) and without control characters."""
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", "", re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text))


class _Walk:
    """One pass over the page; inline text gathers until an element breaks it."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.pending: list[str] = []

    def element(self, element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED or _HIDDEN.search(element.get("style") or ""):
            return
        if element.tag == "table" and not _is_layout(element):
            self.flush()
            self.blocks.table(_cells(element))
            return
        breaking = element.tag in _BREAKING
        if breaking:
            self.flush()
        self._text(element.text)
        for child in element:
            self.element(child)
            self._text(child.tail)
        if breaking:
            self.flush()

    def flush(self) -> None:
        text = "".join(self.pending)
        self.pending.clear()
        if text.strip():
            self.blocks.paragraph(text.strip(" \n\t"))

    def _text(self, text: str | None) -> None:
        self.pending.append(_inline(text))


def _inline(text: str | None) -> str:
    """Markup's white space is one blank; between two Chinese characters its line ends are nothing."""
    flat = re.sub(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\x7f])", "", text or "")
    return re.sub(r"[ \t\r\n]+", " ", flat)


def _is_layout(table: Any) -> bool:
    return any(len(inner.findall(".//td")) + len(inner.findall(".//th")) > 1 for inner in table.findall(".//table"))


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from (row for row in child if row.tag == "tr")


def _cells(table: Any) -> Iterator[Spanned]:
    """Cells in reading order at the place where a browser puts them."""
    taken: set[tuple[int, int]] = set()
    rows = list(_rows(table))
    for row_index, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            while (row_index, column) in taken:
                column += 1
            down = min(_span(cell, "rowspan") or len(rows), len(rows) - row_index)
            across = _span(cell, "colspan") or 1
            if len(taken) + down * across > _PLACES_MAX:
                raise _TooLargeError
            taken |= {(row_index + i, column + j) for i in range(down) for j in range(across)}
            yield _cell_text(cell), row_index, column, down, across
            column += across


def _span(cell: Any, name: str) -> int:
    digits = re.match(r"\s*(\d{1,4})", cell.get(name) or "1")
    return min(int(digits[1]), _SPAN_MAX) if digits else 1


def _cell_text(cell: Any) -> str:
    inner = Blocks()
    walk = _Walk(inner)
    walk._text(cell.text)  # noqa: SLF001 - our own class
    for child in cell:
        walk.element(child)
        walk._text(child.tail)  # noqa: SLF001
    walk.flush()
    return "\n".join(_texts(inner))


def _texts(blocks: Blocks) -> Iterator[str]:
    for block in blocks.found:
        if hasattr(block, "text"):
            yield block.text
        else:
            yield from (cell.atom.text for cell in block.cells)
