"""A supervision sheet: kinds of document, what is on it, and always exactly one page."""

import io
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest
from builders import entry, task
from pages import blocks_of

from yuechi_report.domain.progress import Action, Reported
from yuechi_report.domain.register import Task
from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind, Units
from yuechi_report.page.labels import EXAMPLE_MARK
from yuechi_report.page.table import Table
from yuechi_report.render.content import Paragraph, TableBlock
from yuechi_report.render.pdf import render_pdf
from yuechi_report.report import sheet_page
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.context import UNIT as UNIT_EDITION
from yuechi_report.report.sheet import Sheet
from yuechi_report.report.supervision import matter_of

Make = Callable[..., Report]
QUARTERS = {
    "2024Q4": (
        (3, "各电信运营商"),
        (10, "县人社局"),
        (15, "县公安局"),
        (23, "县市场监管局"),
        (29, "公积金岳池管理部"),
    ),
    "2025Q1": ((3, "各电信运营商"), (16, "县文广旅局"), (19, "县教科体局")),
}
LONG_NAME = "市住房公积金管理中心岳池管理部"
MANY = Units(
    (
        Unit("a", "县人力资源和社会保障局", UnitKind.DEPARTMENT, DocumentKind.SUPERVISION),
        Unit("b", LONG_NAME, UnitKind.MUNICIPAL_BRANCH, DocumentKind.INVITATION),
        Unit("c", "各电信运营商", UnitKind.COLLECTIVE, DocumentKind.FORWARDED, liaison="县人力资源和社会保障局"),
    )
)


def sheet_of(report: Report, unit: str) -> Sheet:
    """The sheet about the report's only task."""
    cut = Report(report.scope.for_unit(unit).for_task(report.scope.register.tasks[0].number), UNIT_EDITION)
    return Sheet(cut, matter_of(cut, cut.scope.register.tasks[0], unit))


def facts(table: Table) -> dict[str, str]:
    """The rows by their heading, spaces taken out of it."""
    return {row[0].text.replace("　", ""): row[1].text for row in table.rows}


def pages(pdf: bytes) -> list[str]:
    """The words of each page without spaces."""
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize(
    ("quarter", "task_no", "unit"),
    [(quarter, *one) for quarter, sheets in QUARTERS.items() for one in sheets],
)
def test_every_sheet_of_the_example_is_one_marked_page(quarter: str, task_no: int, unit: str) -> None:
    """One page with the mark 示例数据, the place of the number, the slip, and no masthead."""
    blocks = blocks_of("supervision_sheet", quarter=quarter, task_no=task_no, unit=unit)
    (page,) = pages(render_pdf(blocks, name="sheet"))
    wanted = ("".join(EXAMPLE_MARK.split()), "（编号待签发）", "负责人签字", "加盖公章", "送审稿第1稿（未签发）")
    assert [word for word in wanted if word not in page] == []
    assert "督查专报" not in page
    assert "回复期限" in page or "函复期限" in page


def longest() -> Task:
    """A task whose texts fill every line the sheet allows."""
    return task(
        number=137,
        title="推进" + "跨省通办一体化" * 4,
        text="推进" + "跨省通办一体化" * 4 + "。" + "持续优化办理流程并与毗邻地区共享数据资源" * 30,
        deadline_raw="2024年12月31日前完成并持续推进",
        lead_units=(LONG_NAME,),
    )


@pytest.mark.parametrize("action", [Action.REFUSE_BLOCK, Action.RETURN], ids=lambda action: action.value)
@pytest.mark.parametrize("document", list(DocumentKind), ids=lambda kind: kind.value)
def test_longest_texts_stay_on_one_page(make: Make, action: Action, document: DocumentKind) -> None:
    """Longest title, text, unit, report and reason of every kind of document: still one page."""
    from builders import decision

    says = Reported.AWAITING_UPPER if action is Action.REFUSE_BLOCK else Reported.DECLARED_COMPLETE
    long = "已与上级有关部门多次对接但仍未取得书面意见" * 30
    units = Units(tuple(replace(one, document=document, liaison="") if one.name == LONG_NAME else one for one in MANY))
    records = (
        entry(task_no=137, unit=LONG_NAME, reported=says, progress=long),
        decision(action, "2024-12-30", task_no=137, reason=long),
    )
    report = make((longest(),), *records, units=units)
    office = replace(
        report.scope.office, classification="内部资料　注意保存", is_example=True, name="县政府督查室（示例）"
    )
    notice = replace(
        report.scope.register.notice,
        title="岳池县贯彻落实《推进川渝公共服务一体化深化便捷生活行动事项（2024年版）》重点任务清单",
    )
    register = replace(report.scope.register, notice=notice)
    sheet = sheet_of(Report(replace(report.scope, office=office, register=register, label="核对"), LEADERS), LONG_NAME)
    prose = sheet_page.salutation(sheet)
    parts = [Paragraph((part,)) for part in _spans(prose.markdown)]
    tables = [TableBlock(sheet_page.matter(sheet)), TableBlock(sheet_page.reply_slip(sheet))]
    pdf = render_pdf((sheet.head, *parts, *tables), name="sheet")
    assert len(pages(pdf)) == 1


def _spans(markdown: str) -> list[object]:
    from yuechi_report.render.content import Span

    return [Span(part.replace("\\", "")) for part in markdown.split("\n\n")]
