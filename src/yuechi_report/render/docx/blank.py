"""An empty Word file that holds nothing but our styles: made from the texts in templates/docx, no binary template."""

import io
from functools import cache
from typing import Literal
from zipfile import ZipFile

import docx
from docx.document import Document

from yuechi_report.render.docx import styles
from yuechi_report.render.docx.runs import twips
from yuechi_report.render.docx.styles import Sheet, style_sheet
from yuechi_report.render.web import FOLDER, environment

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


def blank_document(layout: Literal["brief", "letter"]) -> tuple[Document, Sheet]:
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


def _styles(sheet: Sheet) -> str:
    return (
        environment()
        .get_template("docx/styles.xml.j2")
        .render(
            paragraphs=sheet.paragraphs,
            body=styles.BODY_FACE,
            latin=styles.LATIN_FACE,
            heading=styles.HEADING_FACE,
            second=styles.SECOND_FACE,
            page_number=round(2 * sheet.base),
        )
    )


def _numbering(sheet: Sheet) -> str:
    """Lists stand in by two characters, each level by one more."""
    return (
        environment()
        .get_template("docx/numbering.xml.j2")
        .render(step=twips(1.5 * sheet.base), hanging=twips(1.2 * sheet.base))
    )
