"""The grammar of deadline phrases: one cell's text → a deadline and flags; nothing is ever guessed.

Source: domain.md §4. Matching is on compact text (half width, no white space, Chinese numerals as
digits); a phrase that is not covered from end to end becomes `Unresolved` and says why.
"""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from functools import lru_cache

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
from yuechi_report.notice.numerals import with_digits, years_in

YEAR_INFERRED = "year_inferred"  # the phrase has no year of its own
WHOLE_YEAR = "whole_year"  # 全年: a year-long duty, judged at 12-31
AMBIGUOUS = "ambiguous"  # more than one reading, a person chooses
CORRUPT = "corrupt"  # digits that are no date
BASE_YEAR_DIFFERS = "base_year_differs"  # year_inferred, and title and issue date name different years
DUE_BEFORE_ISSUE = "due_before_issue"  # due before the notice was issued

WHY_BY_HAND = "完成时限须人工确认"  # no phrase to quote: the cell is missing, or a person said so

_PHRASE_MAX = 40
_LAST_DAY = -1
_THIRD_ENDS = {"上": 10, "中": 20, "下": _LAST_DAY}

_BEFORE = "(?:之前|以前|前)"
_END = f"(?:[底末]{_BEFORE}?|内)"
_FROM = "(?:到|至|于|在|截至|截止)?"
_YEAR = "(?:(?:19|20)[0-9]{2}年|今年|本年)"
_DONE = "(?:(?:全部|全面)?(?:完成|办结)|落实到位)"
_STEP = (
    "(?:动工|开工(?:建设)?|启动(?:建设)?|投入(?:使用|运行|运营)|投用|投产|通车|竣工|完工|建成(?:投用)?)"  # milestones
)
_MONTH = (
    f"(?P<month>[0-9]{{1,2}})月份?(?:(?P<day>[0-9]{{1,2}})[日号]{_BEFORE}?|(?P<third>[上中下])旬{_BEFORE}?|{_END})?"
)
_QUARTER = f"第?(?P<quarter>[1-4])季度{_END}?"
_HALF = f"(?P<half>[上下])半年{_END}?"
_YEAR_END = f"(?:(?<=年)|年){_END}"
_POINT = re.compile(
    f"{_FROM}(?P<year>{_YEAR})?(?:{_MONTH}|{_QUARTER}|{_HALF}|(?P<whole>全年)|{_YEAR_END})(?:{_DONE}|(?P<step>{_STEP}))?"
)
# 6月底前出台方案: the end is exact and what is due then is short words without another time in them
_DEED = re.compile(f"(?P<end>.*(?:[底末日号旬内]|{_BEFORE}))(?P<deed>[\\u4e00-\\u9fff“”]{{2,12}})")
_NO_DEED = re.compile("持续|长期|常态|并|后|每|启动后|[前底末内]|待|左右|力争")
_RANGE = re.compile(
    f"{_FROM}(?P<first>{_YEAR}?(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}[日号])?|[0-9]{{1,2}}(?=[-—–―~至到]+[0-9]{{1,2}}月)))"
    f"份?(?:起)?(?:[-—–―~至到]+)(?P<last>{_YEAR}?[0-9]{{1,2}}月.*)"
)
_NUMERIC_DAY = re.compile(f"^([0-9]{{4}})([-./])([0-9]{{1,2}})\\2([0-9]{{1,2}})(?={_BEFORE}?$)")
_NUMERIC_MONTH = re.compile(f"^((?:19|20)[0-9]{{2}})[./]([0-9]{{1,2}})(?=(?:{_END}|{_BEFORE})?$)")
_YEARS_BACK, _YEARS_ON = 2, 10  # a day outside is a slip of the pen until a person says otherwise

_STANDING: tuple[tuple[str, Deadline], ...] = (
    ("[-‐‑–—―─−/]*|无", NoDeadline()),
    ("(?:持续|长期)?跟踪", Tracking()),
    ("常态化?(?:持续|长期)?(?:实施|推进|开展|落实|坚持|运行|进行|保持|管理|监管)?", Ongoing(OngoingMode.MAINTAIN)),
    (
        "(?:长期|常年)(?:坚持|实施|执行|保持|开展|落实|抓好|有效)?|持续(?:实施|坚持|保持|开展)",
        Ongoing(OngoingMode.MAINTAIN),
    ),
    ("持续(?:深入|稳步|有序|加快)?推进|长期推进|持续(?:整改|改进|提升|用力)?", Ongoing(OngoingMode.ADVANCE)),
    (f"(?:{_YEAR}|全年|年内|今年内?)(?:常态化)?持续推进", Ongoing(OngoingMode.ADVANCE)),
    (
        "(?:立行立改|立查立改|立整立改|边查边改|即知即改|即查即改|立即(?:整改|办理|落实|实施|开展|执行)?)",
        Ongoing(OngoingMode.ADVANCE),
    ),
    ("按照?(?:时序|序时)进度(?:推进|完成|实施)?", Ongoing(OngoingMode.ADVANCE)),
    (
        f"(?:每个?月|按月|逐月)(?:{_END}|[0-9]{{1,2}}[日号]{_BEFORE}?|(?:至少)?(?:开展|调度|通报|报送)?[1一]次)?",
        Recurring(1),
    ),
    (
        f"(?:每个?季度?|按季度?|逐季)(?:{_END}|(?:至少)?(?:开展|调度|通报|报送)?[1一]次|(?:首|末|最后[1一]个)月(?:{_END}|[0-9]{{1,2}}[日号]{_BEFORE}?)?)?",
        Recurring(3),
    ),
    (f"每半年(?:{_END}|(?:至少)?(?:开展)?[1一]次)?|每个?学期(?:{_END}|初|(?:至少)?[1一]次)?", Recurring(6)),
    (f"每年(?:年?{_END}|(?:至少)?[1一]次|[0-9]{{1,2}}月份?(?:{_END}|[0-9]{{1,2}}[日号]{_BEFORE}?)?)?", Recurring(12)),
)

_DOUBTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("[0-9]{5,}", "数字连写，读不出年和月", (CORRUPT,)),
    ("(?<![0-9])(?!(?:19|20)[0-9]{2}年)[0-9]+年", "年份不是四位数的年份", (CORRUPT,)),
    ("[0-9]月.*[0-9]月|[0-9]月?[-—–―~至、][0-9]+月|[年度].*全年", "一格里不止一个时间", ()),
    (
        f"^{_FROM}(?:{_YEAR}?(?:[0-9]{{1,2}}月份?|第?[1-4]季度|[上下]半年)|{_YEAR}){_BEFORE}(?:{_DONE}|{_STEP})?$",
        "“前”字前面没有“底”，可读作期初之前，也可读作期末之前",
        (AMBIGUOUS,),
    ),
    (f"^{_FROM}{_YEAR}度?(?:{_DONE}|{_STEP})?$", "只写到年，没有写月份", (AMBIGUOUS,)),
    (
        f"^{_FROM}{_YEAR}?(?:[0-9]{{1,2}}月|年|(?<=年))[初中]{_BEFORE}?(?:{_DONE}|{_STEP})?$",
        "“初”“中”没有确定到某一天",
        (AMBIGUOUS,),
    ),
    ("常态|持续|长期", "是持续性要求，但看不出按哪一类掌握，或者同时另有时限", ()),
    ("每", "周期不是每月、每季度、每半年、每年", ()),
)

_TIME_WORD = re.compile(
    "[0-9][年月日号]|季度|[年月]底|年[末内前]|半年|全年|每[年月]|旬|常态|持续|长期|跟踪|时序|序时|立行立改|立即|学[年期]|待定|适时|尽快"
    "|[0-9]{4}|^[-‐‑–—―─−]+$|^[底末]?前|^完成$|^无$"
)
_END_IN_TEXT = re.compile(
    f"(?:{_YEAR})?(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日|[上中下]旬|[底末])?{_BEFORE}|[0-9]{{1,2}}月[底末]|年[底末]{_BEFORE}?)|{_YEAR}[底末]{_BEFORE}?"
)
_UNIT_END = re.compile("[局委办室厅部院所队站司会联社中心府]$")


def parse_deadline(raw: str, *, base_year: int | None) -> tuple[Deadline, tuple[str, ...]]:
    """The deadline of a cell and its flags (year_inferred, whole_year, ambiguous, corrupt).

    `base_year` is the list's year for phrases without one; None leaves such phrases unresolved.
    A month, quarter or half means its last day, inclusive (domain.md §3). Never raises.
    """
    plain = _plain(raw)
    if len(plain) > _PHRASE_MAX:
        return Unresolved("文字过长，不像完成时限"), ()
    for pattern, deadline in _STANDING:
        if re.fullmatch(pattern, plain):
            return deadline, ()
    several = _standing_together(plain)
    if several is not None:
        return several, ()
    match = _POINT.fullmatch(plain)
    if match is not None:
        return _point(match, base_year, quoted=_quoted(raw))
    deed = _deed(plain)
    if deed is not None:
        deadline, flags = parse_deadline(deed[1], base_year=base_year)
        return (replace(deadline, milestone=deed[2]) if isinstance(deadline, DueBy) else deadline), flags
    if (span := _RANGE.fullmatch(plain)) is not None:
        return _range(span, base_year, quoted=_quoted(raw))
    why, flags = _doubt(plain)
    return Unresolved(f"“{_quoted(raw)}”：{why}"), flags


def _standing_together(plain: str) -> Deadline | None:
    """立行立改，长期坚持: ongoing phrases next to one another are the stricter one, kept up for good."""
    parts = re.split("[,，;；、]并?|并", plain)
    found = [
        deadline
        for part in parts
        for pattern, deadline in _STANDING
        if part and isinstance(deadline, Ongoing) and re.fullmatch(pattern, part)
    ]
    if len(parts) < 2 or len(found) != len(parts):
        return None
    return max(found, key=lambda deadline: deadline.mode is OngoingMode.MAINTAIN)


def _deed(plain: str) -> re.Match[str] | None:
    match = _DEED.fullmatch(plain)
    if match is None or _NO_DEED.search(match["deed"]) or _TIME_WORD.search(match["deed"]):
        return None
    return match if _POINT.fullmatch(match["end"]) else None


def _range(span: re.Match[str], base_year: int | None, *, quoted: str) -> tuple[Deadline, tuple[str, ...]]:
    """3月—11月 is due at its end; a year before the first month counts for both."""
    year = re.match(_YEAR, span["first"])
    last = span["last"] if re.match(_YEAR, span["last"]) or year is None else f"{year[0]}{span['last']}"
    first = span["first"] if span["first"].endswith(("月", "日", "号")) else f"{span['first']}月"
    begins, _ = parse_deadline(first, base_year=base_year)
    ends, flags = parse_deadline(last, base_year=base_year)
    if isinstance(begins, DueBy) and isinstance(ends, DueBy) and begins.due <= ends.due:
        return ends, flags
    if isinstance(ends, Unresolved) and base_year is None:
        return ends, flags
    return Unresolved(f"“{quoted}”：起止时间前后颠倒，或者有一头读不出来"), ()


@lru_cache(maxsize=20_000)  # a table asks the same of a cell many times
def is_phrase(raw: str) -> bool:
    """Whether the grammar knows the whole text as a deadline, an ambiguous or impossible one included."""
    deadline, flags = parse_deadline(raw, base_year=2000)
    known = not isinstance(deadline, Unresolved) or AMBIGUOUS in flags
    return known or _POINT.fullmatch(_plain(raw)) is not None


def times_in(text: str) -> tuple[str, ...]:
    """The ends that are named in a task's text; they never decide, but a reader must know of them."""
    return tuple(dict.fromkeys(match[0] for match in _END_IN_TEXT.finditer(with_digits(text))))


@lru_cache(maxsize=20_000)  # a table asks the same of a cell many times
def resembles_deadline(raw: str) -> bool:
    """Whether a short text speaks of time and is no unit, though the grammar may not know it."""
    plain = _plain(raw)
    short = len(plain) <= _PHRASE_MAX and not raw.rstrip().endswith(("。", "；"))
    return short and _TIME_WORD.search(plain) is not None and _UNIT_END.search(plain) is None


def _plain(raw: str) -> str:
    plain = re.sub("(?<=.)[。；;，,]$", "", with_digits(raw))
    return _NUMERIC_MONTH.sub(r"\1年\2月", _NUMERIC_DAY.sub(r"\1年\3月\4日", plain))


def _quoted(raw: str) -> str:
    return "".join(raw.split())


def _point(match: re.Match[str], base_year: int | None, *, quoted: str) -> tuple[Deadline, tuple[str, ...]]:
    written = match["year"] or ""
    inferred = not written[:1].isdigit()
    year = base_year if inferred else int(written[:4])
    if year is None:
        return Unresolved(f"“{quoted}”：没有写年份，清单标题和印发日期也没有给出年份"), ()
    month, day = _month_and_day(match)
    due = _day(year, month, day)
    if due is None:
        return Unresolved(f"“{quoted}”：不是日历上有的日子"), (CORRUPT,)
    if base_year is not None and not base_year - _YEARS_BACK <= year <= base_year + _YEARS_ON:
        return Unresolved(f"“{quoted}”：年份与清单的年份相差太远"), (CORRUPT,)
    flags = ((YEAR_INFERRED,) if inferred else ()) + ((WHOLE_YEAR,) if match["whole"] else ())
    return DueBy(due, milestone=match["step"] or ""), flags


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    if match["quarter"]:
        return 3 * int(match["quarter"]), _LAST_DAY
    if match["half"]:
        return (6 if match["half"] == "上" else 12), _LAST_DAY
    if match["month"] is None:
        return 12, _LAST_DAY
    if match["third"]:
        return int(match["month"]), _THIRD_ENDS[match["third"]]
    return int(match["month"]), int(match["day"]) if match["day"] else _LAST_DAY


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, monthrange(year, month)[1] if day == _LAST_DAY else day)
    except (ValueError, IndexError, OverflowError):
        return None


def _doubt(plain: str) -> tuple[str, tuple[str, ...]]:
    if len(years_in(plain)) > 1:
        return "一格里不止一个年份", ()
    for pattern, why, flags in _DOUBTS:
        if re.search(pattern, plain):
            return why, flags
    return "不在已知的时限写法之内", ()
