"""One executed notebook → its pages and data files beside it, by the same exporters as plain nbconvert."""

from pathlib import Path

import nbformat

from yuechi_report.render.data import calendar, has_data, read_data, sheets, tidy
from yuechi_report.render.docx.exporter import YuechiDocxExporter
from yuechi_report.render.html import YuechiHtmlExporter
from yuechi_report.render.ics import render_ics
from yuechi_report.render.pdf import YuechiPdfExporter
from yuechi_report.render.tidy_csv import render_csv
from yuechi_report.render.xlsx import render_xlsx


def render_notebook(path: Path) -> list[Path]:
    """Write <stem>.html, .pdf and .docx, and those of .csv, .xlsx and .ics for which the notebook has data.

    ReportFailed where a page cannot be made.
    """
    book = nbformat.read(path, as_version=4)
    resources = {"metadata": {"name": path.stem, "path": ""}}
    html, _ = YuechiHtmlExporter().from_notebook_node(book, resources)
    pdf, _ = YuechiPdfExporter().from_notebook_node(book, resources)
    word, _ = YuechiDocxExporter().from_notebook_node(book, resources)
    contents = {".html": str(html).encode(), ".pdf": bytes(pdf), ".docx": bytes(word), **_data_files(book, path.stem)}
    for suffix, content in contents.items():
        path.with_suffix(suffix).write_bytes(content)
    return [path.with_suffix(suffix) for suffix in contents]


def _data_files(book: nbformat.NotebookNode, name: str) -> dict[str, bytes]:
    if not has_data(book):
        return {}
    head, found = read_data(book, name=name)
    table, days = tidy(found), calendar(found)
    files = {
        ".csv": render_csv(table) if table is not None else b"",
        ".xlsx": render_xlsx(head, sheets(found)) if sheets(found) else b"",
        ".ics": render_ics(head, days) if days is not None else b"",
    }
    return {suffix: content for suffix, content in files.items() if content}
