"""Evidence (佐证材料): what a unit names as proof, and what it is worth on the day it came in (domain.md §2.2 rule 3)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache


class Proof(IntEnum):
    """What the evidence of one entry is worth; more is better."""

    NONE = 0  # the cell is empty, or says no more than 无, —, 有, 略, 见附件
    UNCLEAR = 1  # there is text, but neither a number nor a day that has come: 佐证待补
    GIVEN = 2  # a document number, or a day that has come


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence, as the door parted the cell."""

    name: str
    number: str = ""
    dated: str = ""

    @property
    def text(self) -> str:
        """The piece as it is written in the cell."""
        return "/".join(part for part in (self.name, self.number, self.dated) if part)


def proof_of(pieces: Sequence[Evidence], received_on: date) -> Proof:
    """The worth of a cell, however it was parted: wherever in it the number or the day stands."""
    return _proof("；".join(piece.text for piece in pieces), received_on) if pieces else Proof.NONE


_SAYS_NOTHING = re.compile(r"(无|有|略|见附件)*")

_NOT_WORDS = re.compile(r"[\W_]+")

_DOCUMENT_NUMBER = re.compile(
    r"[〔\[(【]\s*\d{4}\s*[〕\])】]\s*第?\s*\d+\s*号"  # 岳公积金〔2025〕7号
    r"|第\s*[\d一二三四五六七八九十百]+\s*[期号]"  # 第5期
    r"|编号\s*[:为是]?\s*[A-Za-z0-9〔\[(]"  # 编号：A12
)

_DAY = re.compile(
    r"(?P<year>\d{4})\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})"
    r"|(?<!\d)(?P<year_8>20\d\d)(?P<month_8>\d\d)(?P<day_8>\d\d)(?!\d)"
    r"|(?P<year_only>\d{4})\s*年\s*(?P<month_only>\d{1,2})\s*月"
    r"|(?<!\d)(?P<month_bare>\d{1,2})\s*月\s*(?P<day_bare>\d{1,2})\s*日"
)

_STILL_TO_COME = re.compile(r"(预计|拟|将于|待补)[^,。;、\n/()]{0,4}$")
"""A day after such a word, in the same clause, is announced and not proved."""

_CHINESE_NUMBER = re.compile(
    r"([〇○零一二三四五六七八九]+|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=\s*[年月日])"
)

_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@lru_cache(maxsize=4096)  # the same cell is asked about by several rules
def _proof(cell: str, received_on: date) -> Proof:
    text = unicodedata.normalize("NFKC", cell)
    if _SAYS_NOTHING.fullmatch(_NOT_WORDS.sub("", text)):
        return Proof.NONE
    text = _CHINESE_NUMBER.sub(_in_digits, text)
    if _DOCUMENT_NUMBER.search(text):
        return Proof.GIVEN
    has_come = any(
        day <= received_on and not _STILL_TO_COME.search(text[:place]) for place, day in _days_in(text, received_on)
    )
    return Proof.GIVEN if has_come else Proof.UNCLEAR


def _in_digits(match: re.Match[str]) -> str:
    """二〇二四 → 2024, 十二 → 12, 二十 → 20."""
    if "十" not in match[0]:
        return match[0].translate(_NUMERALS)
    tens, _, ones = match[0].translate(_NUMERALS).partition("十")
    return str(10 * int(tens or 1) + int(ones or 0))


def _days_in(text: str, received_on: date) -> Iterator[tuple[int, date]]:
    """Each day the text names, with its place: a month is its first day."""
    for match in _DAY.finditer(text):
        year = match["year"] or match["year_8"] or match["year_only"]
        month = match["month"] or match["month_8"] or match["month_only"] or match["month_bare"]
        day = match["day"] or match["day_8"] or match["day_bare"] or "1"
        try:
            yield match.start(), _dated(year, int(month), int(day), received_on)
        except ValueError:  # 2024年13月: no day at all
            continue


def _dated(year: str | None, month: int, day: int, received_on: date) -> date:
    """Without a year the last such day up to the receipt is meant."""
    if year:
        return date(int(year), month, day)
    this_year = date(received_on.year, month, day)
    return this_year if this_year <= received_on else date(received_on.year - 1, month, day)
