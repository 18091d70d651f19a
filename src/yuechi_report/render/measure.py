"""How wide text is: an upper estimate in em, and where a run too long for its line may be broken."""

import unicodedata
from functools import lru_cache
from itertools import groupby

from yuechi_report.render.markdown import is_wide

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


def is_ideograph(char: str) -> bool:
    """Whether a character is Chinese writing, not punctuation: a line may break on either side."""
    return is_wide(char) and unicodedata.category(char) == "Lo"


def _clusters(run: str) -> list[str]:
    """Characters with the marks that stand on them."""
    result: list[str] = []
    for char in run:
        if result and unicodedata.category(char).startswith("M"):
            result[-1] += char
        else:
            result.append(char)
    return result
