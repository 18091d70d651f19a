"""A program for tests: submits a form in child processes, each killed by SIGKILL at a later step.

    python killed.py WORKSPACE FORM FOLDER POINTS

Makes FOLDER/<number>/ from WORKSPACE for every point and prints how many steps an undisturbed submission
takes. A step is a line of the code that writes book, archive or index that is about to run, or a part of a row being written.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book import chain, durable
from yuechi_report.intake.book.ledger import checkpoint, refresh
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, ReceiptKind
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against

WATCHED = {"chain.py", "durable.py", "ledger.py", "reception.py"}
MOMENT = datetime.fromisoformat("2025-04-01T09:00:00+08:00")


def submit(against: Against, form: Path) -> None:
    """What `yuechi-report submit` does with one form in a workspace."""
    place = Workspace(against.root)
    arrival = Arrival(MOMENT, MOMENT, "政务内网", "")
    read_to = checkpoint(place.ledger_file)
    kind, period = ReceiptKind.SUBMISSION, Quarter(2025, 1)
    take_in(form, against, period, arrival, kind=kind, book_file=place.book_file, read_to=read_to)
    with durable.locked(place.book_file):
        refresh(place.book_file, place.ledger_file, [against])


def die() -> None:
    """As a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def at_step(number: int) -> Callable[[], int]:
    """Die before the step of that number; the function answers how many there were."""
    seen = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal seen
        path = Path(frame.f_code.co_filename)
        if path.name not in WATCHED or path.parent.name != "book":
            return None
        if event == "line":
            seen += 1
            if seen == number:
                die()
        return trace

    sys.settrace(trace)
    return lambda: seen


def in_the_row(written: int) -> None:
    """Die when so many bytes of the row have been written."""
    real = os.write

    def write(handle: int, data: bytes) -> int:
        real(handle, data[:written])
        die()
        return 0

    chain.os.write = write  # type: ignore[attr-defined]


def child(prepare: Callable[[int], object], at: int, against: Against, form: Path) -> None:
    """Submit in a forked child that knows when to die."""
    pid = os.fork()
    if pid == 0:
        prepare(at)
        submit(against, form)
        os._exit(0)
    os.waitpid(pid, 0)


def main() -> None:
    """Kill at points spread over all steps, and at parts of the row."""
    workspace, form, folder, points = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    place = Workspace(workspace)
    against = load_against(place, place.only_notice(None))
    counted = at_step(0)
    submit(_copy(against, folder / "counting"), form)
    sys.settrace(None)
    steps = counted()
    plan = [(at_step, 1 + number * steps // points) for number in range(points)]
    plan += [(in_the_row, written) for written in (0, 1, 40, 150, 300)]  # type: ignore[list-item]
    for number, (prepare, at) in enumerate(plan):
        child(prepare, at, _copy(against, folder / str(number)), form)
    sys.stdout.write(f"{steps}\n")


def _copy(against: Against, target: Path) -> Against:
    shutil.copytree(against.root, target)
    return replace(against, root=target)


if __name__ == "__main__":
    main()
