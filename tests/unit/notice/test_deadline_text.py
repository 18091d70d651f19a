"""The spec table of deadline phrases (domain.md §4), and what holds for any text whatsoever."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yuechi_report.domain.deadline import (
    Deadline,
    DueBy,
    NoDeadline,
    Ongoing,
    OngoingMode,
    Recurring,
    Tracking,
    Unresolved,
)
from yuechi_report.notice.deadline_text import is_phrase, parse_deadline, resembles_deadline

BASE = 2023  # a common year, so that 29 February tells leap years apart
INFERRED = ("year_inferred",)
MAINTAIN, ADVANCE = Ongoing(OngoingMode.MAINTAIN), Ongoing(OngoingMode.ADVANCE)


def due(text: str, milestone: str = "") -> DueBy:
    """A fixed day, written short."""
    return DueBy(date.fromisoformat(text), milestone)


SPEC: list[tuple[str, Deadline, tuple[str, ...]]] = [
    # the notice's own
    ("2024年12月", due("2024-12-31"), ()),
    ("2024年6月", due("2024-06-30"), ()),
    ("2024年9月", due("2024-09-30"), ()),
    ("常态化持续实施", MAINTAIN, ()),
    ("持续推进", ADVANCE, ()),
    ("持续跟踪", Tracking(), ()),
    ("——", NoDeadline(), ()),
    # year given
    ("2024年2月", due("2024-02-29"), ()),
    ("2024年12月底", due("2024-12-31"), ()),
    ("2024年12月底前", due("2024-12-31"), ()),
    ("2024年12月底之前完成", due("2024-12-31"), ()),
    ("2024年11月份", due("2024-11-30"), ()),
    ("2024年10月末前", due("2024-10-31"), ()),
    ("2024年底前", due("2024-12-31"), ()),
    ("2024年年底前", due("2024-12-31"), ()),
    ("2024年底前完成", due("2024-12-31"), ()),
    ("2024年内", due("2024-12-31"), ()),
    ("到2025年底", due("2025-12-31"), ()),
    ("2024年第一季度", due("2024-03-31"), ()),
    ("2024年三季度末前", due("2024-09-30"), ()),
    ("2024年上半年", due("2024-06-30"), ()),
    ("2024年5月8日", due("2024-05-08"), ()),
    ("2024年5月8日前", due("2024-05-08"), ()),
    ("2024年5月8号以前", due("2024-05-08"), ()),
    ("2024-05-08", due("2024-05-08"), ()),
    ("2024.5.8前", due("2024-05-08"), ()),
    ("2024年3月上旬", due("2024-03-10"), ()),
    ("2024年全年", due("2024-12-31"), ("whole_year",)),
    # year to be taken from the notice
    ("9月底前", due("2023-09-30"), INFERRED),
    ("11月底完成", due("2023-11-30"), INFERRED),
    ("11月底前完成", due("2023-11-30"), INFERRED),
    ("3月上旬前", due("2023-03-10"), INFERRED),
    ("4月中旬前", due("2023-04-20"), INFERRED),
    ("2月下旬前", due("2023-02-28"), INFERRED),
    ("6月15日前", due("2023-06-15"), INFERRED),
    ("年底前", due("2023-12-31"), INFERRED),
    ("年底", due("2023-12-31"), INFERRED),
    ("年内", due("2023-12-31"), INFERRED),
    ("今年底前", due("2023-12-31"), INFERRED),
    ("全年", due("2023-12-31"), ("year_inferred", "whole_year")),
    ("第二季度", due("2023-06-30"), INFERRED),
    ("四季度", due("2023-12-31"), INFERRED),
    ("上半年", due("2023-06-30"), INFERRED),
    ("下半年", due("2023-12-31"), INFERRED),
    # milestones
    ("6月底前动工", due("2023-06-30", "动工"), INFERRED),
    ("10月投入使用", due("2023-10-31", "投入使用"), INFERRED),
    ("2024年3月底前开工建设", due("2024-03-31", "开工建设"), ()),
    # recurring
    ("每月", Recurring(1), ()),
    ("每月5日前", Recurring(1), ()),
    ("每个月", Recurring(1), ()),
    ("每季度", Recurring(3), ()),
    ("每季度末", Recurring(3), ()),
    ("每半年", Recurring(6), ()),
    ("每年", Recurring(12), ()),
    ("每年年底前", Recurring(12), ()),
    # ongoing and tracking
    ("常态化", MAINTAIN, ()),
    ("常态化推进", MAINTAIN, ()),
    ("常态化开展", MAINTAIN, ()),
    ("长期坚持", MAINTAIN, ()),
    ("长期", MAINTAIN, ()),
    ("持续稳步推进", ADVANCE, ()),
    ("立行立改", ADVANCE, ()),
    ("按时序进度", ADVANCE, ()),
    ("按照序时进度推进", ADVANCE, ()),
    ("长期跟踪", Tracking(), ()),
    # none
    ("—", NoDeadline(), ()),
    ("-", NoDeadline(), ()),
    ("——————", NoDeadline(), ()),
    ("－－", NoDeadline(), ()),
    ("无", NoDeadline(), ()),
    ("", NoDeadline(), ()),
    (" \u00a0\u3000\n", NoDeadline(), ()),
    # width, white space, Chinese numerals, a full stop
    ("２０２４年１２月", due("2024-12-31"), ()),
    ("2024年 12月\n底前", due("2024-12-31"), ()),
    ("常态化持续\n实施", MAINTAIN, ()),
    ("持 续 推 进", ADVANCE, ()),
    ("二〇二四年十二月", due("2024-12-31"), ()),
    ("二○二四年六月底前", due("2024-06-30"), ()),
    ("二零二四年二月二十九日", due("2024-02-29"), ()),
    ("十二月二十一日前", due("2023-12-21"), INFERRED),
    ("2024年12月底前。", due("2024-12-31"), ()),
    # a month in figures, a range, several phrases, a deed
    ("2024.11", due("2024-11-30"), ()),
    ("2024/6底前", due("2024-06-30"), ()),
    ("3月—11月", due("2023-11-30"), INFERRED),
    ("1-12月", due("2023-12-31"), INFERRED),
    ("6—12月", due("2023-12-31"), INFERRED),
    ("2024年3月至2025年6月", due("2025-06-30"), ()),
    ("11月—3月", Unresolved("“11月—3月”：起止时间前后颠倒，或者有一头读不出来"), ()),
    ("立行立改，长期坚持", MAINTAIN, ()),
    ("立即整改", ADVANCE, ()),
    ("年内持续推进", ADVANCE, ()),
    ("持续开展", MAINTAIN, ()),
    ("6月底前出台实施方案", due("2023-06-30", "出台实施方案"), INFERRED),
    ("每学期", Recurring(6), ()),
    ("每季度末月25日前", Recurring(3), ()),
    ("每年12月底前", Recurring(12), ()),
    ("全学年", Unresolved("“全学年”：不在已知的时限写法之内"), ()),
    ("待定", Unresolved("“待定”：不在已知的时限写法之内"), ()),
    ("上半年完成60%，全年完成", Unresolved("“上半年完成60%，全年完成”：一格里不止一个时间"), ()),
    (
        "2024年底前，并长期坚持",
        Unresolved("“2024年底前，并长期坚持”：是持续性要求，但看不出按哪一类掌握，或者同时另有时限"),
        (),
    ),
    # ambiguous
    ("2024年6月前", Unresolved("“2024年6月前”：“前”字前面没有“底”，可读作期初之前，也可读作期末之前"), ("ambiguous",)),
    ("6月前", Unresolved("“6月前”：“前”字前面没有“底”，可读作期初之前，也可读作期末之前"), ("ambiguous",)),
    ("2025年前", Unresolved("“2025年前”：“前”字前面没有“底”，可读作期初之前，也可读作期末之前"), ("ambiguous",)),
    ("第一季度前", Unresolved("“第一季度前”：“前”字前面没有“底”，可读作期初之前，也可读作期末之前"), ("ambiguous",)),
    ("2024年", Unresolved("“2024年”：只写到年，没有写月份"), ("ambiguous",)),
    ("6月初", Unresolved("“6月初”：“初”“中”没有确定到某一天"), ("ambiguous",)),
    ("2024年初", Unresolved("“2024年初”：“初”“中”没有确定到某一天"), ("ambiguous",)),
    ("年中", Unresolved("“年中”：“初”“中”没有确定到某一天"), ("ambiguous",)),
    # corrupt
    ("20259月底前", Unresolved("“20259月底前”：数字连写，读不出年和月"), ("corrupt",)),
    ("2025 9月底前", Unresolved("“20259月底前”：数字连写，读不出年和月"), ("corrupt",)),
    ("24年12月底", Unresolved("“24年12月底”：年份不是四位数的年份"), ("corrupt",)),
    ("2204年6月", Unresolved("“2204年6月”：年份不是四位数的年份"), ("corrupt",)),
    ("2024年13月", Unresolved("“2024年13月”：不是日历上有的日子"), ("corrupt",)),
    ("2024年0月", Unresolved("“2024年0月”：不是日历上有的日子"), ("corrupt",)),
    ("2024年6月31日", Unresolved("“2024年6月31日”：不是日历上有的日子"), ("corrupt",)),
    ("2024年6月0日", Unresolved("“2024年6月0日”：不是日历上有的日子"), ("corrupt",)),
    ("2月29日前", Unresolved("“2月29日前”：不是日历上有的日子"), ("corrupt",)),
    # beyond the grammar
    ("6月、12月", Unresolved("“6月、12月”：一格里不止一个时间"), ()),
    ("6月底前动工，12月底前完工", Unresolved("“6月底前动工，12月底前完工”：一格里不止一个时间"), ()),
    ("2024—2026年", Unresolved("“2024—2026年”：一格里不止一个年份"), ()),
    (
        "2024年底前并持续推进",
        Unresolved("“2024年底前并持续推进”：是持续性要求，但看不出按哪一类掌握，或者同时另有时限"),
        (),
    ),
    ("每周", Unresolved("“每周”：周期不是每月、每季度、每半年、每年"), ()),
    ("明年6月底前", Unresolved("“明年6月底前”：不在已知的时限写法之内"), ()),
    ("尽快", Unresolved("“尽快”：不在已知的时限写法之内"), ()),
    ("底前", Unresolved("“底前”：不在已知的时限写法之内"), ()),
    ("一二月", Unresolved("“一二月”：不在已知的时限写法之内"), ()),
    ("三个月内", Unresolved("“三个月内”：不在已知的时限写法之内"), ()),
    ("年" * 41, Unresolved("文字过长，不像完成时限"), ()),
]


@pytest.mark.parametrize(("raw", "deadline", "flags"), SPEC, ids=[repr(raw[:20]) for raw, _, _ in SPEC])
def test_each_phrase_has_one_reading(raw: str, deadline: Deadline, flags: tuple[str, ...]) -> None:
    """Every line of the spec table gives exactly that deadline and those flags."""
    assert parse_deadline(raw, base_year=BASE) == (deadline, flags)


@pytest.mark.parametrize("raw", ["9月底前", "年底前", "全年", "第二季度", "今年底前", "6月底前动工"])
def test_without_any_year_a_phrase_stays_unresolved(raw: str) -> None:
    """Where neither phrase nor notice gives a year, none is invented."""
    why = f"“{raw}”：没有写年份，清单标题和印发日期也没有给出年份"
    assert parse_deadline(raw, base_year=None) == (Unresolved(why), ())


@pytest.mark.parametrize("raw", ["2024年12月", "到2025年底", "每月", "持续推进", "——"])
def test_a_complete_phrase_needs_no_base_year(raw: str) -> None:
    """A phrase with its own year, or with none to find, reads the same without a base year."""
    assert parse_deadline(raw, base_year=None) == parse_deadline(raw, base_year=2020)


@pytest.mark.parametrize(("raw", "base_year"), [("2021年12月", 2024), ("2035年6月底前", 2024), ("2019-05-08", 2022)])
def test_a_year_far_from_the_lists_is_a_slip_until_a_person_says_otherwise(raw: str, base_year: int) -> None:
    """No day before base year −2 or after base year +10."""
    deadline, flags = parse_deadline(raw, base_year=base_year)
    assert isinstance(deadline, Unresolved)
    assert (flags, "相差太远" in deadline.why) == (("corrupt",), True)


SPACES = st.lists(st.sampled_from(["", " ", "\n", "\u3000", "\u00a0"]), min_size=40, max_size=40)


@given(row=st.sampled_from(SPEC), spaces=SPACES, wide=st.booleans())
def test_blanks_breaks_and_widths_never_change_a_reading(
    row: tuple[str, Deadline, tuple[str, ...]], spaces: list[str], wide: bool
) -> None:
    """White space anywhere and full-width figures give the same deadline and flags."""
    raw, deadline, flags = row
    figures = raw.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if wide else raw
    spaced = "".join(f"{blank}{character}" for blank, character in zip(spaces, figures, strict=False)) + figures[40:]
    found, found_flags = parse_deadline(spaced, base_year=BASE)
    assert (found.kind, found_flags) == (deadline.kind, flags)
    if isinstance(deadline, DueBy):
        assert found == deadline


def test_a_base_year_outside_the_calendar_is_no_day() -> None:
    """Even an absurd base year ends in an unresolved deadline, not in an exception."""
    for year in (0, -1, 10_000, 10**30):
        assert parse_deadline("年底前", base_year=year) == (Unresolved("“年底前”：不是日历上有的日子"), ("corrupt",))


@pytest.mark.parametrize(
    ("raw", "phrase", "resembles"),
    [
        ("2024年12月", True, True),
        ("2024年6月前", True, True),
        ("2024年13月", True, True),
        ("20259月底前", False, True),
        ("20259月底前县公安局", False, False),
        ("6月初县公安局", False, False),
        ("明年6月底前", False, True),
        ("常态化持续实施县公安局", False, False),
        ("县长期护理保险中心", False, False),
        ("县公安局", False, False),
        ("上级文件印发后", False, False),
        ("持续推进终身教育学分银行结果互认。", False, False),
    ],
)
def test_phrases_are_told_from_units_and_prose(raw: str, phrase: bool, resembles: bool) -> None:
    """A known phrase, a text that merely speaks of time, and a unit or sentence are three things."""
    assert (is_phrase(raw), resembles_deadline(raw)) == (phrase, resembles)


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *"0123456789０１２一二三四五六七八九十〇○年月日号底末初前内旬上中下第季度每半全今明至到-—. \n",
            "2024",
            "季度",
            "完成",
            "动工",
        ]
    )
    | st.characters(),
    max_size=14,
).map("".join)
DIGIT_VALUES = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")


@given(raw=st.text() | FRAGMENTS, base_year=st.none() | st.integers(1900, 2100))
@example(raw="20259月底前", base_year=2025)
@example(raw="２０２５９月底前", base_year=None)
@example(raw="٢٠٢٤年12月", base_year=None)
@example(raw="二〇二四五年六月", base_year=None)
def test_no_text_raises_or_yields_a_year_from_nowhere(raw: str, base_year: int | None) -> None:
    """Any text gives a deadline; a due date's year is one that the text shows, or the base year."""
    deadline, flags = parse_deadline(raw, base_year=base_year)
    if isinstance(deadline, DueBy):
        digits = "".join(unicodedata.normalize("NFKC", raw).split()).translate(DIGIT_VALUES)
        shown = {int(year) for year in re.findall(r"(?=([0-9]{4}))", digits)}
        inferred = "year_inferred" in flags
        assert deadline.due.year in ({base_year} if inferred else shown)
