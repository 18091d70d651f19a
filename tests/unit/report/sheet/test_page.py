"""A supervision sheet: kinds of document, what is on it, and always exactly one page."""

import io
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest
from builders import Record, closed, decision, declared, entry, extended, reopened, returned, task
from pages import blocks_of

from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.progress import Action, Reported
from yuechi_report.domain.register import Task
from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind, Units
from yuechi_report.errors import ParameterError
from yuechi_report.page.labels import EXAMPLE_MARK
from yuechi_report.page.table import Table
from yuechi_report.render.content import Paragraph, TableBlock
from yuechi_report.render.pdf import render_pdf
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.context import UNIT as UNIT_EDITION
from yuechi_report.report.sheet import load_sheet, page
from yuechi_report.report.sheet.due import matter_of
from yuechi_report.report.sheet.sheet import Sheet

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
    return ["".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages]


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


FIXED = task(number=1, deadline_raw="2024年12月")
ADVANCE = Ongoing(OngoingMode.ADVANCE)


def test_supervision_sheet_orders_with_a_date(make: Make) -> None:
    """督办单 for a department: what was found, the record, what is wanted and by when."""
    report = make((FIXED,), declared(task_no=1), returned(task_no=1, reason="缺少确认单。"), units=MANY)
    sheet = sheet_of(report, "县人力资源和社会保障局")
    assert page.salutation(sheet).markdown == (
        "县人力资源和社会保障局：\n\n你单位牵头的下列任务经核验退回补正，已逾期6天。"
        "请按要求办理，于1月20日前将回执报本室。"
    )
    assert facts(page.matter(sheet)) == {
        "来源": "《重点任务清单》（2024年9月23日印发）第1项",
        "内容": "推进社保卡“一卡一码通”",
        "时限": "通知时限：2024年12月，即2024年12月31日",
        "现状": "×逾期未完成（6天、退回补正），截至2025年1月6日",
        "在案情况": (
            "最近一次报送（2024年12月18日）：自报“已完成”，12条公交线路已开通8条。\n2024年12月26日退回补正：缺少确认单。"
        ),
        "要求": (
            "①于1月20日前按退回意见补正，重新报送并附佐证材料（名称、文号、日期）。\n"
            "②确未完成的，同时书面报告整改情况和完成日期。"
        ),
    }
    assert list(facts(page.reply_slip(sheet))) == ["整改情况", "完成日期", "负责人签字", "加盖公章"]
    assert page.reply_slip(sheet).columns[1].title == "县人力资源和社会保障局　任务1　回复期限：2025年1月20日前"


def test_letter_to_a_branch_asks_as_between_equals(make: Make) -> None:
    """商请函: 贵单位, 商请, 函复为盼; it neither orders nor mentions rectification."""
    theirs = replace(FIXED, lead_units=(LONG_NAME,))
    sheet = sheet_of(make((theirs,), units=MANY), LONG_NAME)
    words = page.salutation(sheet).markdown
    assert words == (
        f"{LONG_NAME}：\n\n为共同做好重点任务落实工作，现将贵单位牵头的下列任务有关情况函告如下，"
        "商请予以支持，并于1月20日前函复为盼。"
    )
    matter, slip = facts(page.matter(sheet)), facts(page.reply_slip(sheet))
    assert matter["商请事项"].startswith("①请于1月20日前函告整改情况")
    assert list(slip) == ["办理情况", "完成日期", "负责人签字", "加盖公章"]
    assert "函复期限：2025年1月20日前" in page.reply_slip(sheet).columns[1].title


def test_companies_are_told_through_their_liaison(make: Make) -> None:
    """转告单: addressed to the liaison, due with the next report, no duty and no lateness."""
    lead = "县人力资源和社会保障局"
    shared = replace(FIXED, lead_units=(lead, "各电信运营商"), deadline=ADVANCE)
    sheet = sheet_of(make((shared,), entry(task_no=1), units=MANY), "各电信运营商")
    assert page.salutation(sheet).markdown == (
        f"{lead}：\n\n请将下列任务转告各电信运营商，并于3月20日前将办理情况汇总报本室。"
        "各电信运营商不单独填报，不列入评价。"
    )
    assert facts(page.matter(sheet))["要求"] == (
        f"①各电信运营商按{lead}的统一安排提供办理情况。\n②由{lead}于3月20日前汇总报送。"
    )


def test_collective_without_a_liaison_is_written_to_by_its_name(make: Make) -> None:
    """It leads alone and nobody fills in: the sheet says what was found, names it, and asks no one to pass it on."""
    rooms = Units((Unit("r", "各科室", UnitKind.COLLECTIVE, DocumentKind.FORWARDED),))
    alone = replace(FIXED, lead_units=("各科室",), nobody_fills=True)
    sheet = sheet_of(make((alone,), units=rooms), "各科室")
    words = page.salutation(sheet).markdown
    assert words == "各科室：\n\n各科室牵头的下列任务已逾期6天。请按要求办理，于1月20日前将回执报本室。"
    assert facts(page.matter(sheet))["要求"].startswith("①于1月20日前书面报告整改情况和完成日期。")
    assert page.reply_slip(sheet).columns[1].title == "各科室　任务1　回复期限：2025年1月20日前"


@pytest.mark.parametrize(
    ("of", "records", "heading", "text"),
    [
        (
            replace(FIXED, deadline=ADVANCE, deadline_raw="持续推进"),
            (),
            "在案情况",
            "本季度应于2024年12月20日前报送，至今未收到。",
        ),
        (replace(FIXED, deadline=ADVANCE, deadline_raw="持续推进"), (), "时限", "通知时限：持续推进"),
        (FIXED, (), "在案情况", "尚无报送记录。"),
        (
            FIXED,
            (entry(task_no=1), extended("2024-12-10", "2025-01-05", task_no=1)),
            "时限",
            "通知时限：2024年12月；现行时限：2025年1月5日（经批准变更）",
        ),
        (
            FIXED,
            (declared(task_no=1), closed(task_no=1), reopened(task_no=1)),
            "现状",
            "×逾期未完成（6天、重新挂账），截至2025年1月6日",
        ),
        (
            FIXED,
            (entry(task_no=1, reported=Reported.NORMAL, progress="正常。办理12件。"),),
            "在案情况",
            "最近一次报送（2024年12月18日）：正常。办理12件。",
        ),
    ],
    ids=["nothing this quarter", "no date", "no record", "new date", "reopened", "word not said twice"],
)
def test_matter_tells_the_record(make: Make, of: Task, records: tuple[Record, ...], heading: str, text: str) -> None:
    """Deadline as printed and as in force, the last report, the absence of one."""
    sheet = sheet_of(make((of,), *records, units=MANY), "县人力资源和社会保障局")
    assert facts(page.matter(sheet))[heading] == text


def test_unpublished_calendar_is_said(make: Make) -> None:
    """Where the year has no working-day table, no day is guessed."""
    policy = StatusPolicy(calendar=Calendar((2024,)))
    sheet = sheet_of(make((FIXED,), units=MANY, policy=policy), "县人力资源和社会保障局")
    wanted = "10个工作日内（2025年工作日历未发布，日期另行通知）"
    assert facts(page.matter(sheet))["要求"].startswith(f"①于{wanted}书面报告")
    assert page.reply_slip(sheet).columns[1].title.endswith(f"回复期限：{wanted}")


def test_hostile_text_stays_text(make: Make, hostile: str, escaped: str) -> None:
    """A unit's name is escaped in the letter; what it reported stands in a cell as it is."""
    units = Units((Unit("a", hostile, UnitKind.DEPARTMENT, DocumentKind.SUPERVISION),))
    theirs = replace(FIXED, lead_units=(hostile,))
    sheet = sheet_of(make((theirs,), entry(task_no=1, unit=hostile, progress=hostile), units=units), hostile)
    assert page.salutation(sheet).markdown.startswith(f"{escaped}：")
    assert facts(page.matter(sheet))["在案情况"].endswith(hostile)


@pytest.mark.parametrize(
    ("task_no", "unit", "problem"),
    [
        (23, "县公安局", "县公安局没有任务23。处理办法：请使用该单位的任务序号：4、5、6"),
        (6, "县公安局", "任务6已销号。处理办法：已了结的任务不再督办"),
        ("x", "县公安局", "县公安局没有任务x"),
        (10, "县教育局", "没有单位“县教育局”"),
    ],
    ids=["another unit's", "settled", "no number", "unknown unit"],
)
def test_wrong_matter_is_refused(task_no: int | str, unit: str, problem: str) -> None:
    """A sheet is about an open task of the unit; the message says which there are."""
    with pytest.raises(ParameterError) as caught:
        load_sheet("2024Q4", task_no=task_no, unit=unit, notice="yuechi-2024")
    assert problem in str(caught.value)


def test_sheet_holds_one_task_only() -> None:
    """Its scope is cut to the task and the units that fill it in, whatever the number's type."""
    sheet = load_sheet("2024Q4", task_no="15", unit="县公安局", notice="yuechi-2024")
    scope = sheet.report.scope
    assert [one.number for one in scope.register] == [15]
    assert {one.task_no for one in (*scope.history.entries, *scope.history.decisions)} == {15}
    assert {one.unit for one in scope.history.submissions} == {"县公安局"}
    assert (sheet.head.layout, sheet.head.title, sheet.head.masthead) == ("letter", ("督办单",), "")


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
    prose = page.salutation(sheet)
    parts = [Paragraph((part,)) for part in _spans(prose.markdown)]
    tables = [TableBlock(page.matter(sheet)), TableBlock(page.reply_slip(sheet))]
    pdf = render_pdf((sheet.head, *parts, *tables), name="sheet")
    assert len(pages(pdf)) == 1


def _spans(markdown: str) -> list[object]:
    from yuechi_report.render.content import Span

    return [Span(part.replace("\\", "")) for part in markdown.split("\n\n")]
