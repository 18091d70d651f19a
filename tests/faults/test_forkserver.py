"""Reports that kill, hang, eat memory or write garbage: each is a record, its neighbours are made, nothing stays."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import forkserver
from pathlib import Path

import pytest
from misbehaving import GOOD, MakeJob

from yuechi_report.page.manifest import JobRecord
from yuechi_report.run.forks import make_by_forks, start_server
from yuechi_report.run.limits import Limits
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.plan import Job

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reports are forked on Linux only")

LIMITS = Limits(timeout_s=6, cpu_s=60, memory_mb=3072)
ENDLESS = "while True:\n    pass"
IN_C = "import ctypes\nctypes.PyDLL(None).sleep(1000)"
"""Holds the interpreter's lock: no Python signal handler can end it."""


Run = Callable[..., dict[str, JobRecord]]


@pytest.fixture
def run() -> Run:
    """The records of the jobs by slug."""

    def call(*jobs: Job, limits: Limits = LIMITS, workers: int = 2) -> dict[str, JobRecord]:
        records = list(make_by_forks(jobs, limits, workers=workers))
        assert len(records) == len(jobs)
        return {record.slug: record for record in records}

    return call


_SCRIPT = """
import signal
import sys
from pathlib import Path
from misbehaving import job_maker
from yuechi_report.run.limits import Isolation, Limits, RunOptions
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.workers import make_jobs

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as the command line does
root = Path(sys.argv[1])
job = job_maker(root)("bad", sys.argv[2])
with quarter_lock(root / "reports") as held:
    print("locked", flush=True)
    options = RunOptions(workers=1, isolation=Isolation.FORK, limits=Limits(timeout_s=900))
    print(*(record.outcome for record in make_jobs([job], options, (held,))))
"""
"""A run of one report, as a process of its own."""

_ENDLESS = """
import ctypes, subprocess
started = subprocess.Popen(["sleep", "5555"])
ctypes.CDLL(None).sleep(5555)
"""

_THREAD_IN_THE_SERVER = """
import sys, threading, time
if "multiprocessing.forkserver" in " ".join(sys.orig_argv):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
"""


def processes_with(word: str) -> list[str]:
    """Command lines of living processes that hold the word."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if word in line:
            found.append(line)
    return found


@pytest.mark.parametrize(
    ("source", "limits", "told"),
    [
        pytest.param("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", LIMITS, "信号9", id="killed"),
        pytest.param("import os\nos._exit(3)", LIMITS, "代码3", id="exits"),
        pytest.param(ENDLESS, LIMITS, "超过6秒", id="hangs in Python"),
        pytest.param(IN_C, LIMITS, "超过6秒", id="hangs in C"),
        pytest.param(ENDLESS, Limits(timeout_s=60, cpu_s=3), "信号24", id="too much CPU"),
        pytest.param("import ctypes\nctypes.string_at(0)", LIMITS, "信号11", id="crashes"),
    ],
)
def test_lost_child_is_a_failed_record_with_its_cell(
    run: Run, job: MakeJob, source: str, limits: Limits, told: str
) -> None:
    """The third cell is named with its cause, the log is kept, and the neighbour is made."""
    records = run(job("bad", GOOD, source), job("good"), limits=limits)
    bad, good = records["bad"], records["good"]
    assert (bad.outcome, good.outcome) == ("failed", "succeeded"), good.error
    assert bad.error is not None
    assert (bad.error.cell, told in bad.error.message) == (4, True), bad.error
    folder = job("bad").target
    assert {path.name for path in (folder / "failed").iterdir()} == {"bad.json", "bad.log"}
    assert (folder / "good.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "source",
    ["x = bytearray(10 ** 11)", "x = []\nwhile True:\n    x.append(bytearray(10 ** 7))"],
    ids=["at once", "bit by bit"],
)
def test_report_out_of_memory_fails_alone(run: Run, job: MakeJob, source: str) -> None:
    """A report that asks for more than its limit fails with MemoryError; the next one has all it needs."""
    records = run(job("bad", source), job("good"), limits=Limits(timeout_s=60, memory_mb=2048))
    assert records["bad"].error is not None
    assert "MemoryError" in records["bad"].error.message
    assert records["good"].outcome == "succeeded"


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.write(1, b'\\xff\\x00' * 4096); os.write(2, b'cell 99\\n\\xfe')",
        "import os, contextlib\nfor fd in range(3, 64):\n  with contextlib.suppress(OSError):\n    os.write(fd, b'x' * 9)",
        "import os\nos.closerange(3, 64)",
    ],
    ids=["to its outputs", "to every descriptor", "closes every descriptor"],
)
def test_garbage_reaches_nobody(run: Run, job: MakeJob, source: str) -> None:
    """Whatever a report writes to descriptors it did not open, its neighbours' records stay theirs."""
    records = run(job("bad", source), job("good"), job("also"))
    assert [records[slug].outcome for slug in ("good", "also")] == ["succeeded", "succeeded"]
    assert records["bad"].slug == "bad"


def test_supervisor_that_is_killed_costs_its_own_report_only(run: Run, job: MakeJob) -> None:
    """The report that was under way is recorded as not started; another supervisor makes the rest."""
    source = "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)"
    records = run(job("bad", source), job("good"), job("also"), workers=1)
    assert {slug: record.outcome for slug, record in records.items()} == {
        "bad": "not_started",
        "good": "succeeded",
        "also": "succeeded",
    }


def test_what_a_report_starts_ends_with_it(run: Run, job: MakeJob) -> None:
    """A process left behind by a notebook, even in its own session's background, does not outlive the report."""
    run(job("bad", "import subprocess\nx = subprocess.Popen(['sleep', '7777'])", GOOD))
    time.sleep(0.2)
    assert processes_with("sleep 7777") == []


def test_nothing_leaks_into_the_next_report(run: Run, job: MakeJob) -> None:
    """A module changed, a variable set and a random seed fixed by one report are unknown to the next."""
    meddle = "import json, random, os\njson.leak = 1\nrandom.seed(1)\nos.environ['LEAK'] = '1'\nleak = 1"
    ask = "import json, os\nassert not hasattr(json, 'leak') and 'LEAK' not in os.environ and 'leak' not in globals()"
    records = run(job("first", meddle, GOOD), job("then", ask, GOOD), workers=1)
    assert {slug: record.outcome for slug, record in records.items()} == {"first": "succeeded", "then": "succeeded"}


def test_a_report_has_no_descriptor_of_the_runs(run: Run, job: MakeJob, tmp_path: Path) -> None:
    """Neither the lock nor the pipes of the server and of other reports: only its own, and what tracks shared memory."""
    ask = "import os\nnames = [os.path.realpath(f'/proc/self/fd/{fd}') for fd in os.listdir('/proc/self/fd')]\n"
    check = "assert not [name for name in names if '.lock' in name or 'socket:' in name], names\n"
    count = "assert sum('pipe:' in name for name in names) <= 1, names"
    with quarter_lock(tmp_path / "reports") as held:
        [record] = make_by_forks([job("asks", ask + check + count)], LIMITS, workers=1, held=(held,))
    assert (record.outcome, record.error) == ("succeeded", None)


def test_a_notebook_may_start_processes_of_its_own(run: Run, job: MakeJob) -> None:
    """As in a kernel: the ways of the fork server are not those of the notebook."""
    pool = "import multiprocessing\nwith multiprocessing.Pool(2) as pool:\n    assert pool.map(abs, [-1, 2]) == [1, 2]"
    record = run(job("pool", pool))["pool"]
    assert (record.outcome, record.error) == ("succeeded", None)


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts such a run; it holds its lock and is about to start its server."""

    def call(source: str, *paths: Path) -> subprocess.Popen[bytes]:
        script = tmp_path / "run.py"
        script.write_text(_SCRIPT, encoding="utf-8")
        support = Path(__file__).parents[1] / "support"
        process = subprocess.Popen(
            [sys.executable, str(script), str(tmp_path), source],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (*paths, support)))},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"locked\n"
        return process

    return call


def descendants(pid: int) -> set[int]:
    """A process's children, their children, and so on."""
    found = {pid}
    while True:
        more = {int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if parent(path) in found} | found
        if more == found:
            return found - {pid}
        found = more


def parent(stat: Path) -> int:
    """The number of a process's parent, 0 where it has ended."""
    try:
        state, number = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state == "Z" else int(number)


def end_and_wait(process: subprocess.Popen[bytes], *, number: int, seconds: float) -> None:
    """A signal to the run; everything it started has ended within that time, and so has the run."""
    started = descendants(process.pid)
    process.send_signal(number)
    process.communicate()
    deadline = time.monotonic() + seconds
    while left := [pid for pid in started if parent(Path(f"/proc/{pid}/stat"))]:
        assert time.monotonic() < deadline, [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in left]
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_ended_run_leaves_no_process(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, number: int
) -> None:
    """A signal to the run's own process ends its server, every report in it and what that started; the lock is free."""
    process = start(_ENDLESS)
    deadline = time.monotonic() + 60
    while len(descendants(process.pid)) < 5:  # the tracker, the server, the supervisor, the report, its child
        assert time.monotonic() < deadline
        time.sleep(0.1)
    end_and_wait(process, number=number, seconds=5)
    with quarter_lock(tmp_path / "reports"):
        pass


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_run_killed_while_its_server_warms_up_frees_the_lock_at_once(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, seconds: float
) -> None:
    """The server does not outlive the run, though it is busy loading modules; nobody waits for it."""
    process = start(_ENDLESS)
    deadline = time.monotonic() + 60
    while len(descendants(process.pid)) < 2:  # the tracker, then the server
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(seconds)
    end_and_wait(process, number=signal.SIGKILL, seconds=1.5)
    with quarter_lock(tmp_path / "reports"):
        pass


def test_server_that_cannot_be_warmed_up_says_so(start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    """A second thread would not survive the fork: nothing is made by such a server, and the reason is printed."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_THREAD_IN_THE_SERVER, encoding="utf-8")
    out, errors = start(GOOD, folder).communicate()
    assert (out, b"not safe to fork: 2 threads" in errors) == (b"not_started\n", True)


def test_server_that_died_between_two_runs_is_started_again(job: MakeJob) -> None:
    """A worker of a cluster lives long: whoever took note of its server's end, the next report is made."""
    for number, takes_note in enumerate((False, True)):
        start_server()
        server = vars(forkserver._forkserver)["_forkserver_pid"]
        os.kill(server, signal.SIGKILL)
        if takes_note:
            os.waitpid(server, 0)
        [record] = make_by_forks([job(f"after-{number}")], Limits(timeout_s=60), workers=1)
        assert (record.outcome, record.error) == ("succeeded", None)
