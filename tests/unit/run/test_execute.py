"""The papermill call: parameters first, failures by cell, nothing left of times and paths."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from yuechi_report.errors import ParameterError
from yuechi_report.run.execute import NotebookFailed, check_contract, declared_parameters, execute_notebook
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


def test_parameters_are_read_from_any_notebook(tmp_path: Path) -> None:
    """In a folder with braces, and whatever stands behind the equals sign; a cell that is no Python is named."""
    folder = tmp_path / "年{2024}{"
    folder.mkdir()
    path = write(folder / "n.ipynb")
    book = nbformat.read(path, as_version=4)
    book.cells[
        0
    ].source = 'quarter: str = "2024Q4"  # 如quarter = "2025Q1"\nlabel = "a=b"\nunit = as_of = ""\nnumber = 1 == 2'
    nbformat.write(book, path)
    assert declared_parameters(path) == ("quarter", "label", "unit", "as_of", "number")
    check_contract(job_of(path, ("label", "x")))
    book.cells[0].source = "quarter = = 1"
    nbformat.write(book, path)
    with pytest.raises(ParameterError, match="parameters单元格无法读取"):
        check_contract(job_of(path, ("quarter", "2024Q4")))
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ParameterError, match="无法读取"):
        declared_parameters(path)


@pytest.mark.parametrize("in_process", [False, True], ids=["kernel", "process"])
def test_nobodys_own_start_up_changes_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, in_process: bool
) -> None:
    """Neither a profile's start-up file nor PYTHONSTARTUP is run, nor is a profile's setting followed."""
    profile = tmp_path / "mine" / "profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup" / "00.py").write_text("quarter_of = 'mine'\ndisplay = print", encoding="utf-8")
    (profile / "ipython_config.py").write_text("c.InteractiveShell.ast_node_interactivity = 'none'", encoding="utf-8")
    (tmp_path / "start.py").write_text("started = True", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "mine"))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "start.py"))
    cells = ("'quarter_of' in globals(), 'started' in globals()", "display('x')")
    output = tmp_path / "out.ipynb"
    execute_notebook(job_of(write(tmp_path / "n.ipynb", *cells)), output, tmp_path / "scope", in_process=in_process)
    shown = [cell.outputs[0].data["text/plain"] for cell in nbformat.read(output, as_version=4).cells[-2:]]
    assert shown == ["(False, False)", "'x'"]
