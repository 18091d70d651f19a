"""How well some tokens fit a column: the costs by which rows of a flattened table are aligned."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from yuechi_report.notice.deadline_text import is_phrase, parse_deadline, resembles_deadline
from yuechi_report.notice.numerals import compact
from yuechi_report.notice.readings.lines.tokens import Token
from yuechi_report.notice.readings.responsibility import said_by_verbs
from yuechi_report.notice.unit_text import (
    begins_whole,
    goes_on,
    is_unit,
    resembles_person,
    resembles_units,
    split_units,
    unfinished,
)
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole

IMPOSSIBLE = 1000.0
BAD_FIT = 2.9  # a cell that costs so much does not fit its column: it is not taken

SENTENCE_END = re.compile('[。！？；…][”’"）)》]*$')
# role → (what no token at all costs, what one blank token costs)
_EMPTY: dict[ColumnRole, tuple[float, float]] = {
    ColumnRole.TEXT: (IMPOSSIBLE, IMPOSSIBLE),
    ColumnRole.DEADLINE: (1.5, 0.3),
    ColumnRole.START: (0.8, 0.0),
    ColumnRole.LEAD: (1.5, 0.7),
    ColumnRole.RESPONSIBLE: (1.4, 0.5),
    ColumnRole.COOPERATE: (0.5, 0.0),
    ColumnRole.LEADER: (1.2, 0.0),
    ColumnRole.CONTACT: (0.8, 0.0),
    ColumnRole.GOAL: (1.0, 0.0),
    ColumnRole.REMARK: (0.2, 0.0),
    ColumnRole.CATEGORY: (0.0, 0.3),
}
_EMPTY_OTHER = (0.6, 0.0)
_BLANK_INSIDE = 0.25
_LINES_MAX = {
    ColumnRole.DEADLINE: 3,
    ColumnRole.START: 3,
    ColumnRole.LEADER: 4,
    ColumnRole.CONTACT: 4,
    ColumnRole.CATEGORY: 3,
}
_LINES = 12
_TEXT_LINES = 80


def longest(role: ColumnRole) -> int:
    """How many tokens a column may take."""
    return _TEXT_LINES if role is ColumnRole.TEXT else _LINES_MAX.get(role, _LINES)


def cost(role: ColumnRole, tokens: Sequence[Token], after: Token | None) -> float:
    """What it costs to read the tokens as one cell of a column; `after` is the token behind them."""
    solid = [token for token in tokens if not token.blank]
    if not solid:
        absent, blank = _EMPTY.get(role, _EMPTY_OTHER)
        return absent if not tokens else blank + 0.2 * (len(tokens) - 1)
    if tokens[0].blank and role is not ColumnRole.TEXT:
        return IMPOSSIBLE  # an empty cell, and then another
    blanks = _BLANK_INSIDE * (len(tokens) - len(solid))
    closed = 3.0 * sum(token.closed for token in solid[:-1])  # a bar ended the cell before
    return (
        blanks
        + closed
        + _FITS.get(role, _free)(role, tuple(token.text for token in solid), after.text if after else "")
    )


def _free(role: ColumnRole, texts: tuple[str, ...], after: str) -> float:  # noqa: ARG001 - one signature for all
    """Text of any kind: dearer the more lines it takes that look like other cells."""
    first, further = (0.0, 0.12) if role is ColumnRole.TEXT else (0.1, 0.3)
    total = first + _looks_other(texts[0], role)
    for before, text in pairwise(texts):
        total += further + _looks_other(text, role) + 0.5 * bool(SENTENCE_END.search(before.rstrip()))
        if len(before.strip()) < 12 and not before.rstrip().endswith(("，", "、", ",")):
            total += 0.3
    if role is ColumnRole.TEXT and len(texts) > 1 and not SENTENCE_END.search(texts[-1].rstrip()):
        total += 0.1
    return total


@lru_cache(maxsize=100_000)
def _looks_other(text: str, role: ColumnRole) -> float:
    if len(text) > 60:
        return 0.0
    if role is ColumnRole.REMARK:
        return 0.1
    if is_phrase(text):
        return 1.5
    return 1.0 if _unit_names(text) and len(compact(text)) <= 40 and not SENTENCE_END.search(text) else 0.0


@lru_cache(maxsize=100_000)
def _unit_names(text: str) -> bool:
    names = split_units(text).names
    return bool(names) and resembles_units(text) and all(map(is_unit, names))


def _deadline(role: ColumnRole, texts: tuple[str, ...], after: str) -> float:  # noqa: ARG001
    joined = "".join(text.strip() for text in texts)
    further = 0.1 * (len(texts) - 1)
    deadline, _ = parse_deadline(joined, base_year=2000) if len(joined) <= 40 else (None, ())
    if deadline is not None and deadline.kind != "unresolved":
        return further
    if is_phrase(joined):
        return 0.1 + further
    if _unit_names(joined) or any(map(_unit_names, texts)) or any(map(SENTENCE_END.search, texts[:-1])):
        return 4.0
    if resembles_deadline(joined):
        return 0.4 + further + 1.0 * (len(texts) > 1 and is_phrase(texts[0]))
    return 1.4 + further if len(compact(joined)) <= 12 and not SENTENCE_END.search(joined) else 4.0


def _units(role: ColumnRole, texts: tuple[str, ...], after: str) -> float:
    joined = "\n".join(texts)
    if len(joined) > 2000:
        return IMPOSSIBLE
    if said_by_verbs(joined) is not None:
        return 0.05 * len(texts)  # 县教育局牵头，县公安局配合
    total = 0.0
    for before, text in pairwise(texts):
        if is_phrase(text) or is_phrase(before) or SENTENCE_END.search(before.rstrip()):
            total += 4.0
        if goes_on(before, text):
            continue
        names = split_units(before).names
        whole = bool(names) and is_unit(names[-1]) and len(split_units(f"{before}\n{text}").names) > len(names)
        total += (1.0 if role is ColumnRole.LEAD else 0.8) if whole else 0.05
        total += 1.0 * (not whole and begins_whole(text))
    if not resembles_units(joined):
        total += 3.0 if resembles_person(joined) else 4.0
    total += sum(0.8 for name in split_units(joined).names if not is_unit(name))
    if after and goes_on(joined, after):
        total += 3.0
    elif unfinished(joined):
        total += 0.5
    return total


def _persons(role: ColumnRole, texts: tuple[str, ...], after: str) -> float:  # noqa: ARG001
    return 0.4 * (len(texts) - 1) + sum(0.0 if resembles_person(text) else 2.0 for text in texts)


def _category(role: ColumnRole, texts: tuple[str, ...], after: str) -> float:  # noqa: ARG001
    joined = "".join(texts)
    odd = 1.5 * _unit_names(joined) + 2.0 * is_phrase(joined) + 2.0 * bool(SENTENCE_END.search(joined))
    return 0.3 * len(texts) + odd + (2.0 if len(joined) > 45 else 0.0)


_Fit = Callable[[ColumnRole, tuple[str, ...], str], float]
_UNIT_FITS: dict[ColumnRole, _Fit] = dict.fromkeys(UNIT_ROLES, _units)
_FITS: dict[ColumnRole, _Fit] = _UNIT_FITS | {
    ColumnRole.DEADLINE: _deadline,
    ColumnRole.START: _deadline,
    ColumnRole.LEADER: _persons,
    ColumnRole.CATEGORY: _category,
}
