"""The same jobs on the workers of a Dask cluster (extra `dask`), each with a fork server of its own.

A job carries its scope and its notebook, and its files come back as bytes: workers share no
folder with the machine that runs the batch, which alone publishes.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import current_process
from pathlib import Path
from threading import Lock
from typing import Any

from yuechi_report.errors import EnvironmentFault, Fault, Place, YuechiError
from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.run.fitness import Makeup, makeup, unfit
from yuechi_report.run.forks import make_by_forks
from yuechi_report.run.limits import Limits
from yuechi_report.run.plan import Job

RETRIES = 2
"""A report whose worker died is tried this often again, elsewhere."""

ANSWER_S = 8.0
"""So long a scheduler may take to answer."""

WORKERS_S = 20.0
"""So long a cluster may be without any worker."""

_LOOK_S = 0.1
_UNREACHABLE = (OSError, ValueError, TypeError, ImportError, RuntimeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Order:
    """A report to be made elsewhere: what of, and what the machine must be made up of that makes it."""

    job: Job
    notebook: bytes
    limits: Limits
    makeup: Makeup


@dataclass(frozen=True, slots=True)
class Parcel:
    """A made report on its way back: its record and its files by name, failed ones under `failed/`."""

    record: JobRecord
    files: tuple[tuple[str, bytes], ...]


def make_on_cluster(address: str, jobs: Sequence[Job], limits: Limits) -> Iterator[JobRecord]:
    """The records of the jobs as they come back and are published; a lost job is a record, too.

    EnvironmentFault where the scheduler does not answer, has no workers, or has some whose pages would differ.
    """
    dask = _distributed()
    _check_scheduler(dask, address)
    with _client(dask, address) as client:
        _check_workers(client, jobs)
        sent = {
            client.submit(
                make_away,
                Order(job, job.notebook.read_bytes(), limits, makeup(job.faces)),
                pure=False,
                retries=RETRIES,
            ): job
            for job in jobs
        }
        for future in _ended(client, set(sent)):
            job = sent[future]
            if future.status == "finished":
                parcel = future.result()
                _unpack(parcel, job.target)
                yield parcel.record
            else:
                yield job.record("not_started", CellError(cell=0, message=f"集群上未能完成：{_reason(future)}"))


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise EnvironmentFault.at(Place(), "没有安装dask扩展", "请安装yuechi-report[dask]后重试") from error
    return distributed


def _check_scheduler(dask: Any, address: str) -> None:
    """A client would wait far longer for an address where no scheduler is, and end noisily."""
    patience = time.monotonic() + WORKERS_S
    while not (identity := _identity(dask, address)).get("workers"):
        if identity.get("type") != "Scheduler":
            raise EnvironmentFault.at(Place(), f"“{address}”不是Dask调度器", "请核对地址")
        if time.monotonic() > patience:
            raise EnvironmentFault.at(
                Place(), f"调度器“{address}”上没有工作进程", "请先在各台机器上启动dask worker，再重新运行"
            )
        time.sleep(_LOOK_S)


def _identity(dask: Any, address: str) -> dict[str, Any]:
    async def ask() -> dict[str, Any]:
        security = dask.Security().get_connection_args("client")
        scheduler = dask.rpc(address, timeout=ANSWER_S, connection_args=security)
        try:
            return dict(await scheduler.identity())
        finally:
            await scheduler.close_rpc()

    try:
        return asyncio.run(asyncio.wait_for(ask(), ANSWER_S))
    except _UNREACHABLE as error:
        raise _unreachable(address) from error


def _unreachable(address: str) -> YuechiError:
    return EnvironmentFault.at(Place(), f"连接不上调度器“{address}”", "请核对地址并确认调度器已启动")


@contextmanager
def _client(dask: Any, address: str) -> Iterator[Any]:
    try:
        client = dask.Client(address, timeout="10s", set_as_default=False)
    except _UNREACHABLE as error:
        raise _unreachable(address) from error
    try:
        yield client
    finally:
        client.close()


def _check_workers(client: Any, jobs: Sequence[Job]) -> None:
    """Each worker says what is missing there or other than here; one of another version cannot even be asked."""
    faces = next((job.faces for job in jobs), ())
    answers = client.run(unfit, makeup(faces), faces, on_error="return")
    faults = [
        Fault(
            Place(), f"工作进程{worker}不能用：{_words(answer)}", "请在该机器上安装同一版本并重启工作进程，或将其停用"
        )
        for worker, answer in answers.items()
        if answer
    ]
    if faults:
        raise EnvironmentFault(faults)


def _ended(client: Any, waiting: set[Any]) -> Iterator[Any]:
    """The futures as they end; those left when there has been no worker for too long, as they are."""
    seen = time.monotonic()
    while waiting:
        done = {future for future in waiting if future.done()}
        yield from done
        waiting -= done
        if done or _has_workers(client):
            seen = time.monotonic()
        elif time.monotonic() > seen + WORKERS_S:
            yield from waiting
            return
        time.sleep(_LOOK_S)


def _has_workers(client: Any) -> bool:
    """By what the scheduler last said to the client, which it says every other second."""
    return client.status == "running" and bool(client.scheduler_info()["workers"])


def _reason(future: Any) -> str:
    if future.status == "error":
        return _words(future.exception())
    return "集群上已没有工作进程" if future.status == "pending" else "与调度器的连接已中断"


def _words(answer: object) -> str:
    """An exception's words, or its kind where it has none."""
    return str(answer) or type(answer).__name__


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


def make_away(order: Order) -> Parcel:
    """On a worker: make the report in a folder of its own and send back what it left. EnvironmentFault where the
    report would look otherwise than its key says, or the worker cannot make any.
    """
    job = order.job
    if reason := unfit(order.makeup, job.faces):
        raise EnvironmentFault.at(Place(), reason, "请在该机器上安装同一版本并重启工作进程")
    with tempfile.TemporaryDirectory(prefix="yuechi-") as name:
        root = Path(name)
        own = replace(job, workspace=root, notebook=root / job.notebook.name, target=root / "made")
        own.notebook.write_bytes(order.notebook)
        with _LOCK, _may_have_children():
            [record] = make_by_forks([own], order.limits, workers=1)
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
