"""The fonts that pages are set in: Noto Serif SC and Noto Sans SC, installed by pip under the OFL."""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn

from yuechi_report.page.text import printable

SERIF = "Noto Serif SC"
SANS = "Noto Sans SC"


def font_folder() -> Path:
    """The folder that holds both font files."""
    return pylopdf_fonts_zh_cn.serif_path().parent


def font_files() -> tuple[Path, Path]:
    """The font files, serif first."""
    return pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()


@cache
def covered_characters() -> frozenset[int]:
    """Code points that both fonts can show."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import, wanted only when a page is made

    maps = []
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            maps.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*maps)


@cache
def machine_font_files(families: frozenset[str]) -> tuple[Path, ...]:
    """The machine's files of these families, as the PDF's typesetter finds them; sorted."""
    import typst  # noqa: PLC0415 - slow to import, wanted only where suite.yml names a face

    found = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    return tuple(sorted({Path(font.path) for font in found if font.family in families and font.path}))


_ALWAYS = frozenset("\n\t\u200b\u2060\u00ad")


@cache
def _shown() -> frozenset[str]:
    return frozenset(map(chr, covered_characters())) | _ALWAYS


def warm_up() -> None:
    """Read which characters the fonts have, so that a process forked from this one need not."""
    _shown()


def replace_uncovered(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with every character no font has printed as 〔U+1F600〕, and the characters replaced."""
    missing = set(text) - _shown()
    return printable(text, missing), tuple(char for char in dict.fromkeys(text) if char in missing)
