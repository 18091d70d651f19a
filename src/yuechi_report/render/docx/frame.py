"""Around the body: the page of GB/T 9704-2012, marks in every header, page number on the outer side, properties."""

from datetime import UTC, datetime, time
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.section import Section
from docx.shared import Mm

from yuechi_report.page import theme
from yuechi_report.page.head import Head
from yuechi_report.render.docx.runs import put, put_text, twips, written

_UPRIGHT = {"top": 37.0, "right": 26.0, "bottom": 35.0, "left": 28.0}
_TURNED = {"top": 28.0, "right": 35.0, "bottom": 26.0, "left": 37.0}
_HEADER_MM = {False: 15.0, True: 12.0}
_FOOTER_MM = {False: 22.0, True: 15.0}


def type_width_mm(*, landscape: bool) -> float:
    """The width of the type area; the turned page's is the upright one's height."""
    return theme.TYPE_HEIGHT_MM if landscape else theme.TYPE_WIDTH_MM


def set_page(section: Section, *, landscape: bool) -> None:
    """A4 with the standard's margins, upright or turned."""
    width, height = theme.PAGE_WIDTH_MM, theme.PAGE_HEIGHT_MM
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(height), Mm(width)) if landscape else (Mm(width), Mm(height))
    margins = _TURNED if landscape else _UPRIGHT
    for side, millimetres in margins.items():
        setattr(section, f"{side}_margin", Mm(millimetres))
    section.header_distance, section.footer_distance = Mm(_HEADER_MM[landscape]), Mm(_FOOTER_MM[landscape])


def set_margins(section: Section, head: Head, *, landscape: bool, first: bool) -> None:
    """Headers and footers of odd and even pages; the document's first page has the masthead, too."""
    width = twips(type_width_mm(landscape=landscape) / theme.MM_PER_POINT)
    section.different_first_page_header_footer = first
    headers = [section.header, section.even_page_header]
    footers = [section.footer, section.even_page_footer]
    if first:
        headers.append(section.first_page_header)
        footers.append(section.first_page_footer)
    for header in headers:
        put_text(_emptied(header, "Header"), "\n".join(head.marks))
    if first:
        _masthead(section.first_page_header, head, width)
    for footer, is_odd in zip(footers, (True, False, True), strict=False):
        _footer(_emptied(footer, "Footer"), head, width, is_odd=is_odd)


def _emptied(part: Any, style: str) -> Any:
    """The one paragraph of a header or footer that is this section's own; `style` is an id."""
    part.is_linked_to_previous = False
    element = part.paragraphs[0]._p  # noqa: SLF001 - python-docx names it so for its users
    element.style = style
    return element


def _masthead(header: Any, head: Head, width: int) -> None:
    """Between the marks and the type area, over a rule."""
    if head.red_head or not (head.masthead or head.classification):
        return
    element = header.add_paragraph()._p  # noqa: SLF001 - as above
    element.style = "Masthead"
    put(put(element[0], "tabs"), "tab", val="right", pos=width)
    put_text(element, head.masthead)
    put(put(element, "r"), "tab")
    put_text(element, head.classification)


def _footer(element: Any, head: Head, width: int, *, is_odd: bool) -> None:
    """Draft and check codes inside, — 1 — outside, one character from the edge."""
    put(put(element[0], "tabs"), "tab", val="right", pos=width)
    small_print = "　".join(filter(None, [head.draft, *(f"{code.label}{code.value}" for code in head.check_codes)]))
    if is_odd:
        put_text(element, small_print)
        put(put(element, "r"), "tab")
        _page_number(element, before="— ", after=" —　")
    else:
        _page_number(element, before="　— ", after=" —")
        put(put(element, "r"), "tab")
        put_text(element, small_print)


def _page_number(element: Any, *, before: str, after: str) -> None:
    put_text(element, before, style="PageNumber")
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            put(_number_run(element), "instrText").text = "PAGE"
        put(_number_run(element), "fldChar", fldCharType=kind)
        if kind == "separate":
            put(_number_run(element), "t").text = "1"
    put_text(element, after, style="PageNumber")


def _number_run(element: Any) -> Any:
    run = put(element, "r")
    put(put(run, "rPr"), "rStyle", val="PageNumber")
    return run


def set_properties(document: Document, head: Head) -> None:
    """Title, words to search by, language and the day the status is judged; no person and no machine."""
    properties = document.core_properties
    moment = datetime.combine(head.document_date, time(), UTC)
    properties.title = written("".join(head.title))
    properties.subject = written(head.edition)
    properties.keywords = written(" ".join(word for word in (head.notice_id, head.quarter, head.edition) if word))
    properties.language = head.language
    properties.created = properties.modified = moment
    properties.revision = 1
