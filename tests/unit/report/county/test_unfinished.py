"""Overdue with reason and evidence, 受上级制约 with what it rests on, extensions and changes with their approval."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import PROOF, blocked, closed, decision, declared, entry, extended, returned, task

from yuechi_report.domain.progress import Action
from yuechi_report.page.table import Table
from yuechi_report.report.context import CIRCULAR, LEADERS, Report
from yuechi_report.report.county import unfinished

Make = Callable[..., Report]
EXTENDED = extended(approver="县人民政府", approved_on="2024-12-24", document_number="示例〔2024〕41号")


def rows(table: Table) -> list[list[str]]:
    """What is read, without number, title and unit."""
    return [[cell.text for cell in row[3:]] for row in table.rows]


@pytest.mark.parametrize(
    ("edition", "reason"),
    [
        (LEADERS, "12月18日自报完成，未填佐证。单位反映：附件正在盖章。"),
        (CIRCULAR, "12月18日自报完成，未填佐证。单位反映：附件正在盖章。"),
    ],
)
def test_empty_evidence_cell_is_a_fact_with_its_day(make: Make, edition: str, reason: str) -> None:
    """That the cell is empty is no judgement: both editions say so, beside the unit's own words."""
    said = declared(evidence=(), issues="附件正在盖章。")
    assert rows(unfinished.overdue_in_full(make((task(),), said, edition=edition))) == [["6天", reason, "未附"]]


def test_evidence_is_named(make: Make) -> None:
    """The first piece by its name, and how many there are."""
    said = entry(issues="资金未落实。", evidence=PROOF * 2)
    [[days, reason, evidence]] = rows(unfinished.overdue_in_full(make((task(),), said)))
    assert (days, reason, evidence) == ("6天", "单位反映：资金未落实。", "《办理规程（示例）》等2件（12月18日）")


def test_returned_task_shows_the_office_s_reason_beside_the_evidence(make: Make) -> None:
    """The reason is the office's own, and the evidence that came stays on the row though newer rows bring none."""
    records = (
        declared(),
        returned(reason="台账平均13.6个工作日。"),
        entry("2025-01-02", issues="无", progress="整改中。"),
    )
    [[_, reason, evidence]] = rows(unfinished.overdue_in_full(make((task(),), *records[:2])))
    assert (reason, evidence) == ("12月26日退回补正：台账平均13.6个工作日。", "《办理规程（示例）》（12月18日）")
    [[_, reason, evidence]] = rows(unfinished.overdue_in_full(make((task(),), *records)))
    assert (reason, evidence) == ("未说明原因。", "《办理规程（示例）》（12月18日）")


def test_decision_sent_twice_is_listed_once(make: Make) -> None:
    """The same decision in a second file, with another between, is one change; a different one is another."""
    ended = decision(Action.TRANSFER, "2024-12-20", reason="列入新清单。", approver="县人民政府")
    other = decision(Action.JUDGE_HOLLOW, "2024-12-21")
    again = replace(ended, quarter=ended.quarter.next)
    assert rows(unfinished.changes(make((task(),), ended, other, again))) == [
        ["转入新清单", "列入新清单。", "县人民政府12月20日"]
    ]


def test_refused_extension_keeps_the_date_in_force(make: Make) -> None:
    """Of an extended task that is the new date, not the notice's."""
    granted, refused = extended("2024-11-20", "2024-12-25"), decision(Action.REFUSE_EXTENSION, "2024-12-28")
    assert rows(unfinished.changes(make((task(),), granted, refused)))[1][1] == "现行时限12月25日不变"


@pytest.mark.parametrize(
    ("review_on", "shown"), [("2025-03-20", "3月20日"), ("2025-01-06", "1月6日"), ("2025-01-05", "1月5日\n已失效")]
)
def test_recognised_block_names_body_letter_and_review_day(make: Make, review_on: str, shown: str) -> None:
    """The review day still counts; the day after, the table says that the recognition has lapsed."""
    table = unfinished.blocked(make((task(),), blocked(review_on=review_on)))
    assert rows(table) == [["广安市民政局：转发评定标准", "示例〔2024〕30号\n12月13日", shown]]


def test_closed_task_is_blocked_no_more(make: Make) -> None:
    """What is settled waits for nobody."""
    assert unfinished.blocked(make((task(),), blocked("2024-12-20"), closed())).to_html() == (
        "<p>没有认定受上级制约的任务。</p>"
    )


@pytest.mark.parametrize(
    ("record", "row"),
    [
        (EXTENDED, ["准予延期", "原时限12月31日，新时限3月31日", "县人民政府12月24日，示例〔2024〕41号"]),
        (
            decision(Action.REFUSE_EXTENSION, "2025-01-06", approver="县人民政府", approved_on="2025-01-06"),
            ["不予延期", "原时限12月31日不变", "县人民政府1月6日"],
        ),
        (
            decision(Action.TERMINATE, "2025-01-02", approver="县人民政府", document_number="示例〔2025〕1号"),
            ["终止", "经核对属实", "县人民政府1月2日，示例〔2025〕1号"],
        ),
        (
            decision(Action.SET_DEADLINE, "2024-12-20", new_class="advance", wording="持续配合"),
            ["核定时限", "按推进类（持续配合）管理", "督查室（示例）12月20日"],
        ),
    ],
)
def test_change_tells_what_was_decided_by_whom_and_when(make: Make, record: object, row: list[str]) -> None:
    """The original deadline stays on the page beside the new one."""
    assert rows(unfinished.changes(make((task(),), record))) == [row]


def test_change_of_an_earlier_quarter_is_not_told_again(make: Make) -> None:
    """Only what was decided, or became known, since the last report."""
    old = decision(Action.SET_DEADLINE, "2024-10-10", new_due="2025-06-30", quarter="2024Q3")
    late = decision(Action.SET_DEADLINE, "2024-10-10", recorded="2024-10-20", new_due="2025-06-30", quarter="2024Q3")
    found = [rows(unfinished.changes(make((task(),), one, earlier=True))) for one in (old, late)]
    assert [len(table) for table in found] == [0, 1]
