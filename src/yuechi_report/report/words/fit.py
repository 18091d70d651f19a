"""What fits on a line of a report: the set width of a text, and the first of several forms that is short enough."""

import re
from collections.abc import Sequence

LINE_EM = 36.85
"""Characters on a line of a report: 156 mm in 12 pt (docs/adr/0007)."""
_INDENT_EM = 2.0
_RAGGED_EM = 0.5
"""What a line may lose at its end, where a figure goes to the next line together with its unit."""
_SCRIPTS_MEET = re.compile("(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")
_MARKS = "，。；：、（）“”《》〔〕？！"
_MARKS_MEET = re.compile("[，。；：、）”》〕](?=[，。；：、（“《〔）”》〕])|[（“《〔](?=[（“《〔])")


def width_em(text: str) -> float:
    """The set width of text as justified lines leave it: marks and the space between scripts shrink.

    A Chinese character is 1, a figure 0.56, a mark 0.8, two marks in a row half a character less.
    """
    plain = text.replace("\\", "").replace("**", "")
    scripts, pairs = len(_SCRIPTS_MEET.findall(plain)), len(_MARKS_MEET.findall(plain))
    return sum(map(_char_em, plain)) + 0.15 * scripts - 0.3 * pairs


def _char_em(char: str) -> float:
    if char in _MARKS:
        return 0.8
    return 0.56 if char.isascii() else 1.0


def fits(text: str, lines: int) -> bool:
    """Whether a paragraph takes at most that many lines of a report."""
    return _INDENT_EM + width_em(text) <= lines * (LINE_EM - _RAGGED_EM)


def first_fitting(texts: Sequence[str], lines: int) -> str:
    """The first text that takes at most that many lines; the last, shortest one where none does."""
    return next((text for text in texts if fits(text, lines)), texts[-1])
