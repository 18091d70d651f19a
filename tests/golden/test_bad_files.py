"""The bad files beside the example's book: each is answered as its README says, and made again byte for byte."""

import runpy
from pathlib import Path

import pytest
from builders import moment

from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind, check_file
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "example/bad"
ARRIVAL = Arrival(moment("2024-12-18"), moment("2024-12-18", 11), "政务内网", "督查室（示例）")
ANSWERS = {
    "合并单元格.xlsx": (Outcome.REFUSED, 0, "H6:H7", "数据区有合并单元格"),
    "移动了列.xlsx": (Outcome.REFUSED, 0, "H5", "表头应为“进展情况”，现为“存在问题”（“进展情况”被移到了J5）"),
    "改名的et.xlsx": (Outcome.REFUSED, 0, "", "内容是旧版.xls或WPS的.et文件，只是改了扩展名"),
    "~$县人社局.xlsx": (Outcome.REFUSED, 0, "", "这是表格软件打开文件时生成的临时文件"),
    "公式.xlsx": (Outcome.REFUSED, 0, "I6", "单元格里是公式"),
    "上季度的表.xlsx": (Outcome.REFUSED, 0, "F2", "“填报季度”应为“2024Q4”，现为“2024Q3”"),
    "别的单位的任务.xlsx": (Outcome.PARTIAL, 6, "A12", "第32项任务的牵头单位不是县人力资源和社会保障局"),
    "公民身份号码.xlsx": (Outcome.REFUSED, 0, "J6", "含有公民身份号码"),
    "密级标志.xlsx": (Outcome.REFUSED, 0, "P6", "含有国家秘密标志或密级字样"),
    "比例写成小数.xlsx": (Outcome.PARTIAL, 5, "I6", "完成比例“0.8”含义不明"),
}
CORRECTION = "只更正一行.xlsx"


def checked(name: str) -> Check:
    """The check of one of the files."""
    against = load_against(Workspace(ROOT), "yuechi-2024")
    return check_file(BAD / name, against, Quarter(2024, 4), ARRIVAL, ReceiptKind.SUBMISSION)


@pytest.mark.parametrize("name", ANSWERS)
def test_bad_file_is_answered(name: str) -> None:
    """One fault, with its cell, as the README says."""
    check = checked(name)
    [fault] = check.faults
    assert (check.outcome, check.rows, fault.place.cell, fault.problem) == ANSWERS[name]
    assert check.stopped is (name in ("公民身份号码.xlsx", "密级标志.xlsx"))


def test_correction_of_one_row_is_taken_and_named() -> None:
    """It is no bad file: the row enters, and the unit is told what that means for the others."""
    check = checked(CORRECTION)
    assert (check.outcome, check.rows, check.faults) == (Outcome.ACCEPTED, 1, ())
    assert [one.problem for one in check.warnings] == ["下发6项，本文件只有1项：按更正处理，其余各项沿用此前所报"]


def test_set_is_complete_and_described() -> None:
    """Every file of the folder is answered here and named in its README."""
    names = {path.name for path in BAD.glob("*.xlsx")}
    readme = (BAD / "README.md").read_text(encoding="utf-8")
    assert names == {*ANSWERS, CORRECTION}
    assert [name for name in names if name not in readme] == []


def test_set_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    """The script gives the committed files."""
    made = runpy.run_path(str(ROOT / "example/make_bad.py"))["SET"]
    again = {one.name: one.make(tmp_path / "form.xlsx") for one in made}
    assert again == {name: (BAD / name).read_bytes() for name in again}
