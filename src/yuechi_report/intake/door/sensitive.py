"""What must not be kept: ID numbers, mobile numbers, state secrets stop a file at the door (domain.md §8).

A stopped file is not archived. Places are named, contents never quoted. What is let through on
purpose: 18 digits without a valid check digit or birthday (project codes), landlines, 秘密 without ★.
"""

import html
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from yuechi_report.errors import Fault, InputRefused, Place

_ID = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.\-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])(?!\s*[元万亿吨米平%])"
)
_DIGITS = re.compile(r"\d{4}")
"""In every ID and mobile number: looked for first, since megabytes of something else are passed over so."""
_SECRET = re.compile(r"绝密|机密(?!性)|秘密\s*[★☆]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BREAKS = re.compile(rb"</(?:\w+:)?(?:si|is|v|c|p|comment|text)>")
_TAGS = re.compile(rb"<[^>]*>")
_REMEDY = "请删除后重新报送；本文件不存档，只登记收到时间和校验值"
_SHOWN = 20


class ContentStopped(InputRefused):
    """The file holds what this program must not keep: it is not archived, only its receipt is."""


def kinds_in(text: str) -> tuple[str, ...]:
    """Which kinds of forbidden content a text holds, as readers' words."""
    flat = unicodedata.normalize("NFKC", text)
    found = []
    has_digits = _DIGITS.search(flat) is not None
    if has_digits and any(_is_id(match[0]) for match in _ID.finditer(flat)):
        found.append("公民身份号码")
    if has_digits and _MOBILE.search(flat):
        found.append("手机号码")
    if "密" in flat and _SECRET.search(flat):
        found.append("国家秘密标志或密级字样")
    return tuple(found)


def looks_like_id(text: str) -> bool:
    """Eighteen digits that are no valid ID number: let through, but worth a word to the unit."""
    flat = unicodedata.normalize("NFKC", text)
    return any(not _is_id(match[0]) for match in _ID.finditer(flat))


def _is_id(text: str) -> bool:
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False)) % 11]
    if text[-1].upper() != check:
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return 1900 <= int(text[6:10]) <= 2100


def stop_if_found(cells: Iterable[tuple[Place, str]]) -> None:
    """ContentStopped with the place of every text that holds something forbidden."""
    faults = [Fault(place, f"含有{kind}", _REMEDY) for place, text in cells for kind in kinds_in(text)]
    if faults:
        raise ContentStopped(faults[:_SHOWN])


def stop_if_in_bytes(path: Path, name: str) -> None:
    """The same for a file that cannot be opened as a workbook, as far as its bytes are plain text."""
    data = path.read_bytes()[: 64 * 1024 * 1024]
    texts = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030", "utf-16-le")]
    texts.append(data[1:].decode("utf-16-le", errors="replace"))
    stop_if_found((Place(name), text) for text in texts[:1])
    kinds = dict.fromkeys(kind for text in texts[1:] for kind in kinds_in(text))
    if kinds:
        raise ContentStopped([Fault(Place(name), f"含有{kind}", _REMEDY) for kind in kinds])


def stop_if_in_members(path: Path, name: str) -> None:
    """The same for every part of a workbook: other sheets, comments, drawings, properties."""
    try:
        with zipfile.ZipFile(path) as package:
            for member, text in _members(package):
                stop_if_found([(Place(f"{name}（{member}）"), text)])
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, NotImplementedError):
        return  # refused as damaged by the reader, which says so


def _members(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    for info in package.infolist():
        if info.filename.endswith((".xml", ".vml")):
            data = _TAGS.sub(b"", _BREAKS.sub(b"\n", package.read(info)))
            yield info.filename, html.unescape(data.decode("utf-8", errors="replace"))
