"""What the office wrote itself (data/text/<notice>/<quarter>.md): sections by its own headings, and its numbers checked.

The words are printed as written, never changed; a number that differs from the computed one is a finding
for the analyst. A heading that ends in （仅呈阅） stands in the leaders' edition only.
"""

import re
from dataclasses import dataclass

from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import LEADERS, Report

_HEADING = re.compile(r"#{1,6}\s+(?P<title>.+)")
_LEADERS_ONLY = "（仅呈阅）"
_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the office's text; the title is empty for words before the first heading."""

    title: str
    paragraphs: tuple[str, ...]
    leaders_only: bool = False


def sections(text: str) -> tuple[Section, ...]:
    """The parts of a text that have words, in its order; a paragraph ends at an empty line or a heading."""
    parts: list[tuple[str, list[str]]] = [("", [""])]
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line.strip())
        if heading:
            parts.append((heading["title"].strip(), [""]))
        elif line.strip():
            parts[-1][1][-1] += line.strip()
        else:
            parts[-1][1].append("")
    found = [(title, tuple(filter(None, paragraphs))) for title, paragraphs in parts]
    return tuple(
        Section(title.removesuffix(_LEADERS_ONLY), paragraphs, title.endswith(_LEADERS_ONLY))
        for title, paragraphs in found
        if paragraphs
    )


def office_words(report: Report) -> Prose:
    """十二、情况综述: each part under its heading, as written; nothing where the office wrote nothing."""
    shown = [one for one in sections(report.scope.text) if report.edition == LEADERS or not one.leaders_only]
    if not shown:
        return Prose(markdown="")
    lines = ["## 十二、情况综述"]
    number = 0
    for one in shown:
        if one.title:
            ordinal = _ORDINALS[number] if number < len(_ORDINALS) else str(number + 1)
            lines.append(f"### （{ordinal}）{escape_markdown(one.title)}")
            number += 1
        lines += [escape_markdown(paragraph) for paragraph in one.paragraphs]
    return Prose(markdown="\n\n".join(lines))
