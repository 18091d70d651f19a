"""Cells that many tables share: text, counts, headlines with their sign."""

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.headlines import SIGN_WORDS
from yuechi_report.page.labels import label
from yuechi_report.page.table import Cell, Column
from yuechi_report.report.context import Report
from yuechi_report.report.why.fold_out import fold_out
from yuechi_report.report.words.sentences import short_title
from yuechi_report.report.words.statuses import headline_text, sign_of

NUMBER = Column(key="task_no", title="序号", align="center", width=2.8)
LEAD = Column(key="lead", title="牵头单位", width=8.8)
_ONE_LINE = 9
"""What stands beside a status breaks between its words where it is longer."""
_LONGEST_LINE = 7
"""A longer headline puts its suffixes on a line of their own, or they would break inside a word."""


def text_cell(text: str, *, strong: bool = False) -> Cell:
    """A cell whose value is its text."""
    return Cell(text=text, value=text, strong=strong)


def number_cell(number: int) -> Cell:
    """A count; zero is shown as a dash so that what is there stands out."""
    return Cell(text=str(number) if number else "—", value=number)


def task_cells(report: Report, status: Assessment, *, title: str = "") -> tuple[Cell, Cell, Cell]:
    """The task's number, its short title (or the one given), and its lead units."""
    task = report.task(status.task_no)
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(title or short_title(task.title)),
        text_cell(report.lead_names(task)),
    )


def headline_cell(report: Report, status: Assessment) -> Cell:
    """Sign, headline and suffixes, and the grounds that an HTML page unfolds beside them."""
    return Cell(
        text=headline_lines(report, status),
        value=label(status.headline),
        sign=sign_of(report, status.headline),
        strong=status.headline is Headline.OVERDUE,
        detail=fold_out(report, status),
    )


def headline_lines(report: Report, status: Assessment) -> str:
    """The headline in a narrow cell: long suffixes on a line of their own."""
    text = headline_text(report, status)
    return text.replace("（", "\n（", 1) if len(text) > _LONGEST_LINE else text


def legend(report: Report) -> str:
    """What the signs mean."""
    signs = dict(report.scope.office.signs)
    return "图例：" + "　".join(f"{signs[kind]}{word}" for kind, word in SIGN_WORDS.items())


def title_column(width: float) -> Column:
    """The task's short title."""
    return Column(key="title", title="任务", width=width)


def status_cell(report: Report, status: Assessment) -> Cell:
    """Sign and headline on one line, what stands beside it on the next: neither word breaks."""
    cell = headline_cell(report, status)
    word, bracket, beside = cell.text.replace("\n", "").partition("（")
    if len(beside) > _ONE_LINE:
        beside = beside.replace("、", "、\n")
    return cell.model_copy(update={"text": f"{word}\n{bracket}{beside}" if bracket else word})
