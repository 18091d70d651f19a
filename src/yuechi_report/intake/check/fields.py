"""Cell values → typed fields; a doubt is a ValueError in Chinese that says what to do, never a guess."""

import re
import unicodedata
from datetime import date, datetime

from yuechi_report.domain.progress import Evidence, Measure
from yuechi_report.intake.door.grid import Value
from yuechi_report.intake.form.columns import CELL_LENGTH, TOO_LONG, cell_length

_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")
_FRACTION = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)\s*/\s*(\d{1,12}(?:\.\d{1,12})?)\D{0,6}")
_SERIAL = re.compile(r"\d+(\.\d+)?")
_NUMBERED = re.compile(r"[〔\[（(]\d{4}[〕\]）)]\s*\d+\s*号|\d+号")


class FieldProblem(ValueError):
    """What is wrong with one cell and what to do, both Chinese."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(problem)


def to_text(value: Value) -> str:
    """The cell as text, as written; None is empty, whole numbers lose the .0 that sheets add."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    return str(value).strip()


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


Amount = tuple[float | None, Measure | None, str]
NO_AMOUNT: Amount = (None, None, "")


def to_amount(value: Value) -> Amount:
    """80 or 80% → percent; 4/5 or 4/5家 → measure; other words are kept; 0.8 is asked back."""
    text = unicodedata.normalize("NFKC", to_text(value))
    if match := _PERCENT.fullmatch(text):
        percent = float(match[1])
        if 0 < percent < 1 and not match[2]:
            raise FieldProblem(f"完成比例“{text}”含义不明", "若为百分之八十请填80；若确为0.8%请填0.8%")
        if percent > 100:
            raise FieldProblem(f"完成比例“{text}”超过100", "请核对后填0至100")
        return percent, None, ""
    if match := _FRACTION.fullmatch(text):
        if float(match[2]) == 0:
            raise FieldProblem(f"“{text}”的分母为0", "请核对后重填")
        return None, Measure(float(match[1]), float(match[2])), text
    return None, None, text


def to_evidence(value: Value) -> tuple[Evidence, ...]:
    """Pieces parted by ； or line ends, each 名称/文号/日期; a part that is a date or a number is taken as one."""
    pieces = (piece.strip() for piece in re.split(r"[；;\n]", to_text(value)))
    return tuple(_one_evidence(piece) for piece in pieces if piece)


def _one_evidence(piece: str) -> Evidence:
    name, number, dated = "", "", ""
    for part in (part.strip() for part in re.split(r"[/／]", piece)):
        if _DATE.fullmatch(unicodedata.normalize("NFKC", part)):
            dated = part
        elif name and _NUMBERED.search(part):
            number = part
        else:
            name = f"{name}/{part}" if name else part
    return Evidence(name, number, dated)
