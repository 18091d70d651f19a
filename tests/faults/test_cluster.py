"""Reports on a Dask cluster: the same files as here, and a worker that dies costs nothing but time."""

import gc
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from misbehaving import MakeJob

from yuechi_report.errors import EnvironmentFault
from yuechi_report.page.manifest import JobRecord
from yuechi_report.run import cluster, fitness
from yuechi_report.run.fitness import makeup
from yuechi_report.run.limits import Isolation, Limits, RunOptions
from yuechi_report.run.plan import Job
from yuechi_report.run.workers import make_jobs

distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reports are forked on Linux only")


@pytest.fixture
def scheduler() -> Iterator[str]:
    """A local cluster of two worker processes."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def test_cluster_makes_the_same_files_and_survives_a_dead_worker(job: MakeJob, scheduler: str, tmp_path: Path) -> None:
    """One report kills its worker the first time it is tried: it is tried again, its neighbours are made,
    and every file equals the one made here.
    """
    once = tmp_path / "once"
    killer = (
        f"import os, signal\nfrom pathlib import Path\nonce = Path({str(once)!r})\nif not once.exists():\n"
        "    once.touch()\n    worker = os.getpid()\n"
        "    for _ in ('supervisor', 'server', 'worker'):\n"
        "        worker = int(open(f'/proc/{worker}/stat').read().rsplit(')', 1)[1].split()[1])\n"
        "    os.kill(worker, signal.SIGKILL)"
    )
    jobs = [job("killer", killer, "1"), job("good"), job("also")]
    options = RunOptions(workers=2, isolation=Isolation.FORK, limits=Limits(timeout_s=60), scheduler=scheduler)
    records = {record.slug: record for record in make_jobs(jobs, options)}
    assert {slug: record.outcome for slug, record in records.items()} == dict.fromkeys(
        ("killer", "good", "also"), "succeeded"
    )
    assert once.exists()
    away = {path.name: path.read_bytes() for path in jobs[0].target.iterdir() if path.suffix != ".json"}
    for path in jobs[0].target.iterdir():
        path.unlink()
    list(make_jobs(jobs, RunOptions(workers=2, isolation=Isolation.FORK)))
    assert {path.name: path.read_bytes() for path in jobs[0].target.iterdir() if path.suffix != ".json"} == away


def away(jobs: list[Job], address: str) -> list[JobRecord]:
    """The records of jobs that were sent to a cluster."""
    return list(make_jobs(jobs, RunOptions(isolation=Isolation.FORK, limits=Limits(timeout_s=60), scheduler=address)))


@pytest.fixture
def silent() -> Iterator[str]:
    """A door that opens and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"tcp://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "127.0.0.1:99999", "ucx://a:1", "tcp://", "nonsense://a", "silent"]
)
def test_an_address_without_a_scheduler_is_named_soon(
    job: MakeJob, address: str, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message, in seconds, and nothing left behind that complains of itself later."""
    monkeypatch.setattr(cluster, "ANSWER_S", 1.0)
    started = time.monotonic()
    with pytest.raises(EnvironmentFault, match="连接不上调度器"):
        away([job("a")], silent if address == "silent" else address)
    gc.collect()
    assert time.monotonic() - started < 10


def test_a_cluster_without_workers_is_not_waited_for(job: MakeJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler is there, and nobody works for it."""
    monkeypatch.setattr(cluster, "WORKERS_S", 0.5)
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None, silence_logs=50) as empty,
        pytest.raises(EnvironmentFault, match="没有工作进程"),
    ):
        away([job("a")], empty.scheduler_address)


def test_a_worker_of_another_program_makes_nothing(
    job: MakeJob, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages would bear this program's key: the run is refused at its start, and each order says it again."""
    monkeypatch.setattr(cluster, "makeup", lambda faces: makeup(faces) | {"程序": "another", "typst": "0"})
    made = job("a")
    with pytest.raises(EnvironmentFault, match="程序、typst与发出任务的机器不一致") as caught:
        away([made], scheduler)
    assert len(caught.value.faults) == 2
    with pytest.raises(EnvironmentFault, match="程序、typst与"):
        cluster.make_away(cluster.Order(made, b"", Limits(), cluster.makeup(())))
    assert not made.target.exists()


class Waiting:
    """A future as far as it is asked."""

    def __init__(self, status: str) -> None:
        self.status = status

    def done(self) -> bool:
        """Whether it has ended."""
        return self.status != "pending"

    def exception(self) -> Exception:
        """One without words."""
        return EOFError()


def test_reports_that_no_worker_is_left_for_are_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that have ended are taken; the others are waited for only so long. An error without words has its kind."""
    monkeypatch.setattr(cluster, "WORKERS_S", 0.2)
    client = SimpleNamespace(status="running", scheduler_info=lambda: {"workers": {}})
    ended, left, failed = map(Waiting, ("finished", "pending", "error"))
    found = list(cluster._ended(client, {ended, left, failed}))
    assert (len(found), found[-1]) == (3, left)
    reasons = [cluster._reason(future) for future in (left, failed, Waiting("cancelled"))]
    assert reasons == ["集群上已没有工作进程", "EOFError", "与调度器的连接已中断"]


def test_a_machine_without_typst_or_fonts_says_so_before_it_begins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not report after report that could not be started."""
    assert fitness.unfit(makeup(), ()) == ""
    monkeypatch.setattr(fitness, "LIBRARIES", ("typst", "no-such-library"))
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr(fitness, "font_files", lambda: (tmp_path / "a.ttf", Path(__file__)))
    with pytest.raises(EnvironmentFault, match=r"缺少typst.*\n.*缺少no-such-library.*\n.*缺少字体文件a.ttf"):
        fitness.check_machine()
    assert fitness.unfit({}, ()) == "缺少typst、no-such-library、字体文件a.ttf"
