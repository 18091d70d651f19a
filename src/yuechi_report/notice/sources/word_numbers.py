"""Automatic numbers of Word paragraphs, which are not in their text: （一）, 1. and the like, counted again."""

import re
from typing import Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from yuechi_report.notice.numerals import in_chinese

_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
    }
)
_STYLES_MAX = 20  # a style may be based on itself in a broken file
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DECIMAL = frozenset({"decimal", "decimalFullWidth", "decimalZero"})


class Numbering:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, word: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        try:
            part = word.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {each.get(qn("w:abstractNumId")): each for each in part.iterchildren(qn("w:abstractNum"))}
        for number in part.iterchildren(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            definition = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            for level in definition.iterchildren(qn("w:lvl")) if definition is not None else ():
                self._levels[number.get(qn("w:numId")), int(level.get(qn("w:ilvl")) or 0)] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1")),
                )

    def mark(self, paragraph: Paragraph) -> str:
        """The number in front of a paragraph as printed; empty where it has none (or only a bullet)."""
        numbered = _numbered(paragraph)
        if numbered is None:
            return ""
        number_id = str(numbered.numId.val)
        level = int(numbered.ilvl.val) if numbered.ilvl is not None else 0
        known = self._levels.get((number_id, level))
        if known is None:
            return ""
        counts = self._counts.setdefault(number_id, {})
        counts[level] = counts.get(level, known[2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return re.sub("%([1-9])", lambda match: self._figure(number_id, int(match[1]) - 1, counts), known[1])

    def _figure(self, number_id: str, level: int, counts: dict[int, int]) -> str:
        form, _, start = self._levels.get((number_id, level), ("decimal", "", 1))
        count = counts.get(level, start)
        if form in _CHINESE:
            return in_chinese(count)
        if form == "decimalEnclosedCircle" and count <= len(_CIRCLED):
            return _CIRCLED[count - 1]
        return str(count) if form in _DECIMAL else ""


def _numbered(paragraph: Paragraph) -> Any:
    """The numbering of a paragraph, its own or else its style's; None where it has none."""
    properties: Any = paragraph._p.pPr  # noqa: SLF001 - python-docx has no public name for it
    style: Any = paragraph.style
    steps = 0
    while properties is None or properties.numPr is None or properties.numPr.numId is None:
        if style is None or steps > _STYLES_MAX:
            return None
        properties, style, steps = style.element.pPr, getattr(style, "base_style", None), steps + 1
    return properties.numPr


def _value(level: Any, tag: str, default: str) -> str:
    found = level.find(qn(tag))
    return default if found is None else found.get(qn("w:val")) or default
