from datetime import date

import pytest

from yuechi_report.notice.numerals import compact, ordinal, printed_day, with_digits, years_in


def test_compact_makes_half_width_and_drops_white_space() -> None:
    """Full-width digits, no-break and full-width spaces and line ends disappear; the words stay."""
    assert compact("２０２４\u00a0年\u3000１２\n月") == "2024年12月"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二四年十二月", "2024年12月"),
        ("二○二四年二十一日", "2024年21日"),
        ("二零二四年", "2024年"),
        ("二O二四年", "2024年"),
        ("第三季度", "第3季度"),
        ("十月三十一号", "10月31号"),
        ("2024年1二月", "2024年1二月"),
        ("一二月", "一二月"),
        ("十十月", "十十月"),
        ("一体化", "一体化"),
    ],
)
def test_chinese_numerals_of_dates_become_digits(text: str, expected: str) -> None:
    """Only well-formed numerals before 年, 月, 日, 号 and 季度 change; a mixture is left alone."""
    assert with_digits(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("一", 1), ("十", 10), ("三十七", 37), ("一百零一", 101), ("一百〇一", 101), ("８０", 80), ("37", 37)],
)
def test_ordinals_are_read(text: str, expected: int) -> None:
    """Chinese, full-width and plain numbers count."""
    assert ordinal(text) == expected


@pytest.mark.parametrize("text", ["", "一二", "十十", "2024年版", "市、区", "1.5", "十" * 1000])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    """Anything but one well-formed number is None."""
    assert ordinal(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年9月23日", date(2024, 9, 23)),
        (" 二〇二四年九月二十三日 ", date(2024, 9, 23)),
        ("2024年9月31日", None),
        ("2024年9月23日印发", None),
    ],
)
def test_a_printed_day_is_the_whole_line(text: str, expected: date | None) -> None:
    """A line that is a day and nothing else is that day."""
    assert printed_day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某县行动事项（2024年版）清单", (2024,)),
        ("2022年11—12月清单", (2022,)),
        ("规划（2024—2026年）", (2024, 2026)),
        ("2024年至2026年规划", (2024, 2026)),
        ("2023、2024年清单", (2023, 2024)),
        ("二〇二五年清单", (2025,)),
        ("〔2023〕2号", ()),
        ("20259年", ()),
    ],
)
def test_years_of_a_title(text: str, expected: tuple[int, ...]) -> None:
    """Every year followed by 年 counts once, both ends of a range too."""
    assert years_in(text) == expected
