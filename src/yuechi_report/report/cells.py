"""Cells that many tables share: text, counts, headlines with their sign."""

from yuechi_report.domain.assessment import Assessment, Headline, Suffix
from yuechi_report.page.labels import headline_label, label, suffix_label
from yuechi_report.page.table import Cell
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.groups import SIGN_WORDS, sign_kind
from yuechi_report.report.wording import short_title

_LONGEST_LINE = 5
"""A longer headline puts its suffixes on a line of their own, or they would break inside a word."""


def text_cell(text: str, *, strong: bool = False) -> Cell:
    """A cell whose value is its text."""
    return Cell(text=text, value=text, strong=strong)


def number_cell(number: int) -> Cell:
    """A count; zero is shown as a dash so that what is there stands out."""
    return Cell(text=str(number) if number else "—", value=number)


def task_cells(report: Report, one: Assessment, *, title: str = "") -> tuple[Cell, Cell, Cell]:
    """The task's number, its short title (or the one given), and its lead units."""
    task = report.task(one.task_no)
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(title or short_title(task.title)),
        text_cell(report.lead_names(task)),
    )


def headline_cell(report: Report, one: Assessment) -> Cell:
    """Sign, headline and suffixes."""
    sign = dict(report.scope.office.signs)[sign_kind(one.headline)]
    late = one.headline is Headline.OVERDUE
    return Cell(text=headline_text(report, one), value=label(one.headline), sign=sign, strong=late)


def headline_text(report: Report, one: Assessment) -> str:
    """逾期未完成（6天、退回补正）."""
    days = f"{one.days_overdue}天" if one.headline is Headline.OVERDUE else ""
    suffixes = "、".join(part for part in (days, suffix_text(report, one)) if part)
    word = headline_label(one, is_issued=True)
    gap = "\n" if len(word) + len(suffixes) > _LONGEST_LINE else ""
    return f"{word}{gap}（{suffixes}）" if suffixes else word


def suffix_text(report: Report, one: Assessment) -> str:
    """The suffixes this edition prints, in one string."""
    return "、".join(suffix_label(code, one.days_overdue) for code in one.suffixes if is_told(report, code))


def is_told(report: Report, suffix: Suffix) -> bool:
    """Whether the edition prints a suffix: what rules found and no person has confirmed goes to the leaders
    only, as a proposal (domain.md §2.4).
    """
    return report.edition == LEADERS or suffix is not Suffix.NO_EVIDENCE


def legend(report: Report) -> str:
    """What the signs mean."""
    signs = dict(report.scope.office.signs)
    return "图例：" + "　".join(f"{signs[kind]}{word}" for kind, word in SIGN_WORDS.items())
