"""Opening an untrusted workbook: each refusal names the place and what to do."""

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from yuechi_report.errors import ExitCode, InputRefused
from yuechi_report.intake.door.package import LIMITS, FileLimits
from yuechi_report.intake.door.workbook import address, read_sheet
from yuechi_report.intake.form.columns import FORM
from yuechi_report.intake.form.write import write_form

Write = Callable[..., Path]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 600
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条。", "reported": "推进中"}


def refusal(path: Path, limits: FileLimits = LIMITS) -> str:
    """What reading that file is refused with: one fault."""
    with pytest.raises(InputRefused) as caught:
        read_sheet(path, FORM, limits=limits)
    assert caught.value.exit_code is ExitCode.INPUT
    [fault] = caught.value.faults
    return str(fault)


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of a workbook with every member changed."""
    changed = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return changed


def sheet_of(tmp_path: Path, titles: list[str], above: int = 4) -> Path:
    """A workbook whose sheet 填报 has this header row and one row of text."""
    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_row(above, 0, titles)
        sheet.write_row(above + 1, 0, ["x"] * len(titles))
    return path


SAVE_AS = "请用Excel或WPS打开，另存为.xlsx工作簿后再报送"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("~$form.xlsx", "这是表格软件打开文件时生成的临时文件。处理办法：请关闭表格后报送原文件"),
        (".~form.xlsx", "这是表格软件打开文件时生成的临时文件。处理办法：请关闭表格后报送原文件"),
        (
            "form.et",
            "这是WPS专用的.et文件。处理办法：请用WPS打开，另存为.xlsx工作簿后再报送；只改扩展名不行",
        ),
        ("form.xls", f"这是旧版的.xls文件。处理办法：{SAVE_AS}"),
        ("form.xlsm", "这是带宏的.xlsm文件。处理办法：请另存为不带宏的.xlsx工作簿后再报送"),
        ("form.doc", f"不接受.doc文件。处理办法：{SAVE_AS}"),
        ("form", f"不接受没有扩展名的文件。处理办法：{SAVE_AS}"),
    ],
)
def test_file_of_another_kind_is_refused_by_its_name(form: Write, name: str, message: str) -> None:
    """Temporary files and other formats are refused before they are opened."""
    path = form(GOOD)
    assert refusal(path.rename(path.with_name(name))) == f"文件“{name}”：{message}。"


def test_extension_may_be_in_capitals(form: Write) -> None:
    """FORM.XLSX is the same kind of file."""
    path = form(GOOD)
    assert len(read_sheet(path.rename(path.with_name("FORM.XLSX")), FORM).rows) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "文件是空的"),
        (b"\0" * 512, "文件是空的"),
        (b"PK", "文件不完整，可能传送时中断"),
        ("任务序号,重点任务".encode("gbk"), "内容是文本（CSV），扩展名却是.xlsx"),
        (b"<html><table>", "内容是网页（HTML），只是改了扩展名"),
        (b'<?xml version="1.0"?><Workbook/>', "内容是XML文本，只是改了扩展名"),
        (OLE, "内容是旧版.xls或WPS的.et文件，只是改了扩展名"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文件设了打开密码"),
        (b"%PDF-1.7\0", "内容是PDF，只是改了扩展名"),
        (b"\x89PNG\r\n\x1a\n\0\xff", "文件已损坏，或并不是.xlsx表格"),
    ],
    ids=["empty", "blank", "torn", "CSV", "HTML", "XML", ".xls or .et", "encrypted", "PDF", "picture"],
)
def test_file_that_is_no_workbook_is_refused_by_what_it_is(tmp_path: Path, content: bytes, problem: str) -> None:
    """The extension says .xlsx and the first bytes something else: each has a message of its own."""
    path = tmp_path / "bad.xlsx"
    path.write_bytes(content)
    assert refusal(path).startswith(f"文件“bad.xlsx”：{problem}。处理办法：请")


@pytest.mark.parametrize("share", [10, 50, 90, 99])
def test_torn_workbook_is_refused(form: Write, tmp_path: Path, share: int) -> None:
    """A file that arrived in part is refused, wherever it was cut."""
    data = form(GOOD).read_bytes()
    path = tmp_path / "bad.xlsx"
    path.write_bytes(data[: len(data) * share // 100])
    assert refusal(path).startswith("文件“bad.xlsx”：文件不完整，可能传送时中断。")


def rows_or_refusal(path: Path) -> object:
    """The rows of a file, or the kind of error that refused it."""
    try:
        return read_sheet(path, FORM).rows
    except InputRefused as error:
        return type(error)


@pytest.mark.parametrize("percent", range(0, 100, 4))
def test_damaged_workbook_is_refused_or_read_unharmed(form: Write, tmp_path: Path, percent: int) -> None:
    """Twenty bytes overwritten anywhere never give other rows and never another error."""
    good = form(GOOD)
    data = bytearray(good.read_bytes())
    start = len(data) * percent // 100
    data[start : start + 20] = b"\xff" * 20
    path = tmp_path / "bad.xlsx"
    path.write_bytes(data)
    assert rows_or_refusal(path) in (InputRefused, read_sheet(good, FORM).rows)


def test_workbook_with_too_many_members_is_refused(form: Write) -> None:
    """A package of thousands of parts is refused before anything of it is unpacked."""
    assert (
        refusal(form(GOOD), FileLimits(members=3))
        == "文件“form.xlsx”：文件展开后过大。处理办法：请删除多余的工作表、图片和格式后重新保存。"
    )


def test_workbook_that_unpacks_too_large_is_refused(form: Write) -> None:
    """Sixty-five megabytes of blanks in a small file are refused by their declared size."""
    bomb = b" " * (LIMITS.bytes_unpacked + 1)
    path = rewritten(form(GOOD), lambda name, data: bomb if name == "docProps/app.xml" else data)
    assert refusal(path) == (
        "文件“changed-form.xlsx”：文件展开后过大。处理办法：请删除多余的工作表、图片和格式后重新保存。"
    )


@pytest.mark.parametrize(
    ("formula", "result"), [("=1+1", 2), ("=1+1", ""), ("=WEBSERVICE(A1)", "x"), ("=A7", "已完成")]
)
def test_formula_is_refused_with_its_cell(tmp_path: Path, formula: str, result: object) -> None:
    """A formula is never run and never mistaken for its stored result or for an empty cell."""
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_row(4, 0, FORM.titles)
        sheet.write_formula(5, 7, formula, None, result)
    assert refusal(path) == (
        "文件“formula.xlsx” 工作表“填报” 单元格H6：单元格里是公式。处理办法：请把公式改为数值或文字后再报送。"
    )


def test_formula_in_another_sheet_is_refused_too(tmp_path: Path) -> None:
    """Hidden sheets are looked at as well."""
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("填报").write_row(4, 0, FORM.titles)
        hidden = book.add_worksheet("其他")
        hidden.hide()
        hidden.write_array_formula("B2:B3", "{=ROW(1:2)}")
    assert refusal(path) == (
        "文件“formula.xlsx” 工作表“其他” 单元格B2：单元格里是公式。处理办法：请把公式改为数值或文字后再报送。"
    )


def test_missing_sheet_is_refused(tmp_path: Path) -> None:
    """The sheet is found by its name alone."""
    path = tmp_path / "other.xlsx"
    write_form(path, replace(FORM, name="Sheet1"), {}, [GOOD])
    assert refusal(path) == "文件“other.xlsx”：没有名为“填报”的工作表。处理办法：请使用下发的表格，不要改工作表名。"


def moved(first: int, second: int) -> list[str]:
    """The header row with two titles exchanged."""
    titles = list(FORM.titles)
    titles[first], titles[second] = titles[second], titles[first]
    return titles


KEEP = "处理办法：请使用下发的表格，不要增删、移动或改名列。"


@pytest.mark.parametrize(
    ("titles", "message"),
    [
        (moved(1, 2), f" 工作表“填报” 单元格B5：表头应为“重点任务”，现为“角色”（“重点任务”被移到了C5）。{KEEP}"),
        (moved(7, 16), f" 工作表“填报” 单元格H5：表头应为“进展情况”，现为“需协调事项”（“进展情况”被移到了Q5）。{KEEP}"),
        (list(FORM.titles[:-1]), f" 工作表“填报” 单元格Q5：表头应为“需协调事项”，现为“”。{KEEP}"),
        (["任务序号"], f" 工作表“填报” 单元格B5：表头应为“重点任务”，现为“”。{KEEP}"),
        (
            [*FORM.titles[:8], "完成比例", *FORM.titles[9:]],
            f" 工作表“填报” 单元格I5：表头应为“完成比例(%)”，现为“完成比例”。{KEEP}",
        ),
        (
            [*FORM.titles[:3], "备注", *FORM.titles[3:]],
            f" 工作表“填报” 单元格D5：表头应为“完成时限”，现为“备注”（“完成时限”被移到了E5）。{KEEP}",
        ),
        (
            moved(0, 1),
            f" 工作表“填报” 单元格A5：表头应为“任务序号”，现为“重点任务”（“任务序号”被移到了B5）。{KEEP}",
        ),
        ([], " 工作表“填报”：找不到表头行。处理办法：请使用下发的表格，表头第一列应为“任务序号”。"),
    ],
    ids=["exchanged", "far apart", "last missing", "first alone", "renamed", "inserted", "first moved", "none"],
)
def test_changed_header_is_refused_with_the_first_wrong_cell(tmp_path: Path, titles: list[str], message: str) -> None:
    """The header is a contract: the first title that differs is named with what it should be."""
    assert refusal(sheet_of(tmp_path, titles)) == f"文件“own.xlsx”{message}"


@pytest.mark.parametrize("above", [0, 4, 19])
def test_header_may_stand_lower_or_higher(tmp_path: Path, above: int) -> None:
    """Lines above the header may be added or lost, up to the twentieth row; rows keep their numbers."""
    found = read_sheet(sheet_of(tmp_path, list(FORM.titles), above), FORM)
    assert [row.number for row in found.rows] == [above + 2]


def test_column_added_at_the_end_is_left_out(tmp_path: Path) -> None:
    """A unit's own notes to the right of the form are not read."""
    found = read_sheet(sheet_of(tmp_path, [*FORM.titles, "本单位备注"]), FORM)
    assert set(found.rows[0].cells) == {column.key for column in FORM.columns}


def test_too_many_rows_are_refused(form: Write) -> None:
    """A sheet with more rows than any list has tasks is refused."""
    assert refusal(form(GOOD, GOOD), FileLimits(data_rows=1)) == (
        "文件“form.xlsx” 工作表“填报”：数据行超过1行。处理办法：请只保留本单位的任务行。"
    )


def test_empty_rows_are_left_out_and_numbers_kept(form: Write) -> None:
    """A blank line between rows is no row; the next keeps its number in the sheet."""
    found = read_sheet(form(GOOD, {}, GOOD), FORM)
    assert [row.number for row in found.rows] == [6, 8]


def test_file_is_shown_under_the_name_it_was_sent_by(form: Write) -> None:
    """Faults name the file as received, not where it is stored."""
    path = form(GOOD)
    stored = Path(shutil.copy(path, path.with_name("stored.et")))
    with pytest.raises(InputRefused) as caught:
        read_sheet(stored, FORM, shown_as="县人社局.et")
    assert caught.value.faults[0].place.file == "县人社局.et"


def test_places_name_sheet_and_cell(form: Write) -> None:
    """A data cell by row and column, a label by the cell of its value."""
    sheet = read_sheet(form(GOOD), FORM)
    found = [sheet.place(6, "task_no"), sheet.place(6, "coordination"), sheet.label_place("填报单位")]
    assert [(place.file, place.sheet, place.cell) for place in found] == [
        ("form.xlsx", "填报", "A6"),
        ("form.xlsx", "填报", "Q6"),
        ("form.xlsx", "填报", "C2"),
    ]


@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [
        (0, 0, "A1"),
        (4, 16, "Q5"),
        (9, 25, "Z10"),
        (0, 26, "AA1"),
        (0, 701, "ZZ1"),
        (0, 702, "AAA1"),
        (1, 16383, "XFD2"),
    ],
)
def test_cell_address_counts_like_a_sheet(row: int, column: int, cell: str) -> None:
    """Zero-based numbers to letters and one-based rows."""
    assert address(row, column) == cell
