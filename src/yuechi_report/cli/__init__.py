"""Floor 6: arguments → calls, errors → exit codes; the only room that prints and reads the clock."""

import sys

from yuechi_report.cli.commands import overview


def main() -> None:
    """Entry point; the bare --help is answered before click is imported, which takes longer than Python's own start."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        sys.stdout.write(f"{overview()}\n")
        return
    from yuechi_report.cli.program import call

    call()
