"""An empty Excel list for offices that prefer to type it: the columns that are read, and how to fill them."""

from pathlib import Path

import xlsxwriter

_COLUMNS: tuple[tuple[str, int, str], ...] = (
    ("序号", 6, "从1起连续编号"),
    ("类别", 18, "同一类别可以合并单元格"),
    ("重点任务", 48, "一行写一项有单独责任的任务"),
    ("工作目标", 28, "可以不填；目标里的时间不作为完成时限"),
    ("责任领导", 12, "可以不填"),
    ("牵头单位", 22, "多个单位用顿号隔开"),
    ("配合单位", 28, "多个单位用顿号隔开，没有的留空"),
    ("完成时限", 18, "如2025年12月底前、每季度末、长期坚持；一格只写一个时限"),
    ("备注", 20, "可以不填"),
)
_ROWS = 200


def write_template(path: Path) -> None:
    """Write the empty list: title row, header row, bordered rows, and a second sheet that says how to fill it."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = book.add_worksheet("任务清单")
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "bg_color": "#D9D9D9"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"})
    sheet.merge_range(0, 0, 0, len(_COLUMNS) - 1, "××××年重点任务清单", title)
    for index, (word, width, _) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write(1, index, word, head)
    for row in range(2, 2 + _ROWS):
        for column in range(len(_COLUMNS)):
            sheet.write_blank(row, column, None, cell)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(0, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    notes = book.add_worksheet("填写说明")
    notes.set_column(0, 0, 14)
    notes.set_column(1, 1, 60)
    for row, (word, _, note) in enumerate(_COLUMNS):
        notes.write(row, 0, word, head)
        notes.write(row, 1, note, cell)
    book.close()
