"""The same jobs on the workers of a Dask cluster (extra `dask`), each with a fork server of its own.

A job carries its scope and its notebook, and its files come back as bytes: workers share no
folder with the machine that runs the batch, which alone publishes.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import current_process
from pathlib import Path
from threading import Lock
from typing import Any

from yuechi_report.errors import EnvironmentFault, Place
from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.run.forks import make_by_forks
from yuechi_report.run.limits import Limits
from yuechi_report.run.plan import Job

RETRIES = 2
"""A report whose worker died is tried this often again, elsewhere."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A made report on its way back: its record and its files by name, failed ones under `failed/`."""

    record: JobRecord
    files: tuple[tuple[str, bytes], ...]


def make_on_cluster(address: str, jobs: Sequence[Job], limits: Limits) -> Iterator[JobRecord]:
    """The records of the jobs as they come back and are published; a lost job is a record, too."""
    dask = _distributed()
    with _client(dask, address) as client:
        sent = {
            client.submit(make_away, job, job.notebook.read_bytes(), limits, pure=False, retries=RETRIES): job
            for job in jobs
        }
        for future in dask.as_completed(sent, loop=client.loop):
            job = sent[future]
            if future.status == "finished":
                parcel = future.result()
                _unpack(parcel, job.target)
                yield parcel.record
            else:
                message = f"集群上未能完成：{future.exception()}"
                yield job.record("not_started", CellError(cell=0, message=message))


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise EnvironmentFault.at(Place(), "没有安装dask扩展", "请安装yuechi-report[dask]后重试") from error
    return distributed


@contextmanager
def _client(dask: Any, address: str) -> Iterator[Any]:
    try:
        client = dask.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise EnvironmentFault.at(Place(), f"连接不上调度器“{address}”", "请核对地址并确认调度器已启动") from error
    try:
        yield client
    finally:
        client.close()


def _unpack(parcel: Parcel, target: Path) -> None:
    """Publish what came back: the files first, the record last, as a local worker does."""
    from yuechi_report.run.publish import publish_files  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="yuechi-") as scratch:
        for name, content in parcel.files:
            path = Path(scratch) / Path(name).name
            path.write_bytes(content)
            publish_files([path], target / Path(name).parent)
    if parcel.record.outcome == "succeeded":
        for path in (target / "failed").glob(f"{parcel.record.slug}.*"):
            path.unlink()


def make_away(job: Job, notebook: bytes, limits: Limits) -> Parcel:
    """On a worker: make the report in a folder of its own and send back what it left."""
    with tempfile.TemporaryDirectory(prefix="yuechi-") as name:
        root = Path(name)
        own = replace(job, workspace=root, notebook=root / job.notebook.name, target=root / "made")
        own.notebook.write_bytes(notebook)
        with _LOCK, _may_have_children():
            [record] = make_by_forks([own], limits, workers=1)
        made = sorted(path for path in own.target.rglob("*") if path.is_file())
        made.sort(key=lambda path: path.suffix == ".json")  # the record last
        return Parcel(record, tuple((path.relative_to(own.target).as_posix(), path.read_bytes()) for path in made))


_LOCK = Lock()


@contextmanager
def _may_have_children() -> Iterator[None]:
    """A nanny's worker is daemonic, and multiprocessing refuses children of such; ours end with their server."""
    worker = current_process()
    before, worker.daemon = worker.daemon, False
    try:
        yield
    finally:
        worker.daemon = before
