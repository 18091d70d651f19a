"""The workbook, read back: values of the notebook's JSON, text never a formula, printable, the same bytes."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pytest

from yuechi_report.page.dataset import Dataset, Field
from yuechi_report.page.head import Head
from yuechi_report.render.data import Datasets, read_data
from yuechi_report.render.exporters import YuechiXlsxExporter
from yuechi_report.render.xlsx import render_xlsx

Build = Any
NOTEBOOK = Path(__file__).resolve().parents[3] / "notebooks" / "county_quarterly.ipynb"
FORMULAS = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "{=1}",
    "http://example.org",
    "0012",
    "_x0041_",
    "a\nb",
)
PROGRAM = """
import hashlib, nbformat, sys
from yuechi_report.render.exporters import YuechiXlsxExporter
book = nbformat.read(sys.argv[1], as_version=4)
print(hashlib.sha256(YuechiXlsxExporter().from_notebook_node(book)[0]).hexdigest())
"""


@pytest.fixture(scope="module")
def content() -> bytes:
    """The committed county notebook as a workbook, by the exporter that plain nbconvert calls."""
    book, _ = YuechiXlsxExporter().from_notebook_node(nbformat.read(NOTEBOOK, as_version=4))
    return book


@pytest.fixture(scope="module")
def handed_over() -> tuple[Head, Datasets]:
    """What the notebook hands over."""
    return read_data(nbformat.read(NOTEBOOK, as_version=4))


def opened(content: bytes) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def texts(*values: str) -> Dataset:
    """One column of texts."""
    return Dataset(
        name="t", title="表", grain="g", fields=(Field(key="k", title="列"),), rows=tuple((value,) for value in values)
    )


def test_every_value_is_the_notebook_s(content: bytes, handed_over: tuple[Head, Datasets]) -> None:
    """Sheet by sheet, cell by cell: dates as dates, numbers as numbers, the rest as text."""
    book, (head, found) = opened(content), handed_over
    assert book.sheetnames == ["清单与状态", "单位", "变化", "报送", "说明"]
    top = len(head.marks) + 2
    for data in found:
        sheet = book[data.title]
        assert [cell.value for cell in sheet[top]] == [field.title for field in data.fields]
        read = [
            tuple(cell.value.date().isoformat() if isinstance(cell.value, datetime) else cell.value for cell in row)
            for row in sheet.iter_rows(min_row=top + 1)
        ]
        assert read == [tuple(None if value == "" else value for value in row) for row in data.rows]
        for field, cell in zip(data.fields, sheet[top + 1], strict=True):
            assert cell.value is None or cell.data_type == {"text": "s", "date": "d"}.get(field.kind, "n")


def test_sheets_are_ready_to_filter_and_print(content: bytes, handed_over: tuple[Head, Datasets]) -> None:
    """Filter and frozen panes at the header, header and marks on every printed page, A4 landscape."""
    book, (head, found) = opened(content), handed_over
    for data in found:
        sheet = book[data.title]
        assert sheet.auto_filter.ref.startswith("A3:")
        assert sheet.freeze_panes in ("D4", "C4", "B4")
        assert sheet.print_title_rows == "$1:$3"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.oddHeader.center.text == head.marks[0]
        assert sheet["A1"].value == head.marks[0]
        assert "状态截至2025年1月6日" in sheet["A2"].value
    assert book["说明"]["A1"].value == head.marks[0]


def test_the_guide_explains_every_column(content: bytes, handed_over: tuple[Head, Datasets]) -> None:
    """Each column of each sheet has its line in 说明, with a meaning."""
    rows = [tuple(cell.value for cell in row) for row in opened(content)["说明"].iter_rows()]
    wanted = [
        (data.title, data.grain, field.title, field.meaning, field.key)
        for data in handed_over[1]
        for field in data.fields
    ]
    assert rows[-len(wanted) :] == wanted
    assert all(meaning for _, _, _, meaning, _ in wanted)


def test_hostile_text_stays_text(build: Build) -> None:
    """What looks like a formula, a number or a link is a plain string, unchanged."""
    made = render_xlsx(build.head(), (texts(*FORMULAS),))
    sheet = opened(made)["表"]
    cells = [row[0] for row in sheet.iter_rows(min_row=4)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in FORMULAS]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert [name for name in archive.namelist() if "rels" in name and "sheet" in name] == []


def test_text_no_cell_can_hold_is_cut_or_replaced(build: Build) -> None:
    """More than 32,767 characters are cut visibly; code points XML forbids are replaced; the file opens."""
    sheet = opened(render_xlsx(build.head(), (texts("甲" * 40_000, "a\uffffb"),)))["表"]
    assert (len(sheet["A4"].value), sheet["A4"].value[-1], sheet["A5"].value) == (32_767, "…", "a\ufffdb")


def test_an_empty_sheet_has_its_header(build: Build) -> None:
    """No rows: the header, and nothing else."""
    sheet = opened(render_xlsx(build.head(marks=()), (texts(),)))["表"]
    assert ([cell.value for cell in sheet[2]], sheet.max_row) == (["列"], 2)


def test_rows_are_as_tall_as_their_text(build: Build) -> None:
    """Thirty Chinese characters in a column ten wide take seven lines, whichever program opens the file."""
    sheet = opened(render_xlsx(build.head(), (texts("甲" * 30, "甲"),)))["表"]
    assert [sheet.row_dimensions[row].height for row in (4, 5)] == [pytest.approx(7 * 13.5 + 3), pytest.approx(16.5)]


def test_two_processes_write_the_same_bytes(content: bytes) -> None:
    """Another process with another hash seed writes the same file."""
    command = [sys.executable, "-c", PROGRAM, str(NOTEBOOK)]
    done = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": "7"}, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == hashlib.sha256(content).hexdigest()


def test_document_properties_hold_the_judged_day(content: bytes) -> None:
    """Created on the day judged; no clock and no user."""
    properties = opened(content).properties
    assert (properties.created.date(), properties.title) == (
        date(2025, 1, 6),
        "37项川渝便捷生活重点任务2024年第四季度落实情况",
    )


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice) to open the workbook")
def test_libreoffice_opens_it(content: bytes, tmp_path: Path) -> None:
    """LibreOffice reads the first sheet: 37 tasks with their headlines."""
    path = tmp_path / "county.xlsx"
    path.write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76",
            "--outdir",
            tmp_path,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    lines = (tmp_path / "county.csv").read_text(encoding="utf-8").splitlines()
    assert lines[2].startswith("序号,类别,重点任务")
    assert [line.split(",")[0] for line in lines[3:]] == [str(number) for number in range(1, 38)]
    assert sum("逾期未完成" in line for line in lines) == 3
