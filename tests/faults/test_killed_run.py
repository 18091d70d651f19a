"""A run killed at any moment is resumed by the next: nothing torn is taken for done, nothing differs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SUPPORT = Path(__file__).resolve().parents[1] / "support"


@pytest.mark.skipif(sys.platform != "linux", reason="reports are forked on Linux only")
@pytest.mark.parametrize("points", [15, pytest.param(60, marks=pytest.mark.proof)])
def test_killed_run_is_resumed_to_the_same_bytes(tmp_path: Path, points: int) -> None:
    """SIGKILL between the first fork and the last record: what a reader takes for done is whole, what the
    next run adds makes the folder equal, byte for byte, to an undisturbed run's.
    """
    paths = [str(SUPPORT), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    done = subprocess.run(
        [sys.executable, str(SUPPORT / "killed_run.py"), str(tmp_path), str(points)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    assert (done.returncode, len(lines)) == (0, points), done.stderr
    assert {line[2] for line in lines} == {"same"}
    assert {line[1] for line in lines} > {"0"}, "the kills came at different stages"
