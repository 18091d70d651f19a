"""Executed notebook → blocks: the head first, then what the cells show, code never."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import count

from nbformat import NotebookNode

from yuechi_report.errors import Place, ReportFailed
from yuechi_report.page.head import Head
from yuechi_report.render.content import Block, Heading, PageBreak, PageTurn, plain
from yuechi_report.render.freshness import ANALYST, check_fresh
from yuechi_report.render.markdown import markdown_blocks
from yuechi_report.render.outputs import output_blocks

_FLOW: Mapping[str, Block] = {
    "new-page": PageBreak(),
    "landscape": PageTurn(landscape=True),
    "portrait": PageTurn(landscape=False),
}
"""Cell tags that turn a page, in the order they act."""

DATA = "data"
"""The tag of cells that feed the data files; pages leave them out, like those that speak to the analyst."""


def read_blocks(notebook: NotebookNode, *, name: str = "") -> tuple[Block, ...]:
    """The notebook's blocks; the first is its Head. `name` is the file's, for errors and untitled pages.

    Raises ReportFailed for an error output, an output no page can show, two different heads, or outputs that
    are not of one run with the parameters the cells name.
    A notebook without our head is foreign: its text and pictures are shown as they are.
    """
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    foreign = not any(Head.mime in output.get("data", {}) for output in outputs)
    places = (Place(name, cell=str(number)) for number in count(1))
    blocks = [
        block
        for cell, place in zip(notebook.cells, places, strict=False)
        for block in _cell(cell, place, foreign=foreign)
    ]
    check_fresh(notebook, name)
    head, body = _foreign_head(blocks, name) if foreign else _own_head(blocks, name)
    return (head, *_without_gaps(body))


def _cell(cell: NotebookNode, place: Place, *, foreign: bool) -> Iterator[Block]:
    tags = cell.metadata.get("tags", [])
    yield from (block for tag, block in _FLOW.items() if tag in tags)
    outputs = cell.get("outputs", ())
    if ANALYST in tags or DATA in tags:
        outputs = [output for output in outputs if output.output_type == "error" or Head.mime in output.get("data", {})]
    elif cell.cell_type == "markdown":
        yield from markdown_blocks(cell.source)
    for output in outputs:
        yield from output_blocks(output, place, foreign=foreign)


def _own_head(blocks: list[Block], name: str) -> tuple[Head, list[Block]]:
    heads = [block for block in blocks if isinstance(block, Head)]
    if any(head.model_copy(update={"parameters": heads[0].parameters}) != heads[0] for head in heads):
        raise ReportFailed.at(Place(name), "笔记本中有两个不同的报告首部", "只保留一次报告载入，重新运行笔记本")
    return heads[0], [block for block in blocks if not isinstance(block, Head)]


def _foreign_head(blocks: list[Block], name: str) -> tuple[Head, list[Block]]:
    """The title is the first heading, which then leaves the body, else the file's name."""
    first = next((block for block in blocks if isinstance(block, Heading)), None)
    title = plain(first.spans) if first else name or "未命名笔记本"
    head = Head(
        title=(title,),
        masthead="",
        byline="",
        office="",
        notice_id="",
        quarter="",
        edition="",
        document_date=date(1970, 1, 1),
        draft="由笔记本直接导出，非印发件",
    )
    return head, [block for block in blocks if block is not first]


def _without_gaps(blocks: list[Block]) -> Iterator[Block]:
    """Heading levels renumbered from 1 so that none is skipped, which PDF/UA asks for."""
    used = sorted({block.level for block in blocks if isinstance(block, Heading)})
    last = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        last = min(used.index(block.level) + 1, last + 1)
        yield replace(block, level=last)
