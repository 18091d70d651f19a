"""Workbooks and CSV files as strangers' tools write them: parts anywhere, texts in any encoding, files in files."""

import gzip
import hashlib
import io
import json
import os
import time
import zipfile
from pathlib import Path

import pytest
from strange import HEAD, MAIN, PROGRESS, TITLES, TYPES, UNIT, Strange, amount, shown

from yuechi_report.errors import InputRefused
from yuechi_report.intake.door.grid import FormRefused
from yuechi_report.intake.door.inside import stop_whatever_it_is
from yuechi_report.intake.door.kind import read_received
from yuechi_report.intake.door.package import LIMITS, FileLimits
from yuechi_report.intake.door.sensitive import ContentStopped, kinds_in, stop_if_printable
from yuechi_report.intake.door.workbook import SheetData, receive_sheet
from yuechi_report.intake.form.columns import FORM

pytestmark = pytest.mark.usefixtures("read_in_process")

MOBILE = "13800138000"
ID_NUMBER = "11010519491231002X"  # the published example of GB 11643, nobody's
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'


def received(path: Path) -> SheetData:
    """The file as the door reads it."""
    return receive_sheet(path, FORM)


def refusal(path: Path) -> InputRefused:
    """Why the door refuses it."""
    with pytest.raises(InputRefused) as caught:
        received(path)
    return caught.value


@pytest.mark.parametrize(
    ("code", "number", "value"),
    [
        ('0"%"', "1", "1%"),
        ('0.0"%"', "0.5", "0.5%"),
        ("[>=1]0;0%", "80", 80.0),
        ("0%", "0.8", "80%"),
        ("0;0%", "80", 80.0),
    ],
)
def test_percent_is_read_as_the_sheet_shows_it(tmp_path: Path, code: str, number: str, value: object) -> None:
    """1 shown as 1% is one per cent, not a hundred."""
    assert received(shown(code, number).write(tmp_path)).rows[0].cells["percent"] == value


PLACES = {
    "another folder": Strange(member="xl/sheets/form.xml", target="sheets/form.xml"),
    "absolute": Strange(member="xl/sheets/form.xml", target="/xl/sheets/form.xml"),
    "outside xl": Strange(member="data/form.xml", target="/data/form.xml"),
    "above xl": Strange(member="data/form.xml", target="../data/form.xml"),
    "other case": Strange(member="XL/WorkSheets/Sheet1.XML"),
    "target in other case": Strange(target="WORKSHEETS/SHEET1.XML"),
    "escaped": Strange(member="xl/worksheets/a b.xml", target="worksheets/a%20b.xml"),
    "backslash": Strange(member="xl\\worksheets\\sheet1.xml"),
    "no extension": Strange(member="xl/form", target="form"),
    "type of a chart": Strange(type="chartsheet"),
    "type of the strict standard": Strange(type="x/worksheet"),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize(
    "cell",
    [amount("<f>1+79</f><v>80</v>"), amount("<v>#N/A</v>", ' t="e"'), amount() + '<c r="XFD6"><v>1</v></c>'],
    ids=["formula", "error value", "far cell"],
)
def test_part_is_looked_through_wherever_it_is(tmp_path: Path, place: Strange, cell: str) -> None:
    """Formulas, error values and far cells are found by the workbook's relations, not by the part's path."""
    changed = Strange(cell=cell, member=place.member, target=place.target, type=place.type)
    assert refusal(changed.write(tmp_path)).faults


@pytest.mark.parametrize("name", ["another folder", "absolute", "outside xl", "other case", "no extension"])
def test_good_form_is_read_wherever_its_part_is(tmp_path: Path, name: str) -> None:
    """And its percentages are known there too."""
    place = PLACES[name]
    form = Strange(cell=amount("<v>0.8</v>", ' s="1"'), code="0%", member=place.member, target=place.target)
    assert received(form.write(tmp_path)).rows[0].cells["percent"] == "80%"


def test_merged_cells_are_found_wherever_the_part_is(tmp_path: Path) -> None:
    """A merge in the data area of a part outside xl."""
    merged = Strange().sheet.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="H6:H7"/></mergeCells>')
    form = Strange(member="data/f.xml", target="/data/f.xml", parts={"data/f.xml": merged.encode()})
    assert [fault.problem for fault in refusal(form.write(tmp_path)).faults] == ["数据区有合并单元格"]


@pytest.mark.parametrize(
    "form",
    [
        Strange(parts={"XL/worksheets/SHEET1.xml": Strange().sheet.replace("80", "99").encode()}),
        Strange(
            relations=f'<Relationship Id="rId7" Type="{TYPES}/sharedStrings" Target="other/strings.xml"/>',
            parts={"xl/other/strings.xml": b"<sst/>"},
        ),
        Strange(
            parts={
                "_rels/.rels": Strange().members()["_rels/.rels"].replace(b"xl/workbook.xml", b"book/book.xml"),
                "book/book.xml": b"<workbook/>",
            }
        ),
    ],
    ids=["two parts of one name", "texts elsewhere", "workbook elsewhere"],
)
def test_workbook_that_could_show_something_else_is_refused(tmp_path: Path, form: Strange) -> None:
    """Where the reader of the values might take another part than a spreadsheet does, nothing is taken."""
    assert [fault.problem for fault in refusal(form.write(tmp_path)).faults] == ["文件的内部结构少见，无法核对"]


def package(**members: bytes | str) -> bytes:
    """A package in a package; __ stands for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


WORD = package(word__document="<w:t>138</w:t><w:t>00138000</w:t>")
FORBIDDEN = {
    "Word file": ("xl/embeddings/Document1.docx", WORD),
    "Word file called a picture": ("xl/media/image1.png", WORD),
    "package in a package": ("xl/embeddings/a.zip", package(b=package(c=MOBILE))),
    "OLE": ("xl/embeddings/oleObject1.bin", OLE + ID_NUMBER.encode("utf-16-le")),
    "extension in capitals": ("xl/CUSTOM.XML", f"<a>{MOBILE}</a>".encode()),
    "no extension": ("xl/custom", f"<a>{MOBILE}</a>".encode()),
    "plain text": ("readme.txt", MOBILE.encode()),
    "UTF-16": ("customXml/item1.xml", f"<a>{MOBILE}</a>".encode("utf-16")),
    "UTF-16 without a mark": ("customXml/item1.xml", f"<a>{MOBILE}</a>".encode("utf-16-be")),
    "UTF-32": ("customXml/item1.xml", f"<a>{MOBILE}</a>".encode("utf-32")),
    "GB18030": ("customXml/item1.xml", '<?xml version="1.0" encoding="GB18030"?><a>机密★</a>'.encode("gb18030")),
    "attribute": ("docProps/own.xml", f'<a b="{MOBILE}"/>'.encode()),
    "comment": ("docProps/own.xml", f"<a><!-- {MOBILE} --></a>".encode()),
    "CDATA": ("docProps/own.xml", f"<a><![CDATA[{MOBILE}]]></a>".encode()),
    "character references": ("docProps/own.xml", "".join(f"&#{ord(char)};" for char in MOBILE).encode()),
    "next to another number": ("docProps/own.xml", f"<a><b>1</b><b>{MOBILE}</b></a>".encode()),
    "number with an exponent": ("docProps/own.xml", b"<v>1.3800138E10</v>"),
    "Arabic digits": ("docProps/own.xml", "<a>١٣٨٠٠١٣٨٠٠٠</a>".encode()),
    "nothing visible between": ("docProps/own.xml", "<a>138\u200b0013\u200b8000</a>".encode()),
    "ID number with blanks": ("docProps/own.xml", b"<a>110105 19491231 002X</a>"),
    "picture's remark": ("xl/media/image1.jpeg", b"\xff\xd8\xff" + MOBILE.encode()),
    "picture of Windows": ("xl/media/image1.emf", b"\1\0\0\0" + MOBILE.encode("utf-16-le")),
    "part's name": (f"xl/media/{MOBILE}.xml", b"<a/>"),
}


@pytest.mark.parametrize(("member", "data"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_forbidden_content_stops_wherever_it_is(tmp_path: Path, member: str, data: bytes) -> None:
    """ID and mobile numbers and 机密★ in any part, in any writing, and never quoted."""
    stop = refusal(Strange(parts={member: data}).write(tmp_path))
    assert isinstance(stop, ContentStopped)
    assert {fault.problem for fault in stop.faults} <= {
        "含有手机号码",
        "含有公民身份号码",
        "含有国家秘密标志或密级字样",
    }
    assert MOBILE not in str(stop)


@pytest.mark.parametrize("name", [MOBILE, "机密★"])
def test_sheet_name_is_looked_at(tmp_path: Path, name: str) -> None:
    """A number or a mark as the name of another sheet."""
    assert isinstance(refusal(Strange(others={name: EMPTY}).write(tmp_path)), ContentStopped)


def test_comment_of_the_package_is_looked_at(tmp_path: Path) -> None:
    """Words that no program for sheets shows."""
    path = Strange().write(tmp_path)
    with zipfile.ZipFile(path, "a") as changed:
        changed.comment = MOBILE.encode()
    assert isinstance(refusal(path), ContentStopped)


@pytest.mark.parametrize(
    ("member", "data"),
    [
        ("xl/embeddings/Document1.docx", package(word__document="<a>好</a>")),
        ("xl/embeddings/oleObject1.bin", OLE + b"\1" * 100),
        ("xl/media/a.pdf", b"%PDF-1.4"),
        ("xl/media/image2.png", gzip.compress(MOBILE.encode())),
        ("xl/media/image1.png", b"\x89PNG\r\n\x1a\n" + package(a="好")),
        ("xl/blob.dat", bytes(range(256))),
    ],
    ids=["Word", "OLE", "PDF", "packed", "behind a picture", "unknown"],
)
def test_embedded_file_is_named_and_not_kept(tmp_path: Path, member: str, data: bytes) -> None:
    """What cannot be looked into whole is stopped, with its name."""
    stop = refusal(Strange(parts={member: data}).write(tmp_path))
    assert isinstance(stop, ContentStopped)
    assert [fault.problem for fault in stop.faults] == [
        f"嵌入了别的文件，或有无法查看的内容（{member.rpartition('/')[2]}）"
    ]


@pytest.mark.parametrize(
    ("member", "data"),
    [
        ("xl/printerSettings/printerSettings1.bin", bytes(range(256))),
        ("xl/media/image1.png", b"\x89PNG\r\n\x1a\n" + os.urandom(2000)),
        ("docProps/thumbnail.wmf", b"\xd7\xcd\xc6\x9a" + bytes(100)),
    ],
)
def test_what_spreadsheets_put_in_themselves_is_no_reason(tmp_path: Path, member: str, data: bytes) -> None:
    """A printer's settings, a picture, a thumbnail."""
    assert received(Strange(parts={member: data}).write(tmp_path)).rows


@pytest.mark.parametrize("cut", ["checksum", "end"])
def test_damaged_package_is_looked_through_as_far_as_it_goes(tmp_path: Path, cut: str) -> None:
    """A refused file is archived: also one that is torn must not hold a number."""
    path = Strange(parts={"own.xml": f"<a>{MOBILE}</a>".encode()}).write(tmp_path)
    data = bytearray(path.read_bytes())
    directory = data.find(b"PK\1\2")
    if cut == "checksum":
        data[14] ^= 255
        data[directory + 16] ^= 255
    else:
        del data[directory + 20 :]
    path.write_bytes(data)
    assert isinstance(refusal(path), ContentStopped)


def test_more_than_can_be_looked_at_is_not_kept(tmp_path: Path) -> None:
    """A file refused for its size is kept only where all of it was seen."""
    path = Strange(parts={"own.xml": b" " * 100_000}).write(tmp_path)
    small = FileLimits(bytes_unpacked=20_000)
    with pytest.raises(ContentStopped, match="文件展开后过大"):
        receive_sheet(path, FORM, limits=small)


CSV = f",填报单位,{UNIT},,填报季度,2024Q4,,数据性质,示例\n,,,,,,,填报日期,2024-12-17\n{','.join(TITLES)}\n"


def csv_with(folder: Path, cell: str) -> Path:
    """The form as CSV with that 完成比例."""
    path = folder / "form.csv"
    path.write_text(f"{CSV}10,题,牵头,,,,,{PROGRESS},{cell},,,,,推进中,,,\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("cell", "value"),
    [('"=""80"""', "80"), ("=80", "80"), ('"=""4/5家"""', "4/5家"), ('＝"80"', "80"), (' ="80"', "80")],
)
def test_wrapped_value_of_a_csv_is_unwrapped(tmp_path: Path, cell: str, value: str) -> None:
    """="80" keeps a spreadsheet from changing 80; it is 80."""
    assert received(csv_with(tmp_path, cell)).rows[0].cells["percent"] == value


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("=40*2", "单元格里是公式"),
        ('"=T(""80"")"', "单元格里是公式"),
        ("+SUM(A1)", "单元格里是公式"),
        ("####", "单元格里是错误值（如#N/A、#REF!）"),
        ("#SPILL!", "单元格里是错误值（如#N/A、#REF!）"),
    ],
)
def test_formula_or_error_in_a_csv_is_refused(tmp_path: Path, cell: str, problem: str) -> None:
    """As in a workbook, with its cell."""
    [fault] = refusal(csv_with(tmp_path, cell)).faults
    assert (fault.place.cell, fault.problem) == ("I4", problem)


def test_copied_sheet_with_other_content_is_named(tmp_path: Path) -> None:
    """填报 (2), or a copy under any name; the same content again or a sheet of notes is nothing to tell."""
    form = Strange()
    others = {"填报 (2)": form.sheet.replace("80", "90"), "Sheet1": form.sheet.replace("8条", "9条"), "再": form.sheet}
    assert received(Strange(others=others | {"说明": EMPTY}).write(tmp_path)).copies == ("填报 (2)", "Sheet1")


@pytest.mark.parametrize("row", [' hidden="1"', ' hidden="true"', ' ht="0" customHeight="1"', ' ht="0.5"'])
def test_hidden_row_is_known(tmp_path: Path, row: str) -> None:
    """By its mark or by a height of nothing."""
    assert received(Strange(row=row).write(tmp_path)).hidden_rows == (6,)


def test_refused_form_still_says_whose_it_is(tmp_path: Path) -> None:
    """A formula refuses the file; what stands above the header is kept for the book."""
    error = refusal(Strange(cell=amount("<f>1</f><v>1</v>")).write(tmp_path))
    assert isinstance(error, FormRefused)
    assert UNIT in json.dumps(error.raw.grid, ensure_ascii=False)


@pytest.mark.parametrize("kind", ["pipe", "device", "sparse"])
def test_what_is_no_file_is_refused_before_it_is_read(tmp_path: Path, kind: str) -> None:
    """A pipe never ends, a device is never empty, a sparse file is larger than memory."""
    path = tmp_path / "form.xlsx"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as handle:
            handle.truncate(300 * 1024 * 1024)
    with pytest.raises(InputRefused) as caught:
        read_received(path, path.name, LIMITS.bytes_file)
    [fault] = caught.value.faults
    assert fault.problem in ("不是普通文件（管道、设备或文件夹）", "文件超过64 MB，不像一份填报表")


@pytest.mark.parametrize(
    "text",
    [
        *("008613800138000", "+86 138 0013 8000", "138.0013.8000", "138/0013/8000", "138_0013_8000", "138 00138 000"),
        *("138001 38000", "（138）0013 8000", "1 3 8 0 0 1 3 8 0 0 0", "QQ13800138000", "tel:13800138000"),
        *("机 密 ★", "绝 密★", "密级：秘密", "密级机密", "秘 密★10年"),
    ],
)
def test_other_spellings_of_what_must_not_be_kept_are_found(text: str) -> None:
    """As people write a number that is to be dialled, and as documents print a mark."""
    assert kinds_in(f"经办人{text}，6月1日")


@pytest.mark.parametrize(
    "text",
    [
        *("13800138000元", "A13800138000", "136 25000户", "13 20 30 40 50 60", "2024.0013.8000", "1.3 2.4 3.5"),
        *("司机 密切配合", "密级不明", "工作秘密", "机密性", "保密期限10年"),
    ],
)
def test_figures_and_words_of_other_matters_pass(text: str) -> None:
    """What only looks like it stops nobody's form."""
    assert kinds_in(f"已完成{text}，6月1日") == ()


def test_large_picture_is_looked_through_in_a_moment(tmp_path: Path) -> None:
    """Noise of 40 MB, the bytes of a 密 among it by chance, within the time of the processor that a file has."""
    noise = b"\x89PNG\r\n\x1a\n" + hashlib.shake_256(b"picture").digest(40_000_000)
    noise += "密".encode() + noise[-100:]
    path = Strange(parts={"xl/media/image1.png": noise}).write(tmp_path)
    start = time.process_time()
    stop_whatever_it_is(path, path.name, LIMITS)
    assert time.process_time() - start < LIMITS.seconds_cpu / 4
    with pytest.raises(ContentStopped):
        stop_if_printable(noise + "机密★".encode() + noise[-100:], path.name)


def test_cell_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """A spreadsheet would not open it, and readers take one or the other."""
    twice = amount("<v>50</v>") + amount("<v>80</v>")
    assert "无法核对" in str(refusal(Strange(cell=twice).write(tmp_path)))
