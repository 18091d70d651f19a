"""Column widths of a table: the shares it states, or measured ones, none below what its words need."""

import re

from yuechi_report.page.table import Table
from yuechi_report.render.measure import longest_run_em, width_em

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
    needs = [max(map(_need_em, column)) + inset_em for column in texts]
    if sum(needs) >= total_em:
        return _scaled(needs, total_em)
    natural = [max(map(width_em, column)) + inset_em for column in texts]
    return _shared(_weights(table, natural, total_em), needs, total_em)


def _need_em(text: str) -> float:
    return max(map(_line_need_em, text.split("\n")))


def _line_need_em(text: str) -> float:
    whole = width_em(text)
    if whole <= _SHORT_EM:
        return whole
    if _DAY.fullmatch(text):
        return _DAY_EM
    return min(max(longest_run_em(text), 2.0), _LONGEST_KEPT_EM)


def _weights(table: Table, natural: list[float], total_em: float) -> list[float]:
    """The table's own shares; where it states none: equal ones if every line fits, else measured ones.

    Where not every text fits on one line, long columns are damped, or they would starve the others.
    """
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


def _scaled(widths: list[float], total_em: float) -> tuple[float, ...]:
    return tuple(width * total_em / sum(widths) for width in widths)
