"""Blocks → DOCX for Word and WPS: real styles and headings, so that an office can go on editing; one writer for all."""

import io
from collections.abc import Iterable
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from yuechi_report.page import theme
from yuechi_report.page.closing import Closing
from yuechi_report.page.head import Head
from yuechi_report.page.table import Table
from yuechi_report.render import content
from yuechi_report.render.docx.blank import BULLET, DECIMAL, blank_document, packed
from yuechi_report.render.docx.cells import put_table
from yuechi_report.render.docx.frame import set_margins, set_page, set_properties, type_width_mm
from yuechi_report.render.docx.image import png_of, shape
from yuechi_report.render.docx.runs import bookmark, paragraph, put, put_spans, put_text, twips, written

_DEEPEST_LIST = 8


def render_docx(blocks: tuple[content.Block, ...], *, name: str = "") -> bytes:
    """The Word file of blocks whose first is the Head; `name` is the notebook's, for errors."""
    head, body = content.split_head(blocks)
    return packed(_word_document(head, body, name=name))


def _word_document(head: Head, body: tuple[content.Block, ...], *, name: str = "") -> Document:
    """The document of a head and its body; `name` is the notebook's, for errors."""
    document, sheet = blank_document(head.layout)
    writer = _WordWriter(document, sheet, head, anchors=_anchors(body), name=name)
    set_properties(document, head)
    writer.opening()
    parts = content.sections(body) or (content.PageSection(landscape=False, blocks=()),)
    for number, part in enumerate(parts):
        if number:
            _end_section(document)
        writer.section(part)
        set_page(document.sections[-1], landscape=part.landscape)
        set_margins(document.sections[-1], head, landscape=part.landscape, first=number == 0)
    return document


def _anchors(body: Iterable[content.Block]) -> frozenset[str]:
    headings = [block for block in body if isinstance(block, content.Heading)]
    return frozenset(f"#heading-{number}" for number, _ in enumerate(headings, 1))


def _end_section(document: Document) -> None:
    """A new page; the break is in the last paragraph, in a tiny one only after a table."""
    document.add_section(WD_SECTION.NEW_PAGE)
    holder = document.element.body.findall(qn("w:p"))[-1]
    before = holder.getprevious()
    if before is not None and before.tag == qn("w:p"):
        before.get_or_add_pPr().append(holder.pPr.find(qn("w:sectPr")))
        holder.getparent().remove(holder)
    else:
        holder.style = "SectionEnd"


class _WordWriter:
    """Writes blocks one by one into the body; remembers what the next one must know."""

    def __init__(self, document: Document, sheet: Any, head: Head, *, anchors: frozenset[str], name: str) -> None:
        self.document = document
        self.body = document.element.body
        self.sheet = sheet
        self.head = head
        self.anchors = anchors
        self.name = name
        self.width_mm = 0.0
        self.headings = 0
        self.pictures = 0
        self.starts_page = False

    def opening(self) -> None:
        """What is printed above the body: secrecy and red head where there are any, title, byline, addressee."""
        head = self.head
        addressee = f"{head.addressee}：" if head.addressee else ""
        lines = {
            "Secrecy": head.secrecy,
            "RedHead": head.red_head,
            "Number": head.number,
            "Title": "\n".join(head.title),
        }
        for style, words in (lines | {"Byline": head.byline, "Salutation": addressee}).items():
            if words:
                element = self.paragraph(style)
                put_text(element, words)
        if addressee:
            put(element[0], "spacing", before=twips(self.sheet.pitch))

    def section(self, section: content.PageSection) -> None:
        self.width_mm = type_width_mm(landscape=section.landscape)
        self.starts_page = False
        self.blocks(section.blocks)

    def paragraph(self, style: str) -> Any:
        """A paragraph of a style, on a new page where one was asked for."""
        element = paragraph(self.body, style)
        if self.starts_page:
            put(element[0], "pageBreakBefore")
            self.starts_page = False
        return element

    def blocks(self, blocks: Iterable[content.Block]) -> None:
        """Blocks in order; the first of neighbouring notes is set under a short rule."""
        last: content.Block | None = None
        for block in blocks:
            if isinstance(block, content.Note) and not isinstance(last, content.Note):
                element = self.paragraph("NoteRule")
                put(element[0], "ind", right=twips(0.75 * self.width_mm / theme.MM_PER_POINT))
            if not isinstance(block, Head | content.PageTurn):
                self.block(block)
            last = block

    def block(self, block: content.Block) -> None:
        match block:
            case content.Heading(level, spans):
                self.heading(level, spans)
            case content.Paragraph(spans):
                self.spans(self.paragraph_style(spans), spans)
            case content.Note(spans):
                self.spans("NoteText", spans)
            case content.Preformatted(text):
                put_text(self.paragraph("Preformatted"), text)
            case content.ListBlock():
                self.list(block, depth=0)
            case content.TableBlock(table):
                self.table(table)
            case content.FigureBlock():
                self.figure(block)
            case Closing():
                self.closing(block)
            case content.PageBreak():
                self.starts_page = True
            case _:
                raise TypeError(f"no page shows {type(block).__name__}")

    def paragraph_style(self, spans: content.Spans) -> str:
        """In a letter the addressee, a line that ends with a colon, begins at the left edge."""
        addressed = self.head.layout == "letter" and content.plain(spans).endswith("：")
        return "Salutation" if addressed else "BodyText"

    def spans(self, style: str, spans: content.Spans) -> Any:
        element = self.paragraph(style)
        put_spans(element, spans, self.document.part, self.anchors)
        return element

    def heading(self, level: int, spans: content.Spans) -> None:
        """A built-in heading with a bookmark of its own."""
        self.headings += 1
        element = self.paragraph(f"Heading{level}")
        put(element, "bookmarkStart", id=self.headings, name=bookmark(f"heading-{self.headings}"))
        put_spans(element, spans, self.document.part, self.anchors)
        put(element, "bookmarkEnd", id=self.headings)

    def list(self, block: content.ListBlock, *, depth: int) -> None:
        """A list with numbers of its own; the first paragraph of an item bears the sign."""
        number = self.numbering(block)
        for item in block.items:
            for position, inner in enumerate(item):
                if isinstance(inner, content.ListBlock):
                    self.list(inner, depth=min(depth + 1, _DEEPEST_LIST))
                elif isinstance(inner, content.Paragraph | content.Note):
                    element = self.spans("ListText", inner.spans)
                    self.indent(element, depth, number if position == 0 else 0)
                else:
                    self.block(inner)

    def numbering(self, block: content.ListBlock) -> int:
        """A list's own number, beginning where it begins."""
        numbering = self.document.part.numbering_part.element
        number = numbering.add_num(DECIMAL if block.ordered else BULLET)
        for level in range(_DEEPEST_LIST + 1) if block.ordered else ():
            number.add_lvlOverride(level).add_startOverride(block.start)
        return int(number.numId)

    def indent(self, element: Any, depth: int, number: int) -> None:
        """The place of an item's paragraph; `number` 0 has no sign."""
        if number:
            place = put(element[0], "numPr")
            put(place, "ilvl", val=depth)
            put(place, "numId", val=number)
        else:
            put(element[0], "ind", left=twips(1.5 * self.sheet.base * (depth + 2)), firstLine=0)

    def closing(self, closing: Closing) -> None:
        """Annexes by name, then who signs and the day in the right half of the page."""
        pitch, half = self.sheet.pitch, twips(0.45 * self.width_mm / theme.MM_PER_POINT)
        self.lines("Attachment", closing.attachment_lines, before=pitch, left=twips(2 * self.sheet.base))
        self.lines("Signature", closing.signature_lines, before=2 * pitch, left=half, firstLine=0)

    def lines(self, style: str, lines: Iterable[str], *, before: float, **indent: int) -> None:
        """A paragraph a line, so many points below what is before the first."""
        for number, line in enumerate(lines):
            element = self.paragraph(style)
            if number == 0:
                put(element[0], "spacing", before=twips(before))
            put(element[0], "ind", **indent)
            put_text(element, line)

    def table(self, table: Table) -> None:
        """A table with its caption above and its notes below; without rows, its sentence."""
        if table.caption:
            put_text(self.paragraph("Caption"), table.caption)
        if table.rows:
            self.filled_table(table)
        else:
            put_text(self.paragraph("BodyText"), table.empty_text)
        for note in table.notes:
            put_text(self.paragraph("TableNote"), note)

    def filled_table(self, table: Table) -> None:
        """The grid itself, with a little air where it has neither caption nor notes."""
        if not table.caption:
            self.paragraph("TableGap")
        put_table(self.body, table, self.sheet, self.width_mm / theme.MM_PER_POINT)
        if not table.notes:
            self.paragraph("TableGap")

    def figure(self, block: content.FigureBlock) -> None:
        """A figure with its words for readers who cannot see it."""
        picture = png_of(block, self.name)
        width = min(block.figure.width_mm, self.width_mm)
        element = self.paragraph("Picture")
        run = WordParagraph(element, self.document).add_run()
        shown = run.add_picture(io.BytesIO(picture), width=Mm(width), height=Mm(width * shape(picture)))
        self.pictures += 1
        words = shown._inline.docPr  # noqa: SLF001 - python-docx names it so for its users
        words.set("id", str(self.pictures))
        words.set("name", f"图{self.pictures}")
        words.set("descr", written(block.figure.alt))
        if block.figure.caption:
            put_text(self.paragraph("Caption"), block.figure.caption)
