"""The same orders on the workers of a Dask cluster (extra `dask`), each with a fork server of its own.

An order carries its scope and its notebook, and its files come back as bytes: workers share no
folder with the machine that runs the batch, which alone publishes.
"""

import atexit
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from yuechi_report.errors import EnvironmentFault, Place
from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.run.forks import ForkServer
from yuechi_report.run.limits import Limits
from yuechi_report.run.plan import Order

RETRIES = 2
"""A report whose worker died is tried this often again, elsewhere."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A made report on its way back: its record and its files by name, failed ones under `failed/`."""

    record: JobRecord
    files: tuple[tuple[str, bytes], ...]


def make_on_cluster(address: str, orders: Sequence[Order], limits: Limits) -> Iterator[JobRecord]:
    """The records of the orders as they come back and are published; a lost order is a record, too."""
    dask = _distributed()
    with _client(dask, address) as client:
        sent = {
            client.submit(make_away, order, order.notebook.read_bytes(), limits, pure=False, retries=RETRIES): order
            for order in orders
        }
        for future in dask.as_completed(sent, loop=client.loop):
            order = sent[future]
            if future.status == "finished":
                parcel = future.result()
                _unpack(parcel, order.target)
                yield parcel.record
            else:
                message = f"集群上未能完成：{future.exception()}"
                yield order.record("not_started", CellError(cell=0, message=message))


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


def make_away(order: Order, notebook: bytes, limits: Limits) -> Parcel:
    """On a worker: make the report in a folder of its own and send back what it left."""
    with tempfile.TemporaryDirectory(prefix="yuechi-") as name:
        root = Path(name)
        own = replace(order, workspace=root, notebook=root / order.notebook.name, target=root / "made")
        own.notebook.write_bytes(notebook)
        with _LOCK:
            record = next(_server(own.notebook).make([own], limits, workers=1))
        made = sorted(path for path in own.target.rglob("*") if path.is_file())
        made.sort(key=lambda path: path.suffix == ".json")  # the record last
        return Parcel(record, tuple((path.relative_to(own.target).as_posix(), path.read_bytes()) for path in made))


_LOCK = Lock()
_SERVERS: list[ForkServer] = []


def _server(notebook: Path) -> ForkServer:
    """The worker's own fork server, started on its first order."""
    if not _SERVERS:
        server = ForkServer([notebook]).__enter__()
        atexit.register(server.close)
        _SERVERS.append(server)
    return _SERVERS[0]
