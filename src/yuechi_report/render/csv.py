"""Dataset → one tidy CSV: UTF-8 with BOM, keys as header, dates ISO, no cell a spreadsheet would run."""

from yuechi_report.page.dataset import Dataset
from yuechi_report.page.table import Value
from yuechi_report.page.text import csv_bytes


def render_csv(data: Dataset) -> bytes:
    """The fields that `csv_keys` names, in its order; a missing value is an empty cell."""
    columns = [data.column(key) for key in data.csv_keys]
    rows = zip(*columns, strict=True)
    return csv_bytes([data.csv_keys, *(map(_plain, row) for row in rows)])


def _plain(value: Value) -> Value:
    """63.0 is written as 63."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
