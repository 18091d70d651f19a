"""Compares a job's parameters with those its notebook declares, before any kernel starts."""

from pathlib import Path

import papermill

from yuechi_report.errors import Fault, ParameterError, Place
from yuechi_report.run.plan import Job


def check_contract(job: Job, notebook: Path) -> None:
    """ParameterError when a job passes what the notebook does not declare, or the notebook is missing.

    papermill itself only warns about unknown parameters.
    """
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
    """The names in the notebook's parameters cell."""
    return tuple(papermill.inspect_notebook(str(notebook)))
