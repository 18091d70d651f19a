"""A CSV file → its cells; what a spreadsheet would run in one is unwrapped where it is a plain value, else refused."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence

from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.intake.door.kind import decoded
from yuechi_report.intake.door.package import FORMULA, WRONG_VALUE, FileLimits
from yuechi_report.intake.door.sheet_xml import address
from yuechi_report.page.alike import folded

_SHOWN = 20
_ERROR = re.compile(r"#(?:N/A|[A-Z][A-Z_0-9]+[!?]?|DIV/0!|#{2,})")
_QUOTED = re.compile(r"[=＝]\s*[\"“”]((?:[^\"“”]|\"\")*)[\"“”]", re.DOTALL)
_NUMBER = re.compile(r"[=＝]\s*([+-]?\d+(?:\.\d+)?%?)")
_FORMULA = re.compile(r"[=＝](?![=＝>]).*|[+\-@＋－＠]\s*@?[A-Za-z_.]+[\d.]*\s*\(.*", re.DOTALL)


def read_csv(data: bytes, name: str, limits: FileLimits) -> list[list[str]]:
    """The rows of a CSV file; the delimiter is the one that parts the header."""
    text = decoded(data) or ""
    csv.field_size_limit(limits.bytes_unpacked)
    start = next((line for line in text.splitlines() if folded(line).lstrip('" ').startswith("任务序号")), "")
    delimiter = max(",\t;", key=start.count)
    grid: list[list[str]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            if number >= limits.last_row or len(row) > limits.last_column:
                raise InputRefused.at(Place(name, line=number + 1), "CSV行列过多", "请只保留填报表的行和列")
            grid.append([_unwrapped(cell) for cell in row])
    except csv.Error as error:
        raise InputRefused.at(Place(name), "CSV格式有误", "请用表格软件打开后另存为.xlsx") from error
    _refuse(grid, name, _ERROR, WRONG_VALUE)
    return grid


def refuse_formulas(grid: Sequence[Sequence[object]], name: str) -> None:
    """InputRefused with the cell of each formula; asked at the door alone, words taken in before stay words."""
    _refuse(grid, name, _FORMULA, FORMULA)


def _refuse(grid: Sequence[Sequence[object]], name: str, wrong: re.Pattern[str], words: tuple[str, str]) -> None:
    faults = [
        Fault(Place(name, "", address(number, column)), *words)
        for number, row in enumerate(grid)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and wrong.fullmatch(cell.strip())
    ]
    if faults:
        raise InputRefused(faults[:_SHOWN])


def _unwrapped(cell: str) -> str:
    """="80" and =80 are how some programs keep a spreadsheet from changing 80; any other cell as it is."""
    text = cell.strip()
    if quoted := _QUOTED.fullmatch(text):
        return quoted[1].replace('""', '"')
    number = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text)) if text[:1] in "=＝" else None
    return number[1] if number else cell
