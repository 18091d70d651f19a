"""Evidence as domain.md §2.2 rule 3 has it, from the text of the cell."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

_NUMBERED = re.compile(
    r"[〔\[(【]\s*\d{4}\s*[〕\])】]\s*第?\s*\d+\s*号|第\s*[\d一二三四五六七八九十百]+\s*[期号]|编号\s*[:为是]?\s*[A-Za-z0-9〔\[(]"
)
_DATED = re.compile(
    r"(?P<y>\d{4})\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})"
    r"|(?<!\d)(?P<y2>20\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)"
    r"|(?P<y3>\d{4})\s*年\s*(?P<m3>\d{1,2})\s*月"
    r"|(?<!\d)(?P<m4>\d{1,2})\s*月\s*(?P<d4>\d{1,2})\s*日"
)
_TO_COME = re.compile(r"(预计|拟|将于|待补)[^,。;、\n/()]{0,4}$")
_DIGITS = "〇一二三四五六七八九"


def _number(word: re.Match[str]) -> str:
    text = word[0].replace("○", "〇").replace("零", "〇")
    if "十" not in text:
        return "".join(str(_DIGITS.index(sign)) for sign in text)
    tens, _, ones = text.partition("十")
    return str(10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0))


def _days_named(text: str, received: date) -> Iterable[tuple[int, date]]:
    """Every day the text names with its place; without a year the last such day up to the receipt is meant."""
    for match in _DATED.finditer(text):
        parts = [match[name] for name in ("y", "m", "d", "y2", "m2", "d2", "y3", "m3", "m4", "d4") if match[name]]
        numbers = [int(part) for part in parts]
        try:
            if match["m4"]:
                day = date(received.year, *numbers)
                yield match.start(), day if day <= received else date(received.year - 1, *numbers)
            else:
                yield match.start(), date(*([*numbers, 1])[:3])
        except ValueError:
            continue


def evidence_kind(cell: str, received: date) -> str:
    """§2.2 rule 3: 佐证 (a document number or a date not later than the receipt and not after 预计, 拟, 将于, 待补),
    佐证待补 (text without either), or nothing ("empty or holds only 无, —, 有, 略, 见附件").
    """
    text = unicodedata.normalize("NFKC", cell)
    if re.fullmatch(r"(无|有|略|见附件)*", re.sub(r"[\W_]+", "", text)):
        return ""
    text = re.sub(r"[〇○零一二三四五六七八九十]+(?=\s*[年月日])", _number, text)
    if _NUMBERED.search(text):
        return "佐证"
    dated = any(day <= received and not _TO_COME.search(text[:at]) for at, day in _days_named(text, received))
    return "佐证" if dated else "佐证待补"
