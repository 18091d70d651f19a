"""The papermill calls, then normalisation: no times, paths or random ids stay in a notebook.

    python -m yuechi_report.run.execute NOTEBOOK...

executes committed notebooks with their defaults and keeps the outputs (`make notebooks`).
"""

import ast
import logging
import os
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from yuechi_report.errors import Fault, ParameterError, Place, ReportFailed
from yuechi_report.page.manifest import CellError
from yuechi_report.run.inprocess import NAME, register
from yuechi_report.run.limits import environment_variables
from yuechi_report.run.plan import Job
from yuechi_report.settings.workspace import VARIABLE as WORKSPACE_VARIABLE
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import VARIABLE as SCOPE_VARIABLE

CELL_TIMEOUT_S = 300
_KEPT_METADATA = ("kernelspec",)


class NotebookFailed(ReportFailed):
    """A cell raised, or the kernel died before the last cell was done."""

    def __init__(self, error: CellError) -> None:
        self.error = error
        super().__init__([])
        self.args = (f"第{error.cell}个单元格：{error.message}",)

    def __reduce__(self) -> tuple[type["NotebookFailed"], tuple[CellError]]:
        return type(self), (self.error,)


def execute_notebook(job: Job, output: Path, scope_file: Path, *, in_process: bool = False) -> nbformat.NotebookNode:
    """Run the job's notebook with its parameters; the normalised result, which is also left at `output`.

    The kernel sees the scope file and the workspace by environment variables and starts in the
    notebook's folder. NotebookFailed names the cell. `in_process` runs the cells in this process.
    """
    values = {SCOPE_VARIABLE: str(scope_file), WORKSPACE_VARIABLE: str(job.workspace)}
    if in_process:
        how = _in_this_process()
    else:
        how = _in_a_kernel(scope_file.parent)
        values |= _nobodys_own(scope_file.parent)
    with environment_variables(values):
        try:
            book: nbformat.NotebookNode = papermill.execute_notebook(
                _literal(job.notebook),
                _literal(output),
                parameters=dict(job.parameters),
                cwd=str(job.notebook.parent),
                progress_bar=False,
                log_output=False,
                **how,
            )
        except PapermillExecutionError as error:
            message = f"{error.ename}: {error.evalue}"
            raise NotebookFailed(CellError(cell=error.cell_index + 1, message=message)) from error
    _check_complete(book)
    if in_process:
        with output.open("ab") as file:
            file.write(b"\n")  # the line end with which nbformat ends a notebook
    else:
        normalise(book)
        nbformat.write(book, output)
    return book


def _in_this_process() -> dict[str, Any]:
    """The engine normalises, so that what papermill writes is the result: writing it costs as much as its HTML."""
    register()
    return {"engine_name": NAME, "request_save_on_cell_execute": False, "finish": normalise}


def _nobodys_own(folder: Path) -> dict[str, str]:
    """The kernel finds no profile, no start-up file and no drawing style of whoever runs it: a report is everybody's."""
    return {"IPYTHONDIR": str(folder / "ipython"), "PYTHONSTARTUP": ""}


def _in_a_kernel(folder: Path) -> dict[str, Any]:
    """The kernel talks through sockets in the job's own folder; on Windows, which has none, over loopback."""
    sockets = {"transport": "ipc", "connection_file": str(folder / "kernel.json")}
    return {
        "execution_timeout": CELL_TIMEOUT_S,
        "config": Config() if os.name == "nt" else Config({"KernelManager": sockets}),
        "extra_arguments": [f"--log-level={logging.CRITICAL}"],
    }


def _literal(path: Path) -> str:
    """Papermill formats {} in paths; doubled braces stand for themselves."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _check_complete(book: Any) -> None:
    """A killed kernel leaves a notebook that says all cells completed: count what really ran."""
    for number, cell in enumerate(book.cells, start=1):
        if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
            raise NotebookFailed(CellError(cell=number, message="没有执行，内核可能已中断"))


def normalise(book: Any) -> None:
    """Make a notebook a function of its inputs: stable ids, no times, no paths, no kernel details."""
    book.metadata = {key: value for key, value in book.metadata.items() if key in _KEPT_METADATA}
    book.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(book.cells, start=1):
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        cell.id = "injected-parameters" if "injected-parameters" in tags else cell.get("id", f"cell-{number}")
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = {}
    nbformat.validate(book)


def check_contract(job: Job) -> None:
    """ParameterError when the notebook is missing, or does not declare what the job passes (papermill only warns)."""
    notebook = job.notebook
    if not notebook.is_file():
        raise ParameterError.at(Place(str(notebook)), "笔记本不存在", "请恢复notebooks文件夹")
    declared = declared_parameters(notebook)
    faults = [
        Fault(
            Place(notebook.name),
            f"笔记本没有声明参数“{name}”",
            f"已声明的参数：{'、'.join(declared) or '（无）'}；请在parameters单元格中补上或改正参数名",
        )
        for name, _ in job.parameters
        if name not in declared
    ]
    if faults:
        raise ParameterError(faults)


def declared_parameters(notebook: Path) -> tuple[str, ...]:
    """The names that the notebook's parameters cell assigns; ParameterError where the file is no notebook, or the
    cell no Python.
    """
    try:
        cells = nbformat.read(notebook, as_version=4).cells
        sources = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", ())]
        statements = [statement for source in sources for statement in ast.parse(source).body]
    except (OSError, ValueError, SyntaxError, AttributeError, nbformat.ValidationError) as error:
        raise ParameterError.at(
            Place(notebook.name), f"笔记本或其parameters单元格无法读取（{error}）", "请改正，或恢复notebooks文件夹"
        ) from error
    targets = [target for statement in statements for target in _targets(statement)]
    return tuple(dict.fromkeys(target.id for target in targets if isinstance(target, ast.Name)))


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.AnnAssign):
        return [statement.target]
    return statement.targets if isinstance(statement, ast.Assign) else []


def refresh(notebook: Path) -> None:
    """Execute one notebook in its folder; outputs replace the old ones, nothing else changes."""
    papermill.execute_notebook(_literal(notebook), _literal(notebook), cwd=str(notebook.parent), progress_bar=False)
    book = nbformat.read(notebook, as_version=4)
    normalise(book)
    nbformat.write(book, notebook)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        refresh(Workspace.find().notebooks_dir / name)
