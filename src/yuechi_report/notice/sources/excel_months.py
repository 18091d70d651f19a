"""Cells that show a month and hold its first day: 2024年11月 is stored as 1 November, which nobody wrote."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = frozenset({17, 27, 36, 50, 52, 55, 57})  # mmm-yy, yyyy年m月 and their like in Chinese Excel
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def month_cells(data: bytes) -> frozenset[tuple[str, str]]:
    """Sheet name and address (B3) of each cell whose format shows a month and no day; none where nothing is styled."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            styles = _month_styles(package)
            return frozenset(_cells(package, styles)) if styles else frozenset()
    except (KeyError, etree.LxmlError, zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError):
        return frozenset()


def _parsed(package: zipfile.ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(name), parser)


def _month_styles(package: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell styles that show months."""
    root = _parsed(package, "xl/styles.xml")
    own = {int(each.get("numFmtId")): each.get("formatCode", "") for each in root.iter(f"{_MAIN}numFmt")}
    crossed = root.find(f"{_MAIN}cellXfs")
    formats = [] if crossed is None else [int(each.get("numFmtId", "0")) for each in crossed]
    return frozenset(
        index
        for index, number in enumerate(formats)
        if (_shows_month(own[number]) if number in own else number in _BUILT_IN)
    )


def _shows_month(code: str) -> bool:
    bare = _QUOTED.sub("", code.lower()).split(";")[0]
    return "y" in bare and "m" in bare and "d" not in bare


def _cells(package: zipfile.ZipFile, styles: frozenset[int]) -> Iterator[tuple[str, str]]:
    links = {each.get("Id"): each.get("Target", "") for each in _parsed(package, "xl/_rels/workbook.xml.rels")}
    for sheet in _parsed(package, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = links[sheet.get(_RELATION)].lstrip("/")
        name = target if target.startswith("xl/") else f"xl/{target}"
        for cell in _parsed(package, name).iter(f"{_MAIN}c"):
            if int(cell.get("s", "0")) in styles:
                yield sheet.get("name", ""), cell.get("r", "")
