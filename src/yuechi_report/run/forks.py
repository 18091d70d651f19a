"""The fork server: one warm process with a single thread that forks one child a report.

    python -m yuechi_report.run.forks FD NOTEBOOK...

It reads orders from the connection FD and answers each with its record. A child executes, renders,
publishes, leaves its record as a file and exits, so nothing of one report is seen by the next. The
server forks and waits, and does nothing else: it must stay a process that can be forked, and no
child may make it wait for more than the child's own end.
"""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from resource import struct_rusage
from types import TracebackType

from pydantic import ValidationError

from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.run.engine import CELL_MARK
from yuechi_report.run.limits import Limits, confine
from yuechi_report.run.make import LOG_NAME, keep_failed, make_report
from yuechi_report.run.plan import Order
from yuechi_report.run.warm import warm_up

READY = "ready"

_MODULE = "yuechi_report.run.forks"

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


_ANSWER = "answer.json"


@dataclass(frozen=True, slots=True)
class Child:
    """A forked report: its process, what it makes, since when (monotonic seconds), and where it works."""

    pid: int
    order: Order
    limits: Limits
    started: float
    scratch: Path

    @property
    def deadline(self) -> float:
        """Monotonic seconds."""
        return self.started + self.limits.timeout_s


Children = dict[int, Child]
"""By the descriptor that becomes readable when the child has ended."""


def serve(connection: Connection) -> None:
    """Answer orders until the other side closes; then end every child and return."""
    children: Children = {}
    try:
        while True:
            ready = wait([connection, *children], _patience(children))
            if connection in ready:
                _start(connection, children)
            for ended in [one for one in children if one in ready]:
                connection.send(_finish(children, ended, ""))
            for late in [one for one, child in children.items() if time.monotonic() >= child.deadline]:
                cause = f"超过{children[late].limits.timeout_s:g}秒没有完成，已中止"
                connection.send(_finish(children, late, cause))
    except (EOFError, ConnectionError):
        return
    finally:
        for descriptor in list(children):
            _bury(children, descriptor)


def _patience(children: Children) -> float | None:
    deadlines = [child.deadline for child in children.values()]
    return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None


def _start(connection: Connection, children: Children) -> None:
    order, limits = connection.recv()
    scratch = Path(tempfile.mkdtemp(prefix="yuechi-"))
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        connection.close()
        for descriptor in children:
            os.close(descriptor)
        _run(order, limits, scratch)
    children[os.pidfd_open(pid)] = Child(pid, order, limits, started, scratch)


def _run(order: Order, limits: Limits, scratch: Path) -> None:
    """The child: never returns."""
    code = 1
    try:
        confine(limits)
        _redirect(scratch / LOG_NAME)
        _reseed()
        record = make_report(order, scratch, in_process=True)
        (scratch / _ANSWER).write_text(record.model_dump_json(), encoding="utf-8")
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the log keeps it and the child ends
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _reseed() -> None:
    """Children must not draw the same random numbers."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _redirect(log: Path) -> None:
    """Standard input from nowhere, both outputs into the report's log."""
    null, out = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(null, 0)
    os.dup2(out, 1)
    os.dup2(out, 2)


def _finish(children: Children, descriptor: int, cause: str) -> JobRecord:
    """The record of a child that ended, or must end now because of `cause`."""
    child = children[descriptor]
    _kill(child)  # also where it ended by itself: what it started must not stay
    _, status, usage = os.wait4(child.pid, 0)
    record = None if cause else _answer(child)
    if record is None:
        record = _lost(child, cause or _cause(status), usage)
    os.close(descriptor)
    del children[descriptor]
    shutil.rmtree(child.scratch, ignore_errors=True)
    return record


def _answer(child: Child) -> JobRecord | None:
    """What the child left, if it is the record of its own order."""
    try:
        record = JobRecord.model_validate_json((child.scratch / _ANSWER).read_bytes())
    except (OSError, ValidationError):
        return None
    mine = (record.slug, record.cache_key) == (child.order.job.slug, child.order.cache_key)
    return record if mine else None


def _bury(children: Children, descriptor: int) -> None:
    child = children.pop(descriptor)
    _kill(child)
    os.wait4(child.pid, 0)
    os.close(descriptor)
    shutil.rmtree(child.scratch, ignore_errors=True)


def _kill(child: Child) -> None:
    """End the child and its whole group."""
    for kill in (os.killpg, os.kill):
        try:
            kill(child.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue  # not yet the leader of its own group


def _cause(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"进程被中断（信号{os.WTERMSIG(status)}）；处理器时间或内存可能超限"
    return f"进程异常退出（代码{os.WEXITSTATUS(status)}）"


def _lost(child: Child, cause: str, usage: struct_rusage) -> JobRecord:
    """The record of a child that did not answer, with the cell it was in; its log is kept."""
    error = CellError(cell=_last_cell(child.scratch / LOG_NAME), message=cause)
    record = child.order.record("failed", error).model_copy(
        update={
            "seconds": round(time.monotonic() - child.started, 3),
            "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3),
            "peak_memory_mb": round(usage.ru_maxrss / 1024, 1),
        }
    )
    return keep_failed(child.order, record, child.scratch)


def _last_cell(log: Path) -> int:
    """The number of the last cell that began, 0 where none did."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    begun = [line.removeprefix(CELL_MARK) for line in lines if line.startswith(CELL_MARK)]
    return int(begun[-1]) if begun and begun[-1].isdigit() else 0


def main() -> None:
    """Warm up, say so, serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = Connection(int(sys.argv[1]))
    warm_up(Path(one) for one in sys.argv[2:])
    with suppress(ConnectionError):  # the other side may be gone by now
        connection.send(READY)
        serve(connection)


if __name__ == "__main__":
    main()
