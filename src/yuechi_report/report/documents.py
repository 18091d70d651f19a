"""The documents to be sent: one a matter, by the unit's kind; without numbers, for nothing is issued yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.labels import label
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Column, Table
from yuechi_report.report.annexes import DOCUMENTS, annex_heading
from yuechi_report.report.cells import task_cells, text_cell
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.days import reply_label
from yuechi_report.report.listings import NUMBER, title_column
from yuechi_report.report.reasons import overdue_request
from yuechi_report.report.recent import idle_twice


@dataclass(frozen=True, slots=True)
class Matter:
    """What one document asks of a task's filling unit."""

    assessment: Assessment
    text: str


def annex(report: Report) -> tuple[Prose | Table, ...]:
    """The annex's heading and table; nothing for the units, to whom nothing undecided goes."""
    if report.edition != LEADERS:
        return ()
    return annex_heading(report, DOCUMENTS), documents(report)


def documents(report: Report) -> Table:
    """Grain: one row a document: overdue tasks, tasks not reported, and the attention list."""
    return Table(
        name="documents",
        columns=(
            NUMBER,
            title_column(12.5),
            Column(key="unit", title="发往单位", width=10.0),
            Column(key="kind", title="文书", align="center", width=4.8),
            Column(key="matter", title="事由和要求", width=10.9),
            Column(key="reply", title="回复期限", align="center", width=5.5),
        ),
        rows=tuple(
            (
                *task_cells(report, one.assessment)[:2],
                text_cell(_unit(report, one)),
                text_cell(_kind(report, one)),
                text_cell(one.text),
                text_cell(reply_label(report)),
            )
            for one in _matters(report)
        ),
        notes=("文书尚未签发，没有编号。督办单发县级部门，商请函发上级驻县和市属单位，转告单由联络单位转达企业。",),
        empty_text="本季没有需要发出的督办文书。",
        compact=True,
    )


def _matters(report: Report) -> Iterator[Matter]:
    idle = idle_twice(report)
    for one in report.assessments:
        if one.headline is Headline.OVERDUE:
            yield Matter(one, f"逾期{one.days_overdue}天，{overdue_request(one)}")
        elif one.headline is Headline.NOT_REPORTED:
            yield Matter(one, "未报送，补报本季度情况")
        elif one.task_no in idle:
            yield Matter(one, "两季无实质进展，报具体行动")


def _unit(report: Report, one: Matter) -> str:
    return report.short_unit(report.task(one.assessment.task_no).filling_unit)


def _kind(report: Report, one: Matter) -> str:
    return label(report.scope.units.named(report.task(one.assessment.task_no).filling_unit).document)
