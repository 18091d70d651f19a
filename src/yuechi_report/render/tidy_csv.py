"""Dataset → one tidy CSV: UTF-8 with BOM, keys as header, dates ISO, no cell a spreadsheet would run."""

from typing import Any

from nbformat import NotebookNode

from yuechi_report.page.csv_text import csv_bytes
from yuechi_report.page.dataset import Dataset
from yuechi_report.page.table import Value
from yuechi_report.render.data import DataExporter, nothing, tidy


class YuechiCsvExporter(DataExporter):
    """`jupyter nbconvert --to yuechi-csv`: the status contract of an executed county notebook."""

    export_from_notebook = "CSV（状态数据）"
    output_mimetype = "text/csv"

    def _file_extension_default(self) -> str:
        return ".csv"

    def from_notebook_node(  # type: ignore[override] # nbconvert's own exporters return bytes here, too
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The file's bytes and nbconvert's resources; ReportFailed where the notebook has no such data."""
        _, found, resources = self.read(nb, resources, **kw)
        data = tidy(found)
        if data is None:
            raise nothing(resources.get("metadata", {}).get("name", ""), "CSV")
        return render_csv(data), resources


def render_csv(data: Dataset) -> bytes:
    """The fields that `csv_keys` names, in its order; a missing value is an empty cell."""
    columns = [data.column(key) for key in data.csv_keys]
    rows = zip(*columns, strict=True)
    return csv_bytes([data.csv_keys, *(map(_text, row) for row in rows)])


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
