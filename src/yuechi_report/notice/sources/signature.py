"""What a file is, told by its bytes and never by its suffix; forms that nobody can read are refused by name."""

import io
import re
import zipfile
from enum import StrEnum

from yuechi_report.errors import Fault, InputRefused, Place


class Kind(StrEnum):
    """The forms that are read."""

    TEXT = "txt"
    WORD = "docx"
    EXCEL = "xlsx"
    PDF = "pdf"
    WEB = "html"


BYTES_MOST = 60_000_000
_TEXT_BYTES_MAX = 5_000_000  # a hundred times a long notice
_MEMBER_BYTES_MAX = 40_000_000
_UNPACKED_BYTES_MAX = 150_000_000
_MEMBERS_MAX = 5_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_MARKUP = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|table|meta|p)\b", re.I | re.S
)
_AS_DOCX = "请用Word或WPS打开，另存为.docx后重试"

# first bytes → (what the file is, what to do): forms that are refused by name
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "是RTF格式，不能读取", _AS_DOCX),
    (b"MIME-Version:", "是单个文件网页（.mht），不能读取", "请用浏览器打开，另存为.html后重试"),
    (b"Rar!", "是压缩包，不能读取", "请先解压，再逐个登记"),
    (b"7z\xbc\xaf", "是压缩包，不能读取", "请先解压，再逐个登记"),
    (b"%!PS", "是PostScript格式，不能读取", "请取得.docx或带文字层的.pdf"),
)


def too_large(name: str) -> InputRefused:
    """What is said of a file that no notice is as large as."""
    return InputRefused([Fault(Place(name), "文件过大，超过60 MB", "请确认选对了文件，只保留通知正文和清单")])


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of the bytes; InputRefused, naming the form and what to do, for every other."""
    if not data:
        raise InputRefused.at(Place(name), "文件是空的", "请换上有内容的通知原文")
    if len(data) > BYTES_MOST:
        raise too_large(name)
    if data.startswith(_OLE):
        _refuse_ole(name, data)
    if data.startswith(_IMAGES):
        raise InputRefused.at(Place(name), "是图片，没有文字层", "请取得电子原件（.docx、.html或带文字层的.pdf）")
    for start, problem, remedy in _REFUSED:
        if data.lstrip().startswith(start):
            raise InputRefused.at(Place(name), problem, remedy)
    if data.startswith(b"PK"):
        return _zipped(name, data)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if len(data) > _TEXT_BYTES_MAX:
        raise InputRefused.at(Place(name), "文件超过5 MB，不像一份通知", "请确认选对了文件，只保留通知正文和清单")
    return Kind.WEB if _MARKUP.search(data[:4096].removeprefix(b"\xef\xbb\xbf")) else Kind.TEXT


def _refuse_ole(name: str, data: bytes) -> None:
    if _ENCRYPTED in data:
        raise InputRefused.at(Place(name), "文件已加密，打不开", "请取消打开密码后另存为.docx或.xlsx")
    raise InputRefused.at(Place(name), "是旧版Word、Excel或WPS格式（.doc、.xls、.wps、.et），不能读取", _AS_DOCX)


def _zipped(name: str, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputRefused.at(Place(name), "文件损坏或不完整，打不开", "请重新取得完整的文件") from error
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise InputRefused.at(Place(name), "文件已加密，打不开", "请取消密码后重试")
    largest = max((member.file_size for member in members), default=0)
    if (
        largest > _MEMBER_BYTES_MAX
        or sum(member.file_size for member in members) > _UNPACKED_BYTES_MAX
        or len(members) > _MEMBERS_MAX
    ):
        raise InputRefused.at(Place(name), "解压后过大，超过上限", "请核对文件来源；用Word打开，只保留通知和清单后另存")
    if "word/document.xml" in names:
        return Kind.WORD
    if "xl/workbook.xml" in names:
        return Kind.EXCEL
    if "OFD.xml" in names:
        raise InputRefused.at(Place(name), "是OFD版式文件，不能读取", "请用阅读器转换为带文字层的.pdf，或取得.docx")
    raise InputRefused.at(Place(name), "是压缩包或其他格式，不能读取", f"请先解压，再逐个登记；{_AS_DOCX}")
