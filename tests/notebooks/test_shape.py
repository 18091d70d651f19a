"""The notebooks' shape: native, short, without definitions, importing only the report wing."""

import ast
from pathlib import Path

import nbformat
import pytest

from yuechi_report.run.execute import declared_parameters
from yuechi_report.run.plan import NOTEBOOKS

MOST = {"county_quarterly": 25}
"""More than eighteen code cells where a report has twelve parts and five annexes, one or two things shown a cell."""
NOTEBOOK_FILES = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    """The code cells of a committed notebook."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOK_FILES, ids=lambda path: path.stem)
def test_imports_only_the_report_wing(path: Path) -> None:
    """A notebook imports from yuechi_report.report and nowhere else, and defines nothing."""
    modules = set()
    for cell in code_cells(path):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.Import)
            if isinstance(node, ast.ImportFrom):
                modules.add(node.module)
    assert modules == {"yuechi_report.report"}


@pytest.mark.parametrize("path", NOTEBOOK_FILES, ids=lambda path: path.stem)
def test_has_parameters_outputs_and_no_traces(path: Path) -> None:
    """One parameters cell, at most eighteen code cells or so, executed in order, no times and no paths."""
    cells = code_cells(path)
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in cells) == 1
    assert len(cells) <= MOST.get(path.stem, 18)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    text = path.read_text(encoding="utf-8")
    assert "execution" not in nbformat.read(path, as_version=4).cells[1].metadata
    assert "/home" not in text
    assert "/root" not in text


def test_every_notebook_is_there_and_known_to_the_plan() -> None:
    """The folder holds the notebooks that run/plan names, each once, and no other."""
    assert [path.name for path in NOTEBOOK_FILES] == sorted(NOTEBOOKS)


@pytest.mark.parametrize("path", NOTEBOOK_FILES, ids=lambda path: path.stem)
def test_declares_the_parameters_of_its_jobs(path: Path) -> None:
    """What a job sets and doctor looks for is in the parameters cell."""
    assert NOTEBOOKS[path.name] <= set(declared_parameters(path))


@pytest.mark.parametrize("path", NOTEBOOK_FILES, ids=lambda path: path.stem)
def test_ends_with_a_frame_to_explore(path: Path) -> None:
    """The last cell before the data shows the status table; it is the analyst's, so no page shows it."""
    cells = [cell for cell in code_cells(path) if "data" not in cell.metadata.get("tags", [])]
    assert ".frame()" in cells[-1].source
    assert cells[-1].metadata.tags == ["analyst"]
    assert len(cells[-1].outputs[0].data["text/html"]) < 8000
