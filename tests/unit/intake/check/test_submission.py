"""Checking a file: the outcome, and no trace of it; who sent it, never a guess between two."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from broken import good
from openpyxl import load_workbook
from strange import Strange, amount

from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.unit import Units
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import (
    Arrival,
    Check,
    Outcome,
    ReceiptKind,
    check_file,
    sender_by_name,
    sender_of,
)
from yuechi_report.intake.door.workbook import SheetData
from yuechi_report.intake.form.columns import FORM

Write = Callable[..., Path]
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条。", "reported": "推进中"}
BAD = GOOD | {"task_no": "99"}


def test_checking_alone_enters_nothing(form: Write, against: Against, quarter: Quarter, arrival: Arrival) -> None:
    """--check tells the outcome and leaves no trace."""
    check = check_file(form(GOOD, BAD), against, quarter, arrival, ReceiptKind.SUBMISSION)
    assert (check.outcome, check.rows, len(check.faults)) == (Outcome.PARTIAL, 1, 1)
    assert not against.root.exists()


def test_empty_decision_form_is_refused(
    office_form: Write, against: Against, quarter: Quarter, arrival: Arrival
) -> None:
    """The office's form sent as it was written says nothing, as a unit's does."""
    check = check_file(office_form(), against, quarter, arrival, ReceiptKind.DECISION)
    assert (check.outcome, [one.problem for one in check.faults]) == (Outcome.REFUSED, ["没有填写任何一行"])


def test_decision_form_without_office_is_named(
    office_form: Write, against: Against, quarter: Quarter, arrival: Arrival
) -> None:
    """The message says which form it is, not that a sheet was renamed."""
    [fault] = check_file(office_form({"task_no": "10"}), against, quarter, arrival, ReceiptKind.SUBMISSION).faults
    assert (fault.problem, "--office" in fault.remedy) == ("这是办公室的决定登记表，不是填报表", True)


def test_form_of_a_unit_with_office_is_named(form: Write, against: Against, quarter: Quarter, arrival: Arrival) -> None:
    """And the other way round."""
    [fault] = check_file(form(GOOD), against, quarter, arrival, ReceiptKind.DECISION).faults
    assert (fault.problem, "--office" in fault.remedy) == ("这是单位的填报表，不是决定登记表", True)


def test_decision_form_with_fewer_rows_corrects_nothing(
    office_form: Write, against: Against, quarter: Quarter, arrival: Arrival
) -> None:
    """The office deletes what it does not decide: nothing is handed out, nothing is 按更正处理."""
    returned = {"action": "退回补正", "decided_on": "2024-12-17", "reason": "缺联调确认单"}
    path = office_form({"task_no": "10"} | returned, {"task_no": "11"} | returned)
    book = load_workbook(path)
    book["决定"].delete_rows(7)
    book.save(path)
    check = check_file(path, against, quarter, arrival, ReceiptKind.DECISION)
    assert (check.rows, [one.problem for one in check.warnings if "更正" in one.problem]) == (1, [])


REFUSED = Check(ReceiptKind.SUBMISSION, "", Outcome.REFUSED, 0, ())


def sheet(label: str = "", stamp: str = "") -> SheetData:
    """What was read of a refused file: the label above its header, the unit on its hidden sheet."""
    return SheetData("f.xlsx", FORM, {"填报单位": label}, {}, (), stamp={"单位": stamp})


@pytest.mark.parametrize(
    ("check", "name", "unit"),
    [
        (replace(REFUSED, kind=ReceiptKind.DECISION), "public-security.xlsx", "office"),
        (replace(REFUSED, unit="human-resources"), "public-security.xlsx", "human-resources"),
        (replace(REFUSED, sheet=sheet("县人社局", "县公安局")), "medical-insurance.xlsx", "human-resources"),
        (replace(REFUSED, sheet=sheet("某局", "县公安局")), "medical-insurance.xlsx", "public-security"),
        (replace(REFUSED, sheet=sheet()), "2024Q4-medical-insurance.et", "medical-insurance"),
        (REFUSED, "岳池县公安局四季度（定稿）.et", "public-security"),
        (REFUSED, "填报表.et", ""),
    ],
    ids=["decision", "already known", "label", "stamp", "slug in the name", "name in the name", "nothing tells"],
)
def test_first_thing_that_tells_decides(against: Against, check: Check, name: str, unit: str) -> None:
    """The label goes before the stamp, the stamp before the file's name."""
    assert sender_of(check, name, against.units) == unit


def strangers(against: Against, quarter: Quarter, arrival: Arrival, path: Path) -> Check:
    """The check of a file that a stranger's tool wrote."""
    return check_file(path, against, quarter, arrival, ReceiptKind.SUBMISSION)


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        (Strange(row=' hidden="1"'), "第6行是隐藏行，其中填写的内容照常接收"),
        (Strange(state="veryHidden"), "工作表“填报”是隐藏的，其中填写的内容照常接收"),
        (
            Strange(others={"填报 (2)": Strange().sheet.replace("80", "90")}),
            "另有内容不同的工作表“填报 (2)”，只读取“填报”",
        ),
        (
            Strange(unit="县⼈⼒资源和社会保障局", reported="推\u200b进中"),
            "文字里有“⼈⼒”等部首字形、零宽字符，多为从PDF复制而来；核对单位、日期和选项时按通用字读取",
        ),
    ],
    ids=["hidden row", "hidden sheet", "other copy", "characters of a PDF"],
)
@pytest.mark.usefixtures("read_in_process")
def test_what_the_sheet_does_not_show_is_told(
    tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival, form: Strange, problem: str
) -> None:
    """The row is taken, and one warning says what a person should look at."""
    check = strangers(against, quarter, arrival, form.write(tmp_path))
    assert (check.outcome, check.unit, check.rows) == (Outcome.ACCEPTED, "human-resources", 1)
    assert [warning.problem for warning in check.warnings if "版本信息" not in warning.problem] == [problem]


@pytest.mark.parametrize("change", ["formula", "sheet renamed", "header gone", "mobile number", "far cell"])
@pytest.mark.usefixtures("read_in_process")
def test_stamp_names_the_unit_of_a_refused_file(
    tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival, change: str
) -> None:
    """Whatever refused the file, and though its label and its name say nothing."""
    path = good(tmp_path, "填报表.xlsx")
    book = load_workbook(path)
    book["填报"]["C2"] = None
    match change:
        case "formula":
            book["填报"]["H6"] = "=1+1"
        case "sheet renamed":
            book["填报"].title = "Sheet1"
        case "header gone":
            book["填报"].delete_rows(5)
        case "mobile number":
            book["填报"]["H6"] = "联系13800138000"
        case _:
            book["填报"]["XFD1048576"] = "x"
    book.save(path)
    check = strangers(against, quarter, arrival, path)
    assert (check.outcome, check.stopped) == (Outcome.REFUSED, change == "mobile number")
    assert sender_of(check, path.name, against.units) == "human-resources"


@pytest.mark.usefixtures("read_in_process")
def test_label_names_the_unit_of_a_refused_file(
    tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival
) -> None:
    """Without a stamp the name above the header is enough."""
    path = Strange(cell=amount("<f>1</f><v>1</v>")).write(tmp_path, "填报表.xlsx")
    check = strangers(against, quarter, arrival, path)
    assert sender_of(check, path.name, against.units) == "human-resources"


def test_longer_name_wins_and_two_are_none(against: Against) -> None:
    """A branch is not its bureau; a name with two units in it tells nothing."""
    bureau = against.units.named("县公安局")
    units = Units((*against.units, replace(bureau, slug="branch", name="县公安局城区分局", short_names=())))
    assert sender_by_name("县公安局城区分局.xlsx", units) == "branch"
    assert sender_by_name("县公安局、县医保局.xlsx", replace_names(units)) == ""


def replace_names(units: Units) -> Units:
    """The units with names of equal length, so that length cannot decide."""
    return Units(tuple(replace(one, short_names=()) for one in units))
