"""Reports that kill, hang, eat memory or write garbage: each is a record, its neighbours are made, nothing stays."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from misbehaving import GOOD, MakeOrder

from yuechi_report.page.manifest import JobRecord
from yuechi_report.run.forks import ForkServer
from yuechi_report.run.limits import Limits
from yuechi_report.run.plan import Order

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reports are forked on Linux only")

LIMITS = Limits(timeout_s=6, cpu_s=60, memory_mb=3072)
ENDLESS = "while True:\n    pass"
IN_C = "import ctypes\nctypes.PyDLL(None).sleep(1000)"
"""Holds the interpreter's lock: no Python signal handler can end it."""


Run = Callable[..., dict[str, JobRecord]]


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    """One server for all of this module: whatever a report does, it serves the next."""
    with ForkServer([]) as one:
        yield one


@pytest.fixture
def run(server: ForkServer) -> Run:
    """The records of the orders by slug."""

    def call(*orders: Order, limits: Limits = LIMITS, workers: int = 2) -> dict[str, JobRecord]:
        records = list(server.make(orders, limits, workers=workers))
        assert len(records) == len(orders)
        return {record.slug: record for record in records}

    return call


_SCRIPT = """
import sys
from pathlib import Path
from yuechi_report.run.crew import Crew, Isolation
from yuechi_report.run.limits import Limits
from yuechi_report.run.order import Order
from yuechi_report.run.plan import Job
from yuechi_report.run.workers import make_orders

root = Path(sys.argv[1])
job = Job("bad", "bad", "bad.ipynb", (("quarter", "2025Q1"),))
order = Order(job, b"{}", "key", (), root, root / "notebooks" / "bad.ipynb", root / "reports")
list(make_orders([order], Crew(1, Isolation.FORK, Limits(timeout_s=900))))
"""
"""A run of one report, as a process of its own."""


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
    run: Run, order: MakeOrder, source: str, limits: Limits, told: str
) -> None:
    """The third cell is named with its cause, the log is kept, and the neighbour is made."""
    records = run(order("bad", GOOD, source), order("good"), limits=limits)
    bad, good = records["bad"], records["good"]
    assert (bad.outcome, good.outcome) == ("failed", "succeeded"), good.error
    assert bad.error is not None
    assert (bad.error.cell, told in bad.error.message) == (4, True), bad.error
    folder = order("bad").target
    assert {path.name for path in (folder / "failed").iterdir()} == {"bad.json", "bad.log"}
    assert (folder / "good.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "source",
    ["x = bytearray(10 ** 11)", "x = []\nwhile True:\n    x.append(bytearray(10 ** 7))"],
    ids=["at once", "bit by bit"],
)
def test_report_out_of_memory_fails_alone(run: Run, order: MakeOrder, source: str) -> None:
    """A report that asks for more than its limit fails with MemoryError; the next one has all it needs."""
    records = run(order("bad", source), order("good"), limits=Limits(timeout_s=60, memory_mb=2048))
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
def test_garbage_reaches_nobody(run: Run, order: MakeOrder, source: str) -> None:
    """Whatever a report writes to descriptors it did not open, its neighbours' records stay theirs."""
    records = run(order("bad", source), order("good"), order("also"))
    assert [records[slug].outcome for slug in ("good", "also")] == ["succeeded", "succeeded"]
    assert records["bad"].slug == "bad"


def test_what_a_report_starts_ends_with_it(run: Run, order: MakeOrder) -> None:
    """A process left behind by a notebook, even in its own session's background, does not outlive the report."""
    run(order("bad", "import subprocess\nx = subprocess.Popen(['sleep', '7777'])", GOOD))
    time.sleep(0.2)
    assert processes_with("sleep 7777") == []


def test_nothing_leaks_into_the_next_report(run: Run, order: MakeOrder) -> None:
    """A module changed, a variable set and a random seed fixed by one report are unknown to the next."""
    meddle = "import json, random, os\njson.leak = 1\nrandom.seed(1)\nos.environ['LEAK'] = '1'\nleak = 1"
    ask = "import json, os\nassert not hasattr(json, 'leak') and 'LEAK' not in os.environ and 'leak' not in globals()"
    records = run(order("first", meddle, GOOD), order("then", ask, GOOD), workers=1)
    assert {slug: record.outcome for slug, record in records.items()} == {"first": "succeeded", "then": "succeeded"}


def test_killed_run_leaves_no_process(order: MakeOrder, tmp_path: Path) -> None:
    """SIGKILL to the run's own process ends its server and every report in it."""
    order("bad", "import ctypes\nctypes.CDLL(None).sleep(5555)")
    script = tmp_path / "run.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    process = subprocess.Popen([sys.executable, str(script), str(tmp_path)])
    deadline = time.monotonic() + 60
    marker = str(tmp_path / "notebooks")
    while len(processes_with(marker)) < 2:  # the server and its forked child carry the notebook's path
        assert time.monotonic() < deadline
        time.sleep(0.1)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    while processes_with(marker):
        assert time.monotonic() < deadline
        time.sleep(0.1)
