"""What it costs to judge a province: `assess` over 10,000 and 100,000 task-quarters in one process.

Counties are copies of the shipped example, each with its own records, judged in all its quarters. CPU
seconds, the larger against two joins of the same records as pandas frames, keyed as they are (text for
county, quarter and unit) and with every field: the task-quarters merged with all that `assess` reads
(entries, decisions, workbooks), and with the entries alone. The memory of what `assess` returns, by
tracemalloc, in a pass of its own.

    python benchmarks/status.py [--rounds 3]
"""

import argparse
import gc
import os
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pandas as pd

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.progress import History
from yuechi_report.domain.status import assess_all
from yuechi_report.report import load_report
from yuechi_report.source.scope import Earlier, Scope

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000)
NOTICE, LAST = "yuechi-2024", "2025Q1"


def main() -> None:
    """Measure and print a small table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    os.environ["YUECHI_WORKSPACE"] = str(ROOT)
    scope = load_report(LAST, notice=NOTICE).scope
    quarters = (*scope.earlier, Earlier(scope.period, scope.as_of, scope.known_at))
    counties = {size: _counties(scope, size // (len(quarters) * len(scope.register))) for size in SIZES}
    sizes = {size: len(found) * len(quarters) * len(scope.register) for size, found in counties.items()}
    times: dict[str, list[float]] = {"joined": [], "entries": [], **{str(size): [] for size in SIZES}}
    frames = _frames(scope, quarters, len(counties[SIZES[-1]]))
    for _ in range(rounds):
        for size in SIZES:
            times[str(size)].append(_cpu(lambda found=counties[size]: _judge(scope, quarters, found)))
        times["joined"].append(_cpu(lambda: _joined(frames)))
        times["entries"].append(_cpu(lambda: _with_entries(frames)))
    medians = {name: statistics.median(found) for name, found in times.items()}
    memory = {size: _memory(lambda found=counties[size]: _judge(scope, quarters, found)) for size in SIZES}
    print(f"status: {rounds} rounds, median CPU seconds; {len(frames.tasks):,} task-quarters,", end="")
    print(
        f" {len(frames.entries):,} entries, {len(frames.decisions):,} decisions, {len(frames.submissions):,} workbooks"
    )
    for size in SIZES:
        each = medians[str(size)] / sizes[size]
        print(f"  {sizes[size]:>7,} task-quarters  CPU {medians[str(size)]:6.2f} s, {each * 1e6:5.1f} µs each", end="")
        print(f"   memory {memory[size] / 2**20:6.1f} MiB, {memory[size] / sizes[size]:5.0f} bytes each")
    small, large = (medians[str(size)] / sizes[size] for size in SIZES)
    print(f"  large / small each: {large / small:.2f}×")
    for name in ("joined", "entries"):
        ratio = medians[str(SIZES[-1])] / medians[name]
        print(
            f"  pandas, task-quarters merged with {_MERGED[name]:<33} CPU {medians[name]:5.2f} s   assess {ratio:4.1f}×"
        )


_MERGED = {"joined": "entries, decisions and workbooks:", "entries": "entries alone:"}


def _counties(scope: Scope, number: int) -> list[History]:
    """So many copies of the example's history, none sharing a record with another."""
    return [
        History(
            tuple(replace(one) for one in scope.history.entries),
            tuple(replace(one) for one in scope.history.decisions),
            tuple(replace(one) for one in scope.history.submissions),
        )
        for _ in range(number)
    ]


def _judge(scope: Scope, quarters: tuple[Earlier, ...], counties: list[History]) -> list[tuple[Assessment, ...]]:
    return [
        assess_all(scope.register, history, one.period, as_of=one.as_of, policy=scope.policy)
        for history in counties
        for one in quarters
    ]


@dataclass(frozen=True)
class Frames:
    """What `assess` reads as frames, one row a task-quarter, entry, decision and workbook, each with its county."""

    tasks: pd.DataFrame
    entries: pd.DataFrame
    decisions: pd.DataFrame
    submissions: pd.DataFrame


def _frames(scope: Scope, quarters: tuple[Earlier, ...], number: int) -> Frames:
    history = scope.history
    tasks = [
        {**asdict(task), "quarter": str(one.period.quarter), "unit": task.filling_unit}
        for one in quarters
        for task in scope.register
    ]
    records = [
        [{**asdict(one), "quarter": str(one.quarter)} for one in found]
        for found in (history.entries, history.decisions, history.submissions)
    ]
    frames = [pd.DataFrame(tasks).rename(columns={"number": "task_no"}), *map(pd.DataFrame, records)]
    return Frames(*(_repeated(frame, number) for frame in frames))


def _repeated(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    whole = pd.concat([frame] * number, ignore_index=True)
    whole["county"] = [f"county-{county:04d}" for county in range(number) for _ in range(len(frame))]
    return whole


def _with_entries(frames: Frames) -> pd.DataFrame:
    return frames.tasks.merge(frames.entries, how="left", on=["county", "task_no", "quarter"])


def _joined(frames: Frames) -> pd.DataFrame:
    """Task-quarters with their filling unit's entries, the quarter's decisions and the unit's workbooks."""
    entries = frames.tasks.merge(frames.entries, how="left", on=["county", "task_no", "quarter", "unit"])
    decided = entries.merge(
        frames.decisions, how="left", on=["county", "task_no", "quarter"], suffixes=("", "_decision")
    )
    return decided.merge(frames.submissions, how="left", on=["county", "quarter", "unit"], suffixes=("", "_workbook"))


def _cpu(call: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    kept = call()
    spent = time.process_time() - start
    del kept
    return spent


def _memory(call: Callable[[], object]) -> int:
    """Bytes held by what the call returns."""
    gc.collect()
    tracemalloc.start()
    kept = call()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return held


if __name__ == "__main__":
    main()
