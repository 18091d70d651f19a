"""Reports by multiprocessing's fork server: a supervisor per worker, and by it a process per report (docs/adr/0030).

Imported by the run, which hands its jobs over, and first of all by the server, which ties itself to the run before it
loads anything else. So it must stay light: what makes reports is imported in the server only.
"""

import json
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from yuechi_report.run.limits import Limits, die_with_parent, environment_variables

if TYPE_CHECKING:
    from yuechi_report.page.manifest import JobRecord
    from yuechi_report.run.plan import Job

_SERVED = "YUECHI_FORKS_FOR"
"""The variable that tells the server, as JSON, the run's process number and the notebooks to warm up for."""
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
"""What the server must find before it imports anything: native threads do not survive a fork."""
_CONTEXT = multiprocessing.get_context("forkserver")
_PATIENCE_S = 10.0


class Supervisor:
    """A process of the server's that has one report after the other made, each by a child of its own."""

    def __init__(self, job: "Job", limits: Limits, held: tuple[int, ...]) -> None:
        """Starts the process with its first job; OSError or EOFError where the server is lost."""
        self.connection, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_supervise, args=(limits, theirs, [*map(_Lock, held)]), daemon=True)
        with theirs, _main_left_out():
            self._process.start()
        self.give(job)

    def give(self, job: "Job") -> None:
        """Hand over the next job."""
        self._job = job
        with suppress(OSError):  # somebody has killed it: `take` says so
            self.connection.send(job)

    def take(self) -> tuple["JobRecord", bool]:
        """The record of its job, and whether it can have another one made."""
        try:
            record: JobRecord = self.connection.recv()
        except (EOFError, OSError):
            return self._job.not_started(), False
        return record, True

    def end(self) -> None:
        """End it and what it has under way: it sees that nobody waits any more, and clears up."""
        self.connection.close()
        self._process.join(_PATIENCE_S)
        self._process.kill()


def make_by_forks(
    jobs: Sequence["Job"], limits: Limits, *, workers: int, held: tuple[int, ...] = ()
) -> Generator["JobRecord", None, None]:
    """The records of the jobs as they end, at most `workers` at a time; closing it ends every report under way.

    Where the server cannot be warmed up, which it says itself, no job is started any more. `held` are descriptors
    of locks: each is held until the last report has ended, however this process ends.
    """
    waiting, crew = deque(jobs), dict[Connection, Supervisor]()
    try:
        while waiting or crew:
            try:
                while waiting and len(crew) < workers:
                    supervisor = _hire(waiting[0], jobs, limits, held)
                    crew[supervisor.connection] = supervisor
                    waiting.popleft()
            except (OSError, EOFError):
                yield from (job.not_started() for job in waiting)
                waiting.clear()
            yield from _ended(crew, waiting)
    finally:
        for supervisor in crew.values():
            supervisor.end()


def _hire(job: "Job", jobs: Sequence["Job"], limits: Limits, held: tuple[int, ...]) -> Supervisor:
    """A supervisor with its first job. A server that has died since it was last asked is started once more."""
    try:
        start_server(jobs)
        return Supervisor(job, limits, held)
    except (OSError, EOFError):
        _forget_server()
        start_server(jobs)
        return Supervisor(job, limits, held)


def _forget_server() -> None:
    """Have the next start make a new server. Multiprocessing asks for the old one's end, which somebody else may
    have been told: then it would ask in vain for ever.
    """
    state = vars(forkserver._forkserver)  # noqa: SLF001 - it has no public way
    process, alive = state["_forkserver_pid"], state["_forkserver_alive_fd"]
    if process is None:
        return
    with suppress(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    with suppress(OSError):
        os.close(alive)
    state |= dict.fromkeys(("_forkserver_pid", "_forkserver_alive_fd", "_forkserver_address"))


def _ended(crew: dict[Connection, Supervisor], waiting: deque["Job"]) -> Iterator["JobRecord"]:
    """Wait until a report ends; the records of those that have, whose supervisors go on with the next jobs."""
    for ready in wait(list(crew)) if crew else ():
        connection = cast(Connection, ready)
        record, goes_on = crew[connection].take()
        yield record
        if waiting and goes_on:
            crew[connection].give(waiting.popleft())
        else:
            crew.pop(connection).end()


def start_server(jobs: Sequence["Job"] = ()) -> None:
    """Start the server of this process, unless it runs already; it ends with this process."""
    notebooks = dict.fromkeys(str(job.notebook) for job in jobs)
    _CONTEXT.set_forkserver_preload([__name__])
    with environment_variables(_ENVIRONMENT | {_SERVED: json.dumps([os.getpid(), *notebooks])}):
        forkserver.ensure_running()


class _Lock:
    """A lock's descriptor on its way to a supervisor, where it stays open until that process has ended."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __reduce__(self) -> tuple[Any, tuple[Any]]:
        return _received, (DupFd(self._descriptor),)


def _received(duplicate: Any) -> int:
    return int(duplicate.detach())


@contextmanager
def _main_left_out() -> Iterator[None]:
    """A child imports its parent's main module anew, for targets that are defined there; ours are not."""
    main = sys.modules["__main__"]
    kept: dict[str, Any] = {name: vars(main).pop(name) for name in ("__file__", "__spec__") if name in vars(main)}
    main.__spec__ = None
    try:
        yield
    finally:
        vars(main).update(kept)


def _supervise(limits: Limits, run: Connection, _held: list[int]) -> None:
    from yuechi_report.run.supervise import supervise  # noqa: PLC0415 - heavy, and loaded in the server

    supervise(limits, run)


def _serve() -> None:
    """In the server, before it serves. While it warms up it does not look whether anybody still waits for it."""
    run, *notebooks = json.loads(os.environ.pop(_SERVED))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to answer
    die_with_parent(signal.SIGKILL)
    if os.getppid() != run:
        sys.exit()
    try:
        from yuechi_report.run.warm import warm_up  # noqa: PLC0415 - heavy

        warm_up(map(Path, notebooks))
    except ImportError as error:
        raise RuntimeError("the fork server cannot be warmed up") from error  # multiprocessing passes over the other
    die_with_parent(0)


if _SERVED in os.environ:
    _serve()
