"""The supervisor of reports: it has one after the other made, each by a child of its own, and sends the run their records.

A child executes, renders and publishes one report, leaves its record as a file and ends, so nothing of one report is
seen by the next. Its parent ends it after its time, and alone learns what it has cost where it was killed.
"""

import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from pathlib import Path
from resource import struct_rusage
from types import FrameType
from typing import NoReturn

from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.run.inprocess import CELL_MARK
from yuechi_report.run.limits import Limits, confine
from yuechi_report.run.make import LOG_NAME, keep_failed, make_report
from yuechi_report.run.plan import Job
from yuechi_report.run.publish import read_record

_ANSWER = "answer.json"


@dataclass(frozen=True, slots=True)
class End:
    """How a report's process ended: the system's status and what it used, after how many seconds."""

    status: int
    usage: struct_rusage
    seconds: float


def supervise(limits: Limits, run: Connection) -> None:
    """Have each job made that the run hands over and send back its record, until the run is gone."""
    signal.signal(signal.SIGTERM, _leave)
    with suppress(EOFError, ConnectionError):
        while True:
            run.send(_record(run.recv(), limits, run))


def _leave(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _record(job: Job, limits: Limits, run: Connection) -> JobRecord:
    """The record of a job, made by a child; EOFError where the run is gone meanwhile."""
    with tempfile.TemporaryDirectory(prefix="yuechi-", ignore_cleanup_errors=True) as name:
        scratch, started = Path(name), time.monotonic()
        pid = os.fork()
        if pid == 0:
            _make(job, limits, scratch)
        try:
            in_time = _wait(pid, run, limits.timeout_s)
        finally:
            end = _end(pid, started)
        cause = _cause(end.status) if in_time else f"超过{limits.timeout_s:g}秒没有完成，已中止"
        return (_left(job, scratch) if in_time else None) or _lost(job, scratch, cause, end)


def _wait(pid: int, run: Connection, timeout_s: float) -> bool:
    """Wait for the report's end: whether it came in time. EOFError where nobody waits for its record any more."""
    descriptor = os.pidfd_open(pid)
    try:
        ready = wait([run, descriptor], timeout_s)
    finally:
        os.close(descriptor)
    if run in ready:
        raise EOFError
    return bool(ready)


def _end(pid: int, started: float) -> End:
    """End the report and its whole group, also where it ended by itself: what it started must not stay."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):  # not yet the leader of its own group
            kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    return End(status, usage, time.monotonic() - started)


def _make(job: Job, limits: Limits, scratch: Path) -> NoReturn:
    """The report's own process."""
    code = 1
    try:
        confine(limits)
        _let_go(scratch / LOG_NAME)
        record = make_report(job, scratch, in_process=True)
        (scratch / _ANSWER).write_text(record.model_dump_json(), encoding="utf-8")
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the log keeps it and the process ends
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _let_go(log: Path) -> None:
    """Keep nothing of the run's: no pipe, no lock, no random numbers, no ways of multiprocessing."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for descriptor in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208 - Path would open one more
        if descriptor > 2 and descriptor != resource_tracker.getfd():
            with suppress(OSError):
                os.close(descriptor)
    null, out = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(null, 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    multiprocessing.set_start_method(None, force=True)
    multiprocessing.current_process().daemon = False  # a notebook may start processes of its own


def _left(job: Job, scratch: Path) -> JobRecord | None:
    """What the report left, if it is the record of its own job."""
    record = read_record(scratch / _ANSWER, JobRecord)
    return record if record and (record.slug, record.cache_key) == (job.slug, job.cache_key) else None


def _cause(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"进程被中断（信号{os.WTERMSIG(status)}）；处理器时间或内存可能超限"
    return f"进程异常退出（代码{os.WEXITSTATUS(status)}）"


def _lost(job: Job, scratch: Path, cause: str, end: End) -> JobRecord:
    """The record of a report that left none, with the cell it was in; its log is kept."""
    error = CellError(cell=_last_cell(scratch / LOG_NAME), message=cause)
    record = job.record("failed", error).model_copy(
        update={
            "seconds": round(end.seconds, 3),
            "cpu_seconds": round(end.usage.ru_utime + end.usage.ru_stime, 3),
            "peak_memory_mb": round(end.usage.ru_maxrss / 1024, 1),
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
