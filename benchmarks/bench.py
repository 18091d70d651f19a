"""`make bench`: every measurement of docs/performance.md, one after the other.

    python benchmarks/bench.py [--rounds N] [--many N]

reports.py: what a report costs beside the usual loops and the floor. again.py: running again. status.py: judging a province.
ledger.py: a book of 20,000 receipts. pages.py: setting pages.
"""

import argparse
import subprocess
import sys
from pathlib import Path

PARTS = ("reports.py", "again.py", "status.py", "ledger.py")


def main() -> None:
    """Each part in a process of its own, so that none warms another's machine."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--many", type=int, default=0, help="reports.py: also so many reports in one batch")
    options = parser.parse_args()
    for name in PARTS:
        more = ["--many", str(options.many)] if name == "reports.py" and options.many else []
        print(f"== {name}", flush=True)
        part = Path(__file__).parent / name
        subprocess.run([sys.executable, str(part), "--rounds", str(options.rounds), *more], check=True)


if __name__ == "__main__":
    main()
