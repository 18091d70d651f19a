"""A notebook's datasets: read once for every data file, on no page, and refused where they are incomplete."""

from pathlib import Path
from typing import Any

import pytest

from yuechi_report.errors import ReportFailed
from yuechi_report.page.dataset import Dataset, Field
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.convert import render_book
from yuechi_report.render.data import calendar, has_data, read_data, sheets, tidy
from yuechi_report.render.exporters import YuechiCsvExporter, YuechiIcsExporter, YuechiXlsxExporter

Build = Any
SHEET = Dataset(
    name="s", title="表", grain="一行", fields=(Field(key="k", title="列"),), rows=(("甲",),), csv_keys=("k",)
)
DAYS = Dataset(
    name="d",
    title="历",
    use="calendar",
    grain="一行",
    fields=tuple(Field(key=key, title=key) for key in ("on", "summary", "description", "uid")),
    rows=(("2025-03-31", "到期", "", "a@b"),),
)


def problem(notebook: Any) -> str:
    """With what a notebook is refused."""
    with pytest.raises(ReportFailed) as caught:
        read_data(notebook, name="county")
    return caught.value.faults[0].problem


def test_datasets_are_found_in_order_and_sorted_by_use(build: Build) -> None:
    """The head and every dataset; sheets, the CSV and the calendar apart."""
    notebook = build.notebook(build.shown(build.head()), build.shown(SHEET, DAYS, tags=("data",)))
    head, found = read_data(notebook)
    assert (head, found, has_data(notebook)) == (build.head(), (SHEET, DAYS), True)
    assert (sheets(found), tidy(found), calendar(found)) == ((SHEET,), SHEET, DAYS)
    assert (tidy((DAYS,)), calendar((SHEET, DAYS.model_copy(update={"rows": ()})))) == (None, None)


def test_data_cells_stand_on_no_page(build: Build) -> None:
    """A cell tagged data is left out of pages; a dataset in any other cell is refused by its type."""
    assert read_blocks(build.notebook(build.shown(build.head()), build.shown(SHEET, tags=("data",)))) == (build.head(),)
    with pytest.raises(ReportFailed):
        read_blocks(build.notebook(build.shown(build.head()), build.shown(SHEET)))


def test_incomplete_notebooks_are_refused(build: Build) -> None:
    """No head, a failed cell, a dataset of another version: each is refused with its words."""
    error = {"output_type": "error", "ename": "ValueError", "evalue": "坏", "traceback": []}
    other = {"data": {Dataset.mime: SHEET.model_dump(mode="json") | {"new": 1}}}
    assert problem(build.notebook(build.shown(SHEET))) == "笔记本没有报告首部：没有运行，或输出已被清除"
    assert problem(build.notebook()) == "笔记本没有报告首部，不能导出数据"
    assert (
        problem(build.notebook(build.shown(build.head()), build.code(error)))
        == "笔记本中有运行出错的单元格，不能导出数据"
    )
    assert problem(build.notebook(build.shown(build.head()), build.code(other))).startswith(
        f"输出“{Dataset.mime}”不合格式"
    )


@pytest.mark.parametrize("exporter", [YuechiCsvExporter, YuechiXlsxExporter, YuechiIcsExporter])
def test_an_exporter_without_its_data_says_so(build: Build, exporter: Any) -> None:
    """The circular edition hands over nothing: no empty file, a fault with advice."""
    with pytest.raises(ReportFailed, match="没有可导出为"):
        exporter().from_notebook_node(build.notebook(build.shown(build.head())), {"metadata": {"name": "x"}})


@pytest.mark.parametrize(
    ("data", "suffixes"),
    [((), set()), ((SHEET,), {".csv", ".xlsx"}), ((DAYS,), {".ics"})],
    ids=["none", "sheet", "days"],
)
def test_files_are_made_for_what_is_there(
    build: Build, tmp_path: Path, data: tuple[Dataset, ...], suffixes: set[str]
) -> None:
    """Pages always; data files where the notebook has their data."""
    path = tmp_path / "county.ipynb"
    made = render_book(build.notebook(build.shown(build.head()), build.shown(*data, tags=("data",))), path)
    assert {file.suffix for file in made} == {".html", ".pdf", ".docx", *suffixes}
    assert all(file.stat().st_size for file in made)
