"""The paragraph styles of a Word file: 公文 faces and sizes, named so that an office finds them in Word and WPS.

Faces are names only: 方正小标宋, 仿宋, 黑体 and 楷体 are on an office's machine; elsewhere the program falls back.
"""

from dataclasses import dataclass
from typing import Literal

from yuechi_report.page import theme

TITLE_FACE = "方正小标宋简体"
BODY_FACE = "仿宋_GB2312"
HEADING_FACE = "黑体"
SECOND_FACE = "楷体_GB2312"
LATIN_FACE = "Times New Roman"
LETTER_SIZE = 16.0
"""三号: the nearest size a Word user knows; the letters are set a quarter point closer, 28 to a line."""
_LETTER_TRACKING = -5
_SMALL = 0.75
_COMPACT_PITCH = 1.12
"""From line to line in a compact table, in sizes: what the PDF's tables come to, so that pages hold as many rows."""

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style. Sizes and distances in points; `pitch` 0 lets a line be as high as what it holds."""

    id: str
    name: str
    size: float
    pitch: float
    font: str = BODY_FACE
    alias: str = ""
    base: str = "Normal"
    next: str = ""
    align: Align = "left"
    first_chars: int = 0
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    bold: bool = False
    outline: int | None = None
    rule: str = ""
    rule_colour: str = "444444"
    tracking: int = 0
    colour: str = "auto"

    @property
    def own(self) -> bool:
        """Whether Word has no built-in style of that name."""
        return not self.name.isascii()


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """All styles of one layout, and the sizes tables are set in."""

    base: float
    pitch: float
    table: float
    compact: float
    paragraphs: tuple[Style, ...]


def style_sheet(layout: Literal["brief", "letter"]) -> StyleSheet:
    """The styles of a report (小四) or of a letter (三号)."""
    measures = theme.LAYOUTS[layout]
    base = LETTER_SIZE if layout == "letter" else measures.base
    tracking = _LETTER_TRACKING if layout == "letter" else 0
    text = _text(base, measures.pitch, tracking)
    return StyleSheet(
        base,
        measures.pitch,
        measures.table,
        measures.compact,
        (*text, *_headings(base, measures.pitch), *_tables(base, measures), *_margins(base)),
    )


def _text(base: float, pitch: float, tracking: int) -> tuple[Style, ...]:
    small = _SMALL * base
    title_size = 22.0 if base == LETTER_SIZE else 18.0
    return (
        Style("Normal", "Normal", base, pitch, align="both", tracking=tracking),
        Style("BodyText", "公文正文", base, pitch, align="both", first_chars=2, tracking=tracking),
        Style("Salutation", "主送机关", base, pitch, next="BodyText", tracking=tracking),
        Style("ListText", "公文列项", base, pitch, align="both", tracking=tracking),
        Style("Preformatted", "原样文字", 0.84 * base, 1.1 * base, HEADING_FACE, before=pitch / 2),
        Style("NoteRule", "附注线", small, 4.0, before=2.0, rule="bottom"),
        Style("NoteText", "附注", small, 1.2 * small, align="both", first_chars=2),
        Style("Title", "Title", title_size, 1.3 * title_size, TITLE_FACE, "公文标题", next="BodyText", align="center"),
        Style("Secrecy", "密级", base, pitch, HEADING_FACE),
        Style("RedHead", "发文机关标志", 36.0, 0, TITLE_FACE, align="center", before=70.0, colour="D0021B"),
        Style(
            "Number", "发文字号", base, pitch, align="center",
            before=2 * pitch, after=2 * pitch, rule="bottom", rule_colour="D0021B",
        ),
        Style("Attachment", "附件说明", base, pitch, align="left"),
        Style("Signature", "署名", base, pitch, align="center", keep_next=True),
        Style("Byline", "呈送行", 0.84 * base, 1.2 * base, align="center", before=pitch / 4, after=pitch / 6),
    )  # fmt: skip


def _headings(base: float, pitch: float) -> tuple[Style, ...]:
    """一、黑体，（一）楷体，1.仿宋: the built-in headings, so that Word and WPS show the document's outline."""
    faces = ((HEADING_FACE, "一级标题"), (SECOND_FACE, "二级标题"), (BODY_FACE, "三级标题"))
    last = (BODY_FACE, "")
    return tuple(
        Style(
            f"Heading{level}",
            f"heading {level}",
            base,
            pitch,
            face,
            alias,
            next="BodyText",
            first_chars=2 if base == LETTER_SIZE else 0,
            before=0.0 if base == LETTER_SIZE else pitch / 4,
            keep_next=True,
            bold=level == 3,
            outline=level - 1,
        )
        for level, (face, alias) in enumerate((*faces, last, last, last), 1)
    )


def _tables(base: float, layout: theme.TypeSizes) -> tuple[Style, ...]:
    small = _SMALL * base
    return (
        Style(
            "Caption", "caption", 0.84 * base, 1.2 * base, HEADING_FACE, "表题图题",
            align="center", before=0.5 * base, after=0.25 * base, keep_next=True,
        ),
        Style("TableText", "表格文字", layout.table, 1.3 * layout.table),
        Style("TableHead", "表格栏目", layout.table, 1.3 * layout.table, HEADING_FACE, align="center", keep_next=True),
        Style("CompactText", "表格文字（紧）", layout.compact, _COMPACT_PITCH * layout.compact),
        Style(
            "CompactHead", "表格栏目（紧）", layout.compact, _COMPACT_PITCH * layout.compact, HEADING_FACE,
            align="center", keep_next=True,
        ),
        Style("TableNote", "表注", small, 1.3 * small, align="both", before=0.25 * base),
        Style("TableGap", "表间", 2.5, 2.5),
        Style("Picture", "图", base, 0, align="center", before=0.5 * base, keep_next=True),
    )  # fmt: skip


def _margins(base: float) -> tuple[Style, ...]:
    small = _SMALL * base
    return (
        Style("Masthead", "版头", 0.88 * base, 1.2 * base, before=0.75 * base, rule="bottom"),
        Style("Header", "header", small, 1.4 * small, HEADING_FACE, align="center"),
        Style("Footer", "footer", small, 1.3 * base),
        Style("SectionEnd", "分节", 1.0, 1.0),
    )
