"""A committed notebook's cells run in this process, and what its page is made of: no kernel, no files."""

import ast
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from pandas import DataFrame

from yuechi_report.page.prose import Prose
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.content import Block

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def blocks_of(name: str, **parameters: Any) -> tuple[Block, ...]:
    """The blocks of a notebook executed with these parameters."""
    return read_blocks(executed(name, **parameters), name=name)


def executed(name: str, **parameters: Any) -> NotebookNode:
    """The notebook with the outputs its cells have for these parameters, which papermill would inject."""
    book = nbformat.from_dict(_source(name))
    _inject(book, parameters)
    outputs: list[Any] = []
    scope: dict[str, Any] = {"display": lambda *shown: outputs.extend(shown)}
    for cell in book.cells:
        if cell.cell_type == "code":
            _run(cell, scope, outputs)
            if "parameters" in cell.metadata.get("tags", []):
                assert set(parameters) <= set(scope), "a parameter that the notebook does not declare"
            cell.outputs = [_output(one) for one in outputs]
            outputs.clear()
    return book


def _inject(book: NotebookNode, parameters: dict[str, Any]) -> None:
    source = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    place = next(index for index, cell in enumerate(book.cells) if "parameters" in cell.metadata.get("tags", []))
    cell = nbformat.v4.new_code_cell(source, id="injected", metadata={"tags": ["injected-parameters"]})
    book.cells.insert(place + 1, cell)
    for number, run in enumerate((cell for cell in book.cells if cell.cell_type == "code"), start=1):
        run.execution_count = number


@cache
def _source(name: str) -> Any:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def _run(cell: NotebookNode, scope: dict[str, Any], outputs: list[Any]) -> None:
    """Run a cell; the value of a last expression is shown, as Jupyter does."""
    tree = ast.parse(cell.source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), scope)  # noqa: S102 - our own committed notebooks
    if last is not None:
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)  # noqa: S307
        outputs.extend([] if value is None else [value])


def _output(shown: Any) -> NotebookNode:
    if isinstance(shown, DataFrame):
        data = {"text/html": shown.to_html()}
    else:
        data = {"text/markdown": shown.markdown} if isinstance(shown, Prose) else shown.bundle()
    return nbformat.v4.new_output("display_data", data=data)
