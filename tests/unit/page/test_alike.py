"""Characters from a PDF's text layer: folded for comparing, and named."""

import pytest

from yuechi_report.page.alike import folded, odd_characters

case = pytest.param


@pytest.mark.parametrize(
    ("text", "common"),
    [
        case("2024年9⽉23⽇", "2024年9月23日", id="Kangxi radicals"),
        case("乡镇⼈⺠政府", "乡镇人民政府", id="a radical Unicode has no mapping for"),
        case("⻋⻔⻢⻓⻩⻰", "车门马长黄龙", id="simplified radicals"),
        case("㇐、交通", "一、交通", id="a stroke"),
        case("\uf9dc", "\u9686", id="a compatibility ideograph"),
        case("县\u200b人\u200d社\ufeff局\u2060", "县人社局", id="without width"),
        case("推\u00ad进中", "推进中", id="a soft hyphen"),
        case("县\u00a0公\u2009安局", "县公安局", id="no-break spaces between Chinese characters"),
        case("12月\u00a017\u202f日", "12月17日", id="no-break spaces beside them"),
        case("A\u00a01", "A 1", id="no-break spaces between others"),
        case("（一），Ａ１　全角", "（一），Ａ１　全角", id="width and punctuation stay"),
    ],
)
def test_look_alikes_become_the_common_characters(text: str, common: str) -> None:
    """What looks the same is the same; nothing else changes."""
    assert folded(text) == common


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("⼈⺠政府", "“⼈⺠”等部首字形"),
        ("县\u200b人", "零宽字符"),
        ("⽉\u200b\u00a0日", "“⽉”等部首字形、零宽字符、不间断空格"),
        ("\u00a0县人社局\u00a0", ""),
        ("普通文字，Ａ", ""),
    ],
)
def test_what_was_odd_is_named(text: str, words: str) -> None:
    """By kind, with the look-alikes themselves; blanks around a text are nobody's concern."""
    assert odd_characters(text) == words
