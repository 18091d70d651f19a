"""Sizes and colours shared by tables, figures and both exporters.

Page geometry is GB/T 9704-2012: A4, type area 156 × 225 mm, top 37 mm, left 28 mm.
"""

from typing import Final

PAGE_WIDTH_MM: Final = 210.0
PAGE_HEIGHT_MM: Final = 297.0
MARGIN_TOP_MM: Final = 37.0
MARGIN_LEFT_MM: Final = 28.0
TYPE_WIDTH_MM: Final = 156.0
TYPE_HEIGHT_MM: Final = 225.0

INK: Final = "#1a1a1a"
GREY: Final = "#8a8a8a"
LIGHT: Final = "#d9d9d9"
"""Greys first: a page must read in black and white; colour only repeats what a sign says."""
# Okabe-Ito, safe for colour-blind readers.
BLUE: Final = "#0072b2"
ORANGE: Final = "#e69f00"
VERMILION: Final = "#d55e00"
GREEN: Final = "#009e73"
SKY: Final = "#56b4e9"
