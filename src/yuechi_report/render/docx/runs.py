"""Strings → runs: always text, never a field; what XML cannot hold is printed as its code."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import nsmap, qn

from yuechi_report.page.text import CONTROLS, TURNING, printable
from yuechi_report.render.content import Span

_FORBIDDEN = (
    TURNING
    | CONTROLS - set("\t\n\r\x85")
    | set(map(chr, (*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF)))
)
"""Characters that XML forbids or discourages, and those that turn the reading direction."""
_ADDRESS_SIGNS = "!#$%&'()*+,-./:;=?@_~"
_LONGEST_ADDRESS = 2000
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?")
_W = f"{{{nsmap['w']}}}"


def put(parent: Any, tag: str, **attributes: object) -> Any:
    """Append <w:tag w:name="value"/> and return it."""
    element = make(parent, tag, **attributes)
    parent.append(element)
    return element


def make(near: Any, tag: str, **attributes: object) -> Any:
    """An element that has no place yet, of the same document as `near`."""
    return near.makeelement(_W + tag, {_W + name: str(value) for name, value in attributes.items()})


def paragraph(parent: Any, style: str) -> Any:
    """Append a paragraph of a style (its id); in a body its place is before the closing section."""
    element = make(parent, "p")
    put(put(element, "pPr"), "pStyle", val=style)
    add(parent, element)
    return element


def add(parent: Any, element: Any) -> None:
    """Append to a cell, or to a body before its closing section."""
    last = parent[-1] if len(parent) else None
    if last is not None and last.tag == qn("w:sectPr"):
        last.addprevious(element)
    else:
        parent.append(element)


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def written(text: str) -> str:
    """Text a Word file can hold: one kind of line end, no tabs, control and turning characters as their code."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return printable(normal, _FORBIDDEN)


def put_text(parent: Any, text: str, *, style: str = "") -> None:
    """Append a run; line ends are breaks, and quotes and dashes take the Chinese face."""
    if not text:
        return
    run = put(parent, "r")
    properties = put(run, "rPr")
    if style:
        put(properties, "rStyle", val=style)
    put(properties, "rFonts", hint="eastAsia")
    for number, line in enumerate(written(text).split("\n")):
        if number:
            put(run, "br")
        words = put(run, "t")
        words.set(qn("xml:space"), "preserve")
        words.text = line


def put_spans(paragraph: Any, spans: Iterable[Span], part: Part, anchors: frozenset[str]) -> None:
    """Append spans; of the targets only web addresses and headings of this document are kept."""
    for span in spans:
        parent = _link(paragraph, span.target, part, anchors) if span.target else paragraph
        style = "Strong" if span.strong else "Emphasis" if span.emphasis else ""
        put_text(parent, span.text, style=style or ("Hyperlink" if parent is not paragraph else ""))


def _link(paragraph: Any, target: str, part: Part, anchors: frozenset[str]) -> Any:
    if target in anchors:
        return put(paragraph, "hyperlink", anchor=bookmark(target.removeprefix("#")), history=1)
    address = safe_address(target)
    if not address:
        return paragraph
    link = put(paragraph, "hyperlink", history=1)
    link.set(qn("r:id"), part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return link


def bookmark(anchor: str) -> str:
    """heading_1: Word's bookmarks know no hyphen."""
    return anchor.replace("-", "_")


def safe_address(target: str) -> str:
    """A web address Word opens the file with; empty where it would call the whole file damaged."""
    try:
        parts = urlsplit(target)
        known = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc) and parts.port != 0
        address = quote(target, safe=_ADDRESS_SIGNS)
    except ValueError:
        return ""
    broken = re.search(r"%(?![0-9A-Fa-f]{2})", address)
    return address if known and not broken and len(address) <= _LONGEST_ADDRESS else ""
