"""Pictures as bytes: their size, the fonts an SVG asks for, and the figure of a foreign notebook."""

import re
import struct
from typing import Literal

from yuechi_report.page.figure import Figure
from yuechi_report.page.fonts import SANS, SERIF
from yuechi_report.page.theme import TYPE_WIDTH_MM

MM_PER_INCH = 25.4
_UNITS_PER_INCH = {"": 96.0, "px": 96.0, "pt": 72.0, "mm": 25.4, "cm": 2.54, "in": 1.0}
_FAMILY = re.compile(
    r"""font-family\s*[:=]\s*["']?\s*['"]?([^;,'"<>]+)|font\s*:\s*[^;<>]*?\d[a-z%]+\s+['"]?([^;,'"<>]+)"""
)
_KNOWN = {SANS, SERIF, "sans-serif", "serif", "inherit"}
_SIZE = {axis: re.compile(rf'<svg\b[^>]*?\s{axis}="([\d.]+)([a-z]*)"') for axis in ("width", "height")}


def unknown_families(svg: str) -> tuple[str, ...]:
    """The first families an SVG asks for that no page is set in; a renderer would guess instead."""
    asked = ((first or second).strip() for first, second in _FAMILY.findall(svg))
    return tuple(dict.fromkeys(family for family in asked if family not in _KNOWN))


def foreign_figure(content: bytes, suffix: Literal["svg", "png"]) -> Figure:
    """A figure without our JSON: its own size, at most the type width, and a plain statement as alt."""
    width, height = _svg_size_mm(content) if suffix == "svg" else _png_size_mm(content)
    scale = min(1.0, TYPE_WIDTH_MM / width)
    return Figure(
        name="foreign",
        caption="",
        alt="原笔记本中的图，未附文字说明",
        width_mm=round(width * scale, 2),
        height_mm=round(height * scale, 2),
    )


def _png_size_mm(content: bytes) -> tuple[float, float]:
    width, height = struct.unpack(">II", content[16:24])
    return width / 96 * MM_PER_INCH, height / 96 * MM_PER_INCH


def _svg_size_mm(content: bytes) -> tuple[float, float]:
    text = content.decode(errors="replace")
    width, height = (_length_mm(pattern.search(text)) for pattern in _SIZE.values())
    return width or TYPE_WIDTH_MM, height or TYPE_WIDTH_MM * 0.6


def _length_mm(found: re.Match[str] | None) -> float:
    if found is None or found[2] not in _UNITS_PER_INCH:
        return 0.0
    return float(found[1]) / _UNITS_PER_INCH[found[2]] * MM_PER_INCH
