"""Small notebooks that misbehave, and jobs for them."""

from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from yuechi_report.run.plan import Job

KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
GOOD = "from IPython.display import Markdown\nMarkdown('# 好')"

MakeJob = Callable[..., Job]


def job_maker(root: Path) -> MakeJob:
    """Makes a job for a notebook of some cells, published under root/reports."""

    def make(slug: str, *sources: str) -> Job:
        cells = [new_code_cell('quarter: str = "2024Q4"', metadata={"tags": ["parameters"]}, id="p")]
        cells += [new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources or (GOOD,))]
        path = root / "notebooks" / f"{slug}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(new_notebook(cells=cells, metadata=KERNEL), path)
        return Job(
            slug=slug,
            title=slug,
            parameters=(("quarter", "2025Q1"),),
            cache_key=f"key of {slug}",
            scope_json=b"{}",
            inputs=(),
            workspace=root,
            notebook=path,
            target=root / "reports",
        )

    return make
