"""Reports on a Dask cluster: the same files as here, and a worker that dies costs nothing but time."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from misbehaving import MakeJob

from yuechi_report.run.limits import Isolation, Limits, RunOptions
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
