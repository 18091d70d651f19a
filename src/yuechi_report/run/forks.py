"""Reports in children of multiprocessing's fork server: one warm server a run, one supervised process a report (docs/adr/0030).

Imported by the run, which hands its jobs over, and first of all by the server, which ties itself to the run before it
loads anything else. So it must stay light: what makes reports is imported in the server only.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from yuechi_report.run.limits import Limits, die_with_parent

if TYPE_CHECKING:
    from yuechi_report.page.manifest import JobRecord
    from yuechi_report.run.plan import Job

_SERVED = "YUECHI_FORKS_FOR"
"""The variable that tells the server whose it is, the run's process number, and the notebooks to warm up for."""

_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
"""What the server must find before it imports anything: native threads do not survive a fork."""

_CONTEXT = multiprocessing.get_context("forkserver")
_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """A job under way: its supervisor, and where the record will come from."""

    job: "Job"
    process: ForkServerProcess
    answer: Connection


def make_by_forks(
    jobs: Sequence["Job"], limits: Limits, *, workers: int, held: tuple[int, ...] = ()
) -> Generator["JobRecord", None, None]:
    """The records of the jobs as they end, at most `workers` at a time; closing it ends every report under way.

    Where the server cannot be warmed up, which it says itself, no job is started any more. `held` are descriptors
    of locks: each is held until the last report has ended, however this process ends.
    """
    running: dict[Connection, Running] = {}
    try:
        for number, job in enumerate(jobs):
            while len(running) >= workers:
                yield from _ended(running)
            try:
                start_server(jobs)
                started = _start(job, limits, held)
            except (OSError, EOFError):
                yield from (left.not_started() for left in jobs[number:])
                break
            running[started.answer] = started
        while running:
            yield from _ended(running)
    finally:
        for unfinished in running.values():
            _end(unfinished)


def start_server(jobs: Sequence["Job"] = ()) -> None:
    """Start the server of this process, unless it runs already; it ends with this process."""
    notebooks = dict.fromkeys(str(job.notebook) for job in jobs)
    _CONTEXT.set_forkserver_preload([__name__])
    with _variables(_ENVIRONMENT | {_SERVED: os.pathsep.join((str(os.getpid()), *notebooks))}):
        forkserver.ensure_running()


@contextmanager
def _variables(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _start(job: "Job", limits: Limits, held: tuple[int, ...]) -> Running:
    """A supervisor for the job; OSError or EOFError where the server is lost."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_supervise, args=(job, limits, theirs, [*map(_Lock, held)]), daemon=True)
    with theirs, _main_left_out():
        process.start()
    return Running(job, process, ours)


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


def _supervise(job: "Job", limits: Limits, answer: Connection, _held: list[int]) -> None:
    from yuechi_report.run.supervise import supervise  # noqa: PLC0415 - heavy, and loaded in the server

    supervise(job, limits, answer)


def _ended(running: dict[Connection, Running]) -> Iterator["JobRecord"]:
    """Wait until a report ends; the records of those that have."""
    for answer in wait(list(running)):
        yield _finish(running.pop(cast(Connection, answer)))


def _finish(ended: Running) -> "JobRecord":
    try:
        record: JobRecord = ended.answer.recv()
    except (EOFError, OSError):  # somebody killed the supervisor
        record = ended.job.not_started()
    ended.answer.close()
    ended.process.join()
    return record


def _end(unfinished: Running) -> None:
    """End a report that nobody waits for any more: its supervisor sees that, and clears up."""
    unfinished.answer.close()
    unfinished.process.join(_PATIENCE_S)
    unfinished.process.kill()


def _serve() -> None:
    """In the server, before it serves. While it warms up it does not look whether anybody still waits for it."""
    run, *notebooks = os.environ.pop(_SERVED).split(os.pathsep)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to answer
    die_with_parent(signal.SIGKILL)
    if os.getppid() != int(run):
        sys.exit()
    try:
        from yuechi_report.run.warm import warm_up  # noqa: PLC0415 - heavy

        warm_up(map(Path, notebooks))
    except ImportError as error:
        raise RuntimeError("the fork server cannot be warmed up") from error  # multiprocessing passes over the other
    die_with_parent(0)


if _SERVED in os.environ:
    _serve()
