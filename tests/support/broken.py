"""A corpus of broken files, each made from a good form by one change, with the message it must give.

`message` is as docs/operations.md lists it; … is what differs from file to file.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from yuechi_report.intake.form.columns import FORM
from yuechi_report.intake.form.style import Extras
from yuechi_report.intake.form.write import write_form

UNIT = "县人力资源和社会保障局"
LABELS = {"填报单位": UNIT, "填报季度": "2024Q4", "数据性质": "示例", "填报日期": "2024-12-17"}
GOOD = {"task_no": "10", "role": "牵头", "progress": "12月5日起开通8条线路。", "reported": "推进中"}
OTHER = {"task_no": "12", "role": "牵头", "progress": "办理1200件。", "reported": "正常"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 600
ID_NUMBER = "11010519491231002X"  # the published example of GB 11643, nobody's
MOBILE = "13800138000"


@dataclass(frozen=True)
class Broken:
    """One file: how it is made, its message, the cell, and whether its other row still enters."""

    name: str
    make: Callable[[Path], Path]
    message: str
    cell: str = ""
    rows: int = 0
    stopped: bool = False


def good(
    folder: Path, name: str = "form.xlsx", *, rows: tuple[dict[str, str], ...] = (GOOD, OTHER), **labels: str
) -> Path:
    """A good form of two rows."""
    path = folder / name
    write_form(path, FORM, LABELS | labels, rows, extras=Extras(notice="n-2024"))
    return path


def _named(name: str) -> Callable[[Path], Path]:
    return lambda folder: good(folder).rename(folder / name)


def _bytes(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def _row(**changes: str) -> Callable[[Path], Path]:
    return lambda folder: good(folder, rows=(GOOD | changes, OTHER))


def _labels(**labels: str) -> Callable[[Path], Path]:
    return lambda folder: good(folder, **labels)


def _edited(change: Callable[[Workbook], None]) -> Callable[[Path], Path]:
    """Opened, changed and saved as another program would."""

    def make(folder: Path) -> Path:
        path = good(folder)
        book = load_workbook(path)
        change(book)
        book.save(path)
        return path

    return make


def _cell(address: str, value: object, sheet: str = "填报") -> Callable[[Path], Path]:
    def change(book: Workbook) -> None:
        book[sheet][address] = value

    return _edited(change)


def _members(change: Callable[[dict[str, bytes]], None]) -> Callable[[Path], Path]:
    """The package itself changed."""

    def make(folder: Path) -> Path:
        path = good(folder)
        with zipfile.ZipFile(path) as old:
            members = {info.filename: old.read(info) for info in old.infolist()}
        change(members)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name, data in members.items():
                new.writestr(name, data)
        return path

    return make


def _added(name: str, data: bytes = b"x") -> Callable[[Path], Path]:
    return _members(lambda members: members.update({name: data}))


def _sheet_xml(before: bytes, after: bytes) -> Callable[[Path], Path]:
    def change(members: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        assert before in members[name]
        members[name] = members[name].replace(before, after, 1)

    return _members(change)


def _only(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(member, "x")
    return buffer.getvalue()


def _cut(folder: Path) -> Path:
    path = good(folder)
    path.write_bytes(path.read_bytes()[:4000])
    return path


def _flagged(folder: Path) -> Path:
    path = good(folder)
    data = bytearray(path.read_bytes())
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1
        start += 4
    path.write_bytes(data)
    return path


def _merge(book: Workbook) -> None:
    book["填报"].merge_cells("H6:H7")


def _move_column(book: Workbook) -> None:
    sheet = book["填报"]
    for row in range(5, 8):
        sheet.cell(row, 8).value, sheet.cell(row, 10).value = sheet.cell(row, 10).value, sheet.cell(row, 8).value


def _rename_sheet(book: Workbook) -> None:
    book["填报"].title = "Sheet1"


def _drop_header(book: Workbook) -> None:
    book["填报"].delete_rows(5)


def _drop_column(book: Workbook) -> None:
    book["填报"].delete_cols(4)


def _hidden_formula(book: Workbook) -> None:
    sheet = book.create_sheet("计算")
    sheet.sheet_state = "hidden"
    sheet["B2"] = "=SUM(1,2)"


def _hidden_number(book: Workbook) -> None:
    book.create_sheet("人员")["A1"] = ID_NUMBER


def _comment(book: Workbook) -> None:
    book["填报"]["H6"].comment = Comment(f"联系{MOBILE}", "x")


def _many_cells() -> bytes:
    rows = (f'<row r="{number}">' + '<c t="n"><v>1</v></c>' * 250 + "</row>" for number in range(10, 812))
    return "".join(rows).encode() + b"</sheetData>"


def _of_notice(folder: Path) -> Path:
    path = folder / "form.xlsx"
    write_form(path, FORM, LABELS, [GOOD], extras=Extras(notice="m-2023"))
    return path


def csv_of(*rows: list[str], **labels: str) -> str:
    """The form saved as CSV."""
    values = LABELS | labels
    lines = ["重点任务进展季度填报表", *(f"{name},{value}" for name, value in values.items()), ",".join(FORM.titles)]
    return "\r\n".join([*lines, *(",".join(row) for row in rows)])


def csv_row(**cells: str) -> list[str]:
    """One line of such a file."""
    return [cells.get(column.key, "") for column in FORM.columns]


_CSV_GOOD = csv_row(**GOOD)

CORPUS = (
    Broken("temporary", _named("~$form.xlsx"), "这是表格软件打开文件时生成的临时文件"),
    Broken("xls", _named("form.xls"), "这是旧版的.xls文件"),
    Broken("et", _named("form.et"), "这是WPS专用的.et文件"),
    Broken("xlsm", _named("form.xlsm"), "这是带宏的.xlsm文件"),
    Broken("xlsb", _named("form.xlsb"), "这是二进制的.xlsb文件"),
    Broken("ods", _named("form.ods"), "这是.ods文件"),
    Broken("pdf", _named("form.pdf"), "这是PDF文件，不能读取"),
    Broken("photo", _named("form.jpg"), "这是图片，不能读取"),
    Broken("archive", _named("form.zip"), "这是压缩包"),
    Broken("doc", _named("form.doc"), "不接受…文件"),
    Broken("no extension", _named("form"), "不接受…文件"),
    Broken("empty", _bytes("form.xlsx", b""), "文件是空的"),
    Broken("encrypted", _bytes("form.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")), "文件设了打开密码"),
    Broken("zip password", _flagged, "文件设了打开密码"),
    Broken("renamed xls or et", _bytes("form.xlsx", OLE), "内容是旧版.xls或WPS的.et文件，只是改了扩展名"),
    Broken("renamed HTML", _bytes("form.xlsx", b"<html><table>"), "内容是网页（HTML），只是改了扩展名"),
    Broken("renamed XML", _bytes("form.xlsx", b'<?xml version="1.0"?><Workbook/>'), "内容是XML文本，只是改了扩展名"),
    Broken(
        "renamed CSV", _bytes("form.xlsx", csv_of(_CSV_GOOD).encode("gb18030")), "内容是文本（CSV），扩展名却是.xlsx"
    ),
    Broken("renamed PDF", _bytes("form.xlsx", b"%PDF-1.7\0"), "内容是PDF，只是改了扩展名"),
    Broken("renamed picture", _bytes("form.xlsx", b"\x89PNG\r\n\x1a\n\0\xff"), "文件已损坏，或并不是.xlsx表格"),
    Broken("renamed docx", _bytes("form.xlsx", _only("word/document.xml")), "内容是Word文档，只是改了扩展名"),
    Broken("renamed ods", _bytes("form.xlsx", _only("content.xml")), "内容是.ods文件，只是改了扩展名"),
    Broken("renamed xlsb", _bytes("form.xlsx", _only("xl/workbook.bin")), "内容是二进制的.xlsb文件，只是改了扩展名"),
    Broken("xlsx as csv", _named("form.csv"), "内容是表格文件，扩展名却是.csv"),
    Broken("HTML as csv", _bytes("form.csv", b"<table>"), "内容是网页（HTML），只是改了扩展名"),
    Broken("UTF-16 csv", _bytes("form.csv", csv_of(_CSV_GOOD).encode("utf-16")), "CSV文件的编码无法识别"),
    Broken("truncated", _cut, "文件不完整，可能传送时中断"),
    Broken("macro inside", _added("xl/vbaProject.bin"), "文件里有宏"),
    Broken("bomb", _added("xl/media/x.xml", b" " * (65 * 1024 * 1024)), "文件展开后过大"),
    Broken(
        "entities",
        _added(
            "xl/workbook.xml",
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>',
        ),
        "文件内含有不允许的XML实体",
    ),
    Broken("broken XML", _sheet_xml(b"<sheetData>", b"<sheetData"), "文件已损坏，或并不是.xlsx表格"),
    Broken("far cell", _cell("XFD1048576", "x"), "内容超出表格范围（第5000行、第256列以内）", "XFD1048576"),
    Broken("too many cells", _sheet_xml(b"</sheetData>", _many_cells()), "单元格超过200000个"),
    Broken("too many rows", lambda folder: good(folder, rows=(GOOD,) * 2001), "数据行超过2000行"),
    Broken("formula", _cell("H6", "=1+1"), "单元格里是公式", "H6"),
    Broken("external formula", _cell("N6", "='[别的.xlsx]表'!A1"), "单元格里是公式", "N6"),
    Broken("formula in a hidden sheet", _edited(_hidden_formula), "单元格里是公式", "B2"),
    Broken("error value", _cell("H6", "#N/A"), "单元格里是错误值（如#N/A、#REF!）", "H6"),
    Broken(
        "error value in CSV",
        _bytes("form.csv", csv_of(csv_row(**GOOD | {"issues": "#REF!"})).encode()),
        "单元格里是错误值（如#N/A、#REF!）",
        "J7",
    ),
    Broken("merged cells", _edited(_merge), "数据区有合并单元格", "H6:H7"),
    Broken("sheet renamed", _edited(_rename_sheet), "没有名为“…”的工作表"),
    Broken("column moved", _edited(_move_column), "表头应为“…”，现为“…”（“…”被移到了…）", "H5"),
    Broken("column renamed", _cell("I5", "完成比例"), "表头应为“…”，现为“…”", "I5"),
    Broken("column deleted", _edited(_drop_column), "表头应为“…”，现为“…”", "D5"),
    Broken("header gone", _edited(_drop_header), "找不到表头行"),
    Broken("template version", _cell("B1", "1", "版本信息"), "表样版本是“…”，现行版本是“…”", "F2"),
    Broken("stamp changed", _cell("B5", "1,2,3", "版本信息"), "表内的版本信息被改动过", "F2"),
    Broken("last quarter's form", _labels(填报季度="2024Q3"), "“填报季度”应为“…”，现为“…”", "F2"),
    Broken(
        "last quarter's form, label typed over",
        lambda folder: _relabelled(folder, "F2", "2024Q4", 填报季度="2024Q3"),
        "这是另一个季度下发的表格（应为“…”，现为“…”）",
        "F2",
    ),
    Broken("another notice's form", _of_notice, "这是另一份通知的表格（应为“…”，现为“…”）", "F2"),
    Broken("other data nature", _labels(数据性质="正式"), "“数据性质”应为“…”，现为“…”", "I2"),
    Broken(
        "unit typed over",
        lambda folder: _relabelled(folder, "C2", "县公安局"),
        "填报单位与下发时不同（应为“…”，现为“…”）",
        "C2",
    ),
    Broken("unknown unit", _labels(填报单位="县人力资源社会保障局"), "单位“…”不在单位名录中", "C2"),
    Broken("negative", _row(percent="-5"), "完成比例“…”不能确定是多少", "I6", 1),
    Broken("4/5 made a day", _row(percent="4月5日"), "完成比例成了日期或时间“…”", "I6", 1),
    Broken("TRUE", _row(percent="TRUE"), "完成比例“…”不是数", "I6", 1),
    Broken(
        "formula in CSV",
        _bytes("form.csv", csv_of(csv_row(**GOOD | {"percent": "=40*2"})).encode()),
        "单元格里是公式",
        "I7",
    ),
    Broken(
        "embedded file",
        _added("xl/embeddings/Document1.docx", _only("word/document.xml")),
        "嵌入了别的文件，或有无法查看的内容（…）",
        stopped=True,
    ),
    Broken("two sheets of one name", _added("XL/workbook.xml", b"<a/>"), "文件的内部结构少见，无法核对"),
    Broken(
        "nothing filled in",
        lambda folder: good(folder, rows=({"task_no": "10", "role": "牵头"},)),
        "没有填写任何一行",
        "C2",
    ),
    Broken("another unit's task", _row(task_no="11"), "第…项任务的牵头单位不是…", "A6", 1),
    Broken("no such task", _row(task_no="99"), "清单中没有第…项任务", "A6", 1),
    Broken("task number in words", _cell("A6", "十"), "任务序号“…”不是数字", "A6", 1),
    Broken("no role", _row(role=""), "没有填写", "C6", 1),
    Broken("own status word", _row(reported="完成了"), "“…”不在可选范围内", "N6", 1),
    Broken("date serial", _cell("L6", "45657"), "日期“…”只是一个数字，不能确定是哪一天", "L6", 1),
    Broken("30 February", _cell("L6", "2025-02-30"), "日期“…”不存在", "L6", 1),
    Broken("date in words", _cell("L6", "年底前"), "日期“…”无法识别", "L6", 1),
    Broken("0.8", _row(percent="0.8"), "完成比例“…”含义不明", "I6", 1),
    Broken("120", _row(percent="120"), "完成比例“…”超过100", "I6", 1),
    Broken("of nothing", _row(percent="4/0家"), "“…”的分母为0", "I6", 1),
    Broken(
        "completed after the filing day",
        _row(reported="已完成", completed_on="2024-12-30"),
        "实际完成日期…晚于填报日期…",
        "O6",
        1,
    ),
    Broken(
        "too long",
        _bytes("form.csv", csv_of(csv_row(**GOOD | {"progress": "字" * 32768}), csv_row(**OTHER)).encode()),
        "文字超过单元格上限32767字",
        "H7",
        1,
    ),
    Broken("ID number", _row(progress=f"走访{ID_NUMBER}。"), "含有公民身份号码", "H6", stopped=True),
    Broken(
        "full-width ID number",
        _row(issues="１１０１０５１９４９１２３１００２Ｘ"),
        "含有公民身份号码",
        "J6",
        stopped=True,
    ),
    Broken("mobile number", _row(coordination=f"联系人{MOBILE}"), "含有手机号码", "Q6", stopped=True),
    Broken("mobile number as a number", _cell("S6", int(MOBILE)), "含有手机号码", "S6", stopped=True),
    Broken("秘密★", _row(evidence="《方案》秘密★5年"), "含有国家秘密标志或密级字样", "P6", stopped=True),
    Broken("机密", _row(progress="印发机密文件2份。"), "含有国家秘密标志或密级字样", "H6", stopped=True),
    Broken(
        "绝密 in a file refused for another reason",
        _row(progress="绝密", task_no="99"),
        "含有国家秘密标志或密级字样",
        "H6",
        stopped=True,
    ),
    Broken("mobile number in a comment", _edited(_comment), "含有手机号码", stopped=True),
    Broken("ID number in another sheet", _edited(_hidden_number), "含有公民身份号码", stopped=True),
    Broken(
        "ID number in an .xls",
        _bytes("form.xls", OLE + ID_NUMBER.encode("utf-16-le")),
        "含有公民身份号码",
        stopped=True,
    ),
)


def _relabelled(folder: Path, cell: str, value: str, **labels: str) -> Path:
    path = good(folder, **labels)
    book = load_workbook(path)
    book["填报"][cell] = value
    book.save(path)
    return path


DUPLICATE = Broken(
    "one task twice", lambda folder: good(folder, rows=(GOOD, GOOD, OTHER)), "第…项任务在…重复填写", "A6", 1
)
