"""What a received file is, by its name and first bytes; anything but a workbook or CSV is refused with advice."""

import stat
from enum import StrEnum
from pathlib import Path

from yuechi_report.errors import Fault, InputRefused, Place

BYTES_MOST = 64 * 1024 * 1024
"""What a file from outside may hold: a form is some ten kilobytes, a scanned letter some megabytes."""

_NOT_OPENED = ("文件无法打开", "请确认文件存在、没有被其他程序占用后重试")
_SAVE_AS = "请用Excel或WPS打开，另存为.xlsx工作簿后再报送"
_BY_SUFFIX = {
    ".xls": ("这是旧版的.xls文件", _SAVE_AS),
    ".et": ("这是WPS专用的.et文件", "请用WPS打开，另存为.xlsx工作簿后再报送；只改扩展名不行"),
    ".ett": ("这是WPS专用的.ett模板文件", "请用WPS打开，另存为.xlsx工作簿后再报送；只改扩展名不行"),
    ".xlsm": ("这是带宏的.xlsm文件", "请另存为不带宏的.xlsx工作簿后再报送"),
    ".xlsb": ("这是二进制的.xlsb文件", _SAVE_AS),
    ".ods": ("这是.ods文件", "请用LibreOffice打开，另存为.xlsx后再报送"),
    ".pdf": ("这是PDF文件，不能读取", "请报送填好的.xlsx原表；只有纸质件的，由受理单位代录"),
    ".jpg": ("这是图片，不能读取", "请报送填好的.xlsx原表；只有纸质件的，由受理单位代录"),
    ".png": ("这是图片，不能读取", "请报送填好的.xlsx原表；只有纸质件的，由受理单位代录"),
    ".zip": ("这是压缩包", "请解压后逐个报送其中的.xlsx文件"),
    ".rar": ("这是压缩包", "请解压后逐个报送其中的.xlsx文件"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")


class FileKind(StrEnum):
    """The two kinds of file that are read."""

    XLSX = "xlsx"
    CSV = "csv"


def read_received(path: Path, name: str, most: int = BYTES_MOST) -> bytes:
    """The bytes of a file from outside; InputRefused for what is no file or too large."""
    check_received(path, name, most)
    try:
        with path.open("rb") as handle:
            data = handle.read(most + 1)
    except OSError as error:
        raise InputRefused.at(Place(name), *_NOT_OPENED) from error
    if len(data) > most:  # a file of the system says that it is empty
        raise _too_large(name, most)
    return data


def check_received(path: Path, name: str, most: int = BYTES_MOST) -> None:
    """InputRefused, before anything is read, for what is no file or too large.

    A pipe would never end and a device never be empty: they are not even opened.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise InputRefused.at(Place(name), *_NOT_OPENED) from error
    if not stat.S_ISREG(found.st_mode):
        raise InputRefused.at(Place(name), "不是普通文件（管道、设备或文件夹）", "请报送填好的.xlsx原表")
    if found.st_size > most:
        raise _too_large(name, most)


def _too_large(name: str, most: int) -> InputRefused:
    problem = f"文件超过{most // (1024 * 1024)} MB，不像一份填报表"
    return InputRefused([Fault(Place(name), problem, "请核对是否选错了文件；只留填报表，删除图片后重新保存")])


def kind_of(path: Path, name: str, data: bytes) -> FileKind:
    """What to read the file as; InputRefused with a message of its own for everything else."""
    _refuse_by_name(path, name)
    if not data.strip(b"\0 \r\n\t"):
        raise InputRefused.at(Place(name), "文件是空的", "请重新导出或重新传送原文件")
    if path.suffix.lower() == ".csv":
        return _csv(data, name)
    return _xlsx(data, name)


def decoded(data: bytes) -> str | None:
    """Text in UTF-8 (with or without BOM) or GB18030; None where it is neither or holds NUL bytes."""
    if b"\0" in data:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _refuse_by_name(path: Path, name: str) -> None:
    suffix = path.suffix.lower()
    if path.name.startswith(("~$", ".~")):
        raise InputRefused.at(Place(name), "这是表格软件打开文件时生成的临时文件", "请关闭表格后报送原文件")
    if suffix in _BY_SUFFIX:
        raise InputRefused.at(Place(name), *_BY_SUFFIX[suffix])
    if suffix not in (".xlsx", ".csv"):
        raise InputRefused.at(Place(name), f"不接受{path.suffix or '没有扩展名的'}文件", _SAVE_AS)


def _csv(data: bytes, name: str) -> FileKind:
    if data.startswith((b"PK", _OLE)):
        raise InputRefused.at(
            Place(name), "内容是表格文件，扩展名却是.csv", "请用表格软件打开，另存为.xlsx工作簿后再报送"
        )
    _refuse_html(data, name)
    if decoded(data) is None:
        raise InputRefused.at(Place(name), "CSV文件的编码无法识别", "请另存为“CSV UTF-8”格式，或改报.xlsx")
    return FileKind.CSV


def _xlsx(data: bytes, name: str) -> FileKind:
    if data.startswith(b"PK"):
        return FileKind.XLSX
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InputRefused.at(Place(name), "文件设了打开密码", "请取消密码后重新保存再报送")
        raise InputRefused.at(
            Place(name), "内容是旧版.xls或WPS的.et文件，只是改了扩展名", "请用表格软件打开，另存为.xlsx工作簿后再报送"
        )
    if data.startswith(b"%PDF"):
        raise InputRefused.at(Place(name), "内容是PDF，只是改了扩展名", "请报送填好的.xlsx原表")
    _refuse_html(data, name)
    if decoded(data) is not None:
        raise InputRefused.at(
            Place(name), "内容是文本（CSV），扩展名却是.xlsx", "请把扩展名改回.csv，或用表格软件打开后另存为.xlsx"
        )
    raise InputRefused.at(Place(name), "文件已损坏，或并不是.xlsx表格", "请用表格软件打开确认后另存为.xlsx再报送")


def _refuse_html(data: bytes, name: str) -> None:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_HTML) or (start.startswith(b"<?xml") and b"<html" in start):
        raise InputRefused.at(
            Place(name), "内容是网页（HTML），只是改了扩展名", "请用表格软件打开，另存为.xlsx工作簿后再报送"
        )
    if start.startswith(b"<?xml"):
        raise InputRefused.at(
            Place(name), "内容是XML文本，只是改了扩展名", "请用表格软件打开，另存为.xlsx工作簿后再报送"
        )
