"""Holds published reports against their records: every file there, every hash as recorded, nothing besides."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from yuechi_report.errors import Fault, Place
from yuechi_report.page.manifest import JobRecord, RunRecord
from yuechi_report.run.prepare import is_intact

_OF_THE_RUN = {"run.json", "index.html"}


def verify_folder(folder: Path) -> tuple[int, list[Fault]]:
    """How many files were checked in one quarter's folder, and what is wrong with them."""
    try:
        run = RunRecord.model_validate_json((folder / "run.json").read_bytes())
    except (OSError, ValidationError):
        return 0, [_fault(folder / "run.json", "本期运行记录缺失或不完整")]
    faults: list[Fault] = []
    known = set(_OF_THE_RUN)
    checked = 0
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
    faults += [_fault(path, "文件不在生成记录中") for path in _strangers(folder, known)]
    return checked, faults


def _record(folder: Path, job: JobRecord, faults: list[Fault]) -> JobRecord | None:
    path = folder / f"{job.slug}.json"
    try:
        record = JobRecord.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        faults.append(_fault(path, "报告的生成记录缺失或不完整"))
        return None
    if record.outputs != job.outputs or record.cache_key != job.cache_key:
        faults.append(_fault(path, "报告的生成记录与本期运行记录不一致"))
    return record


def _strangers(folder: Path, known: set[str]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(".") and path.name not in known:
            yield path


def _fault(path: Path, problem: str) -> Fault:
    return Fault(Place(path.name), problem, "重新生成本期报告；改动过的文件请先另存")
