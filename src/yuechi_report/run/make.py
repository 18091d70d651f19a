"""One report, start to finish: contract, execution, rendering, publication. Runs in a worker process."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from yuechi_report.errors import YuechiError
from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.render.convert import render_book
from yuechi_report.run.execute import NotebookFailed, Places, execute_notebook
from yuechi_report.run.plan import Order
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

_KIB_PER_MIB = 1024.0


@dataclass(frozen=True, slots=True)
class Reading:
    """seconds, cpu_seconds: of this work; peak_memory_mb: of the largest process so far."""

    seconds: float
    cpu_seconds: float
    peak_memory_mb: float


@dataclass(frozen=True, slots=True)
class Meter:
    """Started once, read as often as wanted."""

    seconds: float
    cpu_seconds: float

    @classmethod
    def start(cls) -> "Meter":
        """A meter that counts from now."""
        return cls(time.perf_counter(), _cpu_seconds())

    def read(self) -> Reading:
        """What has been used since the start."""
        return Reading(
            round(time.perf_counter() - self.seconds, 3),
            round(_cpu_seconds() - self.cpu_seconds, 3),
            round(_peak_mb(), 1),
        )


def _cpu_seconds() -> float:
    if resource is None:
        return 0.0
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak_mb() -> float:
    if resource is None:
        return 0.0
    whos = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in whos) / _KIB_PER_MIB


FAILED_DIR = "failed"

LOG_NAME = "run.log"


def make_report(order: Order, scratch: Path, *, in_process: bool = False) -> JobRecord:
    """Make and publish one report; a failure is a record too, and the last good files stay.

    `scratch` is an empty folder of its own. `in_process` executes in this process, which must then
    end: for a forked child (run/forks).
    """
    meter = Meter.start()
    try:
        files = _make(order, scratch / f"{order.job.slug}.ipynb", in_process=in_process)
    except NotebookFailed as error:
        return keep_failed(order, _priced(order.record("failed", error.error), meter), scratch)
    except YuechiError as error:
        return _failed(order, meter, str(error), scratch)
    except Exception as error:  # noqa: BLE001 - one report's surprise must not take the batch with it
        return _failed(order, meter, f"{type(error).__name__}: {error}", scratch)
    outputs = tuple(describe(path) for path in files)
    record = _priced(order.record("succeeded"), meter).model_copy(update={"outputs": outputs})
    try:
        _publish(order, record, files)
    except PublicationBlocked as error:
        return _failed(order, meter, str(error), scratch, files)
    return record


def _publish(order: Order, record: JobRecord, files: list[Path]) -> None:
    before = published_names(record.slug, order.target)
    publish_files(files, order.target)
    publish_record(record, order.target)
    remove_stale(before, record, order.target)
    for path in (order.target / FAILED_DIR).glob(f"{order.job.slug}.*"):
        path.unlink()  # an earlier failure is over


def _make(order: Order, output: Path, *, in_process: bool) -> list[Path]:
    scope_file = output.with_name("scope.json")
    scope_file.write_bytes(order.scope_json)
    places = Places(scope_file, order.workspace)
    book = execute_notebook(order.job, order.notebook, output, places, in_process=in_process)
    return [output, *render_book(book, output, order.media)]


def _priced(record: JobRecord, meter: Meter) -> JobRecord:
    return record.model_copy(update=asdict(meter.read()))


def _failed(order: Order, meter: Meter, message: str, scratch: Path, files: Sequence[Path] = ()) -> JobRecord:
    error = CellError(cell=0, message=message)
    return keep_failed(order, _priced(order.record("failed", error), meter), scratch, files)


def keep_failed(order: Order, record: JobRecord, scratch: Path, files: Sequence[Path] = ()) -> JobRecord:
    """Keep what a failed report left in `scratch`, its notebook and its log, with its record in failed/;
    `files` too, which were made and could not be put in their places. Where failed/ cannot be written
    either, the record that is returned must do.
    """
    named = {".ipynb": scratch / f"{order.job.slug}.ipynb", ".log": scratch / LOG_NAME}
    kept = []
    for suffix, path in named.items():
        if path.is_file() and path.stat().st_size:
            kept.append(path.rename(path.with_name(f"{order.job.slug}{suffix}")))
    kept += [path for path in files if path not in kept]
    with suppress(PublicationBlocked):
        publish_files(kept, order.target / FAILED_DIR)
        publish_record(record, order.target / FAILED_DIR)
    return record
