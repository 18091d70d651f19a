"""What must not be kept: ID numbers, mobile numbers, state secrets stop a file at the door (domain.md §8).

A stopped file is not archived. Places are named, contents never quoted. What is let through on
purpose: 18 digits without a valid check digit or birthday (project codes), landlines, 秘密 without ★.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.page.alike import folded

_ID = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{5}[- ]?[0-9]{8}[- ]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.\-])(?:(?:tel|phone|mobile|qq|wx)[ :]?)?(?:(?:\+?|00)86[- ]?)?"
    r"(?:\(1[3-9][0-9]\) ?[0-9]{4}[- ]?[0-9]{4}|1[3-9][0-9](?:[- ]?[0-9]{4}[- ]?[0-9]{4}|([./_])[0-9]{4}\1[0-9]{4}"
    r"|[- ][0-9]{5}[- ][0-9]{3}|[0-9]{3}[- ][0-9]{5})|1 [3-9](?: [0-9]){9})"
    r"(?![0-9A-Za-z])(?!\s*[元万亿吨米平%])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]{3}|1 [3-9] ")
"""In every ID and mobile number: looked for first, since megabytes of something else are passed over so."""
_SECRET = re.compile(r"绝密|机密(?!性)|[绝机秘] *密\s*[★☆]|密级\s*[:为]?\s*[绝机秘] *密")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－·•・"), "-") | {ord("\t"): " "}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_PRINTABLE = re.compile(rb"[ -~]{11,}")
_SECRET_BYTE = "密".encode()
_AROUND = 24
"""Bytes beside it in which the word would stand that it is part of."""
NOT_KEPT = "请删除后重新报送；本文件不存档，只登记收到时间和校验值"
_SHOWN = 20


class ContentStopped(InputRefused):
    """The file holds what this program must not keep: it is not archived, only its receipt is."""


def kinds_in(text: str) -> tuple[str, ...]:
    """Which kinds of forbidden content a text holds, as readers' words."""
    flat = _flat(text)
    found = []
    has_digits = _DIGITS.search(flat) is not None
    if has_digits and any(_is_id(_unbroken(match[0])) for match in _ID.finditer(flat)):
        found.append("公民身份号码")
    if has_digits and _MOBILE.search(flat):
        found.append("手机号码")
    if "密" in flat and _SECRET.search(flat):
        found.append("国家秘密标志或密级字样")
    return tuple(found)


def looks_like_id(text: str) -> bool:
    """Eighteen digits that are no valid ID number: let through, but worth a word to the unit."""
    return any(not _is_id(_unbroken(match[0])) for match in _ID.finditer(_flat(text)))


def _flat(text: str) -> str:
    """Half width, nothing invisible between characters, one kind of digit and one kind of dash."""
    flat = unicodedata.normalize("NFKC", folded(text))
    return flat if flat.isascii() else flat.translate(_DASHES | _digits_in(flat))


def _digits_in(text: str) -> dict[int, str]:
    others = {char for char in set(text) if char.isdecimal() and not char.isascii()}
    return {ord(char): str(unicodedata.decimal(char)) for char in others}


def _unbroken(number: str) -> str:
    return number.replace("-", "").replace(" ", "")


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
    faults = [Fault(place, f"含有{kind}", NOT_KEPT) for place, text in cells for kind in kinds_in(text)]
    if faults:
        raise ContentStopped(list(dict.fromkeys(faults))[:_SHOWN])


def stop_if_in_bytes(data: bytes, name: str) -> None:
    """The same for what cannot be opened, as far as its bytes are plain text."""
    for encoding in _ENCODINGS:
        for start in range(2 if encoding.startswith("utf-16") else 1):
            kinds = kinds_in(data[start:].decode(encoding, errors="replace"))
            if kinds:
                raise ContentStopped([Fault(Place(name), f"含有{kind}", NOT_KEPT) for kind in kinds])


def stop_if_printable(data: bytes, name: str) -> None:
    """The same for what is mostly no text at all, such as a picture: what of it could be typed, megabytes in a moment."""
    around = (data[max(at.start() - _AROUND, 0) : at.end() + _AROUND] for at in re.finditer(_SECRET_BYTE, data))
    text = b"\n".join([*_PRINTABLE.findall(data), *around]).decode(errors="replace")
    stop_if_found([(Place(name), text)])
