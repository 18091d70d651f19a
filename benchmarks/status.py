"""What it costs to judge a province: `assess` over 10,000 and 100,000 task-quarters in one process.

Counties are copies of the shipped example, each with its own records, judged in all its quarters. CPU
seconds, the larger against one pandas merge of the same task-quarters with the same entries; the memory
of what `assess` returns, by tracemalloc, in a pass of its own.

    python benchmarks/status.py [--rounds 3]
"""

import argparse
import gc
import os
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, replace
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
    times: dict[str, list[float]] = {"merge": [], **{str(size): [] for size in SIZES}}
    frames = _frames(scope, quarters, len(counties[SIZES[-1]]))
    for _ in range(rounds):
        for size in SIZES:
            times[str(size)].append(_cpu(lambda found=counties[size]: _judge(scope, quarters, found)))
        times["merge"].append(_cpu(lambda: _merge(*frames)))
    medians = {name: statistics.median(found) for name, found in times.items()}
    memory = {size: _memory(lambda found=counties[size]: _judge(scope, quarters, found)) for size in SIZES}
    print(f"status: {rounds} rounds, median CPU seconds; {len(frames[0]):,} task-quarters, {len(frames[1]):,} entries")
    for size in SIZES:
        each = medians[str(size)] / sizes[size]
        print(f"  {sizes[size]:>7,} task-quarters  CPU {medians[str(size)]:6.2f} s, {each * 1e6:5.1f} µs each", end="")
        print(f"   memory {memory[size] / 2**20:6.1f} MiB, {memory[size] / sizes[size]:5.0f} bytes each")
    small, large = (medians[str(size)] / sizes[size] for size in SIZES)
    print(f"  one pandas merge          CPU {medians['merge']:6.2f} s")
    print(
        f"  assess / merge: CPU {medians[str(SIZES[-1])] / medians['merge']:.1f}×   large / small each: {large / small:.2f}×"
    )


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


def _frames(scope: Scope, quarters: tuple[Earlier, ...], number: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same as two frames: one row a task-quarter, one row an entry, each with its county."""
    tasks = pd.DataFrame(
        [{**asdict(task), "quarter": str(one.period.quarter)} for one in quarters for task in scope.register]
    )
    entries = pd.DataFrame([{**asdict(one), "quarter": str(one.quarter)} for one in scope.history.entries])
    tasks = tasks.rename(columns={"number": "task_no"})
    return _repeated(tasks, number), _repeated(entries, number)


def _repeated(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    whole = pd.concat([frame] * number, ignore_index=True)
    whole["county"] = [f"county-{county:04d}" for county in range(number) for _ in range(len(frame))]
    return whole


def _merge(tasks: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    return tasks.merge(entries, how="left", on=["county", "task_no", "quarter"])


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
