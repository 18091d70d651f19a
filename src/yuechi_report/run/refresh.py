"""`make notebooks`: execute the committed notebooks with their defaults and keep the outputs, normalised."""

import sys
from pathlib import Path

import nbformat
import papermill

from yuechi_report.run.execute import normalise
from yuechi_report.settings.workspace import Workspace


def refresh(notebook: Path) -> None:
    """Execute one notebook in its folder; outputs replace the old ones, nothing else changes."""
    papermill.execute_notebook(str(notebook), str(notebook), cwd=str(notebook.parent), progress_bar=False)
    book = nbformat.read(notebook, as_version=4)
    normalise(book)
    nbformat.write(book, notebook)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        refresh(Workspace.find().notebooks_dir / name)
