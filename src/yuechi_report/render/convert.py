"""One executed notebook → its pages and data files beside it, by the same exporters as plain nbconvert."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import nbformat

from yuechi_report.render.data import calendar, has_data, read_data, sheets, tidy
from yuechi_report.render.docx.exporter import YuechiDocxExporter
from yuechi_report.render.html import YuechiHtmlExporter
from yuechi_report.render.ics import render_ics
from yuechi_report.render.pdf import YuechiPdfExporter
from yuechi_report.render.tidy_csv import render_csv
from yuechi_report.render.xlsx import render_xlsx

_PAGES: dict[str, Any] = {".html": YuechiHtmlExporter, ".pdf": YuechiPdfExporter, ".docx": YuechiDocxExporter}
_DATA = {"csv", "xlsx", "ics"}


def render_notebook(path: Path, media: Collection[str] = ()) -> list[Path]:
    """Write <stem>.html, .pdf and .docx, and those of .csv, .xlsx and .ics for which the notebook has data;
    only those named in `media` (html, pdf …) where any is.

    ReportFailed where a page cannot be made.
    """
    book = nbformat.read(path, as_version=4)
    resources = {"metadata": {"name": path.stem, "path": ""}}
    contents: dict[str, bytes] = {}
    for suffix, exporter in _PAGES.items():
        if not media or suffix[1:] in media:
            content, _ = exporter().from_notebook_node(book, resources)
            contents[suffix] = content.encode() if isinstance(content, str) else bytes(content)
    data = _data_files(book, path.stem) if not media or _DATA & set(media) else {}
    contents |= {suffix: content for suffix, content in data.items() if not media or suffix[1:] in media}
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
