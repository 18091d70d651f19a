"""Cells that many tables share: text, counts, headlines with their sign."""

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.labels import label
from yuechi_report.page.table import Cell
from yuechi_report.report.context import Report
from yuechi_report.report.fold_out import fold_out
from yuechi_report.report.groups import SIGN_WORDS
from yuechi_report.report.headlines import headline_text, sign_of


def text_cell(text: str, *, strong: bool = False) -> Cell:
    """A cell whose value is its text."""
    return Cell(text=text, value=text, strong=strong)


def number_cell(number: int) -> Cell:
    """A count; zero is shown as a dash so that what is there stands out."""
    return Cell(text=str(number) if number else "—", value=number)


def headline_cell(report: Report, one: Assessment) -> Cell:
    """Sign, headline and suffixes, and the grounds that an HTML page unfolds beside them."""
    return Cell(
        text=headline_text(report, one),
        value=label(one.headline),
        sign=sign_of(report, one.headline),
        strong=one.headline is Headline.OVERDUE,
        detail=fold_out(report, one),
    )


def legend(report: Report) -> str:
    """What the signs mean."""
    signs = dict(report.scope.office.signs)
    return "图例：" + "　".join(f"{signs[kind]}{word}" for kind, word in SIGN_WORDS.items())
