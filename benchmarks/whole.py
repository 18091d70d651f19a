"""Run a command to its end and to that of every process it leaves behind, so that their CPU time counts as its own.

    python whole.py COMMAND...

The fork server of a run ends when the run has ended, and is nobody's child by then.
"""

import ctypes
import os
import subprocess
import sys

_PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """The command's own exit code."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    done = subprocess.run(sys.argv[1:], check=False)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            sys.exit(done.returncode)


if __name__ == "__main__":
    main()
