"""`make bench`: what a report costs by us and by the usual loop, measured side by side in one run.

Interleaved rounds, medians, wall and CPU seconds (children included), ratios last. Compared:
  a  the papermill command, then `jupyter nbconvert --to html`, one report after the other
  b  ours: `yuechi-report run` with one worker (notebook, HTML and PDF), start-up counted
  c  floor: the calls inside the notebook as plain functions in one warm process
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = Path(sys.executable).parent
UNITS = ("县残联", "县商务局", "县医保局", "县交通运输局")
QUARTER = "2024Q4"


def main() -> None:
    """Measure and print a small table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    ways: dict[str, Callable[[], None]] = {
        "a papermill + nbconvert": usual,
        "b yuechi-report run": ours,
        "c floor": floor,
    }
    floor()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            found[name].append(measured(way))
    medians = {
        name: tuple(statistics.median(part) for part in zip(*times, strict=True)) for name, times in found.items()
    }
    print(f"{rounds} rounds of {len(UNITS)} reports; median seconds a report")
    for name, (wall, cpu) in medians.items():
        print(f"  {name:<26} wall {wall / len(UNITS):7.3f}   CPU {cpu / len(UNITS):7.3f}")
    base, mine, least = (medians[name] for name in ways)
    print(
        f"  a / b: wall {base[0] / mine[0]:.1f}×, CPU {base[1] / mine[1]:.1f}×   b / c: CPU {mine[1] / least[1]:.1f}×"
    )
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "status.py"), "--rounds", str(rounds)], check=True)
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "ledger.py"), "--rounds", str(rounds)], check=True)


def measured(way: Callable[[], None]) -> tuple[float, float]:
    """Wall and CPU seconds of one call, children included."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    way()
    return time.perf_counter() - wall, cpu_seconds() - cpu


def cpu_seconds() -> float:
    """User and system time of this process and its finished children."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def call(*command: str, folder: Path) -> None:
    """Run one of our programs quietly in a folder."""
    env = {**os.environ, "YUECHI_WORKSPACE": str(ROOT)}
    subprocess.run([str(SCRIPTS / command[0]), *command[1:]], cwd=folder, env=env, check=True, capture_output=True)


def usual() -> None:
    """The loop most people write."""
    notebook = str(ROOT / "notebooks" / "unit_quarterly.ipynb")
    with tempfile.TemporaryDirectory() as name:
        for unit in UNITS:
            call("papermill", notebook, "out.ipynb", "-p", "quarter", QUARTER, "-p", "unit", unit, folder=Path(name))
            call("jupyter", "nbconvert", "--to", "html", "out.ipynb", folder=Path(name))


def ours() -> None:
    """The product's own command; --force, so that nothing is reused."""
    units = [word for unit in UNITS for word in ("--unit", unit)]
    call("yuechi-report", "run", "--quarter", QUARTER, "--jobs", "1", "--force", *units, folder=ROOT)


def floor() -> None:
    """The notebook's calls as plain functions."""
    from yuechi_report.report import load_report, unit_pages

    os.environ["YUECHI_WORKSPACE"] = str(ROOT)
    for unit in UNITS:
        report = load_report(QUARTER, unit=unit)
        shown = [report.head, unit_pages.overview(report), unit_pages.requests(report)]
        shown += [*unit_pages.led(report), *unit_pages.helped(report)]
        for one in shown:
            one._repr_mimebundle_()


if __name__ == "__main__":
    main()
