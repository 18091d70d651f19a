"""Width, white space and Chinese numerals, normalised for matching only: prose is kept as written."""

import re
import unicodedata
from datetime import date

_DIGITS = "〇一二三四五六七八九"
_NUMERAL_MAX = 60  # no longer text is a number or a day
_ZEROS = str.maketrans("○O0零", "〇〇〇〇")  # how a zero is typed inside a year such as 二〇二四
_YEAR = re.compile(rf"(?<![{_DIGITS}○O零0-9])[{_DIGITS}○O零0]{{4}}(?=年)")
_COUNT = re.compile(rf"(?<![{_DIGITS}十0-9])[{_DIGITS}十]{{1,3}}(?=月|日|号|季度)")
_ORDINAL = re.compile(r"[一二三四五六七八九十百零〇]{1,7}|[0-9]{1,4}")
_DAY = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")
_PLAIN_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=学?年)")
_YEAR_RANGE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}年?(?:[-—–―~]+|[至到、和及])(?=(?:19|20)[0-9]{2}学?年)")


def compact(text: str) -> str:
    """NFKC (full width becomes half width) without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def with_digits(text: str) -> str:
    """Compact text whose Chinese numerals before 年, 月, 日 and 季度 are digits: 二〇二四年十二月 → 2024年12月."""
    text = _YEAR.sub(_year_digits, compact(text))
    return _COUNT.sub(lambda match: _digits_of(match[0]), text)


def ordinal(text: str) -> int | None:
    """三十七 or 37 → 37; None for anything that is not one whole number."""
    bare = compact(text[:_NUMERAL_MAX])
    if _ORDINAL.fullmatch(bare) is None:
        return None
    digits = _digits_of(bare)
    return int(digits) if digits.isascii() else None


def in_chinese(number: int) -> str:
    """37 → 三十七, for numbers below a hundred; the digits for others."""
    if not 0 < number < 100:
        return str(number)
    tens, units = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
    return ten + (_DIGITS[units] if units else "")


def printed_day(text: str) -> date | None:
    """The day where the whole text is one (2024年9月23日 or in Chinese numerals), else None."""
    match = _DAY.fullmatch(with_digits(text)) if len(text) <= _NUMERAL_MAX else None
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def years_in(text: str) -> tuple[int, ...]:
    """Every year of the text once, in order; both ends of a range such as 2024—2026年."""
    plain = with_digits(text)
    found = [*_YEAR_RANGE.finditer(plain), *_PLAIN_YEAR.finditer(plain)]
    in_order = sorted(found, key=lambda match: match.start())
    return tuple(dict.fromkeys(int(match[0][:4]) for match in in_order))


def _year_digits(match: re.Match[str]) -> str:
    return "".join(str(_DIGITS.index(digit)) for digit in match[0].translate(_ZEROS))


def _digits_of(numeral: str) -> str:
    """The numeral in digits; unchanged where cn2an, in its strict mode, does not accept it."""
    import cn2an  # noqa: PLC0415 - a quarter second to import, and only a notice is read with it

    if numeral.isascii():
        return numeral

    try:
        return str(cn2an.cn2an(numeral.replace("〇", "零"), "strict"))
    except ValueError:
        return numeral
