"""The CSV: the contract's columns, every value as it is in the notebook's JSON."""

import csv
import io
from pathlib import Path

import nbformat

from yuechi_report.page.dataset import Dataset, Field
from yuechi_report.page.text import as_written
from yuechi_report.render.csv import render_csv
from yuechi_report.render.data import read_data, tidy
from yuechi_report.render.exporters import YuechiCsvExporter

NOTEBOOK = Path(__file__).resolve().parents[3] / "notebooks" / "county_quarterly.ipynb"


def test_every_value_is_the_notebook_s() -> None:
    """37 rows; each cell is the JSON's value as text, a missing one empty; plain nbconvert makes the same."""
    book = nbformat.read(NOTEBOOK, as_version=4)
    content, _ = YuechiCsvExporter().from_notebook_node(book)
    _, found = read_data(book)
    data = tidy(found)
    assert data is not None
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert tuple(header) == data.csv_keys
    columns = [data.column(key) for key in header]
    assert len(rows) == 37
    for row, values in zip(rows, zip(*columns, strict=True), strict=True):
        assert [as_written(cell) for cell in row] == [
            "" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in values
        ]


def test_formulas_stay_text_and_numbers_stay_numbers() -> None:
    """A cell that a spreadsheet would run is made harmless; 63.0 is 63, 66.5 stays."""
    fields = (Field(key="t", title="文"), Field(key="n", title="数", kind="number"))
    data = Dataset(
        name="d",
        title="d",
        grain="g",
        fields=fields,
        rows=(("=1+1", 63.0), ("甲,乙", 66.5), ("", None)),
        csv_keys=("n", "t"),
    )
    assert render_csv(data).decode("utf-8-sig") == 'n,t\n63,\'=1+1\n66.5,"甲,乙"\n,\n'
