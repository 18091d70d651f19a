"""Characters that only look like the common ones, as text copied from a PDF has them: folded for comparing.

A PDF's text layer often holds ⽉ (the radical, U+2F49) where the page shows 月, characters without width
between others, and no-break spaces. They look right and match nothing. Punctuation and width are left alone.
"""

import re
import unicodedata

# Radicals whose glyph is that of a whole character; Unicode has no compatibility mapping for most of them.
_RADICALS = "⺂⺃⺅⺉⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺠⺡⺣⺤⺦⺨⺭⺯⺰⺱⺹⺺⺾⻂⻄⻅⻆⻈⻉⻋⻌⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰⻱⻲㇐㇑"
_WHOLE = "乛乚亻刂尣尢巳幺彑彐忄扌攵旡日月歺民氵灬爫丬犭礻糹纟罓耂肀艹衤西见角讠贝车辶钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐齿竜龙龜亀一丨"
_COMPATIBLE = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
"""Radicals and compatibility ideographs: of these Unicode itself says what they stand for."""

_LOOK_ALIKE = {ord(radical): whole for radical, whole in zip(_RADICALS, _WHOLE, strict=True)} | {
    code: whole
    for block in _COMPATIBLE
    for code in block
    if len(whole := unicodedata.normalize("NFKC", chr(code))) == 1 and whole != chr(code)
}
_INVISIBLE = dict.fromkeys(
    (0xAD, 0x034F, 0x061C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)), ""
)
_BLANK = dict.fromkeys((0xA0, 0x202F, 0x205F, *range(0x2000, 0x200B)), " ")
_SEEN_AS_ONE = _LOOK_ALIKE | _INVISIBLE
_ODD = frozenset(map(chr, _SEEN_AS_ONE | _BLANK))
_BLANKS = f"[{''.join(map(chr, _BLANK))}]+"
_BESIDE = re.compile(f"(?<=[\u4e00-\u9fff]){_BLANKS}|{_BLANKS}(?=[\u4e00-\u9fff])")
"""Blanks of a PDF beside a Chinese character part nothing."""
_KINDS = ((_LOOK_ALIKE, "部首字形"), (_INVISIBLE, "零宽字符"), (_BLANK, "不间断空格"))
_SHOWN = 5


def folded(text: str) -> str:
    """The text with common characters in place of those that look alike, none without width, plain spaces."""
    if text.isascii() or _ODD.isdisjoint(text):
        return text
    return _BESIDE.sub("", text.translate(_SEEN_AS_ONE)).translate(_BLANK)


def odd_characters(text: str) -> str:
    """What `folded` would change, for a reader: “⽉⼀”等部首字形、零宽字符; empty where there is nothing.

    Blanks around a text are nobody's concern.
    """
    odd = dict.fromkeys(char for char in text.strip() if char in _ODD)
    words = [word for table, word in _KINDS if any(ord(char) in table for char in odd)]
    shown = "".join(char for char in odd if ord(char) in _LOOK_ALIKE)[:_SHOWN]
    return (f"“{shown}”等" if shown else "") + "、".join(words)
