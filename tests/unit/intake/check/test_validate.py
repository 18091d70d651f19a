"""Rows → entries and decisions: a row enters whole or not at all, its faults name cell and remedy."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import UNIT, moment

from yuechi_report.domain.progress import (
    Action,
    Decision,
    Evidence,
    History,
    Measure,
    ProgressEntry,
    Reported,
    Role,
    Source,
)
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import InputRefused
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.validate import Checked, Context, check_decisions, check_entries, check_labels, unit_of
from yuechi_report.intake.door.workbook import SheetData, read_sheet
from yuechi_report.intake.form.columns import DECISIONS, FORM

Write = Callable[..., Path]
case = pytest.param
SOURCE = Source(7, "form.xlsx", 0, moment("2024-12-18"), moment("2024-12-18", 11), "政务内网")
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条。", "reported": "推进中"}


@pytest.fixture
def context(against: Against, quarter: Quarter) -> Context:
    """What rows are checked against."""
    return Context(against.register, against.units, against.nature, quarter, SOURCE)


@pytest.fixture
def entries(form: Write, context: Context) -> Callable[..., Checked[ProgressEntry]]:
    """Check a unit's form with these rows."""
    return lambda *rows, **labels: check_entries(read_sheet(form(*rows, **labels), FORM), context)


def test_review_day_is_held_against_the_offices_own_policy(office_form: Write, context: Context) -> None:
    """180 days where policy.yml says so: day 110 is taken without a word, where the default warns."""
    row = BLOCK | {"review_on": "2025-04-19"}
    sheet = read_sheet(office_form(row), DECISIONS)
    later = replace(context, source=replace(SOURCE, received_at=moment("2024-12-31")))
    warned = [check_decisions(sheet, replace(later, days_block_review=days)).warnings for days in (90, 180)]
    assert [[fault.problem for fault in warnings] for warnings in warned] == [
        ["复核日期超过决定之日起90天，按规则认定不生效"],
        [],
    ]


@pytest.fixture
def decided(office_form: Write, context: Context) -> Callable[..., Checked[Decision]]:
    """Check the office's form with these rows, received on the year's last day."""
    later = replace(context, source=replace(SOURCE, received_at=moment("2024-12-31")))
    return lambda *rows: check_decisions(read_sheet(office_form(*rows), DECISIONS), later)


def told(checked: Checked[Any], sheet: str = "填报") -> list[tuple[str, str, str]]:
    """Cell, problem and remedy of every fault; all stand in the sheet named."""
    assert {fault.place.sheet for fault in checked.faults} <= {sheet}
    return [(fault.place.cell, fault.problem, fault.remedy) for fault in checked.faults]


def test_good_row_becomes_an_entry_with_every_field(entries: Callable[..., Checked[ProgressEntry]]) -> None:
    """Nothing of a row is lost, and the source names receipt, file and row."""
    row = {
        "task_no": "10",
        "title": "一卡一码通",
        "role": "牵头",
        "deadline": "2024年12月",
        "criterion": "12条线路均可刷卡",
        "promise": "11月底前定方案",
        "target": "12条线路开通",
        "progress": "已开通8条。",
        "percent": "8/12条",
        "issues": "终端不足。",
        "next_steps": "1月底前采购。",
        "expected_on": "2025-01-31",
        "confidence": "中",
        "reported": "已完成",
        "completed_on": "2024-12-16",
        "evidence": "《报告》/示例〔2024〕1号/2024-12-16",
        "coordination": "请县政府协调。",
    }
    assert entries(row) == Checked(
        records=(
            ProgressEntry(
                quarter=Quarter(2024, 4),
                unit=UNIT,
                task_no=10,
                role=Role.LEAD,
                reported=Reported.DECLARED_COMPLETE,
                source=Source(7, "form.xlsx", 6, SOURCE.received_at, SOURCE.recorded_at, "政务内网"),
                filed_on=date(2024, 12, 17),
                criterion="12条线路均可刷卡",
                promise="11月底前定方案",
                target="12条线路开通",
                progress="已开通8条。",
                percent=None,
                measure=Measure(8, 12),
                measured="8/12条",
                issues="终端不足。",
                next_steps="1月底前采购。",
                expected_on=date(2025, 1, 31),
                confidence="中",
                completed_on=date(2024, 12, 16),
                evidence=(Evidence("《报告》", "示例〔2024〕1号", "2024-12-16"),),
                coordination="请县政府协调。",
            ),
        ),
        faults=(),
        faulty_rows=0,
    )


WORDS = "请从以下各项中选填：未启动、推进中、正常、无变化、已完成、待上级、申请延期、申请调整"


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        case({"task_no": "99"}, [("A6", "清单中没有第99项任务", "请核对任务序号")], id="no such task"),
        case(
            {"task_no": "11"},
            [("A6", f"第11项任务的牵头单位不是{UNIT}", "请核对任务序号和角色；该任务牵头单位：县公安局")],
            id="another unit's task",
        ),
        case(
            {"role": "配合", "reported": ""},
            [("A6", f"第10项任务的配合单位不是{UNIT}", "请核对任务序号和角色；该任务配合单位：县医保局")],
            id="another role",
        ),
        case(
            {"task_no": "12", "role": "会签", "reported": ""},
            [("A6", f"第12项任务的会签单位不是{UNIT}", "请核对任务序号和角色；该任务会签单位：无")],
            id="a role that nobody has",
        ),
        case({"role": ""}, [("C6", "没有填写", "请从以下各项中选填：牵头、会签、配合")], id="no role"),
        case(
            {"role": "主办"},
            [("C6", "“主办”不在可选范围内", "请从以下各项中选填：牵头、会签、配合")],
            id="another word",
        ),
        case({"reported": ""}, [("N6", "没有填写", WORDS)], id="no status"),
        case({"reported": "完成"}, [("N6", "“完成”不在可选范围内", WORDS)], id="a status of one's own"),
        case(
            {"percent": "0.8"},
            [("I6", "完成比例“0.8”含义不明", "若为百分之八十请填80；若确为0.8%请填0.8%")],
            id="eighty written as 0.8",
        ),
        case({"percent": "120"}, [("I6", "完成比例“120”超过100", "请核对后填0至100")], id="more than all"),
        case(
            {"reported": "已办", "percent": "0.8", "role": "牵头"},
            [
                ("N6", "“已办”不在可选范围内", WORDS),
                ("I6", "完成比例“0.8”含义不明", "若为百分之八十请填80；若确为0.8%请填0.8%"),
            ],
            id="two faults are both told",
        ),
    ],
)
def test_bad_row_is_asked_back_with_its_cells(
    entries: Callable[..., Checked[ProgressEntry]], changes: dict[str, str], faults: list[tuple[str, str, str]]
) -> None:
    """The row does not enter; every fault names its cell, what is wrong and what to do."""
    checked = entries(GOOD | changes)
    assert (checked.records, told(checked), checked.faulty_rows) == ((), faults, 1)


@pytest.mark.parametrize(("key", "cell"), [("expected_on", "L6"), ("completed_on", "O6")])
def test_words_in_a_date_cell_are_asked_back(form: Write, context: Context, key: str, cell: str) -> None:
    """年底前 in a date column is a fault of that cell."""
    sheet = read_sheet(form(GOOD), FORM)
    row = sheet.rows[0]
    typed = SheetData(sheet.file, FORM, sheet.labels, sheet.label_cells, (type(row)(6, row.cells | {key: "年底前"}),))
    assert told(check_entries(typed, context)) == [(cell, "日期“年底前”无法识别", "请写成2024-12-31的形式")]


def test_good_rows_enter_beside_bad_ones(entries: Callable[..., Checked[ProgressEntry]]) -> None:
    """A file is accepted by row: one bad row does not keep the others out."""
    checked = entries(GOOD, GOOD | {"task_no": "99"}, GOOD | {"task_no": "12", "reported": "正常"})
    assert [(one.task_no, one.source.row) for one in checked.records] == [(10, 6), (12, 8)]
    assert (told(checked), checked.faulty_rows) == ([("A7", "清单中没有第99项任务", "请核对任务序号")], 1)


@pytest.mark.parametrize(
    ("unit", "role", "expected"),
    [("县行政审批局", "会签", Role.COUNTERSIGN), ("县医保局", "配合", Role.COOPERATE), ("县人社局", "牵头", Role.LEAD)],
)
def test_every_role_may_fill_in_its_row(
    entries: Callable[..., Checked[ProgressEntry]], unit: str, role: str, expected: Role
) -> None:
    """Countersigning and cooperating units need no status; a short name is the unit's name."""
    checked = entries(GOOD | {"role": role, "reported": "推进中" if role == "牵头" else ""}, 填报单位=unit)
    found = [(one.role, one.reported) for one in checked.records]
    assert (found, checked.faults) == ([(expected, Reported.IN_PROGRESS if role == "牵头" else None)], ())


def test_entry_carries_the_official_name(entries: Callable[..., Checked[ProgressEntry]]) -> None:
    """A form filled in under the short name is the same unit's."""
    assert [one.unit for one in entries(GOOD, 填报单位="县人社局").records] == [UNIT]


def test_missing_filing_day_is_the_day_of_receipt(entries: Callable[..., Checked[ProgressEntry]]) -> None:
    """An empty 填报日期 falls back to received_at."""
    assert [one.filed_on for one in entries(GOOD, 填报日期="").records] == [date(2024, 12, 18)]


def refused(call: Callable[[], object]) -> list[tuple[str, str, str]]:
    """Cell, problem and remedy of a refusal."""
    with pytest.raises(InputRefused) as caught:
        call()
    return [(fault.place.cell, fault.problem, fault.remedy) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("written", "day", "problems"),
    [
        ("20241217", "2024-12-17", []),
        ("2024-12-17 16:30", "2024-12-17", []),
        ("2024年12⽉17⽇", "2024-12-17", []),
        ("12月17日", "2024-12-17", ["填报日期“12月17日”没有写年份，按2024-12-17计"]),
        ("上周五", "2024-12-18", ["填报日期“上周五”无法识别，按收到日期2024-12-18计"]),
        ("45643", "2024-12-18", ["填报日期“45643”只是一个数字，不能确定是哪一天，按收到日期2024-12-18计"]),
        ("2024-02-30", "2024-12-18", ["填报日期“2024-02-30”不存在，按收到日期2024-12-18计"]),
    ],
)
def test_filing_day_never_refuses_the_file(
    entries: Callable[..., Checked[ProgressEntry]], written: str, day: str, problems: list[str]
) -> None:
    """It is read in any usual writing; what cannot be read is the day of receipt, as an empty one is, and told."""
    checked = entries(GOOD, 填报日期=written)
    assert [str(entry.filed_on) for entry in checked.records] == [day]
    assert [(fault.place.cell, fault.problem) for fault in checked.warnings] == [("I3", words) for words in problems]


def test_unknown_unit_refuses_the_file_and_lists_those_with_a_form(form: Write, against: Against) -> None:
    """Collectives have no form and are not offered."""
    sheet = read_sheet(form(GOOD, 填报单位="县教育局"), FORM)
    assert refused(lambda: unit_of(sheet, against.units)) == [
        ("C2", "单位“县教育局”不在单位名录中", f"请填写规范名称：{UNIT}、县行政审批局、县医保局、县公安局")
    ]


USE = "请使用本期下发的表格"


@pytest.mark.parametrize(
    ("labels", "faults"),
    [
        case({"填报季度": "2024Q3"}, [("F2", "“填报季度”应为“2024Q4”，现为“2024Q3”", USE)], id="last quarter's form"),
        case({"填报季度": ""}, [("F2", "“填报季度”应为“2024Q4”，现为“”", USE)], id="no quarter"),
        case({"数据性质": "正式"}, [("I2", "“数据性质”应为“示例”，现为“正式”", USE)], id="the wrong nature"),
        case(
            {"填报季度": "2025Q1", "数据性质": "正式"},
            [
                ("F2", "“填报季度”应为“2024Q4”，现为“2025Q1”", USE),
                ("I2", "“数据性质”应为“示例”，现为“正式”", USE),
            ],
            id="both",
        ),
    ],
)
def test_form_of_another_quarter_or_nature_is_refused(
    form: Write, context: Context, labels: dict[str, str], faults: list[tuple[str, str, str]]
) -> None:
    """示例 and 正式 never meet, and last quarter's form is not this one's."""
    assert refused(lambda: check_labels(read_sheet(form(GOOD, **labels), FORM), context)) == faults


def test_label_that_is_gone_is_refused_without_a_cell(form: Write, context: Context) -> None:
    """Where the label itself was deleted the fault names file and sheet."""
    sheet = read_sheet(form(GOOD), FORM)
    without = SheetData(sheet.file, FORM, {"填报季度": "2024Q4"}, {"填报季度": "F2"}, sheet.rows)
    assert refused(lambda: check_labels(without, context)) == [("", "“数据性质”应为“示例”，现为“”", USE)]


CLOSE = {
    "task_no": "10",
    "action": "核验通过销号",
    "decided_on": "2024-12-26",
    "decided_by": "督查室（示例）",
    "reason": "经核对属实",
    "completed_on": "2024-12-16",
}
APPROVED = {"approver": "县人民政府", "approved_on": "2024-12-24", "document_number": "示例〔2024〕41号"}
BLOCK = {
    "task_no": "10",
    "action": "认定待上级",
    "decided_on": "2024-12-30",
    "reason": "待标准下达",
    "review_on": "2025-03-20",
    "upper_body": "广安市民政局",
    "upper_step": "转发标准",
    "letter_number": "示例〔2024〕30号",
    "letter_on": "2024-12-13",
}


def test_good_decision_has_every_field(decided: Callable[..., Checked[Decision]]) -> None:
    """Nothing of a decision is lost; the class is stored by its code."""
    row = (
        BLOCK
        | APPROVED
        | {
            "action": "核定时限",
            "decided_by": "督查室（示例）",
            "new_due": "2025-06-30",
            "new_class": "推进类",
            "wording": "持续配合",
            "completed_on": "2024-12-16",
        }
    )
    assert decided(row) == Checked(
        records=(
            Decision(
                quarter=Quarter(2024, 4),
                task_no=10,
                action=Action.SET_DEADLINE,
                decided_on=date(2024, 12, 30),
                source=Source(7, "form.xlsx", 6, moment("2024-12-31"), SOURCE.recorded_at, "政务内网"),
                decided_by="督查室（示例）",
                reason="待标准下达",
                completed_on=date(2024, 12, 16),
                new_due=date(2025, 6, 30),
                new_class="advance",
                wording="持续配合",
                review_on=date(2025, 3, 20),
                upper_body="广安市民政局",
                upper_step="转发标准",
                letter_number="示例〔2024〕30号",
                letter_on=date(2024, 12, 13),
                approver="县人民政府",
                approved_on=date(2024, 12, 24),
                document_number="示例〔2024〕41号",
            ),
        ),
        faults=(),
        faulty_rows=0,
    )


def lacks(action: str, *titles: str) -> list[tuple[str, str]]:
    """Problem and remedy of each missing cell."""
    return [(f"“{action}”没有填写{title}", f"请补填{title}") for title in titles]


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        case({"reason": ""}, lacks("核验通过销号", "理由"), id="no reason"),
        case({"completed_on": ""}, lacks("核验通过销号", "认定完成日期"), id="closing without a day of completion"),
        case(
            {"action": "销号并转常态", "completed_on": ""},
            lacks("销号并转常态", "认定完成日期"),
            id="closing to routine",
        ),
        case({"action": "退回补正", "reason": ""}, lacks("退回补正", "理由"), id="returning without a reason"),
        case(
            {"action": "准予延期"},
            lacks("准予延期", "新时限", "批准人", "批准日期", "批准文号"),
            id="an extension without date and approval",
        ),
        case(
            {"action": "调整", "wording": "改为四条线路"},
            lacks("调整", "批准人", "批准日期", "批准文号"),
            id="an adjustment without approval",
        ),
        case(
            {"action": "调整", **APPROVED},
            [("“调整”没有填写核定用语或新牵头单位", "请填写其中一项")],
            id="an adjustment that changes nothing",
        ),
        case(
            {"completed_on": "2024-12-27"},
            [("认定完成日期2024-12-27晚于决定日期2024-12-26", "请核对两个日期")],
            id="completed after the decision",
        ),
        case({"action": "终止"}, lacks("终止", "批准人", "批准日期", "批准文号"), id="an end without approval"),
        case(
            {"action": "转入新清单"},
            lacks("转入新清单", "批准人", "批准日期", "批准文号"),
            id="a transfer without approval",
        ),
        case(
            {"action": "核定时限", **APPROVED},
            [("“核定时限”没有填写新时限或核定类别", "请填写其中一项")],
            id="a setting that sets nothing",
        ),
        case(
            {"action": "核定时限", "new_class": "限时类", **APPROVED},
            [("核定为限时类而没有填写新时限", "请填写新时限")],
            id="the fixed class without its date",
        ),
        case(
            {"action": "核定时限", "new_class": "紧急类", **APPROVED},
            [("核定类别“紧急类”不在可选范围内", "请选填：限时类、保持类、推进类、跟踪类")],
            id="an unknown class",
        ),
        case(
            {"action": "认定待上级"},
            lacks("认定待上级", "上级单位", "所待环节", "本县去函文号", "去函日期", "复核日期"),
            id="a block without its three things",
        ),
        case({"decided_on": ""}, [("没有填写决定日期", "请填写作出决定的日期")], id="no day"),
        case(
            {"task_no": "99"},
            [("清单中没有第99项任务", "请核对任务序号")],
            id="no such task",
        ),
    ],
)
def test_incomplete_decision_is_asked_back(
    decided: Callable[..., Checked[Decision]], row: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    """Every kind of decision has what §3 and §6 ask for, or does not enter."""
    checked = decided(CLOSE | row)
    found = [(problem, remedy) for _, problem, remedy in told(checked, "决定")]
    assert (checked.records, found, checked.faulty_rows) == ((), faults, 1)


@pytest.mark.parametrize(
    ("row", "warning"),
    [
        case({"decided_on": "2025-12-26"}, "决定日期2025-12-26晚于收到日期2024-12-31", id="decided in another year"),
        case(
            {"action": "终止", **APPROVED, "approved_on": "2024-12-27"},
            "批准日期2024-12-27晚于决定日期2024-12-26",
            id="approved after the decision",
        ),
        case(
            {"action": "准予延期", **APPROVED, "new_due": "2024-12-31"},
            "准予延期的新时限2024-12-31不晚于原时限2024-12-31",
            id="extended to the day it was due",
        ),
    ],
)
def test_days_hardly_meant_are_told(
    decided: Callable[..., Checked[Decision]], row: dict[str, str], warning: str
) -> None:
    """The decision is taken as written; the office is told what to look at again."""
    checked = decided(CLOSE | row)
    assert (len(checked.records), [one.problem for one in checked.warnings]) == (1, [warning])


def test_unknown_action_is_asked_back_with_all_words(decided: Callable[..., Checked[Decision]]) -> None:
    """A decision in the office's own words is no decision."""
    [(cell, problem, remedy)] = told(decided(CLOSE | {"action": "同意"}), "决定")
    assert (cell, problem) == ("B6", "“同意”不在可选范围内")
    assert remedy.startswith("请从以下各项中选填：核验通过销号、销号并转常态、退回补正、认定待上级、")


@pytest.mark.parametrize(
    ("row", "cell"),
    [({"completed_on": ""}, "F6"), ({"action": "准予延期", **APPROVED}, "G6"), ({"reason": ""}, "E6")],
)
def test_missing_part_of_a_decision_is_named_by_its_cell(
    decided: Callable[..., Checked[Decision]], row: dict[str, str], cell: str
) -> None:
    """The empty cell itself is the place."""
    assert [place for place, _, _ in told(decided(CLOSE | row), "决定")] == [cell]


@pytest.mark.parametrize(
    "row",
    [
        CLOSE,
        CLOSE | {"action": "退回补正", "completed_on": ""},
        CLOSE | {"action": "准予延期", "new_due": "2025-03-31", **APPROVED},
        CLOSE | {"action": "核定时限", "new_due": "2025-03-31", **APPROVED},
        CLOSE | {"action": "核定时限", "new_class": "推进类", **APPROVED},
        CLOSE | {"action": "重新挂账", "completed_on": ""},
        CLOSE | {"action": "认定内容空泛"},
        CLOSE | {"action": "不予延期"},
        BLOCK,
    ],
    ids=["close", "return", "extend", "set date", "set class", "reopen", "hollow", "refuse", "block"],
)
def test_complete_decision_enters(decided: Callable[..., Checked[Decision]], row: dict[str, str]) -> None:
    """With what its kind needs a decision is taken."""
    checked = decided(row)
    assert (len(checked.records), checked.faults) == (1, ())


def test_decision_sent_again_is_told_at_the_door(office_form: Write, context: Context) -> None:
    """It is taken, and the office learns that reports list it once; another reason is another decision."""
    sheet = read_sheet(office_form(BLOCK), DECISIONS)
    [first] = check_decisions(sheet, context).records
    known = replace(first, source=replace(first.source, seq=4))
    again = replace(context, history=History(decisions=(known,)))
    other = replace(context, history=History(decisions=(replace(known, reason="另一理由"),)))
    told_of = [[fault.problem for fault in check_decisions(sheet, one).warnings] for one in (again, other)]
    problem = "与第4号收件登记的决定完全相同，报告中只列一次"
    assert [problem in problems for problems in told_of] == [True, False]
