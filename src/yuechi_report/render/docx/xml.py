"""The one way elements of WordprocessingML are written: prefix, attributes, place."""

from typing import Any

from docx.oxml.ns import nsmap, qn

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
    """Append a paragraph of a style (its id); in a body it stands before the closing section."""
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
