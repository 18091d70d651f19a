"""Blocks → DOCX for Word and WPS: real styles and headings, so that an office can go on editing."""

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.content import Block, split_head
from yuechi_report.render.docx.body import word_document

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day a zip file knows; no clock is read."""


def packed(document: Document) -> bytes:
    """The file's bytes."""
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


class YuechiDocxExporter(Exporter):
    """`jupyter nbconvert --to yuechi-docx`: an executed notebook as a Word file in 公文 styles."""

    export_from_notebook = "Word（公文版式）"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(  # type: ignore[override] # nbconvert's own PDF exporter returns bytes here, too
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The file's bytes and nbconvert's resources; ReportFailed where a page cannot be made."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name", "")
        return render_docx(read_blocks(notebook, name=name), name=name), resources


def render_docx(blocks: tuple[Block, ...], *, name: str = "") -> bytes:
    """The Word file of blocks whose first is the Head; `name` is the notebook's, for errors."""
    head, body = split_head(blocks)
    return packed(word_document(head, body, name=name))
