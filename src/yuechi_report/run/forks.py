"""One child process per report, forked from a warm server: multiprocessing's fork server, preloaded (docs/adr/0030).

A child executes, renders and publishes one report and ends, so nothing of one report is seen by the next. Between
the run and the report stands a supervisor, itself a child of the server: it forks the report, ends it after its
time, and answers with its record, the number of the last cell and what it cost, also where the report was killed.
"""

import multiprocessing
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from resource import struct_rusage
from types import FrameType
from typing import Any, NoReturn, cast

from pydantic import ValidationError

from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.run.inprocess import CELL_MARK
from yuechi_report.run.limits import Limits, confine
from yuechi_report.run.make import LOG_NAME, keep_failed, make_report
from yuechi_report.run.plan import Job
from yuechi_report.run.workers import not_started

WARMED_FOR = "YUECHI_WARMED_FOR"
"""The variable by which the server is told which notebooks to warm up for (run/warm)."""

_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
"""What the server must find before it imports anything: native threads do not survive a fork."""

_CONTEXT = multiprocessing.get_context("forkserver")
_ANSWER = "answer.json"
_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """A job under way: its supervisor, and where the record will come from."""

    job: Job
    process: ForkServerProcess
    answer: Connection


def make_by_forks(
    jobs: Sequence[Job], limits: Limits, *, workers: int, held: tuple[int, ...] = ()
) -> Iterator[JobRecord]:
    """The records of the jobs as they end, at most `workers` at a time; leaving early ends every report under way.

    `held` are descriptors of locks, which every report holds for as long as it lives.
    """
    waiting, running = list(reversed(jobs)), dict[Connection, Running]()
    start_server(jobs)
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                started = _start(waiting.pop(), limits, held)
                if isinstance(started, JobRecord):
                    yield started
                else:
                    running[started.answer] = started
            for ended in wait(list(running)):
                yield _finish(running.pop(cast(Connection, ended)))
    finally:
        for left in running.values():
            _end(left)


def start_server(jobs: Sequence[Job] = ()) -> None:
    """Start the server of this process, unless it runs already; it ends with this process."""
    notebooks = dict.fromkeys(str(job.notebook) for job in jobs)
    _CONTEXT.set_forkserver_preload(["yuechi_report.run.warm"])
    with _variables(_ENVIRONMENT | {WARMED_FOR: os.pathsep.join(notebooks)}):
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


def _start(job: Job, limits: Limits, held: tuple[int, ...]) -> Running | JobRecord:
    """A supervisor for the job; the record of a job not started where the server is lost."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_Supervision(job, limits, theirs, held), daemon=True)
    try:
        with _main_left_out():
            process.start()
    except (OSError, EOFError):
        ours.close()
        return not_started(job)
    finally:
        theirs.close()
    return Running(job, process, ours)


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


def _finish(running: Running) -> JobRecord:
    try:
        record: JobRecord = running.answer.recv()
    except (EOFError, OSError):
        record = not_started(running.job)
    running.answer.close()
    running.process.join()
    return record


def _end(running: Running) -> None:
    """End a report that nobody waits for any more; its supervisor clears up after it."""
    running.process.terminate()
    running.process.join(_PATIENCE_S)
    running.process.kill()
    running.answer.close()


class _Supervision:
    """What runs in a supervisor's process: fork the report, wait for its end, answer."""

    def __init__(self, job: Job, limits: Limits, answer: Connection, held: tuple[int, ...]) -> None:
        self.job, self.limits, self.answer, self.held = job, limits, answer, held

    def __getstate__(self) -> tuple[object, ...]:
        """Descriptors of locks are handed over as such; they stay open until this process and the report have ended."""
        return self.job, self.limits, self.answer, [DupFd(descriptor) for descriptor in self.held]

    def __setstate__(self, state: tuple[Job, Limits, Connection, list[Any]]) -> None:
        self.job, self.limits, self.answer, locks = state
        self.held = tuple(lock.detach() for lock in locks)

    def __call__(self) -> None:
        """Answer with the record of the report."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, _leave)
        scratch, started, pid = Path(tempfile.mkdtemp(prefix="yuechi-")), time.monotonic(), 0
        try:
            pid = os.fork()
            if pid == 0:
                _make(self.job, self.limits, scratch, self.held)
            record = self._watch(pid, scratch, started)
            pid = 0
            self.answer.send(record)
        finally:
            if pid:
                _kill(pid)
                os.waitpid(pid, 0)
            shutil.rmtree(scratch, ignore_errors=True)

    def _watch(self, pid: int, scratch: Path, started: float) -> JobRecord:
        """The record of a report that ended, or had to."""
        in_time = self._ends_in_time(pid)
        _kill(pid)  # also where it ended by itself: what it started must not stay
        _, status, usage = os.wait4(pid, 0)
        record = _answered(self.job, scratch) if in_time else None
        if record is not None:
            return record
        cause = _cause(status) if in_time else f"超过{self.limits.timeout_s:g}秒没有完成，已中止"
        return _lost(self.job, scratch, cause, usage, seconds=time.monotonic() - started)

    def _ends_in_time(self, pid: int) -> bool:
        """Wait for the report's end, as long as it may take; leave where nobody waits for the answer any more."""
        descriptor = os.pidfd_open(pid)
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        poll.register(self.answer.fileno(), 0)  # an error is told without being asked for: the run has ended
        try:
            ended = [ready for ready, _ in poll.poll(self.limits.timeout_s * 1000)]
        finally:
            os.close(descriptor)
        if self.answer.fileno() in ended:
            sys.exit(1)
        return bool(ended)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _make(job: Job, limits: Limits, scratch: Path, held: tuple[int, ...]) -> NoReturn:
    """The report's own process."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        confine(limits)
        _close_all_but(held)
        _redirect(scratch / LOG_NAME)
        _reseed()
        record = make_report(job, scratch, in_process=True)
        (scratch / _ANSWER).write_text(record.model_dump_json(), encoding="utf-8")
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the log keeps it and the process ends
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _reseed() -> None:
    """Reports must not draw the same random numbers."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _close_all_but(held: tuple[int, ...]) -> None:
    """Leave a report the locks alone: what it might write to the pipes of the server would disturb all others."""
    edges = (2, *sorted(held), os.sysconf("SC_OPEN_MAX"))
    for lower, upper in pairwise(edges):
        os.closerange(lower + 1, upper)


def _redirect(log: Path) -> None:
    """Standard input from nowhere, both outputs into the report's log."""
    null, out = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(null, 0)
    os.dup2(out, 1)
    os.dup2(out, 2)


def _kill(pid: int) -> None:
    """End the report and its whole group."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):  # not yet the leader of its own group
            kill(pid, signal.SIGKILL)


def _answered(job: Job, scratch: Path) -> JobRecord | None:
    """What the report left, if it is the record of its own job."""
    try:
        record = JobRecord.model_validate_json((scratch / _ANSWER).read_bytes())
    except (OSError, ValidationError):
        return None
    return record if (record.slug, record.cache_key) == (job.slug, job.cache_key) else None


def _cause(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"进程被中断（信号{os.WTERMSIG(status)}）；处理器时间或内存可能超限"
    return f"进程异常退出（代码{os.WEXITSTATUS(status)}）"


def _lost(job: Job, scratch: Path, cause: str, usage: struct_rusage, *, seconds: float) -> JobRecord:
    """The record of a report that did not answer, with the cell it was in; its log is kept."""
    error = CellError(cell=_last_cell(scratch / LOG_NAME), message=cause)
    record = job.record("failed", error).model_copy(
        update={
            "seconds": round(seconds, 3),
            "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3),
            "peak_memory_mb": round(usage.ru_maxrss / 1024, 1),
        }
    )
    return keep_failed(job, record, scratch)


def _last_cell(log: Path) -> int:
    """The number of the last cell that began, 0 where none did."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    begun = [line.removeprefix(CELL_MARK) for line in lines if line.startswith(CELL_MARK)]
    return int(begun[-1]) if begun and begun[-1].isdigit() else 0
