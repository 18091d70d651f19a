"""One report, start to finish: contract, execution, rendering, publication. Runs in a worker process."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.errors import YuechiError
from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.render.convert import render_notebook
from yuechi_report.run.execute import NotebookFailed, execute_notebook
from yuechi_report.run.meter import Meter
from yuechi_report.run.plan import Job
from yuechi_report.run.publish import describe, publish_files, publish_record, published_names, remove_stale

FAILED_DIR = "failed"


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker gets: the job, its shipped scope, and where everything is. Paths are absolute."""

    job: Job
    scope_json: bytes
    cache_key: str
    inputs: tuple[tuple[str, str], ...]
    workspace: Path
    notebook: Path
    target: Path


def make_report(order: Order) -> JobRecord:
    """Make and publish one report; a failure is a record too, and the last good files stay."""
    meter = Meter.start()
    with tempfile.TemporaryDirectory(prefix="yuechi-") as scratch:
        output = Path(scratch) / f"{order.job.slug}.ipynb"
        try:
            files = _make(order, output)
        except NotebookFailed as error:
            return _failed(order, meter, error.error, output)
        except YuechiError as error:
            return _failed(order, meter, CellError(cell=0, message=str(error)), output)
        except Exception as error:  # noqa: BLE001 - one report's surprise must not take the batch with it
            return _failed(order, meter, CellError(cell=0, message=f"{type(error).__name__}: {error}"), output)
        record = _record(order, meter, "succeeded").model_copy(
            update={"outputs": tuple(describe(path) for path in files)}
        )
        before = published_names(record.slug, order.target)
        publish_files(files, order.target)
        publish_record(record, order.target)
        remove_stale(before, record, order.target)
        for path in (order.target / FAILED_DIR).glob(f"{order.job.slug}.*"):
            path.unlink()  # an earlier failure is over
        return record


def _make(order: Order, output: Path) -> list[Path]:
    scope_file = output.with_name("scope.json")
    scope_file.write_bytes(order.scope_json)
    execute_notebook(order.job, order.notebook, output, scope_file=scope_file, workspace=order.workspace)
    return [output, *render_notebook(output)]


def _record(order: Order, meter: Meter, outcome: str) -> JobRecord:
    reading = meter.read()
    return JobRecord(
        slug=order.job.slug,
        title=order.job.title,
        notebook=order.job.notebook,
        parameters=dict(order.job.parameters),
        cache_key=order.cache_key,
        outcome="succeeded" if outcome == "succeeded" else "failed",
        seconds=reading.seconds,
        cpu_seconds=reading.cpu_seconds,
        peak_memory_mb=reading.peak_memory_mb,
        inputs=dict(order.inputs),
    )


def _failed(order: Order, meter: Meter, error: CellError, output: Path) -> JobRecord:
    record = _record(order, meter, "failed").model_copy(update={"error": error})
    kept = [output] if output.is_file() else []
    publish_files(kept, order.target / FAILED_DIR)
    publish_record(record, order.target / FAILED_DIR)
    return record
