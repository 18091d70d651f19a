"""Talks to fork servers: starts one, hands it orders one by one, takes their records back."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

from yuechi_report.page.manifest import JobRecord
from yuechi_report.run.limits import Limits
from yuechi_report.run.order import Order

READY = "ready"
_MODULE = "yuechi_report.run.forkserver"
_QUIET_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}
"""What the server must find before it imports anything: native threads do not survive a fork."""


class ServerLost(Exception):
    """The server ended without being asked to; what it had not answered is not made."""


class ForkServer:
    """A running fork server; leaving the context ends it and every report in it."""

    def __init__(self, notebooks: Iterable[Path], held: tuple[int, ...] = ()) -> None:
        """`held` are descriptors of locks, which the server holds for as long as it lives."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
                [sys.executable, "-m", _MODULE, str(theirs.fileno()), *map(str, notebooks)],
                pass_fds=[theirs.fileno(), *held],
                stdin=subprocess.DEVNULL,
                env={**os.environ, **_QUIET_ENVIRONMENT},
                start_new_session=True,
            )
        self._connection = Connection(ours.detach())

    def __enter__(self) -> "ForkServer":
        if _receive(self._connection) != READY:
            raise ServerLost
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the server, which ends every report in it."""
        self._connection.close()
        self._process.wait()

    def memory_mb(self) -> float:
        """What the server itself holds in memory now; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return 0.0
        sizes = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
        return int(sizes[0]) / 1024 if sizes else 0.0

    def make(self, orders: Sequence[Order], limits: Limits, *, workers: int) -> Iterator[JobRecord]:
        """The records of the orders as they end, at most `workers` at a time."""
        return drive(self._connection, orders, limits, workers=workers)


def drive(connection: Connection, orders: Sequence[Order], limits: Limits, *, workers: int) -> Iterator[JobRecord]:
    """Hand the server at the other end its orders, a next one for each that ended, and yield the records."""
    waiting = list(reversed(orders))
    running = 0
    while waiting or running:
        while waiting and running < workers:
            _send(connection, (waiting.pop(), limits))
            running += 1
        answer = _receive(connection)
        running -= 1
        if isinstance(answer, JobRecord):
            yield answer


def _send(connection: Connection, message: tuple[Order, Limits]) -> None:
    try:
        connection.send(message)
    except OSError as error:
        raise ServerLost from error


def _receive(connection: Connection) -> JobRecord | str:
    try:
        answer: JobRecord | str = connection.recv()
    except (EOFError, OSError) as error:
        raise ServerLost from error
    return answer
