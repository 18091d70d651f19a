"""Cells that many tables share: text, counts, headlines with their sign."""

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.labels import label, suffix_label
from yuechi_report.page.table import Cell
from yuechi_report.report.context import Report
from yuechi_report.report.groups import SIGN_WORDS, sign_kind


def text_cell(text: str, *, strong: bool = False) -> Cell:
    """A cell whose value is its text."""
    return Cell(text=text, value=text, strong=strong)


def number_cell(number: int) -> Cell:
    """A count; zero is shown as a dash so that what is there stands out."""
    return Cell(text=str(number) if number else "—", value=number)


def headline_cell(report: Report, one: Assessment) -> Cell:
    """Sign, headline and suffixes."""
    sign = dict(report.scope.office.signs)[sign_kind(one.headline)]
    suffixes = "、".join(suffix_label(code, one.days_overdue) for code in one.suffixes)
    if one.headline is Headline.OVERDUE:
        suffixes = "、".join([f"{one.days_overdue}天", *([suffixes] if suffixes else [])])
    text = label(one.headline) + (f"（{suffixes}）" if suffixes else "")
    return Cell(text=text, value=label(one.headline), sign=sign, strong=one.headline is Headline.OVERDUE)


def legend(report: Report) -> str:
    """What the signs mean."""
    signs = dict(report.scope.office.signs)
    return "图例：" + "　".join(f"{signs[kind]}{word}" for kind, word in SIGN_WORDS.items())
