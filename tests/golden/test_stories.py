"""The shipped example against its stories: all 37 × 3 statuses, and the sentence of page one."""

import csv
from pathlib import Path

import pytest

from yuechi_report.report import load_report
from yuechi_report.report.county import page_one

STORIES = Path(__file__).with_name("stories.csv")
HEADLINES = {
    "有动作": "有实质进展",
    "推进中": "推进中",
    "延期在办": "延期在办",
    "已完成待核验": "待核验",
    "正常实施": "正常实施",
    "已实现待核实": "已实现待核实",
    "已销号": "已销号",
    "受阻已认定": "到期受上级制约",
    "跟踪无变化": "无变化",
    "未启动": "未启动",
    "逾期": "逾期未完成",
    "未报送": "未报送",
    "本季无实质进展": "本季无实质进展",
    "申请调整": "申请调整",
    "已终止": "已终止",
    "印发时已到期": "印发时已到期·待核实",
}
"""The stories' short words and the headlines they stand for."""
COLUMNS = {"2024Q3": "2024Q3@2024-10-15", "2024Q4": "2024Q4@2025-01-06", "2025Q1": "2025Q1@2025-03-31"}


def expected(quarter: str) -> dict[int, str]:
    """Task number → headline as the stories tell it; in a first report 未报送 reads 首报待收."""
    words = HEADLINES | ({"未报送": "首报待收"} if quarter == "2024Q3" else {})
    with STORIES.open(encoding="utf-8-sig", newline="") as file:
        return {int(row["task_no"]): words[row[COLUMNS[quarter]]] for row in csv.DictReader(file)}


@pytest.mark.parametrize("quarter", COLUMNS)
def test_statuses_are_those_of_the_stories(quarter: str) -> None:
    """Every task of the quarter has the headline of its story."""
    frame = load_report(quarter, notice="yuechi-2024").frame()
    assert dict(zip(frame["task_no"], frame["headline"], strict=True)) == expected(quarter)


def test_stories_are_whole() -> None:
    """37 tasks in each of the three quarters."""
    assert [len(expected(quarter)) for quarter in COLUMNS] == [37, 37, 37]


def test_conclusion_of_2024q4() -> None:
    """Page one of 2024Q4 says the sample sentences with the stories' figures, and the comparison."""
    assert page_one.conclusion(load_report("2024Q4", notice="yuechi-2024")).markdown == (
        "15项限时任务均已到通知时限：**销号6项，自报完成待核验3项，经批准延期1项，到期受上级制约2项，逾期3项**。"
        "销号率6/15（40%），到期未办结共5项。"
        "22项其他任务：19项正常或已了结，3项须关注（无实质进展、未报送、申请调整各1项）。"
        "与三季度相比，新增销号8项；逾期由0项增至3项，均为12月31日到期。"
    )


@pytest.mark.parametrize(
    ("task_no", "column", "value"),
    [
        (6, "suffix", "转常态"),
        (10, "days_overdue", 6),
        (15, "suffix", "退回补正"),
        (27, "suffix", "印发后办结"),
        (29, "suffix", "自报待上级未认定"),
        (30, "discipline", "迟报"),
        (32, "suffix", "按期"),
        (1, "class", "推进类"),
        (2, "effective_due_date", "2025-03-31"),
    ],
)
def test_details_of_2024q4(task_no: int, column: str, value: object) -> None:
    """What the stories tell beside the headline."""
    frame = load_report("2024Q4", notice="yuechi-2024").frame().set_index("task_no")
    assert frame.loc[task_no, column] == value


def test_details_of_2025q1() -> None:
    """71 and 73 days late, proved later, reopened with the original date."""
    frame = load_report("2025Q1", notice="yuechi-2024").frame().set_index("task_no")
    assert [frame.loc[number, "suffix"] for number in (10, 30, 15, 16)] == [
        "逾期71天",
        "逾期73天",
        "按期（补证）",
        "重新挂账",
    ]
