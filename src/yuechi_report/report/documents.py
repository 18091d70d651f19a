"""The documents to be sent: one a matter, by the unit's kind; without numbers, for nothing is issued yet."""

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.domain.supervision import Ground, SheetMatter
from yuechi_report.domain.unit import DocumentKind
from yuechi_report.page.labels import label
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.annexes import DOCUMENTS, annex_heading
from yuechi_report.report.cells import task_cells, text_cell
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.days import next_report_by, reply_by
from yuechi_report.report.listings import NUMBER, title_column
from yuechi_report.report.supervision import sheets_due


def annex(report: Report) -> tuple[Prose | Table, ...]:
    """The annex's heading and table; nothing for the units, to whom nothing undecided goes."""
    if report.edition != LEADERS:
        return ()
    return annex_heading(report, DOCUMENTS), documents(report)


def documents(report: Report) -> Table:
    """Grain: one row a document that the rules call for, in the register's order (docs/assumptions.md §8)."""
    by_number = {one.task_no: one for one in report.assessments}
    return Table(
        name="documents",
        columns=(
            NUMBER,
            title_column(11.3),
            Column(key="unit", title="发往单位", width=8.8),
            Column(key="kind", title="文书", align="center", width=3.8),
            Column(key="matter", title="事由", width=12.9),
            Column(key="reply", title="回复期限", align="center", width=6.9),
        ),
        rows=tuple(_row(report, by_number[one.task_no], one) for one in sheets_due(report)),
        notes=("文书尚未签发，没有编号。发给企业的转告单由联络单位转达，有关情况随下季度进展一并报送。",),
        empty_text="本季没有需要发出的督办文书。",
        compact=True,
    )


def _row(report: Report, one: Assessment, matter: SheetMatter) -> tuple[Cell, ...]:
    forwarded = matter.document is DocumentKind.FORWARDED
    return (
        *task_cells(report, one)[:2],
        text_cell(report.short_unit(matter.unit)),
        text_cell(label(matter.document)),
        text_cell(_ground(one, matter)),
        text_cell(next_report_by(report) if forwarded else reply_by(report)),
    )


def _ground(one: Assessment, matter: SheetMatter) -> str:
    """逾期6天，退回补正."""
    word = label(matter.ground).removeprefix("逾期，")
    if one.headline is not Headline.OVERDUE or matter.ground in (Ground.OVERDUE, Ground.FORWARDED):
        return f"逾期{one.days_overdue}天" if matter.ground is Ground.OVERDUE else word
    return f"逾期{one.days_overdue}天，{word}"
