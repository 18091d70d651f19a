from collections.abc import Callable
from datetime import date

import pytest

from yuechi_report.domain.deadline import NoDeadline, Unresolved
from yuechi_report.domain.register import Task
from yuechi_report.errors import Place
from yuechi_report.notice.checks import issue_day_findings, task_findings
from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Finding, Severity
from yuechi_report.notice.parse import parse_notice
from yuechi_report.notice.sources.read import document_of

ListOf = Callable[..., Document]
DOCUMENT = document_of("n.txt", "清单".encode())


def rows(*marks: str) -> list[str]:
    """The lines of whole rows; a mark such as 一/事项 is a heading, one such as （一） a row."""
    lines: list[str] = []
    for mark in marks:
        lines += mark.split("/") if "/" in mark else [f"{mark}推进服务。", "持续推进", "县公安局", " "]
    return lines


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        (("（一）", "（二）", "（三）"), []),
        (("（八十）", "（八十一）"), [("numbers_start", Severity.INFO, 10, "任务编号从（80）开始")]),
        (
            ("（一）", "（三）"),
            [("number_gap", Severity.ERROR, 14, "任务编号从（1）跳到（3），请核对有无漏项")],
        ),
        (
            ("（一）", "（二）", "（二）", "（三）"),
            [("number_repeated", Severity.ERROR, 18, "任务编号（2）重复出现")],
        ),
        (("一/甲", "（一）", "一/甲", "（二）", "二/乙", "（三）"), []),
        (
            ("一/甲", "（一）", "三/丙", "（二）"),
            [("category_gap", Severity.ERROR, 16, "事项编号从1跳到3，请核对有无漏项")],
        ),
        (
            ("一/甲", "（一）", "一/乙", "（二）"),
            [("category_name", Severity.ERROR, 16, "事项1前后名称不同：“甲”与“乙”")],
        ),
        (
            ("一/甲", "（一）", "二/乙"),
            [("category_empty", Severity.ERROR, 16, "事项2“乙”之下没有任务，清单可能不完整")],
        ),
    ],
)
def test_broken_sequences_are_found_where_they_break(
    list_of: ListOf, marks: tuple[str, ...], found: list[tuple[str, Severity, int, str]]
) -> None:
    """Gaps, repeats, jumps, changed names and empty categories: each one finding at its line, else none."""
    document = list_of(*rows(*marks))
    assert parse_notice(document).findings == tuple(
        Finding(severity, code, Place("list.txt", line=line), text) for code, severity, line, text in found
    )


def test_two_days_of_issue_are_a_warning() -> None:
    """The printed day and the given one disagree: the given one counts, and this is said."""
    printed, given = date(2024, 9, 23), date(2024, 9, 24)
    assert issue_day_findings(DOCUMENT, printed, printed) == issue_day_findings(DOCUMENT, None, given) == ()
    text = "通知落款日期2024-09-23与给定的印发日期2024-09-24不同，按给定的算"
    assert issue_day_findings(DOCUMENT, printed, given) == (
        Finding(Severity.WARNING, "issue_date_differs", Place("n.txt"), text),
    )


def test_a_task_tells_everything_a_reviewer_must_know() -> None:
    """Unreadable deadline, missing lead, open list and odd brackets are each a finding of their own."""
    task = Task(
        number=5,
        category_number=1,
        category="甲",
        title="推进",
        text="推进。",
        deadline_raw="尽快",
        deadline=Unresolved("“尽快”：不在已知的时限写法之内"),
        lead_units=(),
        source_lines=(7, 9),
        flags=("open_list", "by_duty", "bracket_open"),
    )
    assert [(finding.severity.value, finding.code, finding.text) for finding in task_findings(DOCUMENT, task)] == [
        ("error", "deadline_unresolved", "任务（5）：完成时限待人工确认，“尽快”：不在已知的时限写法之内"),
        ("error", "lead_missing", "任务（5）：没有找到牵头单位"),
        ("warning", "bracket_open", "任务（5）：单位名称中的括号不成对，没有拆分"),
        ("info", "open_list", "任务（5）：单位以“等”收尾，没有列全"),
        ("info", "by_duty", "任务（5）：单位之后写有“按职责分工负责”"),
    ]
    assert {finding.place for finding in task_findings(DOCUMENT, task)} == {Place("n.txt", line=7)}


def test_a_unit_on_both_sides_is_a_warning() -> None:
    """A unit that leads and cooperates in one task is named."""
    task = Task(1, 1, "甲", "推进", "推进。", "——", NoDeadline(), ("县公安局",), ("县民政局", "县公安局"))
    assert [finding.text for finding in task_findings(DOCUMENT, task)] == [
        "任务（1）：“县公安局”既是牵头单位又是配合单位"
    ]
