"""The usual loops over notebooks in one process; knows nothing of our package.

    python benchmarks/loops.py papermill|ploomber JOBS.json FOLDER

JOBS.json is a list of [notebook, parameters]. What is left in FOLDER is one executed notebook and its HTML.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

LoopJob = tuple[str, dict[str, str]]


def by_papermill(jobs: Sequence[LoopJob], folder: Path) -> None:
    """By the interfaces of papermill and nbconvert."""
    import papermill

    for notebook, parameters in jobs:
        papermill.execute_notebook(notebook, str(folder / "out.ipynb"), parameters=parameters, progress_bar=False)
        to_html(folder)


def by_ploomber(jobs: Sequence[LoopJob], folder: Path) -> None:
    """By the interfaces of ploomber-engine and nbconvert; the former would otherwise tell its makers that it is used."""
    os.environ["PLOOMBER_STATS_ENABLED"] = "false"
    from ploomber_engine import execute_notebook

    for notebook, parameters in jobs:
        out = folder / "out.ipynb"
        execute_notebook(notebook, out, parameters=parameters, progress_bar=False, verbose=False)
        to_html(folder)


def to_html(folder: Path) -> None:
    """The HTML that nbconvert makes of the executed notebook."""
    from nbconvert import HTMLExporter

    page, _ = HTMLExporter().from_filename(str(folder / "out.ipynb"))
    (folder / "out.html").write_text(page, encoding="utf-8")


LOOPS = {"papermill": by_papermill, "ploomber": by_ploomber}

if __name__ == "__main__":
    LOOPS[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")), Path(sys.argv[3]))
