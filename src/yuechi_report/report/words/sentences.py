"""Small grammar of official sentences: lists, task references, zero, one and many."""

import re
from collections.abc import Sequence

from yuechi_report.domain.progress import ProgressEntry
from yuechi_report.page.labels import quarter_label
from yuechi_report.report.context import Report

_DIGITS = "〇一二三四五六七八九"
_SHORTEST = 6
_OPENS = re.compile("(经|因|由于|鉴于|根据|按照|如|若|虽|是先|除)")
"""A clause that begins so states nothing without the next one."""
_TURNS = re.compile("(还是|或|但|却|而|否则|不过|只是)")
"""A clause that begins so changes what the one before it says."""


def numeral(number: int) -> str:
    """一, 十, 十二, 二十: a number below a hundred, as headings count."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def brief_title(title: str, length: int = 14) -> str:
    """The short title; where it is longer than `length`, its first part with 等, or cut."""
    short = short_title(title)
    if len(short) <= length:
        return short
    first = re.split("[、和]", short)[0]
    return f"{first}等" if 4 <= len(first) < length else f"{short[: length - 1]}…"


def few(names: Sequence[str], most: int = 4) -> str:
    """县住建局、县税务局; more than `most` names: the first of them 等, for the number stands before."""
    return "、".join(names[:most]) + ("等" if len(names) > most else "")


def rate(part: int, whole: int) -> str:
    """6/15（40%）: the number before the rate."""
    return f"{part}/{whole}（{100 * part / whole:.0f}%）"


def numbered(lines: Sequence[str]) -> str:
    """Paragraphs 1. 2. 3. as escaped Markdown; a single one bears no number, and nothing comes of none."""
    if len(lines) == 1:
        return lines[0]
    return "\n\n".join(f"{number}\\.{line}" for number, line in enumerate(lines, start=1))


def short_title(title: str) -> str:
    """The title without its opening 推进, for narrow cells; short titles stay whole."""
    stripped = title.removeprefix("推进")
    return stripped if len(stripped) >= 4 else title


def quoted(text: str) -> str:
    """In “ ”, with inner quotes as ‘ ’ (GB/T 15834)."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def listed_tasks(numbers: Sequence[int], most: int | None = None) -> str:
    """任务7、25; of more than `most` the first ones and their number: 任务6、7、9等12项."""
    listed = f"任务{'、'.join(map(str, numbers[:most]))}"
    return listed if most is None or len(numbers) <= most else f"{listed}等{len(numbers)}项"


def counted_list(parts: Sequence[tuple[str, int]]) -> str:
    """无实质进展、未报送各1项 / 无实质进展2项、未报送1项."""
    numbers = {number for _, number in parts}
    if len(parts) > 1 and len(numbers) == 1:
        return f"{'、'.join(word for word, _ in parts)}各{numbers.pop()}项"
    return "、".join(f"{word}{number}项" for word, number in parts)


def told_progress(report: Report, entry: ProgressEntry | None, length: int) -> str:
    """What the unit said, with the quarter where it said so earlier; a dash where it said nothing."""
    if entry is None or not entry.progress:
        return "—"
    earlier = entry.quarter != report.scope.period.quarter
    return (f"（{quarter_label(entry.quarter)}填报）" if earlier else "") + clipped(entry.progress, length)


def clipped(text: str, length: int) -> str:
    """The text up to the end of a clause near `length` characters, so that what stays still states a fact.

    A sentence's end goes before a comma, and a clause that runs a little over before a far shorter text; only
    where no clause ends in reach the text is cut with an ellipsis.
    """
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    ends = [index for index in range(length * 5 // 4 + 1) if _is_end(flat, index)]
    full = [index for index in ends if flat[index] in "。；" and length // 2 <= index < length]
    near = [index for index in ends if length // 2 <= index < length]
    over = [index for index in ends if index >= length]
    early = [index for index in ends if max(_SHORTEST, length // 4) <= index < length // 2]
    for found in (full[-1:], near[-1:], over[:1], early[-1:]):
        if found:
            return f"{flat[: found[0]]}。"
    return f"{flat[: length - 1]}…"


def _is_end(flat: str, index: int) -> bool:
    """Whether the text may stop before the mark at `index`: a whole statement, no bracket or quotation open."""
    if index >= len(flat) or flat[index] not in "。；，" or not _closed(flat[:index]):
        return False
    if flat[index] != "，":
        return True
    clause = re.split("[。；，：]", flat[:index])[-1]
    return not _OPENS.match(clause) and not _TURNS.match(flat[index + 1 :])


def whole_clauses(text: str, length: int) -> str:
    """As many whole clauses as fit in `length` characters; nothing where not even the first does."""
    found = clipped(text, length)
    return "" if found.endswith("…") or len(found) > length + 1 else found


def _closed(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in ("（）", "“”", "《》", "〔〕"))
