"""Every shipped notebook made both ways, by an ordinary kernel and by a forked child: the same files."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from yuechi_report.domain.unit import SheetMatter
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.sheet.due import sheets_due
from yuechi_report.run.limits import Isolation, RunOptions
from yuechi_report.run.plan import Job, RunRequest
from yuechi_report.run.prepare import prepare
from yuechi_report.run.workers import make_jobs, make_with_kernel
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import Scope

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reports are forked on Linux only")


def sheets_of(scope: Scope) -> tuple[SheetMatter, ...]:
    """Every sheet that is due."""
    return tuple(sheets_due(Report(scope, LEADERS)))


def one_job_a_notebook(place: Workspace) -> list[Job]:
    """The first job of each of the four notebooks."""
    name = place.only_notice(None)
    first: dict[str, Job] = {}
    for request in (RunRequest(name, "2024Q4", sheets=True), RunRequest(name, "2024Q4", early_warning=True)):
        moment = {"as_of": date(2024, 12, 20), "label": "check"} if request.early_warning else {}
        for job in prepare(place, replace(request, **moment), sheets_of).jobs:
            first.setdefault(job.notebook.name, job)
    return list(first.values())


def published(folder: Path) -> dict[str, bytes]:
    """Every published file but the records, which tell what each report cost."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".json"}


def test_kernel_and_forked_child_publish_the_same_files(repository: Workspace, tmp_path: Path) -> None:
    """Executed notebook, HTML and PDF of all four notebooks are equal byte for byte."""
    jobs = one_job_a_notebook(repository)
    assert {job.notebook for job in jobs} == set(repository.notebooks_dir.glob("*.ipynb"))
    forked = [replace(job, target=tmp_path / "forked", media=("html", "pdf")) for job in jobs]
    by_kernel = [replace(job, target=tmp_path / "kernel") for job in forked]
    records = [*make_jobs(forked, RunOptions(workers=1, isolation=Isolation.FORK)), *map(make_with_kernel, by_kernel)]
    assert [record.error for record in records] == [None] * 8
    files = published(tmp_path / "forked")
    assert len(files) == 12
    assert files == published(tmp_path / "kernel")
