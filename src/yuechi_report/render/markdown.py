"""Markdown → blocks: CommonMark with tables, Chinese-friendly emphasis, and no raw HTML."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_cjk_friendly import cjk_friendly

from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.render import content
from yuechi_report.render.measure import is_wide

_NOTE_SIGN = re.compile("^[\u2460-\u2473]")
_KEPT_TARGET = re.compile(r"^(https?://|#)")
_SOFT_BREAK = "\r"
_ALIGNS: dict[str, Literal["left", "center", "right"]] = {"text-align:center": "center", "text-align:right": "right"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").use(cjk_friendly)


def markdown_blocks(source: str) -> tuple[content.Block, ...]:
    """The blocks of one Markdown text; raw HTML in it is ordinary text."""
    return tuple(_blocks(SyntaxTreeNode(_parser().parse(source))))


def _blocks(parent: SyntaxTreeNode) -> Iterator[content.Block]:
    for node in parent.children:
        match node.type:
            case "heading":
                yield content.Heading(int(node.tag[1]), _spans(node))
            case "paragraph":
                spans = _spans(node)
                yield content.Note(spans) if _NOTE_SIGN.match(content.plain(spans)) else content.Paragraph(spans)
            case "bullet_list" | "ordered_list":
                yield _list(node)
            case "table":
                yield content.TableBlock(_table(node))
            case "fence" | "code_block":
                yield content.Preformatted(node.content.rstrip("\n"))
            case "hr":
                continue
            case _:
                yield from _blocks(node)


def _list(node: SyntaxTreeNode) -> content.ListBlock:
    items = tuple(tuple(_blocks(item)) for item in node.children)
    return content.ListBlock(node.type == "ordered_list", int(node.attrs.get("start", 1)), items)


def _table(node: SyntaxTreeNode) -> Table:
    rows = [row.children for part in node.children for row in part.children]
    columns = tuple(
        Column(
            key=f"c{number}",
            title=content.plain(_spans(cell)),
            align=_ALIGNS.get(str(cell.attrs.get("style", "")), "left"),
        )
        for number, cell in enumerate(rows[0], start=1)
    )
    body = tuple(tuple(Cell(text=content.plain(_spans(cell))) for cell in row) for row in rows[1:])
    return Table(name="markdown", columns=columns, rows=body)


def _spans(node: SyntaxTreeNode) -> content.Spans:
    found = [span for child in node.children for span in _inline(child, content.Span(""))]
    return _merged(_without_soft_breaks(found))


def _inline(node: SyntaxTreeNode, style: content.Span) -> Iterator[content.Span]:
    match node.type:
        case "text" | "code_inline":
            yield replace(style, text=node.content)
        case "softbreak":
            yield replace(style, text=_SOFT_BREAK)
        case "hardbreak":
            yield replace(style, text="\n")
        case "image":
            yield replace(style, text=f"〔图：{node.content}〕")
        case _:
            inner = _restyled(node, style)
            for child in node.children:
                yield from _inline(child, inner)


def _restyled(node: SyntaxTreeNode, style: content.Span) -> content.Span:
    if node.type == "strong":
        return replace(style, strong=True)
    if node.type == "em":
        return replace(style, emphasis=True)
    target = str(node.attrs.get("href", "")) if node.type == "link" else ""
    return replace(style, target=target) if _KEPT_TARGET.match(target) else style


def _without_soft_breaks(spans: list[content.Span]) -> list[content.Span]:
    """A source line's end is a space between Latin words and nothing next to a Chinese character."""
    result = []
    for before, span, after in zip([None, *spans], spans, [*spans[1:], None], strict=False):
        if span.text == _SOFT_BREAK:
            neighbours = (before.text[-1:] if before else "") + (after.text[:1] if after else "")
            result.append(replace(span, text="" if any(map(is_wide, neighbours)) else " "))
        else:
            result.append(span)
    return result


def _merged(spans: list[content.Span]) -> content.Spans:
    result: list[content.Span] = []
    for span in spans:
        if result and replace(result[-1], text="") == replace(span, text=""):
            result[-1] = replace(span, text=result[-1].text + span.text)
        elif span.text:
            result.append(span)
    return tuple(result)
