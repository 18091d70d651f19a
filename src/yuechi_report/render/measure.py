"""How wide text is: an upper estimate in em, and where a run too long for its line may be broken."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from yuechi_report.page.table import Cell, Table

_LATIN_EM = (
    {"W": 1.06}
    | dict.fromkeys("MQmw%&@", 1.0)
    | dict.fromkeys("ijlI.,:;'|!()[]{} ", 0.42)
    | dict.fromkeys("0123456789", 0.57)
)

_CAPITAL_EM = 0.86
_OTHER_LATIN_EM = 0.67
"""Advance widths in the wider of both fonts, rounded up."""
_KEPT = 8192
"""So many measured texts are remembered: the same ones are set on every medium."""


@lru_cache(_KEPT)
def width_em(text: str) -> float:
    """The width of one line of text, never less than either font's; a Chinese character is 1."""
    return sum(map(_char_em, text))


def _char_em(char: str) -> float:
    if not char.isascii():
        return 1.0
    return _LATIN_EM.get(char, _CAPITAL_EM if char.isupper() else _OTHER_LATIN_EM)


def row_lines(cells: Sequence[Cell], room_em: Sequence[float]) -> float:
    """About how many lines a row takes whose cells have that much room."""
    return max(width_em(cell.shown) / em + cell.text.count("\n") for cell, em in zip(cells, room_em, strict=True))


@lru_cache(_KEPT)
def longest_run_em(text: str) -> float:
    """The width of the longest piece that no line may break by itself."""
    return max((width_em(run) for run in _runs(text) if not _breaks_freely(run[0])), default=0.0)


def pieces(text: str, line_em: float) -> list[tuple[str, bool]]:
    """The text in pieces, true for those cut: only a run wider than the line is cut into characters."""
    result: list[tuple[str, bool]] = []
    for run in _runs(text):
        if width_em(run) > line_em and not _breaks_freely(run[0]):
            result += [(cluster, True) for cluster in _clusters(run)]
        elif result and not result[-1][1]:
            result[-1] = (result[-1][0] + run, False)
        else:
            result.append((run, False))
    return result


def _runs(text: str) -> list[str]:
    """Alternately text that breaks anywhere (Chinese, spaces) and runs that do not (Latin, signs)."""
    return ["".join(chars) for _, chars in groupby(text, key=_breaks_freely)]


def _breaks_freely(char: str) -> bool:
    return char.isspace() or is_ideograph(char)


def is_wide(char: str) -> bool:
    """Whether a character takes a full square in Chinese text (quotes and dashes do)."""
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’—…·"


def is_ideograph(char: str) -> bool:
    """Whether a character is Chinese writing, not punctuation: a line may break on either side."""
    return is_wide(char) and unicodedata.category(char) == "Lo"


def _clusters(run: str) -> list[str]:
    """Characters with the marks set on them."""
    result: list[str] = []
    for char in run:
        if result and unicodedata.category(char).startswith("M"):
            result[-1] += char
        else:
            result.append(char)
    return result


_SHORT_EM = 4.0
"""A word of up to four characters is kept on one line (县公安局, 牵头单位)."""
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_DAY_EM = 5.1
"""So is a day (12月31日), with the space that is set between figures and characters."""
_LONGEST_KEPT_EM = 8.0
_ROUNDING_EM = 1e-6


def column_widths(table: Table, total_em: float, inset_em: float) -> tuple[float, ...]:
    """Widths in em that add up to the total; `inset_em` is the padding of a cell, both sides."""
    texts = [[column.title, *(row[index].shown for row in table.rows)] for index, column in enumerate(table.columns)]
    needs = [max(_need_em(line) for text in column for line in text.split("\n")) + inset_em for column in texts]
    if sum(needs) >= total_em:
        return tuple(need * total_em / sum(needs) for need in needs)
    natural = [max(map(width_em, column)) + inset_em for column in texts]
    return _shared(_weights(table, natural, total_em), needs, total_em)


def _need_em(line: str) -> float:
    whole = width_em(line)
    if whole <= _SHORT_EM:
        return whole
    if _DAY.fullmatch(line):
        return _DAY_EM
    return min(max(longest_run_em(line), 2.0), _LONGEST_KEPT_EM)


def _weights(table: Table, natural: list[float], total_em: float) -> list[float]:
    """The table's own shares; where it states none, equal ones if every line fits, else measured, the long damped."""
    stated = [column.width for column in table.columns]
    if len(set(stated)) > 1 or max(natural) <= total_em / len(natural):
        return stated
    fits = sum(natural) <= total_em + _ROUNDING_EM
    return natural if fits else [width**0.5 for width in natural]


def _shared(weights: list[float], needs: list[float], total_em: float) -> tuple[float, ...]:
    """The total by weight; a column below its need gets the need, and the others share what is left."""
    fixed: dict[int, float] = {}
    while True:
        free = [index for index in range(len(weights)) if index not in fixed]
        rest = total_em - sum(fixed.values())
        scale = rest / sum(weights[index] for index in free) if free else 0.0
        short = {index: needs[index] for index in free if weights[index] * scale < needs[index]}
        if not short:
            return tuple(fixed.get(index, weight * scale) for index, weight in enumerate(weights))
        fixed |= short
