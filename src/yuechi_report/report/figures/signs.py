"""Signs, fills and the legend that all figures share; colour only repeats what a sign or hatch says."""

from collections.abc import Collection

from yuechi_report.page import theme
from yuechi_report.page.headlines import SIGN_WORDS
from yuechi_report.report.context import Report
from yuechi_report.report.figures.canvas import Box, Canvas, boxes, width_mm_of

FILLS = {
    "settled": (theme.BLUE, ""),
    "ordinary": ("#ffffff", ""),
    "attention": (theme.SKY, "||||"),
    "warning": (theme.ORANGE, "////"),
    "overdue": (theme.VERMILION, "xxxx"),
}
INKS = {
    "settled": theme.BLUE,
    "ordinary": theme.INK,
    "attention": "#0b6e99",
    "warning": "#8a5a00",
    "overdue": "#b03a00",
}
"""Signs are text, so their colours are dark enough to be read on white."""

_SWATCH_MM = 5.0
_GAP_MM = 5.0
LEGEND_MM = 5.0
"""Height a legend takes."""


def signs_of(report: Report) -> dict[str, str]:
    """The office's sign of each kind."""
    return dict(report.scope.office.signs)


def write_sign_legend(canvas: Canvas, report: Report, kinds: Collection[str], *, top: float, more: str = "") -> None:
    """The signs used and what they mean, centred on one line; `more` explains what else is drawn."""
    signs = signs_of(report)
    parts = [(f"{signs[kind]}{word}", INKS[kind]) for kind, word in SIGN_WORDS.items() if kind in kinds]
    parts += [(more, theme.INK)] if more else []
    x = (canvas.width_mm - sum(width_mm_of(words) + _GAP_MM for words, _ in parts) + _GAP_MM) / 2
    for words, colour in parts:
        canvas.write((x, top + LEGEND_MM / 2), words, colour=colour)
        x += width_mm_of(words) + _GAP_MM


def write_fill_legend(canvas: Canvas, report: Report, kinds: Collection[str], *, top: float) -> None:
    """The fills used with their signs and words, centred on one line."""
    signs = signs_of(report)
    parts = [(kind, f"{signs[kind]}{word}") for kind, word in SIGN_WORDS.items() if kind in kinds]
    x = (canvas.width_mm - sum(width_mm_of(words) + _SWATCH_MM + 1 + _GAP_MM for _, words in parts) + _GAP_MM) / 2
    for kind, words in parts:
        fill_kind(canvas, kind, [(x, top + 1.3, _SWATCH_MM, LEGEND_MM - 2.6)])
        canvas.write((x + _SWATCH_MM + 1, top + LEGEND_MM / 2), words)
        x += width_mm_of(words) + _SWATCH_MM + 1 + _GAP_MM


def fill_kind(canvas: Canvas, kind: str, found: list[Box]) -> None:
    """Rectangles in a kind's fill."""
    if found:
        colour, hatch = FILLS[kind]
        canvas.fill(boxes(found), colour=colour, hatch=hatch)
