"""Executed notebook → its head and datasets, which the data files are made of; a page shows none of them."""

from collections.abc import Iterator

from nbformat import NotebookNode

from yuechi_report.errors import Place, ReportFailed
from yuechi_report.page.dataset import Dataset
from yuechi_report.page.head import Head
from yuechi_report.render.freshness import check_fresh
from yuechi_report.render.outputs import S, read_shown

Datasets = tuple[Dataset, ...]


def read_data(notebook: NotebookNode, *, name: str = "") -> tuple[Head, Datasets]:
    """The head and every dataset in the cells' order; ReportFailed where there is no head, where a cell failed, or
    where the outputs are not of one run: the data would be incomplete, or of another report.
    """
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    if any(output.output_type == "error" for output in outputs):
        raise ReportFailed.at(Place(name), "笔记本中有运行出错的单元格，不能导出数据", "改正后重新运行笔记本，再导出")
    check_fresh(notebook, name)
    head = next(_records(notebook, Head, name), None)
    if head is None:
        raise ReportFailed.at(Place(name), "笔记本没有报告首部，不能导出数据", "请先运行笔记本，再导出")
    return head, tuple(_records(notebook, Dataset, name))


def has_data(notebook: NotebookNode) -> bool:
    """Whether the notebook hands over any dataset; a foreign one does not."""
    return any(Dataset.mime in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", ()))


def sheets(found: Datasets) -> Datasets:
    """Those that become sheets of a workbook."""
    return tuple(data for data in found if data.use == "sheet")


def tidy(found: Datasets) -> Dataset | None:
    """The one that becomes a CSV; None where none does."""
    return next((data for data in found if data.csv_keys), None)


def calendar(found: Datasets) -> Dataset | None:
    """The one that becomes a calendar; None where none does, or it is empty."""
    return next((data for data in found if data.use == "calendar" and data.rows), None)


def _records(notebook: NotebookNode, kind: type[S], name: str) -> Iterator[S]:
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", ()):
            if kind.mime in output.get("data", {}):
                yield read_shown(kind, output.data, Place(name, cell=str(number)))
