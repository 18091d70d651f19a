"""Every part of a received file, whatever it is called: its texts, its attributes, and files embedded in it.

A part is what its bytes are. Texts are read in any encoding, with and without the tags between them; a package
in a package is opened; what is neither text nor picture cannot be looked through, and stops a workbook.
"""

import codecs
import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.intake.door.kind import read_received
from yuechi_report.intake.door.package import FileLimits
from yuechi_report.intake.door.sensitive import (
    NOT_KEPT,
    ContentStopped,
    stop_if_found,
    stop_if_in_bytes,
    stop_if_printable,
)

_DEEPEST = 3
_SHOWN = 20
_TIMES_LOOKED_AT = 4
"""How much more than may be read is looked at: a file refused for its size is kept only where all of it was seen."""
_PACKAGE = b"PK\x03\x04"
_CONTAINERS = (
    *(
        _PACKAGE,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"%PDF",
        b"Rar!",
        b"7z\xbc\xaf",
        b"\x1f\x8b\x08",
        b"BZh",
        b"{\\rtf",
    ),
    *(b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF"),
)
_PICTURES = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"\0\0\1\0", b"II\xbc\1"),
    *(b"\1\0\0\0", b"\xd7\xcd\xc6\x9a", b"\1\0\t\0"),
)
"""How pictures begin; the last line are those of Windows, whose texts are plain in them."""
_KNOWN = re.compile(r"(?:.*/)?(?:printersettings/.*|vbaproject\.bin|.*\.sigs|.*\.vml)")
"""Parts of a spreadsheet's own that are no text: a printer's settings; macros are refused for what they are."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BREAKS = re.compile(r"</(?:\w+:)?(?:si|is|v|c|p|comment|text)>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
_MAY_TELL = re.compile(r"[0-9&]|[^\x00-\x7f]")
"""Without a digit, a reference or a character beyond ASCII a text tells nothing, be it megabytes of blanks."""
_SCIENTIFIC = re.compile(r"(?<![\w.])\d\.?\d*[Ee]\+?\d{1,2}(?!\w)")


def stop_whatever_it_is(path: Path, name: str, limits: FileLimits) -> None:
    """ContentStopped where anything in a file must not be kept, or where a workbook holds what cannot be looked at."""
    try:
        data = read_received(path, name, limits.bytes_file)
    except InputRefused:
        return  # refused for what it is, and not kept
    if not data.startswith(b"PK"):
        stop_if_in_bytes(data, name)
        return
    stop_if_printable(data, name)
    _Look(name, limits).through(data, name, 0)


class _Look:
    """One file being looked through, its budget shared by all packages in it."""

    def __init__(self, name: str, limits: FileLimits) -> None:
        self.name = name
        self.left = _TIMES_LOOKED_AT * limits.bytes_unpacked

    def through(self, data: bytes, shown: str, depth: int) -> None:
        try:
            package = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError):
            self._torn(data, shown)
            return
        members = {info.filename.casefold() for info in package.infolist()}
        is_workbook = "xl/workbook.xml" in members and "xl/workbook.bin" not in members
        opaque = []
        for info in package.infolist():
            stop_if_found([(Place(shown), text) for text in (info.filename, info.comment.decode("gb18030", "replace"))])
            place = f"{shown}（{info.filename}）"
            content = self._content(package, info)
            if not self._could_look(info.filename, content, place, depth):
                opaque.append(info.filename)
        stop_if_found([(Place(shown), package.comment.decode("gb18030", "replace"))])
        if opaque and is_workbook:
            raise ContentStopped([_embedded(self.name, member) for member in opaque[:_SHOWN]])

    def _content(self, package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        """A member as far as it can be read; a wrong checksum does not keep its text from being seen."""
        info.CRC = None  # type: ignore[assignment] # zipfile's own way of not comparing it
        chunks = []
        try:
            with package.open(info) as stream:
                while chunk := stream.read(64 * 1024):
                    chunks.append(chunk)
                    self._spend(len(chunk))
        except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, NotImplementedError):
            pass  # refused as damaged, or for its password, by the reader, which says so
        return b"".join(chunks)

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            remedy = "请删除多余的工作表、图片和格式后重新保存；没有看完的文件不存档，只登记收到时间和校验值"
            raise ContentStopped([Fault(Place(self.name), "文件展开后过大", remedy)])

    def _could_look(self, member: str, content: bytes, place: str, depth: int) -> bool:
        """Look through one part; False for a file embedded in the workbook, or what is neither text nor picture."""
        is_embedded = "/embeddings/" in f"/{member.casefold()}" or content.startswith(_CONTAINERS)
        if content.startswith(_PACKAGE) and depth < _DEEPEST:
            self.through(content, place, depth + 1)
        elif (text := _decoded(content)) is not None:
            stop_if_found((Place(place), piece) for piece in pieces_of(text))
        elif content.startswith(_PICTURES) and not content.startswith(_PICTURES[-3:]):
            stop_if_printable(content, place)
            return not is_embedded and _PACKAGE not in content
        else:
            stop_if_in_bytes(content, place)
            return not is_embedded and (content.startswith(_PICTURES) or bool(_KNOWN.fullmatch(member.casefold())))
        return not is_embedded

    def _torn(self, data: bytes, shown: str) -> None:
        """A package that arrived in part: each of its members as far as it goes."""
        start = data.find(_PACKAGE)
        while start >= 0:
            begin = start + 30 + int.from_bytes(data[start + 26 : start + 28], "little")
            begin += int.from_bytes(data[start + 28 : start + 30], "little")
            try:
                content = zlib.decompressobj(-15).decompress(data[begin:], self.left + 1)
            except zlib.error:
                content = b""
            self._spend(len(content))
            text = _decoded(content)
            stop_if_found((Place(shown), piece) for piece in pieces_of(text or ""))
            start = data.find(_PACKAGE, start + 4)


def _embedded(name: str, member: str) -> Fault:
    problem = f"嵌入了别的文件，或有无法查看的内容（{posixpath.basename(member)}）"
    return Fault(Place(name), problem, f"请删除嵌入的文件，附件另行报送。{NOT_KEPT}")


def _decoded(data: bytes) -> str | None:
    """The part as text by its mark or declaration, else as UTF-8 or GB18030; None where it is none."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if declared := _DECLARED.match(data):
        encoding = declared[1].decode()
    for candidate in (encoding, "utf-8", "gb18030"):
        try:
            text = data.decode(candidate) if candidate else None
        except (UnicodeDecodeError, LookupError):
            continue
        if text is not None and not _CONTROLS.search(text):
            return text
    return data.decode("utf-8", errors="replace") if data.lstrip().startswith(b"<") else None


def pieces_of(text: str) -> Iterator[str]:
    """What a reader of a part may see: its text without tags, the same tag by tag, attributes, and what is hidden."""
    if not _MAY_TELL.search(text):
        return
    text = _CDATA.sub(lambda match: html.escape(match[1]), text)
    yield html.unescape(_TAG.sub("", _BREAKS.sub("\n", text)))
    yield _with_whole_numbers(html.unescape(_TAG.sub("\n", text)))
    tags = _TAG.findall(text)
    values = (double or single for tag in tags for double, single in _VALUE.findall(tag))
    remarks = (tag for tag in tags if tag.startswith(("<!", "<?")))
    yield html.unescape("\n".join([*values, *remarks]))


def _with_whole_numbers(text: str) -> str:
    """The text with numbers such as 1.38E10 also written out."""
    numbers = (float(match[0]) for match in _SCIENTIFIC.finditer(text))
    return "\n".join([text, *(str(int(number)) for number in numbers if number.is_integer())])
