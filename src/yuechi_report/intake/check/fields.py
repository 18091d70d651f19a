"""Cell values → typed fields; a doubt is a ValueError in Chinese that says what to do, never a guess."""

import re
import unicodedata
from calendar import isleap
from datetime import date, datetime

from yuechi_report.domain.evidence import Evidence
from yuechi_report.domain.progress import Measure
from yuechi_report.intake.door.grid import Value
from yuechi_report.intake.form.columns import CELL_LENGTH, TOO_LONG, cell_length
from yuechi_report.page.alike import folded

_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")
_COUNT = r"(\d{1,12}(?:\.\d{1,12})?|\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,12})?)"
_FRACTION = re.compile(rf"{_COUNT}\s*[/⁄∕÷]\s*{_COUNT}\D{{0,6}}")
_DAY_IN_MONTH = re.compile(
    r"(?:\d{4}\s*[-./年]\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日?|\d{1,2}-[A-Za-z]{3}(?:-\d{2,4})?|[A-Za-z]{3}-\d{1,2}|(?:-?\d+ days?, )?\d+:\d+(?::\d+(?:\.\d+)?)?(?:\s*[AP]M)?",
    re.IGNORECASE,
)
_UNREADABLE = re.compile(
    r"(?=.*\d)[\d\s.,+\-*/%:=()^eE'\"⁄∕÷~]+|\d.*[‰‱]|\d+(?:\.\d+)?\s*[成折]\d?|[=+\-]\s*[\d(].*|[\d.,]+\s*[*/⁄∕÷=^][\d.,*/⁄∕÷=^]*\D{0,6}"
)
"""What is meant as a number and is none: signs, sums, wrong groups of digits; words with a figure in them are words."""
_LONGEST_NUMBER = 40
_YES_NO = ("TRUE", "FALSE")
_NO_NUMBER = re.compile(r"[+-]?(?:nan|inf)|#(?:n/a|[a-z]+[!?])", re.IGNORECASE)
_SIGNS = str.maketrans("−∶", "-:")
_SHORT_DAY = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_EIGHT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_HOUR = re.compile(r"\s+\d{1,2}:\d{2}(?::\d{2})?$|[(][^()]*[)]$")
_SERIAL = re.compile(r"\d+(\.\d+)?")
_NUMBERED = re.compile(r"[〔\[（(]\d{4}[〕\]）)]\s*\d+\s*号|\d+号")


class FieldProblem(ValueError):
    """What is wrong with one cell and what to do, both Chinese."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(problem)


class UnclearAmount(FieldProblem):
    """An amount that was once taken as words, and is asked back since."""


def to_text(value: Value) -> str:
    """The cell as text, in common characters; None is empty, whole numbers lose the .0 that sheets add."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    return folded(str(value)).strip()


def to_prose(value: Value) -> str:
    """The cell as written, blanks and line ends included; nothing but blanks is empty."""
    if not isinstance(value, str):
        return to_text(value)
    if cell_length(value) > CELL_LENGTH:
        raise FieldProblem(*TOO_LONG)
    return value if value.strip() else ""


def promise_text(state: str, promise: str) -> str:
    """What the form shows under 上季承诺: the unit's own status of last quarter, then its next steps."""
    return "\n".join(part for part in (f"【上季自报：{state}】" if state else "", promise) if part)


def to_promise(value: Value) -> str:
    """The promise alone, without the line on last quarter's status."""
    return re.sub(r"\A【上季自报：[^】\n]*】\r?\n?", "", to_prose(value))


def to_task_number(value: Value) -> int:
    """A positive whole number."""
    text = unicodedata.normalize("NFKC", to_text(value))
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise FieldProblem(f"任务序号“{text}”不是数字", "请填清单里的任务序号")
    return int(text)


def to_date(value: Value) -> date | None:
    """A date cell, or text such as 2024-12-31, 2024.12.31, 2024年12月31日; a bare number is asked back."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", to_text(value))
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if match is None and _SERIAL.fullmatch(text):
        raise FieldProblem(f"日期“{text}”只是一个数字，不能确定是哪一天", "请写成2024-12-31的形式")
    if match is None:
        raise FieldProblem(f"日期“{text}”无法识别", "请写成2024-12-31的形式")
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise FieldProblem(f"日期“{text}”不存在", "请核对年月日") from error


def to_filing_day(value: Value, received: date) -> date | None:
    """The day above the header, also 20250618 and 6月18日 (the one next to the day of receipt); None where empty."""
    text = unicodedata.normalize("NFKC", to_text(value))
    text = _HOUR.sub("", text).strip()
    try:
        if match := _EIGHT.fullmatch(text):
            return date(*(int(part) for part in match.groups()))
        if match := _SHORT_DAY.fullmatch(text):
            return _nearest(int(match[1]), int(match[2]), received)
    except ValueError as error:
        raise FieldProblem(f"日期“{text}”不存在", "请核对年月日") from error
    return to_date(value if isinstance(value, date) else text)


def is_without_year(value: Value) -> bool:
    """Whether a day above the header was written without its year."""
    return _SHORT_DAY.fullmatch(_HOUR.sub("", unicodedata.normalize("NFKC", to_text(value))).strip()) is not None


def _nearest(month: int, day: int, received: date) -> date:
    years = [received.year, received.year - 1, received.year + 1]
    days = [date(year, month, day) for year in years if (month, day) != (2, 29) or isleap(year)]
    if not days:
        raise ValueError(month, day)
    return min(days, key=lambda found: abs(found - received))


Amount = tuple[float | None, Measure | None, str]
NO_AMOUNT: Amount = (None, None, "")


def to_amount(value: Value) -> Amount:
    """80 or 80% → percent; 4/5, 4/5家 or 1,200/1,500户 → measure; other words are kept.

    Asked back: 0.8, and what a spreadsheet made of something else (a day out of 4/5, TRUE) or what is a number
    to nobody (-5, 40*2).
    """
    text = unicodedata.normalize("NFKC", to_text(value)).translate(_SIGNS)
    if isinstance(value, date) or _DAY_IN_MONTH.fullmatch(text) or _DATE.fullmatch(text):
        raise UnclearAmount(f"完成比例成了日期或时间“{text}”", "请先把单元格格式设为“文本”再填4/5，或填4/5家")
    if isinstance(value, bool) or text.upper() in _YES_NO or _NO_NUMBER.fullmatch(text):
        raise UnclearAmount(f"完成比例“{text}”不是数", "请填0至100的数，或4/5家")
    if match := _PERCENT.fullmatch(text):
        return _percent(text, float(match[1]), is_bare=not match[2])
    if match := _FRACTION.fullmatch(text):
        done, of = (float(count.replace(",", "")) for count in match.groups())
        if of == 0:
            raise FieldProblem(f"“{text}”的分母为0", "请核对后重填")
        return None, Measure(done, of), text
    if len(text) <= _LONGEST_NUMBER and _UNREADABLE.fullmatch(text):
        raise UnclearAmount(
            f"完成比例“{text}”不能确定是多少", "请填0至100的数，或4/5家；其他计量写明单位，如4.6个工作日"
        )
    return None, None, text


def to_amount_as_taken(value: Value) -> Amount:
    """The same of a row that was taken when it came: what is asked back since stays the words that it was."""
    try:
        return to_amount(value)
    except UnclearAmount:
        return None, None, unicodedata.normalize("NFKC", to_text(value))


def _percent(text: str, percent: float, *, is_bare: bool) -> Amount:
    if 0 < percent < 1 and is_bare:
        raise FieldProblem(f"完成比例“{text}”含义不明", "若为百分之八十请填80；若确为0.8%请填0.8%")
    if percent > 100:
        raise FieldProblem(f"完成比例“{text}”超过100", "请核对后填0至100")
    return percent, None, ""


def to_evidence(value: Value) -> tuple[Evidence, ...]:
    """Pieces parted by ； or line ends, each 名称/文号/日期; a part that is a date or a number is taken as one."""
    pieces = (piece.strip() for piece in re.split(r"[；;\n]", to_text(value)))
    return tuple(_one_evidence(piece) for piece in pieces if piece)


def _one_evidence(piece: str) -> Evidence:
    name, number, dated = "", "", ""
    for part in (part.strip() for part in re.split(r"[/／]", piece)):
        if not dated and _DATE.fullmatch(unicodedata.normalize("NFKC", part)):
            dated = part
        elif name and not number and _NUMBERED.search(part):
            number = part
        else:
            name = f"{name}/{part}" if name else part
    return Evidence(name, number, dated)
