"""docx → paragraphs and tables in their order: merged cells, nested tables, automatic numbers."""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Block
from yuechi_report.notice.sources.building import Blocks, Spanned
from yuechi_report.notice.sources.word_numbers import Numbering

_COLUMNS_MAX = 63  # Word's own limit; a file that says more is broken or hostile


def word_blocks(name: str, data: bytes) -> tuple[Block, ...]:
    """The blocks of a Word file; InputRefused when it is damaged or nested too deep."""
    try:
        word = docx.Document(io.BytesIO(data))
        reader = _WordReader(word, Blocks(), Numbering(word))
        reader.body(word.element.body)
        return tuple(reader.blocks.found)
    except LxmlError as error:
        raise InputRefused.at(
            Place(name), "嵌套过深或内容损坏，打不开", "请用Word打开，选择全部内容复制到新文件后另存"
        ) from error
    except Exception as error:
        raise InputRefused.at(Place(name), "文件损坏或不完整，打不开", "请重新取得完整的文件") from error


class _WordReader:
    """Walks the body once; tracked changes that were deleted are not read, inserted ones are."""

    def __init__(self, word: Any, blocks: Blocks, numbering: Numbering) -> None:
        self.word, self.blocks, self.numbering = word, blocks, numbering

    def body(self, element: Any) -> None:
        for child in element.iterchildren():
            if child.tag == qn("w:p"):
                for text in self._paragraph(child).split("\n"):
                    self.blocks.paragraph(text)
            elif child.tag == qn("w:tbl"):
                self.blocks.table(self._cells(WordTable(child, self.word)))
            elif child.tag in {qn("w:sdt"), qn("w:ins"), qn("w:sdtContent"), qn("w:smartTag")}:
                self.body(child)

    def _paragraph(self, element: Any) -> str:
        number = self.numbering.mark(Paragraph(element, self.word))
        return number + "".join(_run_text(element))

    def _cells(self, table: WordTable) -> Iterator[Spanned]:
        """Each cell once, at its first row and column, with its spans."""
        grid: dict[tuple[int, int], Any] = {}
        for row_index, row in enumerate(table._tbl.tr_lst):  # noqa: SLF001 - rows of any length, which table.rows refuses
            column = min(row.grid_before, _COLUMNS_MAX)
            for cell in row.tc_lst:
                span = min(cell.grid_span, _COLUMNS_MAX)
                for step in range(span):
                    above = grid.get((row_index - 1, column + step))
                    grid[row_index, column + step] = above if cell.vMerge == "continue" and above is not None else cell
                column += span
        seen: dict[Any, list[tuple[int, int]]] = {}
        for place, cell in grid.items():
            seen.setdefault(cell, []).append(place)
        for cell, places in seen.items():
            (top, left), (bottom, right) = places[0], places[-1]
            yield self._cell_text(_Cell(cell, table)), top, left, bottom - top + 1, right - left + 1

    def _cell_text(self, cell: _Cell) -> str:
        parts = []
        for child in cell._tc.iterchildren():  # noqa: SLF001 - paragraphs and nested tables in their order
            if child.tag == qn("w:p"):
                parts.append(self._paragraph(child))
            elif child.tag == qn("w:tbl"):
                parts += [text for text, *_ in self._cells(WordTable(child, cell))]
        return "\n".join(parts).strip("\n")


def _run_text(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in {qn("w:tab"), qn("w:br"), qn("w:cr")}:
            yield "\t" if child.tag == qn("w:tab") else "\n"
        elif child.tag in {qn("w:noBreakHyphen")}:
            yield "-"
        elif child.tag not in {qn("w:del"), qn("w:pPr"), qn("w:rPr"), qn("w:drawing"), qn("w:pict"), qn("w:instrText")}:
            yield from _run_text(child)
