"""Holds published reports against their records: every file there, every hash as recorded, nothing besides."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from yuechi_report.errors import Fault, Place
from yuechi_report.page.manifest import JobRecord, RunRecord
from yuechi_report.run.entrance import published_runs
from yuechi_report.run.prepare import is_intact

_OF_THE_RUN = {"run.json", "index.html"}


def verify_folder(folder: Path) -> tuple[int, list[Fault]]:
    """How many files were checked in one quarter's folder, and what is wrong with them."""
    try:
        run = RunRecord.model_validate_json((folder / "run.json").read_bytes())
    except (OSError, ValidationError):
        return 0, [_fault(folder / "run.json", "本期运行记录缺失或不完整")]
    faults: list[Fault] = []
    known = {*_OF_THE_RUN, *(f"{job.slug}.json" for job in run.jobs)}
    outputs = [run.index] if run.index is not None else []
    for record in _records(folder, run, faults):
        known |= {f"{record.slug}.json", *(output.name for output in record.outputs)}
        outputs += record.outputs
    faults += [
        _fault(folder / output.name, "文件缺失或内容与生成记录不一致")
        for output in outputs
        if not is_intact(folder, output)
    ]
    faults += [_fault(path, "文件不在生成记录中") for path in _strangers(folder, known)]
    return len(outputs), faults


def not_renewed(folder: Path) -> tuple[str, ...]:
    """The titles of reports that are whole and that the last run did not make or look at: they may be out of date."""
    try:
        run = RunRecord.model_validate_json((folder / "run.json").read_bytes())
    except (OSError, ValidationError):
        return ()
    return tuple(job.title for job in run.jobs if run.made and job.slug not in run.made)


def verify_overview(reports: Path) -> tuple[int, list[Fault]]:
    """The index page over all quarters: it must be the one that some quarter's last run has written."""
    written = {record.overview for record in published_runs(reports).values() if record.overview is not None}
    if not written or any(is_intact(reports, page) for page in written):
        return min(len(written), 1), []
    return 1, [_fault(reports / "index.html", "目录页缺失或内容与生成记录不一致")]


def _records(folder: Path, run: RunRecord, faults: list[Fault]) -> Iterator[JobRecord]:
    """The record of each report that has files here: that of the last success where it has failed since, and that
    of one which the last run did not make.
    """
    jobs = {job.slug: job for job in run.jobs}
    made = {slug for slug, job in jobs.items() if job.outcome == "succeeded"}
    found = {path.stem for path in folder.glob("*.json")} - {"run"}
    for slug in sorted(made | found):
        path = folder / f"{slug}.json"
        try:
            record = JobRecord.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            if slug in jobs:
                faults.append(_fault(path, "报告的生成记录缺失或不完整"))
            continue
        if slug in made and (record.outputs, record.cache_key) != (jobs[slug].outputs, jobs[slug].cache_key):
            faults.append(_fault(path, "报告的生成记录与本期运行记录不一致"))
        yield record


def _strangers(folder: Path, known: set[str]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(".") and path.name not in known:
            yield path


def _fault(path: Path, problem: str) -> Fault:
    return Fault(Place(path.name), problem, "重新生成本期报告；改动过的文件请先另存")
