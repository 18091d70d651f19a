"""Notebooks that are not ours, through all three exporters: what can be shown is, what cannot is named."""

import io
from base64 import b64encode
from typing import Any

import docx
import nbformat
import pypdfium2
import pytest
from nbformat import NotebookNode
from PIL import Image

from yuechi_report.errors import ReportFailed
from yuechi_report.render.exporters import YuechiDocxExporter, YuechiHtmlExporter, YuechiPdfExporter

Build = Any
EXPORTERS = (YuechiHtmlExporter, YuechiPdfExporter, YuechiDocxExporter)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><script>alert(1)</script>'
    '<text x="9" y="40" font-family="Comic Sans MS">图中字</text></svg>'
)


def picture() -> str:
    """A small PNG in base64."""
    target = io.BytesIO()
    Image.new("RGB", (96, 48), "red").save(target, "PNG")
    return b64encode(target.getvalue()).decode()


@pytest.fixture(scope="module")
def foreign(build: Build) -> NotebookNode:
    """A notebook of somebody else's with every kind of output."""
    frame = {"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "   甲\n0  1"}
    return build.notebook(
        build.markdown("# 分析\n\n正文 $x^2$ <b>粗</b>\n\n| 列 |\n|---|\n| 格 |\n\n![图](a.png)\n\n### 小节"),
        build.code({"output_type": "stream", "name": "stdout", "text": "\x1b[31m流出\x1b[0m\n"}),
        build.code({"data": frame}),
        build.code({"data": {"image/png": picture(), "text/plain": "<Figure>"}}),
        build.code({"data": {"image/svg+xml": SVG, "text/plain": "<SVG>"}}),
        build.code({"data": {"application/vnd.plotly.v1+json": {"data": []}}}),
        build.code({"data": {"image/png": "bm90IGEgcG5n"}}, {"data": {}}),
    )


def words_of(output: str | bytes) -> str:
    """What a reader reads, without spaces."""
    if isinstance(output, str):
        text = output.partition("<body>")[2].replace("&lt;", "<").replace("&gt;", ">")
    elif output.startswith(b"%PDF"):
        text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(output))
    else:
        document = docx.Document(io.BytesIO(output))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = "".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
        text += "".join(section.footer.paragraphs[0].text for section in document.sections)
    return "".join(text.split())


@pytest.mark.parametrize("exporter", EXPORTERS, ids=["html", "pdf", "docx"])
def test_a_foreign_notebook_is_shown_as_far_as_it_can_be(exporter: Any, foreign: NotebookNode) -> None:
    """Title, text, tables, streams and pictures come through; other outputs are named; it is marked as no report."""
    output, _ = exporter().from_notebook_node(foreign, {"metadata": {"name": "别人的"}})
    words = words_of(output)
    expected = [
        "分析", "正文$x^2$<b>粗</b>", "列", "格", "〔图：图〕", "小节", "流出", "甲01",
        "〔原笔记本此处有“application/vnd.plotly.v1+json”输出，未能排入〕",
        "〔原笔记本此处有“image/png”输出，未能排入〕", "〔原笔记本此处有“空”输出，未能排入〕", "由笔记本直接导出，非印发件",
    ]  # fmt: skip
    assert [phrase for phrase in expected if phrase not in words] == []
    assert "secret_source" not in words


@pytest.mark.parametrize("exporter", EXPORTERS, ids=["html", "pdf", "docx"])
def test_an_error_is_never_published(exporter: Any, build: Build) -> None:
    """A notebook that failed is no page, whoever wrote it."""
    broken = build.notebook(build.code({"output_type": "error", "ename": "E", "evalue": "坏了", "traceback": []}))
    with pytest.raises(ReportFailed, match="坏了"):
        exporter().from_notebook_node(broken, {"metadata": {"name": "x"}})


@pytest.mark.parametrize("exporter", EXPORTERS, ids=["html", "pdf", "docx"])
def test_an_empty_notebook_is_a_page_with_its_name(exporter: Any) -> None:
    """Nothing to show is still a page with the file's name."""
    output, _ = exporter().from_notebook_node(nbformat.v4.new_notebook(), {"metadata": {"name": "空白"}})
    assert "空白" in words_of(output)
