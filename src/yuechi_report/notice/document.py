"""A notice as received: bytes become lines with 1-based numbers; what cannot be read is refused."""

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.notice.numerals import compact
from yuechi_report.page.alike import folded, odd_characters

READABLE_SUFFIXES = (".txt",)

_SAVE_AS = "请用记事本等软件打开原文，另存为UTF-8编码的.txt文件后重试"
_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")  # tab, line ends and form feed do occur in text
_BYTES_MAX = 5_000_000  # a hundred times a long notice
_DAMAGED_UTF8 = 10  # so many Chinese characters read as UTF-8 before the fault: GB18030 does not do that


@dataclass(frozen=True, slots=True)
class Line:
    """One line as received, without its line end; `number` counts from 1."""

    number: int
    text: str

    @property
    def bare(self) -> str:
        """The line for matching: half width, no white space at all; never printed."""
        return compact(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands in it (a no-break space included)."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Document:
    """The whole notice: `name` is the file's name, `sha256` the hash of its bytes.

    Its lines are in common characters; `odd` are the numbers of lines that were not, `odd_words` says what they held.
    """

    name: str
    lines: tuple[Line, ...]
    sha256: str
    odd: tuple[int, ...] = ()
    odd_words: str = ""

    def place(self, line: int = 0) -> Place:
        """Where something stands in this document."""
        return Place(self.name, line=line)


def read_document(path: Path) -> Document:
    """The document of a file; InputRefused when its format, encoding or content cannot be taken."""
    if path.suffix.lower() not in READABLE_SUFFIXES:
        raise InputRefused.at(
            Place(path.name),
            f"不能读取“{path.suffix or '无后缀'}”格式",
            "现在只能读取.txt纯文本，请把通知另存为.txt文件",
        )
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would never end, a device never be empty
            raise InputRefused.at(Place(path.name), "不是普通文件（管道、设备或文件夹）", "请换上通知原文的.txt文件")
        if found.st_size > _BYTES_MAX:
            raise _too_large(path.name)
        data = path.read_bytes()
    except OSError as error:
        raise InputRefused.at(Place(path.name), "文件不存在或无法打开", "请检查路径和读取权限") from error
    return document_of(path.name, data)


def _too_large(name: str) -> InputRefused:
    return InputRefused([Fault(Place(name), "文件超过5 MB，不像一份通知", "请确认选对了文件，只保留通知正文和清单")])


def document_of(name: str, data: bytes) -> Document:
    """The document of bytes in UTF-8 (with or without BOM) or GB18030; InputRefused otherwise."""
    if len(data) > _BYTES_MAX:
        raise _too_large(name)
    text = _decoded(name, data)
    control = _CONTROL.search(text)
    if control is not None:
        line = _line_at(text, control.start())
        raise InputRefused.at(Place(name, line=line), "含有控制字符，不是纯文本", _SAVE_AS)
    if not text.strip():
        raise InputRefused.at(Place(name), "文件是空的", "请换上有内容的通知原文")
    lines = _LINE_END.split(text)
    if not lines[-1]:
        lines.pop()
    numbered = tuple(Line(number, folded(line)) for number, line in enumerate(lines, start=1))
    odd = tuple(number for number, line in enumerate(lines, start=1) if odd_characters(line))
    words = odd_characters("".join(lines[number - 1].strip() for number in odd))
    return Document(name, numbered, hashlib.sha256(data).hexdigest(), odd, words)


def _decoded(name: str, data: bytes) -> str:
    if b"\0" in data:
        place = Place(name, line=_line_at(data.decode("latin-1"), data.index(b"\0")))
        raise InputRefused.at(place, "含有空字节，不是纯文本（可能是Word、Excel、图片或UTF-16文件）", _SAVE_AS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        head = data[: error.start].decode("utf-8-sig")
        utf8_fault = error
    place = Place(name, line=_line_at(head, len(head)))
    if sum(not character.isascii() for character in head) >= _DAMAGED_UTF8:
        raise InputRefused.at(place, "UTF-8文字在此处损坏", "请重新取得完整的通知原文") from utf8_fault
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise InputRefused.at(place, "既不是UTF-8也不是GB18030编码", _SAVE_AS) from error


def _line_at(text: str, position: int) -> int:
    return len(_LINE_END.findall(text, 0, position)) + 1
