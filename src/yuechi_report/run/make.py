"""One report, start to finish: execution, rendering, publication, and what it cost. Runs in a worker process."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yuechi_report.errors import Place, ReportFailed, YuechiError
from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.render.convert import render_book
from yuechi_report.run.digest import code_digest
from yuechi_report.run.execute import NotebookFailed, execute_notebook
from yuechi_report.run.plan import Job
from yuechi_report.run.publish import (
    PublicationBlocked,
    describe,
    publish_files,
    publish_record,
    published_names,
    remove_stale,
)

try:
    import resource
except ImportError:  # Windows has no resource module: CPU and memory read 0 there
    resource = None  # type: ignore[assignment]

FAILED_DIR = "failed"
LOG_NAME = "run.log"
_KIB_PER_MIB = 1024.0


@dataclass(frozen=True, slots=True)
class Meter:
    """What a report costs, counted from the meter's start: wall and CPU seconds, and the largest process so far."""

    seconds: float
    cpu_seconds: float

    @classmethod
    def start(cls) -> "Meter":
        """A meter that counts from now."""
        return cls(time.perf_counter(), _cpu_seconds())

    def price(self, record: JobRecord) -> JobRecord:
        """The record with what has been used since the start."""
        used = {
            "seconds": round(time.perf_counter() - self.seconds, 3),
            "cpu_seconds": round(_cpu_seconds() - self.cpu_seconds, 3),
            "peak_memory_mb": round(max((usage.ru_maxrss for usage in _usages()), default=0.0) / _KIB_PER_MIB, 1),
        }
        return record.model_copy(update=used)


def _cpu_seconds() -> float:
    return sum((usage.ru_utime + usage.ru_stime for usage in _usages()), 0.0)


def _usages() -> list[Any]:
    """What this process and its ended children have used; nothing is known on Windows."""
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)] if resource else []


def make_report(job: Job, scratch: Path, *, in_process: bool = False) -> JobRecord:
    """Make and publish one report; a failure is a record too, and the last good files stay.

    `scratch` is an empty folder of its own. `in_process` executes in this process, which must then
    end: for a forked child (run/forks).
    """
    meter = Meter.start()
    try:
        files = _make(job, scratch / f"{job.slug}.ipynb", in_process=in_process)
    except NotebookFailed as error:
        return keep_failed(job, meter.price(job.record("failed", error.error)), scratch)
    except YuechiError as error:
        return _failed(job, meter, str(error), scratch)
    except Exception as error:  # noqa: BLE001 - one report's surprise must not take the batch with it
        return _failed(job, meter, f"{type(error).__name__}: {error}", scratch)
    outputs = tuple(describe(path) for path in files)
    record = meter.price(job.record("succeeded")).model_copy(update={"outputs": outputs})
    try:
        _publish(job, record, files)
    except PublicationBlocked as error:
        return _failed(job, meter, str(error), scratch, files)
    return record


def _publish(job: Job, record: JobRecord, files: list[Path]) -> None:
    before = published_names(record.slug, job.target)
    publish_files(files, job.target)
    publish_record(record, job.target)
    remove_stale(before, record, job.target)
    for path in (job.target / FAILED_DIR).glob(f"{job.slug}.*"):
        path.unlink()  # an earlier failure is over


def _make(job: Job, output: Path, *, in_process: bool) -> list[Path]:
    if dict(job.inputs).get("code", code_digest()) != code_digest():
        raise ReportFailed.at(Place(), "程序在运行期间换了版本，没有生成", "请重新运行")
    scope_file = output.with_name("scope.json")
    scope_file.write_bytes(job.scope_json)
    book = execute_notebook(job, output, scope_file, in_process=in_process)
    return [output, *render_book(book, output, job.media)]


def _failed(job: Job, meter: Meter, message: str, scratch: Path, files: Sequence[Path] = ()) -> JobRecord:
    error = CellError(cell=0, message=message)
    return keep_failed(job, meter.price(job.record("failed", error)), scratch, files)


def keep_failed(job: Job, record: JobRecord, scratch: Path, files: Sequence[Path] = ()) -> JobRecord:
    """Keep what a failed report left in `scratch`, its notebook and its log, with its record in failed/;
    `files` too, which were made and could not be put in their places. Where failed/ cannot be written
    either, the record that is returned must do.
    """
    named = {".ipynb": scratch / f"{job.slug}.ipynb", ".log": scratch / LOG_NAME}
    kept = []
    for suffix, path in named.items():
        if path.is_file() and path.stat().st_size:
            kept.append(path.rename(path.with_name(f"{job.slug}{suffix}")))
    kept += [path for path in files if path not in kept]
    with suppress(PublicationBlocked):
        publish_files(kept, job.target / FAILED_DIR)
        publish_record(record, job.target / FAILED_DIR)
    return record
