"""What the fork server loads once, so that no report pays for it: fonts, validators, templates, and the modules
that the notebooks import, each with its `warm_up()` where it has one.

Nothing here may start a thread or open a socket: of the forked process only the thread that forks lives on.
"""

import ast
import gc
import importlib
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from yuechi_report.page import fonts
from yuechi_report.render import pdf
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.convert import render_book  # noqa: F401 - loaded for the children
from yuechi_report.render.docx.blank import blank_package
from yuechi_report.render.exporters import YuechiDocxExporter, YuechiHtmlExporter
from yuechi_report.run.digest import code_digest
from yuechi_report.run.inprocess import prepare, register
from yuechi_report.run.supervise import supervise  # noqa: F401 - loaded for the children


def warm_up(notebooks: Iterable[Path]) -> None:
    """Load and touch everything a report of these notebooks needs; RuntimeError when that left a second thread."""
    register()
    for name in dict.fromkeys(name for path in notebooks for name in imported_names(path)):
        _load(name)
    fonts.warm_up()
    code_digest()
    _touch_notebook()
    prepare()
    if (number := _threads()) != 1:
        raise RuntimeError(f"not safe to fork: {number} threads, {[thread.name for thread in threading.enumerate()]}")
    gc.collect()
    gc.freeze()


def _threads() -> int:
    """How many threads this process has, native libraries' own among them where the system tells."""
    tasks = Path("/proc/self/task")
    return sum(1 for _ in tasks.iterdir()) if tasks.is_dir() else threading.active_count()


def imported_names(notebook: Path) -> Iterator[str]:
    """Every module that a notebook's cells import, dotted; names that are no module are left out later."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            continue  # magics: the notebook may still run
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _load(name: str) -> None:
    """A notebook's module; one that fails to load fails in the notebook, where its error is told."""
    try:
        module = importlib.import_module(name)
    except Exception:  # noqa: BLE001 - see above
        return
    warm = getattr(module, "warm_up", None)
    if callable(warm):
        warm()


def _touch_notebook() -> None:
    """One small notebook through validation and the exporters, but the PDF's, which starts threads and has its own way."""
    book = new_notebook(cells=[new_markdown_cell("# 预热", id="warm")])
    nbformat.validate(book)
    for exporter in (YuechiHtmlExporter(), YuechiDocxExporter()):
        exporter.from_notebook_node(book, {"metadata": {"name": "warm", "path": ""}})
    blank_package("letter")
    pdf.warm_up(read_blocks(book))
