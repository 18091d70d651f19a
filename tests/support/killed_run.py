"""Runs of three reports, each killed at another moment, resumed, and compared with an undisturbed one.

    python killed_run.py ROOT POINTS

Prints a line for each point: how many reports were done at the kill, and whether the resumed files are those of
an undisturbed run. The runs are forks of this process, which has one thread, and share its warm server.
"""

import os
import signal
import sys
import time
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path

from misbehaving import job_maker

from yuechi_report.run.limits import Isolation, RunOptions
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.plan import Job
from yuechi_report.run.prepare import finding
from yuechi_report.run.workers import make_jobs


def main() -> None:
    """Run undisturbed once, then once a point with a kill at a later and later moment."""
    root, points = Path(sys.argv[1]), int(sys.argv[2])
    make = job_maker(root)
    jobs = [make(slug, f"from IPython.display import Markdown\nMarkdown('# {slug}')") for slug in ("a", "b", "c")]
    make_rest(placed(jobs, root / "warm"))
    begun = time.monotonic()
    run_to_end(placed(jobs, root / "whole"))
    duration = time.monotonic() - begun
    whole = files_in(root / "whole")
    for point in range(points):
        target = root / f"point-{point}"
        mine = placed(jobs, target)
        pid = fork_run(mine)
        time.sleep(1.1 * duration * point / points)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with quarter_lock(target, wait=True):
            before = sum(is_done(job) for job in mine)
        run_to_end(mine)
        same = "same" if files_in(target) == whole else "different"
        sys.stdout.write(f"{point} {before} {same}\n")


def placed(jobs: list[Job], target: Path) -> list[Job]:
    """The jobs published under `target`."""
    return [replace(job, target=target) for job in jobs]


def is_done(job: Job) -> bool:
    """Whether a reader takes the report for done."""
    return finding(job, force=False).record is not None


def files_in(folder: Path) -> dict[str, bytes]:
    """The published files; records carry seconds and are left out, like what readers never see."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and path.suffix != ".json" and not path.name.startswith(".")
    }


def make_rest(jobs: list[Job]) -> None:
    """What a run does: it makes what is not done, and holds the lock of the folder."""
    with quarter_lock(jobs[0].target, wait=True) as held:
        rest = [job for job in jobs if not is_done(job)]
        list(make_jobs(rest, RunOptions(workers=2, isolation=Isolation.FORK), (held,)))


def run_to_end(jobs: list[Job]) -> None:
    """A run that nobody disturbs."""
    os.waitpid(fork_run(jobs), 0)


def fork_run(jobs: list[Job]) -> int:
    """A run in a process of its own."""
    pid = os.fork()
    if pid:
        return pid
    try:
        forkserver.ensure_running = forkserver._forkserver.ensure_running = lambda: None  # its parent sees to that
        make_rest(jobs)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
