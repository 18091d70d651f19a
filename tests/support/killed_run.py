"""A warm process that forks runs of three reports, kills each at another moment, resumes, and compares.

    python killed_run.py ROOT POINTS

Prints a line for each point: how many reports were done at the kill, and whether the resumed files are those of
an undisturbed run. A process of its own, since only a process with one thread may fork.
"""

import os
import signal
import socket
import sys
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from misbehaving import order_maker

from yuechi_report.run.forks import drive, serve
from yuechi_report.run.limits import Limits
from yuechi_report.run.plan import Order
from yuechi_report.run.prepare import find_done
from yuechi_report.run.warm import warm_up


def main() -> None:
    """Run undisturbed once, then once a point with a kill at a later and later moment."""
    root, points = Path(sys.argv[1]), int(sys.argv[2])
    make = order_maker(root)
    orders = [make(slug, f"from IPython.display import Markdown\nMarkdown('# {slug}')") for slug in ("a", "b", "c")]
    warm_up([])
    begun = time.monotonic()
    run_to_end(placed(orders, root / "whole"))
    duration = time.monotonic() - begun
    whole = files_in(root / "whole")
    for point in range(points):
        target = root / f"point-{point}"
        mine = placed(orders, target)
        pid = fork_run(mine)
        time.sleep(1.2 * duration * point / (points - 1))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        before = sum(done(mine, order.job.slug) for order in mine)
        run_to_end([order for order in mine if not done(mine, order.job.slug)])
        same = "same" if files_in(target) == whole else "different"
        sys.stdout.write(f"{point} {before} {same}\n")


def placed(orders: list[Order], target: Path) -> list[Order]:
    """The orders published under `target`."""
    target.mkdir()
    return [replace(order, target=target) for order in orders]


def done(orders: list[Order], slug: str) -> bool:
    """Whether a reader takes the report for done."""
    order = next(one for one in orders if one.job.slug == slug)
    return find_done(order.target, slug, order.cache_key, {}).record is not None


def files_in(folder: Path) -> dict[str, bytes]:
    """The published files; records carry seconds and are left out, like what readers never see."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and path.suffix != ".json" and not path.name.startswith(".")
    }


def run_to_end(orders: list[Order]) -> None:
    """A run that nobody disturbs."""
    os.waitpid(fork_run(orders), 0)


def fork_run(orders: list[Order]) -> int:
    """A run in a process of its own: it has a server, and dies with all it started."""
    pid = os.fork()
    if pid:
        return pid
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        serve(Connection(theirs.detach()))
        os._exit(0)
    theirs.close()
    list(drive(Connection(ours.detach()), orders, Limits(), workers=2))
    os._exit(0)


if __name__ == "__main__":
    main()
