"""The papermill call: parameters first, failures by cell, nothing left of times and paths."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from yuechi_report.errors import ParameterError
from yuechi_report.run.execute import NotebookFailed, check_contract, execute_notebook
from yuechi_report.run.plan import Job

KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def write(path: Path, *sources: str) -> Path:
    """A notebook with a parameters cell and these cells."""
    cells = [new_code_cell('quarter: str = "2024Q4"', metadata={"tags": ["parameters"]})]
    cells += [new_code_cell(source) for source in sources]
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), path)
    return path


def job_of(notebook: Path, *parameters: tuple[str, str]) -> Job:
    """A job for a notebook with these parameters."""
    return Job(
        slug="x",
        title="x",
        parameters=parameters,
        cache_key="",
        scope_json=b"{}",
        inputs=(),
        workspace=notebook.parent,
        notebook=notebook,
        target=notebook.parent,
    )


def run(notebook: Path, output: Path) -> nbformat.NotebookNode:
    """Execute with one parameter."""
    execute_notebook(job_of(notebook, ("quarter", "2025Q1")), output, output)
    return nbformat.read(output, as_version=4)


def test_undeclared_parameter_is_refused_before_a_kernel_starts(tmp_path: Path) -> None:
    """Papermill only warns about a parameter the notebook does not declare; we refuse it by name."""
    notebook = write(tmp_path / "n.ipynb", "raise SystemExit")
    with pytest.raises(ParameterError, match=r"没有声明参数“quartr”.*quarter"):
        check_contract(job_of(notebook, ("quartr", "2024Q4")))


def test_missing_notebook_is_refused(tmp_path: Path) -> None:
    """A notebook that is not there is named."""
    with pytest.raises(ParameterError, match="笔记本不存在"):
        check_contract(job_of(tmp_path / "n.ipynb"))


def test_output_holds_no_time_path_or_random_id(tmp_path: Path) -> None:
    """Executing twice, in folders of different names with braces, gives equal bytes without the path."""
    results = []
    for name in ("first {a}", "second"):
        folder = tmp_path / name
        folder.mkdir()
        cells = [
            new_code_cell("quarter = ''", id="p", metadata={"tags": ["parameters"]}),
            new_code_cell("quarter", id="q"),
        ]
        nbformat.write(new_notebook(cells=cells, metadata=KERNEL), folder / "n.ipynb")
        book = run(folder / "n.ipynb", folder / "out.ipynb")
        results.append((folder / "out.ipynb").read_text(encoding="utf-8"))
        assert book.cells[-1].outputs[0].data["text/plain"] == "'2025Q1'"
    assert results[0] == results[1]
    assert "first" not in results[0]


def test_failing_cell_is_named(tmp_path: Path) -> None:
    """The error carries the cell's number and what it said."""
    with pytest.raises(NotebookFailed) as caught:
        run(write(tmp_path / "n.ipynb", "1", "1 / 0"), tmp_path / "out.ipynb")
    assert (caught.value.error.cell, caught.value.error.message) == (4, "ZeroDivisionError: division by zero")


def test_killed_kernel_is_a_failure(tmp_path: Path) -> None:
    """A kernel that dies mid-way never counts as done, whatever papermill wrote."""
    with pytest.raises(Exception, match=r"[Kk]ernel|没有执行"):
        run(write(tmp_path / "n.ipynb", "import os; os._exit(9)", "2"), tmp_path / "out.ipynb")
