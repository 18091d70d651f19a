"""Numbers in front of a text: 一、 （一） 1. (1) ① 任务1： — their style, their value and what follows."""

import re
from dataclasses import dataclass
from enum import StrEnum

from yuechi_report.notice.numerals import compact, ordinal


class MarkStyle(StrEnum):
    """How a number is printed; the order is that of an official text, outermost first."""

    CHAPTER = "一、"
    SECTION = "（一）"
    POINT = "1."
    SUB = "（1）"
    CIRCLE = "①"
    NAMED = "任务1："


DEPTH = {
    style: index
    for index, style in enumerate(
        [MarkStyle.CHAPTER, MarkStyle.SECTION, MarkStyle.POINT, MarkStyle.SUB, MarkStyle.CIRCLE]
    )
}
_CHINESE = "[一二三四五六七八九十百零〇]{1,7}"
_DIGITS = "[0-9０-９]{1,4}"
_CODE = re.compile("[A-Z]-?[0-9]{1,4}|[A-Z]?[0-9]{1,3}(?:[-—–.][0-9]{1,3}){1,3}")
_MARKS: tuple[tuple[MarkStyle, re.Pattern[str]], ...] = (
    (
        MarkStyle.NAMED,
        re.compile(
            rf"\s*(?:第\s*)?(?:[整改重点工作]{{0,4}}(?:任务|事项|问题|项目|措施|举措|议题)|案例)\s*[（(]?({_CHINESE}|{_DIGITS}|[①-⑳])[)）]?\s*(?:[：:、.．]|[ \u3000]+)\s*"
        ),
    ),
    (
        MarkStyle.NAMED,
        re.compile(rf"\s*第\s*({_CHINESE}|{_DIGITS})\s*[项件](?:任务|工作|问题)?\s*[：:、.． \u3000]\s*"),
    ),
    (
        MarkStyle.NAMED,
        re.compile(
            rf"\s*[【［\[]\s*(?:[整改重点工作]{{0,4}}(?:任务|事项|问题|项目|措施|举措|议题))\s*({_CHINESE}|{_DIGITS})\s*[】］\]]\s*[：:]?\s*"
        ),
    ),
    (MarkStyle.CHAPTER, re.compile(rf"\s*({_CHINESE})\s*(?:、|[.．﹒,，](?![0-9]))\s*")),
    (MarkStyle.SECTION, re.compile(rf"\s*[（(〔]\s*({_CHINESE})\s*[）)〕]\s*[、.．]?\s*")),
    (MarkStyle.SUB, re.compile(rf"\s*(?:[（(〔]\s*({_DIGITS})\s*[）)〕]|({_DIGITS})[）)])\s*[、.．]?\s*")),
    (MarkStyle.POINT, re.compile(rf"\s*({_DIGITS})\s*(?:[、．﹒]|\.(?![0-9])|\.(?=(?:19|20)[0-9]{{2}}年))\s*")),
    (MarkStyle.CIRCLE, re.compile(r"\s*([①-⑳])\s*[、.．]?\s*")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in front of a text: `printed` without blanks, `rest` is the text behind it."""

    style: MarkStyle
    number: int
    printed: str
    rest: str


def mark_of(text: str) -> Mark | None:
    """The mark a text begins with, or None."""
    for style, pattern in _MARKS:
        match = pattern.match(text)
        if match is None:
            continue
        digits = next(group for group in match.groups() if group)
        number = ord(digits) - ord("①") + 1 if "①" <= digits <= "⑳" else ordinal(digits)
        if number is not None:
            return Mark(style, number, _printed(style, match[0], digits), text[match.end() :])
    return None


def _printed(style: MarkStyle, whole: str, digits: str) -> str:
    """The number as a register shows it: （一） stays, 1. and 任务1： are 1."""
    if style in {MarkStyle.SECTION, MarkStyle.SUB}:
        return compact(whole).rstrip("、.").strip()
    return compact(digits)


def number_in(cell: str) -> int | None:
    """The number of a cell that holds a number and nothing else: 1, 1., （一）, 一、, ①; else None."""
    bare = compact(cell[:20])
    if re.fullmatch("[①-⑳]", cell.strip()):
        return ord(cell.strip()) - ord("①") + 1
    match = re.fullmatch(rf"第?[(〔]?({_CHINESE}|[0-9]{{1,4}})[)〕]?[项号]?[、.,]?", bare)
    return ordinal(match[1]) if match else None


def code_in(cell: str) -> str:
    """The number of a cell that counts in levels or by letters, as printed: 1-2, 3.1, A05; else nothing."""
    bare = compact(cell[:20])
    return bare if _CODE.fullmatch(bare) else ""
