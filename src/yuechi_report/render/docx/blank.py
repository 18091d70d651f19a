"""An empty Word file of our styles, made from the texts in templates/docx, and the bytes of one that was filled."""

import io
from functools import cache
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document

from yuechi_report.render.docx import styles
from yuechi_report.render.docx.runs import twips
from yuechi_report.render.docx.styles import StyleSheet, style_sheet
from yuechi_report.render.web import FOLDER, rendered

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
}

BULLET, DECIMAL = 0, 1
"""Numbers of the two kinds of list in numbering.xml.j2."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day a zip file knows; no clock is read."""


def blank_document(layout: Literal["brief", "letter"]) -> tuple[Document, StyleSheet]:
    """The empty document and the sizes it is set in."""
    return docx.Document(io.BytesIO(blank_package(layout))), style_sheet(layout)


@cache
def blank_package(layout: Literal["brief", "letter"]) -> bytes:
    """The empty document's bytes, made once a process."""
    sheet = style_sheet(layout)
    made = {"word/styles.xml": _styles(sheet), "word/numbering.xml": _numbering(sheet)}
    target = io.BytesIO()
    with ZipFile(target, "w") as package:
        for name, source in _PARTS.items():
            package.writestr(name, (FOLDER / "docx" / source).read_bytes())
        for name, text in made.items():
            package.writestr(name, text)
    return target.getvalue()


def _styles(sheet: StyleSheet) -> str:
    return rendered(
        "docx/styles.xml.j2",
        paragraphs=sheet.paragraphs,
        body=styles.BODY_FACE,
        latin=styles.LATIN_FACE,
        heading=styles.HEADING_FACE,
        second=styles.SECOND_FACE,
        page_number=round(2 * sheet.base),
    )


def _numbering(sheet: StyleSheet) -> str:
    """Lists are indented by two characters, each level by one more."""
    return rendered("docx/numbering.xml.j2", step=twips(1.5 * sheet.base), hanging=twips(1.2 * sheet.base))


def packed(document: Document) -> bytes:
    """The bytes of a document; equal documents have equal bytes."""
    saved = io.BytesIO()
    document.save(saved)
    target = io.BytesIO()
    with ZipFile(saved) as source, ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name in source.namelist():
            member = ZipInfo(name, _FIRST_DAY)
            member.compress_type = ZIP_DEFLATED
            member.create_system = 0
            package.writestr(member, source.read(name))
    return target.getvalue()
