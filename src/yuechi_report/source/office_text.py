"""What the office wrote itself (data/text/<notice>/<quarter>.md): its parts, and which the leaders alone may read.

A heading marked （仅呈阅）, in whatever brackets and however it is set, keeps its part and every heading below it
out of the units' edition. A line that says 仅呈阅 and is no such heading is told, and its part is kept out too.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yuechi_report.settings.text_file import read_text

_MARK = "仅呈阅"
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_BETWEEN = rf"[\s{_UNSEEN}*_`~\\]*"
"""What may stand between the signs of the mark: blanks, characters that are not seen, emphasis."""

_BRACKETED = re.compile(
    _BETWEEN.join(
        ("", r"[（(﹙［\[【〔『「〖{｛<《〈]", *_MARK, r"[）)﹚］\]】〕』」〗}｝>》〉]", r"(?:[。．.：:；;，,、]|$)?")
    )
)
_HIDDEN = re.compile(_BETWEEN.removesuffix("*") + "+")
_HASHES = re.compile(rf"[\s{_UNSEEN}]*(?P<hashes>[#＃﹟]+)(?P<title>.*)")
_BEGINS_A_TITLE = re.compile(r"\s|[^\W\d_]|[（(【\[〔《“*]")
"""What may stand right after #, so that #1号楼 stays a word; a blank always may."""

_CLOSING_HASHES = re.compile(r"\s+[#＃﹟]+\s*$")
_UNDERLINE = re.compile(r"[ \u3000]{0,3}(?:[=＝]{2,}|[-－]{2,})\s*")
_FENCE = re.compile(r"\s{0,3}(?P<fence>```+|~~~+)")
_NO_TITLE = tuple("。；！？：，;!?:,")
"""A line that ends so, and is underlined, is a sentence above a rule."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One part of the office's text; the title is empty for words before the first heading."""

    title: str
    paragraphs: tuple[str, ...]
    leaders_only: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """One line, or a heading's two; `level` is 0 for what is no heading."""

    number: int
    text: str
    level: int = 0
    is_underlined: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether the mark is in it, however it is written."""
        return _MARK in unicodedata.normalize("NFKC", _HIDDEN.sub("", self.text))

    @property
    def is_stray(self) -> bool:
        """Whether the mark is in it where it means nothing for certain: in a sentence, or without brackets."""
        return self.is_marked and not (self.level and _BRACKETED.search(self.text))


@dataclass(slots=True)
class _Part:
    """A part while it is read."""

    title: str
    leaders_only: bool
    paragraphs: list[str] = field(default_factory=lambda: [""])

    def add(self, line: str) -> None:
        """A paragraph ends at an empty line."""
        if line:
            self.paragraphs[-1] += line
        else:
            self.paragraphs.append("")


def read_office_text(path: Path) -> str:
    """The file's text, nothing where there is none; ParameterError where it cannot be read."""
    return read_text(path) if path.is_file() else ""


def written(text: str) -> tuple[Remark, ...]:
    """The parts of a text that have words, in its order; a paragraph ends at an empty line or a heading."""
    parts = [(part, tuple(filter(None, part.paragraphs))) for part in _parts(list(_lines(text)))]
    return tuple(Remark(part.title, paragraphs, part.leaders_only) for part, paragraphs in parts if paragraphs)


def stray_marks(text: str) -> tuple[tuple[int, str], ...]:
    """Number and words of every line that says 仅呈阅 and is not a heading with the mark in brackets."""
    return tuple((line.number, line.text.strip()) for line in _lines(text) if line.is_stray)


def _parts(lines: Sequence[_Line]) -> list[_Part]:
    """`shut` is the heading under which the leaders' own words stand; they end at the next one that is not below it."""
    parts, heading, shut = [_Part("", leaders_only=False)], _Line(0, ""), None
    for line in lines:
        if line.level:
            heading = line
            shut = None if shut is not None and _ends(line, shut) else shut
            parts.append(_Part(_title(line), leaders_only=shut is not None))
        else:
            parts[-1].add(line.text.strip())
        if line.is_marked:
            shut = heading if shut is None or heading.level < shut.level else shut
            parts[-1].leaders_only = True
    return parts


def _ends(line: _Line, shut: _Line) -> bool:
    """Whether a heading ends what another began; under one with # an underlined line may be words above a rule."""
    return line.level <= shut.level and (shut.is_underlined or not line.is_underlined)


def _title(line: _Line) -> str:
    """The heading without the mark, and without the emphasis that was set around it."""
    title = _BRACKETED.sub("", line.text)
    if title != line.text and title.count("**") % 2:
        title = title.strip("*_ ")
    return title.strip()


def _lines(text: str) -> Iterator[_Line]:
    """What stands in a fenced block is no heading; nor does it end what the leaders alone may read."""
    rows, fence, skipped = text.removeprefix("\ufeff").splitlines(), "", 0
    for number, row in enumerate(rows, start=1):
        found = _FENCE.match(row)
        if found and (not fence or found["fence"].startswith(fence)):
            fence = "" if fence else found["fence"]
        if number == skipped:
            continue
        level, title = (0, row) if fence or found else _heading(row)
        above, below = rows[number - 2 : number - 1], rows[number : number + 1]
        underlined = not (level or fence or found) and _is_underlined(row, "".join(above), "".join(below))
        if underlined:
            level, skipped = (1 if set("=＝") & set(below[0]) else 2), number + 1
        yield _Line(number, title, level, underlined)


def _heading(row: str) -> tuple[int, str]:
    """Level and title of a line that begins with #; 0 for #1号楼, which is a number without a blank."""
    found = _HASHES.fullmatch(row)
    if found is None or not found["title"].strip():
        return 0, row
    title = _CLOSING_HASHES.sub("", found["title"])
    if not _BEGINS_A_TITLE.match(title) and not _BRACKETED.search(title):
        return 0, row
    return len(found["hashes"]), title.strip()


def _is_underlined(row: str, above: str, below: str) -> bool:
    """Whether a line is a heading because of the line below it: one alone that is no sentence, or a marked one."""
    if not row.strip() or _UNDERLINE.fullmatch(below) is None:
        return False
    if _BRACKETED.search(row):
        return True
    stands_alone = not above.strip() or bool(_heading(above)[0])
    return stands_alone and not row.strip().endswith(_NO_TITLE)
