"""A number format's code → what a cell shows where that is not the number alone: 80%, 4/5, 8‰, 8成.

Only a bare % multiplies by a hundred; in quotes, after a backslash or !, in a currency's bracket it is a letter,
and it counts only in the section that a value is shown by (positive;negative;zero, or by conditions).
"""

import operator
import re
import unicodedata
from dataclasses import dataclass

_PIECE = re.compile(r'"[^"]*"?|[\\!].?|_.?|\*.?|\[[^\]]*\]|General|.', re.DOTALL | re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
_TELLS = re.compile(r"[%‰‱/⁄÷成折倍]|分之")
"""Letters beside a number that make it another one."""
_PLACES = re.compile(r"[0#?]|General", re.IGNORECASE)
_SECTIONS_OF_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a code: its condition, the letters before and after the number, how often % multiplies."""

    condition: tuple[str, float] | None
    before: str
    after: str
    percents: int
    has_places: bool
    is_text: bool


def tells(code: str) -> bool:
    """Whether a format with that code may show anything but the number."""
    return _TELLS.search(unicodedata.normalize("NFKC", code)) is not None


def shown_as(code: str, value: float) -> str | None:
    """What the sheet shows of a value, or None where it is the number itself. Never rounded: 0.804 by 0% is 80.4%."""
    section = _chosen([_section(part) for part in _parted(code)], value)
    if section is None:
        return None
    letters = unicodedata.normalize("NFKC", section.before + section.after)
    if section.percents:
        return f"{_plain(100**section.percents * value)}{'%' * section.percents}"
    if not _TELLS.search(letters):
        return None
    return f"{section.before}{_plain(value) if section.has_places else ''}{section.after}".strip()


def _plain(number: float) -> str:
    return f"{round(number, 6):.12g}"


def _parted(code: str) -> list[list[str]]:
    """The pieces of each section."""
    parts: list[list[str]] = [[]]
    for piece in _PIECE.findall(code):
        if piece == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _section(pieces: list[str]) -> _Section:
    condition, percents, has_places, is_text = None, 0, False, False
    beside = {False: "", True: ""}
    for piece in pieces:
        if match := _CONDITION.fullmatch(piece):
            condition = (match[1], float(match[2]))
        elif piece == "%":
            percents += 1
        elif _PLACES.fullmatch(piece):
            has_places = True
        elif piece == "@":
            is_text = True
        else:
            beside[has_places] += _letters(piece)
    return _Section(condition, beside[False], beside[True], percents, has_places, is_text)


def _letters(piece: str) -> str:
    """What a piece shows by itself; a bare slash, comma or point belongs to the number."""
    match piece[0]:
        case '"':
            return piece.strip('"')
        case "\\" | "!":
            return piece[1:]
        case "[":
            return piece[2:-1].partition("-")[0] if piece.startswith("[$") else ""
        case "_" | "*" | "/" | "," | ".":
            return ""
    return piece


def _chosen(sections: list[_Section], value: float) -> _Section | None:
    """The section that shows a number, as spreadsheets choose it; a text's own section never does."""
    numeric = [section for section in sections[:_SECTIONS_OF_NUMBERS] if not section.is_text]
    if not numeric:
        return None
    if not any(section.condition for section in numeric[:2]):
        by_sign = [numeric[0], numeric[1] if len(numeric) > 1 else numeric[0], numeric[-1 if len(numeric) > 2 else 0]]
        return by_sign[0 if value > 0 else 1 if value < 0 else 2]
    for section in numeric[:2]:
        if section.condition and _HOLDS[section.condition[0]](value, section.condition[1]):
            return section
    rest = [section for section in numeric if not section.condition]
    return rest[-1] if rest else None
