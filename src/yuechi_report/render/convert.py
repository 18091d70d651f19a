"""One executed notebook → its pages and data files next to it, the same as by plain nbconvert."""

from collections.abc import Collection
from pathlib import Path

from nbformat import NotebookNode

from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.csv import render_csv
from yuechi_report.render.data import calendar, has_data, read_data, sheets, tidy
from yuechi_report.render.docx.body import render_docx
from yuechi_report.render.html import render_html
from yuechi_report.render.ics import render_ics
from yuechi_report.render.pdf import render_pdf
from yuechi_report.render.xlsx import render_xlsx

_DATA = {"csv", "xlsx", "ics"}


def render_book(book: NotebookNode, path: Path, media: Collection[str] = ()) -> list[Path]:
    """Write .html, .pdf and .docx next to `path`, and .csv, .xlsx and .ics where the notebook has data for
    them; only those named in `media` (html, pdf …) where any is. ReportFailed where a page cannot be made.
    """
    blocks = read_blocks(book, name=path.stem)
    contents: dict[str, bytes] = {}
    if not media or "html" in media:
        contents[".html"] = render_html(blocks).encode()
    if not media or "pdf" in media:
        contents[".pdf"] = render_pdf(blocks, name=path.stem)
    if not media or "docx" in media:
        contents[".docx"] = render_docx(blocks, name=path.stem)
    data = _data_files(book, path.stem) if not media or _DATA & set(media) else {}
    contents |= {suffix: content for suffix, content in data.items() if not media or suffix[1:] in media}
    for suffix, content in contents.items():
        path.with_suffix(suffix).write_bytes(content)
    return [path.with_suffix(suffix) for suffix in contents]


def _data_files(book: NotebookNode, name: str) -> dict[str, bytes]:
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
