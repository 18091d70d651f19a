"""Runs of three reports, each killed at another moment (before the first fork, between records), resumed, and compared with an undisturbed one.

    python killed_run.py ROOT POINTS

Prints a line for each point: how many reports were done at the kill, and whether the resumed files are those of
an undisturbed run. Each run is a process of its own, with a fork server of its own.
"""

import subprocess
import sys
import time
from dataclasses import replace
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
    run_of(root, root / "whole").communicate()
    whole = files_in(root / "whole")
    for point in range(points):
        target = root / f"point-{point}"
        first = run_of(root, target)
        kill_after(first, records=point % 3, seconds=0.4 * point / points)
        before = sum(finding(job, force=False).record is not None for job in jobs(root, target))
        run_of(root, target).communicate()
        same = "same" if files_in(target) == whole else "different"
        sys.stdout.write(f"{point} {before} {same}\n")


def kill_after(run: subprocess.Popen[bytes], *, records: int, seconds: float) -> None:
    """SIGKILL to a run some time after it has told its beginning and so many records."""
    assert run.stdout is not None
    for _ in range(1 + records):
        run.stdout.readline()
    time.sleep(seconds)
    run.kill()
    run.communicate()


def jobs(root: Path, target: Path) -> list[Job]:
    """Three reports published under `target`."""
    make = job_maker(root)
    made = (make(slug, f"from IPython.display import Markdown\nMarkdown('# {slug}')") for slug in ("a", "b", "c"))
    return [replace(job, target=target) for job in made]


def files_in(folder: Path) -> dict[str, bytes]:
    """The published files; records carry seconds and are left out, like what readers never see."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and path.suffix != ".json" and not path.name.startswith(".")
    }


def run_of(root: Path, target: Path) -> subprocess.Popen[bytes]:
    """A run, as a process of its own: it makes what is not done, holding the lock of the folder."""
    return subprocess.Popen([sys.executable, __file__, str(root), str(target), "run"], stdout=subprocess.PIPE)


def make_rest(root: Path, target: Path) -> None:
    """What such a process does."""
    with quarter_lock(target, wait=True) as held:
        rest = [job for job in jobs(root, target) if finding(job, force=False).record is None]
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        for record in make_jobs(rest, RunOptions(workers=2, isolation=Isolation.FORK), (held,)):
            sys.stdout.write(f"{record.slug}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[3:]:
        make_rest(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        main()
