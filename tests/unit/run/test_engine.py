"""The in-process engine beside papermill's own: the same outputs, in the same order, of the same kinds."""

from pathlib import Path

import nbformat
import pytest
from misbehaving import MakeJob, job_maker

from yuechi_report.run.execute import NotebookFailed, execute_notebook

SOURCES = (
    "print('一')\nimport sys\nprint('错', file=sys.stderr)\nprint('二')",
    "from IPython.display import display, Markdown\nprint('前')\ndisplay(Markdown('**中**'))\nprint('后')\n'值'",
    "import matplotlib.figure\nfigure = matplotlib.figure.Figure()\n{'a': 1}",
    "class Shown:\n    def _repr_mimebundle_(self, **_):\n        return {'text/html': '<b>x</b>', 'text/plain': 'x'}\nShown()",
    "import subprocess\nget_ipython().run_cell_magic('capture', '', 'print(1)')\nquarter",
    "display('after a magic')\nNone",
    "x = 5; x",
    "import pandas as pd\npd.DataFrame([range(18)], columns=[f'column number {n}' for n in range(18)])",
    "pd.DataFrame([range(24)])",
)


@pytest.fixture
def job(tmp_path: Path) -> MakeJob:
    """Makes a job for a notebook of some cells."""
    return job_maker(tmp_path)


def both_ways(job: MakeJob, tmp_path: Path, *sources: str) -> list[nbformat.NotebookNode]:
    """The notebook executed in a kernel, then in this process."""
    one = job("both", *sources)
    books = []
    for way in ("kernel", "process"):
        folder = tmp_path / way
        folder.mkdir()
        output = folder / "out.ipynb"
        try:
            execute_notebook(one, output, folder / "scope.json", in_process=way == "process")
        except NotebookFailed as error:
            books.append(error.error)
            continue
        books.append(nbformat.read(output, as_version=4))
    return books


def test_outputs_are_those_of_a_kernel(job: MakeJob, tmp_path: Path) -> None:
    """Streams, displays, results and counts are equal, cell by cell."""
    kernel, process = both_ways(job, tmp_path, *SOURCES)
    assert [cell.get("outputs") for cell in process.cells] == [cell.get("outputs") for cell in kernel.cells]
    assert process == kernel


def test_error_names_the_same_cell_and_words(job: MakeJob, tmp_path: Path) -> None:
    """A cell that raises is told alike, and what follows it is not executed."""
    kernel, process = both_ways(job, tmp_path, "1", "raise ValueError('坏')", "open('never', 'w')")
    assert (process, process.cell) == (kernel, 4)


def test_engine_serves_one_notebook_after_the_other(job: MakeJob, tmp_path: Path) -> None:
    """A second notebook in the same process has its own names and its own displays."""
    first = job("first", "leak = 1\ndisplay('a')")
    then = job("then", "display('b')\n'leak' in globals()")
    results = []
    for executed in (first, then):
        output = tmp_path / f"{executed.slug}-out.ipynb"
        execute_notebook(executed, output, tmp_path / "s", in_process=True)
        results.append([out.data["text/plain"] for out in nbformat.read(output, as_version=4).cells[-1].outputs])
    assert results == [["'a'"], ["'b'", "False"]]
