"""Blocks → the JSON and picture files that templates/report.typ reads; every string stays text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

from yuechi_report.page import theme
from yuechi_report.page.closing import Closing
from yuechi_report.page.fonts import SANS, SERIF, replace_uncovered
from yuechi_report.page.head import Faces, Head
from yuechi_report.page.table import Cell, Table
from yuechi_report.render import content
from yuechi_report.render.measure import column_widths, is_ideograph, pieces, row_lines, width_em

Piece: TypeAlias = str | list[str]
"""Text; or ["kept", text]: no line breaks inside, but one may on either side; ["spaced", text]: the
same after the quarter space that is set between Chinese and figures."""
Line: TypeAlias = list[Piece]

_NUMBER = re.compile(r"\d[\d.,]*%?[年月日时分项家件天个期次种人名户条份届批号季周岁元万亿起处所台辆位号][：；]?")
"""A figure with its unit; a colon or semicolon after it too, before which a line might break (UAX 14, NS)."""
_LONGEST_KEPT_SHARE = 0.5
_RED_SIZE = 40.0
"""Points; a longer name is set smaller, on one line."""


@dataclass(frozen=True, slots=True)
class TypstDocument:
    """What one compilation reads: the JSON's content, pictures by file name, and what could not be set."""

    data: dict[str, Any]
    files: dict[str, bytes]
    replaced: tuple[str, ...]


def typst_document(head: Head, body: Iterable[content.Block]) -> TypstDocument:
    """The document of a head and its body; characters no font has are replaced and reported."""
    writer = _TypstWriter(theme.LAYOUTS[head.layout])
    data = {
        "head": writer.head(head),
        "layout": asdict(writer.layout),
        "fonts": _families(head.faces),
        "sections": [writer.section(section) for section in content.sections(body)],
    }
    return TypstDocument(data, writer.files, tuple(writer.text.replaced))


def _families(faces: Faces) -> dict[str, list[str]]:
    """The family of each part, the shipped one behind it for characters the named one lacks."""
    return {
        "serif": [*filter(None, [faces.body]), SERIF],
        "sans": [*filter(None, [faces.heading]), SANS],
        "title": [*filter(None, [faces.title]), SERIF],
        "second": [*filter(None, [faces.second]), SANS],
    }


class _TypstWriter:
    """Writes blocks one by one; keeps the pictures met and the width of the pages it is on."""

    def __init__(self, layout: theme.TypeSizes) -> None:
        self.layout = layout
        self.text = TypstText()
        self.files: dict[str, bytes] = {}
        self.width_mm = theme.TYPE_WIDTH_MM

    @property
    def line_em(self) -> float:
        return self.width_mm / theme.MM_PER_POINT / self.layout.base

    def head(self, head: Head) -> dict[str, Any]:
        """The head as it is set; a title line is larger, so it is measured against a shorter line."""
        codes = [f"{code.label}{code.value}" for code in head.check_codes]
        return {
            "title": [self.text.lines(line, self.line_em / 1.6)[0] for line in head.title],
            "plain_title": self.text.covered("".join(head.title)),
            "masthead": self.text.lines(head.masthead, self.line_em / 2),
            "secrecy": self.text.lines(head.secrecy, self.line_em / 2),
            "red_head": self.text.covered(head.red_head),
            "red_size": min(_RED_SIZE, self.width_mm / theme.MM_PER_POINT / max(width_em(head.red_head), 1.0)),
            "number": self.text.lines(head.number, self.line_em),
            "addressee": self.text.lines(f"{head.addressee}：" if head.addressee else "", self.line_em),
            "classification": self.text.lines(head.classification, self.line_em / 2),
            "byline": self.text.lines(head.byline, self.line_em),
            "marks": [self.text.lines(mark, self.line_em) for mark in head.marks],
            "small_print": self.text.lines("　".join(filter(None, [head.draft, *codes])), self.line_em),
            "office": self.text.covered(head.office),
            "keywords": [word for word in (head.notice_id, head.quarter, head.edition) if word],
            "date": [head.document_date.year, head.document_date.month, head.document_date.day],
        }

    def section(self, section: content.PageSection) -> dict[str, Any]:
        """A section; the turned page's type area is the upright one turned."""
        self.width_mm = theme.TYPE_HEIGHT_MM if section.landscape else theme.TYPE_WIDTH_MM
        return {"landscape": section.landscape, "blocks": self.blocks(section.blocks)}

    def blocks(self, blocks: Iterable[content.Block]) -> list[dict[str, Any]]:
        """Blocks as records with a `kind`; page turns have become sections already."""
        return [self.block(block) for block in blocks if not isinstance(block, Head | content.PageTurn)]

    def block(self, block: content.Block) -> dict[str, Any]:
        match block:
            case content.Heading(level, spans):
                return {"kind": "heading", "level": level, "spans": self.spans(spans)}
            case content.Paragraph(spans):
                return {"kind": self.paragraph_kind(block), "spans": self.spans(spans)}
            case content.Note(spans):
                return {"kind": "note", "spans": self.spans(spans)}
            case content.Preformatted(text):
                return {"kind": "preformatted", "text": self.text.lines(text, self.line_em)}
            case content.ListBlock(ordered, start, items):
                return {"kind": "list", "ordered": ordered, "start": start, "items": [*map(self.blocks, items)]}
            case content.TableBlock(table):
                return self.table(table)
            case content.FigureBlock():
                return self.figure(block)
            case Closing():
                return self.closing(block)
            case content.PageBreak():
                return {"kind": "page-break"}
            case _:
                raise TypeError(f"no page shows {type(block).__name__}")

    def paragraph_kind(self, paragraph: content.Paragraph) -> str:
        """In a letter the addressee, a line that ends with a colon, begins at the left edge."""
        addressed = self.layout is theme.LAYOUTS["letter"] and content.plain(paragraph.spans).endswith("：")
        return "salutation" if addressed else "paragraph"

    def spans(self, spans: content.Spans) -> list[dict[str, object]]:
        """Spans on a full line; one em is kept back for emphasis, which is a little wider."""
        return self.text.spans(spans, self.line_em - 2)

    def table(self, table: Table) -> dict[str, Any]:
        """A table with its columns measured; widths in points."""
        size = self.layout.compact if table.compact else self.layout.table
        inset = 2 * self.layout.inset_em
        widths = column_widths(table, self.width_mm / theme.MM_PER_POINT / size, inset)
        room = [width - inset for width in widths]
        return {
            "kind": "table",
            "size": size,
            "caption": self.text.lines(table.caption, self.line_em) if table.caption else [],
            "columns": [
                {"title": self.text.lines(column.title, em), "align": column.align, "width": width * size}
                for column, em, width in zip(table.columns, room, widths, strict=True)
            ],
            "rows": [self.row(row, room) for row in table.rows],
            "notes": [self.text.lines(note, self.line_em) for note in table.notes],
            "empty_text": self.text.lines(table.empty_text, self.line_em),
            "compact": table.compact,
            "header_column": table.header_column,
        }

    def row(self, row: tuple[Cell, ...], room: list[float]) -> dict[str, Any]:
        """A row; `together` keeps it on one page."""
        return {
            "together": row_lines(row, room) <= theme.LINES_KEPT_TOGETHER,
            "cells": [
                {
                    "text": self.text.lines(cell.sign + cell.text, em),
                    "note": self.text.covered(cell.note),
                    "strong": cell.strong,
                }
                for cell, em in zip(row, room, strict=True)
            ],
        }

    def closing(self, closing: Closing) -> dict[str, Any]:
        return {
            "kind": "closing",
            "attachments": [self.text.lines(line, self.line_em - 5)[0] for line in closing.attachment_lines],
            "signature": [self.text.lines(line, self.line_em / 2)[0] for line in closing.signature_lines],
        }

    def figure(self, block: content.FigureBlock) -> dict[str, Any]:
        """A figure and its file; text inside an SVG is text of the page and replaced alike."""
        file_name = f"figure-{len(self.files) + 1}.{block.suffix}"
        is_text = block.suffix == "svg"
        drawn = self.text.covered(block.content.decode("utf-8-sig")).encode() if is_text else block.content
        self.files[file_name] = drawn
        return {
            "kind": "figure",
            "file": file_name,
            "width_mm": min(block.figure.width_mm, self.width_mm),
            "alt": self.text.covered(block.figure.alt),
            "caption": self.text.lines(block.figure.caption, self.line_em) if block.figure.caption else [],
        }


@dataclass(slots=True)
class TypstText:
    """The one door every string of a document passes; `replaced` grows as uncovered characters are met."""

    replaced: dict[str, None] = field(default_factory=dict)

    def covered(self, text: str) -> str:
        """The text in characters the fonts have: others as 〔U+1F600〕, line ends one kind, tabs a space."""
        normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        shown, missing = replace_uncovered(normal)
        self.replaced |= dict.fromkeys(missing)
        return shown

    def lines(self, text: str, line_em: float) -> list[Line]:
        """The text as lines; runs wider than `line_em` are cut, a figure keeps its unit (6项, 12月)."""
        return [_line(line, line_em) for line in self.covered(text).split("\n")]

    def spans(self, spans: Iterable[content.Span], line_em: float) -> list[dict[str, object]]:
        """Spans with their style; of the targets only addresses outside the page are kept."""
        return [
            {
                "text": self.lines(span.text, line_em),
                "strong": span.strong,
                "emphasis": span.emphasis,
                "target": span.target if span.target.startswith("http") else "",
            }
            for span in spans
        ]


def _line(text: str, line_em: float) -> Line:
    line: Line = []
    for piece, cut in pieces(text, line_em):
        line += [["kept", piece]] if cut else _kept(piece, line_em)
    return line


def _kept(text: str, line_em: float) -> Iterator[Piece]:
    start = 0
    for found in _NUMBER.finditer(text):
        if width_em(found[0]) > line_em * _LONGEST_KEPT_SHARE:
            continue
        if before := text[start : found.start()]:
            yield before
        spaced = found.start() > 0 and is_ideograph(text[found.start() - 1])
        yield ["spaced" if spaced else "kept", found[0]]
        start = found.end()
    if text[start:]:
        yield text[start:]
