"""Strings → what the Typst template sets: lines of pieces, uncovered characters replaced and remembered."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from yuechi_report.page.fonts import replace_uncovered
from yuechi_report.render.content import Span
from yuechi_report.render.measure import is_ideograph, pieces, width_em

Piece: TypeAlias = str | list[str]
"""Text; or ["kept", text]: no line breaks inside, but one may on either side; ["spaced", text]: the
same after the quarter space that stands between Chinese and figures."""
Line: TypeAlias = list[Piece]

_NUMBER = re.compile(r"\d[\d.,]*%?[年月日时分项家件天个期次种人名户条份届批号季周岁元万亿起处所台辆位号][：；]?")
"""A figure with its unit; a colon or semicolon after it too, before which a line might break (UAX 14, NS)."""
_LONGEST_KEPT_SHARE = 0.5


@dataclass(slots=True)
class TypstText:
    """The one door every string of a document passes; `replaced` grows as uncovered characters are met."""

    replaced: dict[str, None] = field(default_factory=dict)

    def covered(self, text: str) -> str:
        """The text in characters the fonts have: others as 〔U+1F600〕, line ends one kind, tabs a space."""
        normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        shown, missing = replace_uncovered(normal)
        self.replaced |= dict.fromkeys(missing)
        return shown

    def lines(self, text: str, line_em: float) -> list[Line]:
        """The text as lines; runs wider than `line_em` are cut, a figure keeps its unit (6项, 12月)."""
        return [_line(line, line_em) for line in self.covered(text).split("\n")]

    def spans(self, spans: Iterable[Span], line_em: float) -> list[dict[str, object]]:
        """Spans with their style; of the targets only addresses outside the page are kept."""
        return [
            {
                "text": self.lines(span.text, line_em),
                "strong": span.strong,
                "emphasis": span.emphasis,
                "target": span.target if span.target.startswith("http") else "",
            }
            for span in spans
        ]


def _line(text: str, line_em: float) -> Line:
    line: Line = []
    for piece, cut in pieces(text, line_em):
        line += [["kept", piece]] if cut else _kept(piece, line_em)
    return line


def _kept(text: str, line_em: float) -> Iterator[Piece]:
    start = 0
    for found in _NUMBER.finditer(text):
        if width_em(found[0]) > line_em * _LONGEST_KEPT_SHARE:
            continue
        if before := text[start : found.start()]:
            yield before
        spaced = found.start() > 0 and is_ideograph(text[found.start() - 1])
        yield ["spaced" if spaced else "kept", found[0]]
        start = found.end()
    if text[start:]:
        yield text[start:]
