"""Sizes and colours of every page; its geometry is GB/T 9704-2012: A4, type area 156 × 225 mm, top 37, left 28 mm."""

from dataclasses import dataclass
from typing import Final

PAGE_WIDTH_MM: Final = 210.0
PAGE_HEIGHT_MM: Final = 297.0
TYPE_WIDTH_MM: Final = 156.0
TYPE_HEIGHT_MM: Final = 225.0
MM_PER_POINT: Final = 25.4 / 72
LINES_KEPT_TOGETHER: Final = 18
"""A table row of more lines may be split across pages, since it might fit on none."""
INK: Final = "#1a1a1a"
GREY: Final = "#8a8a8a"
LIGHT: Final = "#d9d9d9"
"""Greys first: a page must read in black and white; colour only repeats what a sign says."""
# Okabe-Ito, safe for colour-blind readers.
BLUE: Final = "#0072b2"
ORANGE: Final = "#e69f00"
VERMILION: Final = "#d55e00"
SKY: Final = "#56b4e9"


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Type sizes in points; `pitch` is from line to line, the template derives all else from `base`."""

    base: float
    pitch: float
    table: float
    compact: float
    inset_em: float = 0.4
    """Padding on either side of a cell, in the cell's own type size."""


LAYOUTS: Final = {
    "brief": TypeSizes(base=12.0, pitch=16.5, table=10.5, compact=9.5),
    "letter": TypeSizes(base=15.75, pitch=TYPE_HEIGHT_MM / MM_PER_POINT / 22, table=13.0, compact=11.0),
}
"""A letter has 22 lines of 28 characters (GB/T 9704-2012)."""
