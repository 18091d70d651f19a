"""One executed notebook → its HTML and PDF beside it, by the same exporters as plain nbconvert."""

from pathlib import Path

import nbformat

from yuechi_report.render.html import YuechiHtmlExporter
from yuechi_report.render.pdf import YuechiPdfExporter


def render_notebook(path: Path) -> list[Path]:
    """Write <stem>.html and <stem>.pdf; ReportFailed where a page cannot be made."""
    book = nbformat.read(path, as_version=4)
    resources = {"metadata": {"name": path.stem, "path": ""}}
    html, _ = YuechiHtmlExporter().from_notebook_node(book, resources)
    pdf, _ = YuechiPdfExporter().from_notebook_node(book, resources)
    html_path, pdf_path = path.with_suffix(".html"), path.with_suffix(".pdf")
    html_path.write_text(str(html), encoding="utf-8")
    pdf_path.write_bytes(bytes(pdf))
    return [html_path, pdf_path]
