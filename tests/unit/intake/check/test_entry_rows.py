"""Three kinds of finding stay apart: faults keep a row out, warnings are told, proposals go to the office."""

from pathlib import Path

import pytest
from broken import GOOD, OTHER, good
from builders import UNIT, decision, entry, history, moment

from yuechi_report.domain.progress import Action, History, Measure, Reported
from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind, check_file

pytestmark = pytest.mark.usefixtures("read_in_process")

ARRIVAL = Arrival(moment("2024-12-18"), moment("2024-12-18", 11), "政务内网", "督查室（示例）")
DONE = GOOD | {"reported": "已完成", "completed_on": "2024-12-16", "evidence": "《报告》/示例〔2024〕1号"}
case = pytest.param


def checked(path: Path, against: Against, before: History | None = None) -> Check:
    """The check of a unit's file, with what was recorded before."""
    return check_file(path, against, Quarter(2024, 4), ARRIVAL, ReceiptKind.SUBMISSION, history=before)


@pytest.mark.parametrize(
    ("row", "cell", "problem"),
    [
        case(DONE | {"completed_on": ""}, "O6", "自报已完成而没有填写实际完成日期，暂按收到日期计", id="no day"),
        case(DONE | {"percent": "90"}, "I6", "自报已完成，完成比例却是90%", id="complete at 90"),
        case(DONE | {"evidence": ""}, "P6", "自报已完成，没有填写佐证材料", id="no evidence"),
        case(DONE | {"evidence": "见附件"}, "P6", "自报已完成，没有填写佐证材料", id="evidence that says nothing"),
        case(
            DONE | {"evidence": "《报告》"},
            "P6",
            "佐证材料没有写明文号，也没有写明不晚于收到日的日期",
            id="a mere name",
        ),
        case(
            DONE | {"evidence": "预计1月10日补报"},
            "P6",
            "佐证材料没有写明文号，也没有写明不晚于收到日的日期",
            id="evidence to come",
        ),
        case(GOOD | {"percent": "100"}, "I6", "完成比例为100%，自报状态却不是已完成", id="100 and not complete"),
        case(GOOD | {"completed_on": "2024-12-16"}, "O6", "填了实际完成日期，自报状态却不是已完成", id="a day alone"),
        case(GOOD | {"reported": "申请延期"}, "L6", "申请延期须同时写明新的完成日期和理由", id="a bare request"),
        case(GOOD | {"reported": "待上级"}, "Q6", "待上级须写明等待哪个机关的哪个环节", id="waiting for whom"),
        case(
            GOOD | {"expected_on": "2024-12-01"}, "L6", "预计完成日期2024-12-01早于填报日期2024-12-17", id="in the past"
        ),
        case(GOOD | {"issues": "编码110105194912310021"}, "J6", "有18位数字，校验位不符，按编码放行", id="18 digits"),
    ],
)
def test_warning_is_told_and_the_row_taken(
    tmp_path: Path, against: Against, row: dict[str, str], cell: str, problem: str
) -> None:
    """What is only odd does not keep a row out."""
    check = checked(good(tmp_path, rows=(row, OTHER)), against)
    assert (check.outcome, check.rows, check.faults) == (Outcome.ACCEPTED, 2, ())
    assert [(one.place.cell, one.problem) for one in check.warnings] == [(cell, problem)]


@pytest.mark.parametrize(
    ("row", "cell", "problem"),
    [
        case(
            GOOD | {"progress": "正在稳步推进。"},
            "H6",
            "内容空泛：进展情况没有写明何时、做了什么、结果如何",
            id="hollow",
        ),
        case(GOOD | {"progress": ""}, "H6", "内容空泛：进展情况没有写明何时、做了什么、结果如何", id="empty"),
    ],
)
def test_machine_judgement_is_a_proposal_to_the_office(
    tmp_path: Path, against: Against, row: dict[str, str], cell: str, problem: str
) -> None:
    """The unit is not told and nothing is decided: the row enters as it is."""
    row = row | {"issues": "x"}
    check = checked(good(tmp_path, rows=(row, OTHER)), against)
    assert (check.outcome, check.rows, check.faults, check.warnings) == (Outcome.ACCEPTED, 2, (), ())
    assert [(one.place.cell, one.problem) for one in check.proposals] == [(cell, problem)]


def test_routine_task_may_be_short(tmp_path: Path, against: Against) -> None:
    """For 保持类 “正常” and a word are enough: nothing is proposed."""
    assert checked(good(tmp_path, rows=(OTHER | {"progress": "正常"},)), against).proposals == ()


BEFORE = history(entry(quarter="2024Q3", received="2024-10-10", percent=70.0))
COUNTED = history(entry(quarter="2024Q3", received="2024-10-10", measure=Measure(6, 8), measured="6/8"))
DECLARED = history(entry("2024-10-10", Reported.DECLARED_COMPLETE, quarter="2024Q3"))


@pytest.mark.parametrize(
    ("before", "percent", "told"),
    [
        case(BEFORE, "63", ["完成比例63%低于上次所报的70%（2024年第三季度）"], id="falling"),
        case(BEFORE, "70", [], id="unchanged"),
        case(COUNTED, "5/8", ["完成数5/8低于上次所报的6/8（2024年第三季度）"], id="falling count"),
        case(COUNTED, "5/9", [], id="another whole"),
        case(History(), "63", [], id="nothing before"),
        case(DECLARED, "", ["2024年第三季度自报已完成，本次却是“推进中”"], id="complete and then not"),
    ],
)
def test_quarters_are_compared(
    tmp_path: Path, against: Against, before: History, percent: str, told: list[str]
) -> None:
    """A figure that falls below the last accepted one is told, never refused."""
    check = checked(good(tmp_path, rows=(GOOD | {"percent": percent}, OTHER)), against, before)
    assert [one.problem for one in check.warnings] == told
    assert (check.outcome, check.rows) == (Outcome.ACCEPTED, 2)


def test_same_words_again_are_proposed(tmp_path: Path, against: Against) -> None:
    """Progress copied from last quarter is shown to the office."""
    before = history(entry(quarter="2024Q3", received="2024-10-10", progress=GOOD["progress"]))
    check = checked(good(tmp_path), against, before)
    assert [one.problem for one in check.proposals] == ["进展情况与2024年第三季度所报完全相同"]


def test_unit_that_took_a_task_over_may_fill_it_in(tmp_path: Path, against: Against) -> None:
    """After 承接 or 调整 the new lead's row is good; without the decision it is another unit's task."""
    moved = history(decision(Action.SUCCEED, "2024-11-01", task_no=11, new_unit=UNIT))
    path = good(tmp_path, rows=(GOOD | {"task_no": "11"},))
    assert (checked(path, against, moved).rows, checked(path, against).rows) == (1, 0)


def test_row_left_as_sent_is_no_entry(tmp_path: Path, against: Against) -> None:
    """A lead's empty row is named and nothing is entered for it; an empty helper's row is not even named."""
    empty = {"task_no": "10", "role": "牵头", "criterion": "12条", "promise": "【上季自报：推进中】\n年底前"}
    check = checked(good(tmp_path, rows=(empty, OTHER)), against)
    assert (check.outcome, check.rows, check.faults) == (Outcome.ACCEPTED, 1, ())
    assert [one.problem for one in check.warnings] == ["第10项任务整行没有填写，本次不登记（此前已报的内容不变）"]


def test_one_row_of_several_is_a_correction(tmp_path: Path, against: Against) -> None:
    """A form from which the other rows were deleted corrects that row alone, and says so."""
    from openpyxl import load_workbook

    path = good(tmp_path)
    book = load_workbook(path)
    book["填报"].delete_rows(7)
    book.save(path)
    check = checked(path, against)
    assert (check.outcome, check.rows) == (Outcome.ACCEPTED, 1)
    assert [one.problem for one in check.warnings] == ["下发2项，本文件只有1项：按更正处理，其余各项沿用此前所报"]


@pytest.mark.parametrize(("role", "unit"), [("配合", "县医保局"), ("会签", "县行政审批局")])
def test_status_word_of_a_helping_row_is_not_dropped_silently(
    tmp_path: Path, against: Against, role: str, unit: str
) -> None:
    """自报状态 is the lead's to say: the row is taken without it, and the unit is told."""
    row = {"task_no": "10", "role": role, "progress": "12月5日核对1240户。", "reported": "推进中"}
    check = checked(good(tmp_path, rows=(row,), 填报单位=unit), against)
    assert (check.rows, [one.problem for one in check.warnings]) == (
        1,
        [f"{role}行不填自报状态，所填“推进中”没有登记"],
    )


def test_filing_day_after_receipt_is_told(tmp_path: Path, against: Against) -> None:
    """A form cannot have been filled in after it came."""
    check = checked(good(tmp_path, 填报日期="2024-12-20"), against)
    assert [one.problem for one in check.warnings] == ["填报日期2024-12-20晚于收到日期2024-12-18"]


def test_unknown_unit_gets_names_that_look_alike(tmp_path: Path, against: Against) -> None:
    """A name that is nearly right is answered with the right one."""
    [fault] = checked(good(tmp_path, 填报单位="县人力资源社会保障局"), against).faults
    assert fault.remedy == "是否应为“县人力资源和社会保障局”？请填写规范名称"


def test_missing_filing_day_is_told(tmp_path: Path, against: Against) -> None:
    """The day of receipt stands for it, which the unit may not have meant."""
    check = checked(good(tmp_path, 填报日期=""), against)
    assert (check.outcome, check.rows) == (Outcome.ACCEPTED, 2)
    assert [one.problem for one in check.warnings] == ["没有填写填报日期，按收到日期2024-12-18计"]
