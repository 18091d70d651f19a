"""What running again costs: nothing changed, one form changed, and --help, in CPU seconds of whole processes.

    python benchmarks/again.py [--rounds N]

In a copy of the shipped example; the quarter is 2025Q1. `--help` is timed in turn with an empty interpreter.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

ROOT = Path(__file__).resolve().parents[1]
WHOLE = (sys.executable, str(ROOT / "benchmarks" / "whole.py"))
"""Counts what a run leaves behind for a moment, too: its fork server."""
COMMAND = "from yuechi_report.cli import main; main()"
SUBMIT = f"""
from datetime import datetime
from yuechi_report.cli import submit
submit.now = lambda: datetime.fromisoformat("2025-03-29T10:00:00+08:00")
{COMMAND}
"""
FORM = "data/receipts/yuechi-2024/2025Q1/0066-public-security.xlsx"


def main() -> None:
    """Print one line a measurement, with its ratio to the first run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "params", "notebooks"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("ledger.db*"))
        words = ("run", "--quarter", "2025Q1", "--workspace", folder)
        first = _median([_cpu_s(COMMAND, *words, "--force") for _ in range(rounds)])
        again = _median([_cpu_s(COMMAND, *words) for _ in range(3 * rounds)])
        changed = _median([_changed_s(root, number, words) for number in range(rounds)])
    for name, seconds in (("every report", first), ("nothing changed", again)):
        print(f"{name:16} {seconds:7.3f} s CPU  {seconds / first:.4f}")
    print(f"{'one form changed':16} {changed:7.3f} s CPU  {changed / first:.4f}")
    pairs = [(_cpu_s(COMMAND, "--help", by=()), _cpu_s("pass", by=())) for _ in range(10 * rounds)]
    print(f"--help beside an empty interpreter: {_median([a / b for a, b in pairs]):.2f}")


def _changed_s(root: Path, number: int, words: tuple[str, ...]) -> float:
    """The run after a form with one other word; entering it is not counted."""
    from openpyxl import load_workbook

    book = load_workbook(root / FORM)
    [head] = [cell for row in book["填报"].iter_rows() for cell in row if cell.value == "进展情况"]
    cell = book["填报"].cell(head.row + 1, head.column)
    cell.value = f"{cell.value}更正{number}。"
    book.save(root / f"{number}.xlsx")
    _cpu_s(SUBMIT, "submit", str(root / f"{number}.xlsx"), *words[1:])
    return _cpu_s(COMMAND, *words)


def _cpu_s(script: str, *words: str, by: tuple[str, ...] = WHOLE) -> float:
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([*by, sys.executable, "-c", script, *words], capture_output=True, check=True, text=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


_median = statistics.median

if __name__ == "__main__":
    main()
