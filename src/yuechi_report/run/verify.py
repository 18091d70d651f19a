"""Holds published reports against their records: every file there, every hash as recorded, nothing besides."""

from pathlib import Path

from yuechi_report.errors import Fault, Place
from yuechi_report.page.manifest import JobRecord, RunRecord
from yuechi_report.run.prepare import is_intact
from yuechi_report.run.publish import read_record


def verify_folder(folder: Path) -> tuple[int, list[Fault]]:
    """How many files were checked in one quarter's folder, and what is wrong with them."""
    run = read_record(folder / "run.json", RunRecord)
    if run is None:
        return 0, [_fault(folder / "run.json", "本期运行记录缺失或不完整")]
    faults: list[Fault] = []
    known, checked = {"run.json", "index.html"}, 0
    for job in run.jobs:
        if job.outcome != "succeeded":
            continue
        record = _record(folder, job, faults)
        known.add(f"{job.slug}.json")
        for output in record.outputs if record is not None else ():
            known.add(output.name)
            checked += 1
            if not is_intact(folder, output):
                faults.append(_fault(folder / output.name, "文件缺失或内容与生成记录不一致"))
    strangers = (path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in known)
    faults += [_fault(path, "文件不在生成记录中") for path in strangers if not path.name.startswith(".")]
    return checked, faults


def not_renewed(folder: Path) -> tuple[str, ...]:
    """The titles of reports that are whole and that the last run did not make or look at: they may be out of date."""
    run = read_record(folder / "run.json", RunRecord)
    return tuple(job.title for job in run.jobs if run.made and job.slug not in run.made) if run is not None else ()


def _record(folder: Path, job: JobRecord, faults: list[Fault]) -> JobRecord | None:
    path = folder / f"{job.slug}.json"
    record = read_record(path, JobRecord)
    if record is None:
        faults.append(_fault(path, "报告的生成记录缺失或不完整"))
    elif record.outputs != job.outputs or record.cache_key != job.cache_key:
        faults.append(_fault(path, "报告的生成记录与本期运行记录不一致"))
    return record


def _fault(path: Path, problem: str) -> Fault:
    return Fault(Place(path.name), problem, "重新生成本期报告；改动过的文件请先另存")
