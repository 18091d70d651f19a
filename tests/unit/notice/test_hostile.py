"""Hostile and broken files: refused in Chinese, or read within bounds; never a crash, never all the memory."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import docx
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from yuechi_report.errors import InputRefused
from yuechi_report.notice.parse import parse_notice
from yuechi_report.notice.sources.read import document_of

HEADER = ["序号", "任务", "责任单位", "完成时限"]
PAGE = "<html><body><table><tr>" + "".join(f"<td>{word}</td>" for word in HEADER) + "</tr>"


def workbook(fill: Callable[[xlsxwriter.worksheet.Worksheet], object]) -> bytes:
    """A list of one task, and what is added to its sheet."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, [1, "修桥", "县交通局", "2025年6月"])
    fill(sheet)
    book.close()
    return data.getvalue()


def count(name: str, data: bytes) -> int:
    """How many tasks are read."""
    return len(parse_notice(document_of(name, data), issued_on=date(2025, 1, 15)).tasks)


def test_a_cell_at_the_far_corner_is_refused_before_it_is_read() -> None:
    """The rectangle up to it has 17 billion places: the reader would end the process."""
    with pytest.raises(InputRefused, match="超过50万格"):
        count("far.xlsx", workbook(lambda sheet: sheet.write(1048575, 16383, "x")))


def test_a_merged_range_over_the_whole_sheet_counts_as_far_as_there_are_cells() -> None:
    """Its empty rows are no rows."""
    assert count("merged.xlsx", workbook(lambda sheet: sheet.merge_range(3, 0, 1048570, 3, "合并"))) == 1


def test_merged_ranges_that_overlap_do_not_crash() -> None:
    """A package whose merges lie over one another and run backwards is read or refused."""
    merges = b'<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="D9:A1"/></mergeCells>'
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(xlsxwriter.worksheet.Worksheet.hide_zero))) as source,
        zipfile.ZipFile(target, "w") as package,
    ):
        for name in source.namelist():
            package.writestr(name, source.read(name).replace(b"</sheetData>", b"</sheetData>" + merges))
    with pytest.raises(InputRefused):
        count("overlap.xlsx", target.getvalue())


def test_a_word_cell_over_a_hundred_million_columns_is_bounded() -> None:
    """More columns than Word allows are cut to its limit."""
    word = docx.Document()
    table = word.add_table(2, 4)
    for column, text in enumerate(HEADER):
        table.cell(0, column).text = text
    span = OxmlElement("w:gridSpan")
    span.set(qn("w:val"), "99999999")
    table.cell(1, 0)._tc.get_or_add_tcPr().append(span)
    data = io.BytesIO()
    word.save(data)
    assert max(cell.column for cell in document_of("wide.docx", data.getvalue()).blocks[0].cells) < 100  # type: ignore[union-attr]


def test_spans_of_a_page_are_bounded() -> None:
    """Spans over half a million places are refused, a senseless one alone is cut to the table."""
    many = PAGE + ("<tr>" + "<td rowspan=1000 colspan=1000>桥</td>" * 20 + "</tr>") * 20 + "</table>"
    with pytest.raises(InputRefused, match="合并的格超过50万"):
        count("spans.html", many.encode())
    one = PAGE + "<tr><td rowspan=1000000000>1</td><td>修桥</td><td>县交通局</td><td>6月</td></tr></table>"
    assert count("span.html", one.encode()) == 1


def test_an_endless_paragraph_is_refused() -> None:
    """Six thousand brackets in one paragraph are no list."""
    with pytest.raises(InputRefused, match="括号超过2000个"):
        count("line.txt", ("一、" + "修桥（责任单位：县交通局）" * 6000).encode())
