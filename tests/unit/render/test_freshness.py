"""A notebook whose outputs are not of one run with the parameters it names is refused; an honest one never is."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from yuechi_report.errors import ReportFailed
from yuechi_report.page.prose import Prose
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.exporters import (
    YuechiDocxExporter,
    YuechiHtmlExporter,
    YuechiIcsExporter,
    YuechiPdfExporter,
)

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
Change = Callable[[NotebookNode], Any]


def book(name: str = "unit_quarterly") -> NotebookNode:
    """A committed notebook with its outputs."""
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def changed(change: Change, name: str = "unit_quarterly") -> NotebookNode:
    """A committed notebook after this was done to it."""
    result = deepcopy(book(name))
    change(result)
    return result


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    """The cell of that id."""
    return next(cell for cell in notebook.cells if cell.id == name)


def number_of(notebook: NotebookNode, name: str) -> int:
    """The cell's place, from 1."""
    return [cell.id for cell in notebook.cells].index(name) + 1


def edited(name: str, old: str, new: str) -> Change:
    """The source of a cell, changed by hand and not run."""

    def change(notebook: NotebookNode) -> None:
        assert old in cell(notebook, name).source
        cell(notebook, name).source = cell(notebook, name).source.replace(old, new)

    return change


def cleared(*names: str) -> Change:
    """Outputs of these cells cleared; of all where none is named."""

    def change(notebook: NotebookNode) -> None:
        for one in notebook.cells:
            if one.cell_type == "code" and (not names or one.id in names):
                one.outputs, one.execution_count = [], None

    return change


def counted(**counts: int | None) -> Change:
    """Cells that bear these numbers of execution."""

    def change(notebook: NotebookNode) -> None:
        for name, count in counts.items():
            cell(notebook, name).execution_count = count
            for output in cell(notebook, name).outputs:
                if "execution_count" in output:
                    output.execution_count = count

    return change


def injected(source: str, count: int | None) -> Change:
    """A cell of papermill's."""

    def change(notebook: NotebookNode) -> None:
        new = nbformat.v4.new_code_cell(source, metadata={"tags": ["injected-parameters"]}, execution_count=count)
        notebook.cells.insert(number_of(notebook, "parameters"), new)

    return change


def run_with(source: str, value: str) -> Change:
    """A run with a parameter injected: its head says so, and the cells after it bear higher numbers."""

    def change(notebook: NotebookNode) -> None:
        for one in notebook.cells:
            if one.get("execution_count") and one.id != "parameters":
                counted(**{one.id: one.execution_count + 1})(notebook)
        injected(source, 2)(notebook)
        head = cell(notebook, "context").outputs[0].data["application/vnd.yuechi.head+json"]
        head["parameters"]["label"] = value

    return change


def both(*changes: Change) -> Change:
    """One after the other."""
    return lambda notebook: [change(notebook) for change in changes]


def without(name: str) -> Change:
    """A cell taken out."""
    return lambda notebook: notebook.cells.remove(cell(notebook, name))


def of_another_report(notebook: NotebookNode) -> None:
    """The overview's outputs copied from another notebook, where the cell had the same number."""
    for output in cell(notebook, "overview").outputs:
        output.data[Prose.mime]["made_from"] = "0123456789abcdef"


def of_another_run(notebook: NotebookNode) -> None:
    """A value whose number of execution is not its cell's."""
    cell(notebook, "context").outputs[0].execution_count = 8


def after_a_restart(notebook: NotebookNode) -> None:
    """The kernel was restarted half-way: the numbers begin again."""
    counted(overview=2, promises=3, led=4, helped=5, data=6)(notebook)


def doubled(notebook: NotebookNode) -> None:
    """Papermill's cell copied below itself, with its number."""
    run_with('label = "甲"', "甲")(notebook)
    place = number_of(notebook, "parameters")
    copy = deepcopy(notebook.cells[place])
    copy.id = "copy"
    notebook.cells.insert(place + 1, copy)


STALE = {
    "papermill --prepare-only": (injected('unit = "县民政局"', None), "没有运行记录"),
    "prepared with the values it had": (injected('unit = "县公安局"', None), "没有运行记录"),
    "another unit by hand": (edited("parameters", "县公安局", "县民政局"), "参数unit写的是“县民政局”.*“县公安局”"),
    "another quarter by hand": (edited("parameters", "2024Q4", "2025Q1"), "参数quarter写的是“2025Q1”"),
    "a day by hand": (edited("parameters", 'as_of: str = ""', 'as_of: str = "2024-12-01"'), "参数as_of"),
    "the context call by hand": (edited("context", "unit=unit", 'unit="县民政局"'), "参数unit写的是“县民政局”"),
    "an argument struck out": (edited("context", "unit=unit, ", ""), "参数unit写的是“”"),
    "parameters run again after the pages": (counted(parameters=30), "单元格没有按次序运行"),
    "papermill's cell edited": (
        both(run_with('label = "甲"', "甲"), lambda n: edited(n.cells[2].id, "甲", "乙")(n)),
        "参数label写的是“乙”",
    ),
    "papermill's cell removed": (both(run_with('label = "甲"', "甲"), lambda n: n.cells.pop(2)), "参数label写的是“”"),
    "papermill's cell doubled": (doubled, "单元格没有按次序运行"),
    "a second one of another value": (both(run_with('label = "甲"', "甲"), injected('label = "乙"', 2)), "没有按次序"),
    "outputs cleared": (cleared(), "没有报告首部"),
    "outputs cleared but for the data": (cleared("context", "requests", "overview", "promises", "led"), "没有报告首部"),
    "one part cleared": (cleared("overview"), "没有运行，页面会缺少这一部分"),
    "the head deleted": (without("context"), "没有报告首部"),
    "half run again": (after_a_restart, "单元格没有按次序运行"),
    "two cells run out of order": (counted(overview=6, promises=5), "单元格没有按次序运行"),
    "two cells of one number": (counted(promises=5), "单元格没有按次序运行"),
    "context run again after the pages": (counted(context=12), "单元格没有按次序运行"),
    "a part without a number": (counted(led=None), "没有运行记录"),
    "a sentence without a number": (counted(requests=None), "没有运行记录"),
    "the head without a number": (counted(context=None), "没有运行记录"),
    "outputs of another notebook": (of_another_report, "出自另一份报告"),
    "a value of another run": (of_another_run, "出自另一份报告或另一次运行"),
}


@pytest.mark.parametrize(("change", "problem"), STALE.values(), ids=STALE.keys())
def test_what_is_not_of_one_run_is_refused_with_its_cell_and_remedy(change: Change, problem: str) -> None:
    """What the reader would take for this unit's report, of this quarter, is not printed."""
    with pytest.raises(ReportFailed, match=problem) as caught:
        read_blocks(changed(change), name="unit")
    assert all("重启内核并全部运行" in str(fault) for fault in caught.value.faults)


@pytest.mark.parametrize(
    "exporter",
    [YuechiHtmlExporter, YuechiPdfExporter, YuechiDocxExporter, YuechiIcsExporter],
    ids=lambda kind: kind.suffix,
)
def test_every_exporter_refuses(exporter: Any) -> None:
    """Pages and data files alike."""
    with pytest.raises(ReportFailed, match="单元格2：参数unit"):
        exporter().from_notebook_node(changed(STALE["another unit by hand"][0]), {"metadata": {"name": "x"}})


def test_a_report_of_a_version_that_kept_no_parameters_is_refused() -> None:
    """Nobody can say whether it is of the values that its cells show."""

    def change(notebook: NotebookNode) -> None:
        del cell(notebook, "context").outputs[0].data["application/vnd.yuechi.head+json"]["parameters"]

    with pytest.raises(ReportFailed, match="没有记下参数"):
        read_blocks(changed(change), name="unit")


def added(place: str, source: str, count: int | None, *outputs: NotebookNode) -> Change:
    """An analyst's cell in front of another."""

    def change(notebook: NotebookNode) -> None:
        new = nbformat.v4.new_code_cell(source, execution_count=count, outputs=list(outputs))
        notebook.cells.insert(number_of(notebook, place) - 1, new)

    return change


def run_again_from_the_top(notebook: NotebookNode) -> None:
    """Run All for the third time in one kernel."""
    counted(**{one.id: one.execution_count + 40 for one in notebook.cells if one.cell_type == "code"})(notebook)


MARKDOWN = nbformat.v4.new_output("display_data", data={"text/markdown": "分析人员补充一句。"})
HONEST = {
    "as it was run": lambda _: None,
    "papermill": run_with('# Parameters\nlabel = "甲"\n', "甲"),
    "run again from the top": run_again_from_the_top,
    "a cell before, run later": added("parameters", "import pandas as pd", 31),
    "a cell between, run later": added("led", "report.frame().shape", 32, MARKDOWN),
    "a cell between, not run": added("led", "report.frame().plot()", None),
    "a cell with magics": added("context", "%time x = 1\n!ls\nquarter_frame = report.frame()", None),
    "a cell after, run before": added("data", "print('样例')", 1),
    "a value through another name": both(
        edited("context", "unit=unit", "unit=whose"), added("context", "whose = unit", 30)
    ),
    "a value worked out": both(edited("context", "unit=unit", "unit=whose"), added("context", "whose = pick()", 30)),
    "a parameter of the analyst's": edited("parameters", "notice: str", "top: int = 5\nnotice: str"),
    "a comment more": edited("parameters", "# 填报期", "# 填报期，见通知"),
    "another quarter beside it": added("context", 'before = load_report("2024Q3", notice=notice)', 30),
    "an analyst's cell of parts": lambda notebook: cell(notebook, "frame").update(source="unit_report.led(report)"),
    "without the data": without("data"),
}


@pytest.mark.parametrize("change", HONEST.values(), ids=HONEST.keys())
def test_an_honest_notebook_is_printed(change: Change) -> None:
    """Cells that an analyst added are not looked at, and any way of running all of them is as good as another."""
    assert len(read_blocks(changed(change), name="unit")) > 5


@pytest.mark.parametrize("name", ["county_quarterly", "unit_quarterly", "supervision_sheet", "early_warning"])
def test_every_committed_notebook_is_printed(name: str) -> None:
    """And each refuses another quarter in its parameters."""
    assert read_blocks(book(name), name=name)
    with pytest.raises(ReportFailed, match="参数quarter写的是“2025Q1”"):
        read_blocks(changed(edited("parameters", '"2024Q4"', '"2025Q1"'), name), name=name)
