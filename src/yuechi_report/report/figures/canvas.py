"""The canvas of a figure: one matplotlib drawing in millimetres, written once as SVG.

SVG keeps text as text and carries neither date nor random ids, so equal data give equal bytes. Nothing
is laid out by trial drawing (no tight bounding box, no layout engine): every place is reckoned.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from yuechi_report.page import theme
from yuechi_report.page.fonts import SANS, font_files
from yuechi_report.page.text import printable

_MM_PER_INCH = 25.4
_MM_PER_POINT = _MM_PER_INCH / 72
TEXT_PT = 7.0
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width, height in mm."""

_SETTINGS: Any = {
    "font.family": SANS,
    "svg.fonttype": "none",
    "svg.hashsalt": "yuechi-report",
    "axes.unicode_minus": False,
}


@cache
def _register_fonts() -> None:
    for path in font_files():
        font_manager.fontManager.addfont(path)


def warm_up() -> None:
    """Draw something small, so that a process forked from this one finds fonts and the SVG writer loaded."""
    canvas = Canvas(20, 10)
    canvas.write((1, 5), "预热 2024", boxed=True)
    canvas.rules([((0, 0), (1, 1))])
    canvas.svg()


def width_mm_of(words: str, size_pt: float = TEXT_PT) -> float:
    """How wide the words are set, in mm: a Chinese character 1 em, anything narrow at most 0.6 em."""
    return sum(1.0 if ord(char) > 0x2000 else 0.6 for char in words) * size_pt * _MM_PER_POINT


def _shown(words: str) -> str:
    """The words with every character our font has not, a control character too, printed as 〔U+1F600〕."""
    font = font_manager.get_font(font_files()[1])
    return printable(words, {char for char in words if not font.get_char_index(ord(char))})


@contextmanager
def _everybodys_settings() -> Iterator[None]:
    """Matplotlib as it comes, with our settings: what a user's matplotlibrc says changes no figure."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


class Canvas:
    """A blank drawing; the origin is the upper left corner, y grows downwards. What is put on it is drawn by `svg`."""

    def __init__(self, width_mm: float, height_mm: float) -> None:
        _register_fonts()
        self.width_mm = width_mm
        self.height_mm = round(height_mm, 2)
        self._put: list[Callable[[Axes], object]] = []

    def write(
        self,
        at: Point,
        words: str,
        *,
        align: Literal["left", "center", "right"] = "left",
        colour: str = theme.INK,
        boxed: bool = False,
    ) -> None:
        """Words on one line, centred on `at` vertically; `boxed` puts white behind them."""
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.7} if boxed else None
        self._put.append(
            lambda axes: axes.text(
                *at,
                _shown(words),
                parse_math=False,
                ha=align,
                va="center",
                color=colour,
                fontsize=TEXT_PT,
                fontfamily=SANS,
                bbox=box,
                zorder=4,
            )
        )

    def rules(
        self,
        lines: Sequence[tuple[Point, Point]],
        *,
        colour: str = theme.INK,
        width_pt: float = 0.6,
        dashes: Literal["-", "--", ":"] = "-",
    ) -> None:
        """Straight lines of one kind, as one artist."""
        self._draw_lines(lines, colors=colour, linewidths=width_pt, linestyles=dashes, zorder=1)

    def fill(self, shape: Path, *, colour: str, hatch: str = "", edge: str = theme.INK, width_pt: float = 0.6) -> None:
        """Closed shapes of one kind, as one artist."""

        def draw(axes: Axes) -> None:
            patch = PathPatch(shape, facecolor=colour, hatch=hatch, edgecolor=edge, linewidth=width_pt, zorder=2)
            patch.set_hatch_linewidth(0.6)
            axes.add_patch(patch)

        self._put.append(draw)

    def strokes(self, lines: Sequence[tuple[Point, Point]]) -> None:
        """Thick upright strokes with a white rim, over everything filled, as two artists."""
        for colour, width_pt in (("white", 3.0), (theme.INK, 1.6)):
            self._draw_lines(lines, colors=colour, linewidths=width_pt, zorder=3)

    def _draw_lines(self, lines: Sequence[tuple[Point, Point]], **style: Any) -> None:
        self._put.append(lambda axes: axes.add_collection(LineCollection(lines, **style), autolim=False))

    def svg(self) -> str:
        """The drawing; it is drawn here, once."""
        buffer = io.StringIO()
        with _everybodys_settings():
            figure = Figure(figsize=(self.width_mm / _MM_PER_INCH, self.height_mm / _MM_PER_INCH))
            axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
            axes.set_axis_off()
            axes.set(xlim=(0, self.width_mm), ylim=(self.height_mm, 0))
            for draw in self._put:
                draw(axes)
            figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return buffer.getvalue()


def boxes(found: Sequence[Box]) -> Path:
    """Rectangles as one shape."""
    paths = [
        Path([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], closed=True) for x, y, w, h in found if w and h
    ]
    return Path.make_compound_path(*paths)
