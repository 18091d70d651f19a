"""Tables: measured widths, a header row that Word repeats, rows that stay on one page."""

from typing import Any

from docx.oxml.ns import qn

from yuechi_report.page import theme
from yuechi_report.page.table import Cell, Table
from yuechi_report.render.docx.runs import add, make, paragraph, put, put_text, twips, written
from yuechi_report.render.docx.styles import StyleSheet
from yuechi_report.render.measure import column_widths, row_lines

_INSET_EM = 0.4
_SLACK_EM = 0.3
"""Kept free in every cell: faces differ by machine, and a heading that just fits would break."""
_HEAD_FILL = "F0F0F0"


def put_table(body: Any, table: Table, sheet: StyleSheet, width_points: float) -> None:
    """Append a table of that width; its caption and notes are paragraphs of the caller."""
    size = sheet.compact if table.compact else sheet.table
    inset = 2 * _INSET_EM + _SLACK_EM
    widths = column_widths(table, width_points / size, inset)
    element = make(body, "tbl")
    _properties(element, table, size, twips(sum(widths) * size))
    grid = put(element, "tblGrid")
    for width in widths:
        put(grid, "gridCol", w=twips(width * size))
    kind = "Compact" if table.compact else "Table"
    _head(element, table, [width * size for width in widths], f"{kind}Head")
    for row in table.rows:
        room = [width - inset for width in widths]
        _row(element, row, table, widths=[width * size for width in widths], room=room, style=f"{kind}Text")
    if table.notes:
        _keep_with_next(element[-1])
    add(body, element)


def _properties(element: Any, table: Table, size: float, total: int) -> None:
    properties = put(element, "tblPr")
    put(properties, "tblStyle", val="ReportTable")
    put(properties, "tblW", w=total, type="dxa")
    put(properties, "jc", val="center")
    put(properties, "tblLayout", type="fixed")
    margins = put(properties, "tblCellMar")
    across, down = twips(_INSET_EM * size), twips(0.13 * size if table.compact else 0.3 * size)
    for side, distance in (("top", down), ("left", across), ("bottom", down), ("right", across)):
        put(margins, side, w=distance, type="dxa")
    look = "04A0" if table.header_column else "0420"
    put(properties, "tblLook", val=look, firstRow=1, firstColumn=int(table.header_column), noVBand=1)
    if table.caption:
        put(properties, "tblCaption", val=written(table.caption).replace("\n", " "))


def _head(element: Any, table: Table, widths: list[float], style: str) -> None:
    row = put(element, "tr")
    properties = put(row, "trPr")
    put(properties, "cantSplit")
    put(properties, "tblHeader")
    for column, width in zip(table.columns, widths, strict=True):
        cell = _cell(row, width, fill=_HEAD_FILL)
        put_text(paragraph(cell, style), column.title)


def _row(
    element: Any, cells: tuple[Cell, ...], table: Table, *, widths: list[float], room: list[float], style: str
) -> None:
    row = put(element, "tr")
    if row_lines(cells, room) <= theme.LINES_KEPT_TOGETHER:
        put(put(row, "trPr"), "cantSplit")
    for number, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
        is_head = table.header_column and number == 0
        words = paragraph(_cell(row, widths[number]), style)
        put(words[0], "jc", val=column.align)
        put_text(words, cell.sign + cell.text, style="Strong" if cell.strong or is_head else "")
        put_text(words, cell.note, style="NoteSign")


def _cell(row: Any, width: float, *, fill: str = "") -> Any:
    cell = put(row, "tc")
    properties = put(cell, "tcPr")
    put(properties, "tcW", w=twips(width), type="dxa")
    if fill:
        put(properties, "shd", val="clear", color="auto", fill=fill)
    put(properties, "vAlign", val="center")
    return cell


def _keep_with_next(row: Any) -> None:
    """The last row goes to the page of the notes, which are never left alone."""
    for properties in row.iter(qn("w:pPr")):
        properties.insert(1, make(row, "keepNext"))
