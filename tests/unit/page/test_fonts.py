"""What no font can show is printed by its code point."""

import pytest

from yuechi_report.page.fonts import SANS, SERIF, covered_characters, font_files, replace_uncovered


@pytest.mark.parametrize(
    ("text", "shown", "missing"),
    [
        ("岳池县12月31日前完成。", "岳池县12月31日前完成。", ()),
        ("●◐○△×①“〔〕·", "●◐○△×①“〔〕·", ()),
        ("好😀", "好〔U+1F600〕", ("😀",)),
        ("😀😀一🚑", "〔U+1F600〕〔U+1F600〕一〔U+1F691〕", ("😀", "🚑")),
        ("a\n\tb\u200b\u00ad", "a\n\tb\u200b\u00ad", ()),
        ("\u202e反", "〔U+202E〕反", ("\u202e",)),
        ("\ue000", "〔U+E000〕", ("\ue000",)),
        ("", "", ()),
    ],
    ids=["Chinese", "signs", "emoji", "twice and another", "blanks", "bidi control", "private use", "empty"],
)
def test_uncovered_characters_are_printed_by_number(text: str, shown: str, missing: tuple[str, ...]) -> None:
    """The text stays readable, and what was replaced is named once each, in order."""
    assert replace_uncovered(text) == (shown, missing)


def test_replacement_is_itself_covered() -> None:
    """Replacing twice changes nothing more."""
    once, _ = replace_uncovered("😀\u202e")
    assert replace_uncovered(once) == (once, ())


def test_both_fonts_are_installed() -> None:
    """Serif first, then sans, as the theme names them; both hold the common characters."""
    assert [path.is_file() for path in font_files()] == [True, True]
    assert (SERIF, SANS) == ("Noto Serif SC", "Noto Sans SC")
    assert {ord(char) for char in "岳池県县〇％"} <= covered_characters()
