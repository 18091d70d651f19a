"""The notes at the foot of page one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from builders import (
    Record,
    closed,
    moment,
    submission,
    task,
)
from report_parts import before, fixed

from yuechi_report.domain.deadline import DueBy, NoDeadline
from yuechi_report.report.context import Report
from yuechi_report.report.county import footnotes
from yuechi_report.report.county.submissions import handed_in

Make = Callable[..., Report]
case = pytest.param


@pytest.mark.parametrize(
    ("records", "note"),
    [
        case((), "任务1时限（2024年6月）早于通知印发日，按“印发时已到期·待核实”管理，不计逾期。", id="open"),
        case(
            (closed(completed_on="2024-11-15", task_no=1),),
            "任务1时限（2024年6月）早于通知印发日，按“印发后办结”管理，不计逾期。",
            id="closed",
        ),
    ],
)
def test_task_due_before_issue_has_its_footnote(make: Make, records: tuple[Record, ...], note: str) -> None:
    """The footnote names it, and that it is not counted as late."""
    report = make((task(DueBy(date(2024, 6, 30)), number=1),), *records)
    assert footnotes.notes(report).markdown == f"①{note}\n\n②逾期自时限次日起算；判定规则见附件3。"


def test_footnote_tells_last_quarters_other_headlines(make: Make) -> None:
    """The comparison says that it rests on the ledger, and counts by headline."""
    report = make((*fixed(1, 2), task(NoDeadline(), number=3)), before(1), earlier=True)
    assert footnotes.notes(report).markdown.split("\n\n")[0] == (
        "①上季报告未印发，按台账比较。上季限时任务另有推进中1项、首报待收1项；其他任务另有首报待收1项。"
    )


def test_purged_rows_have_their_footnote(make: Make) -> None:
    """Whose content is gone, and what is still said of it: in time, judged by what came before."""
    gone = replace(submission(), rows=0, purged_at=moment("2025-01-02"))
    report = make(fixed(1, 2, 3, 4), before(1), gone)
    assert footnotes.notes(report).markdown.split("\n\n")[0] == (
        "①本季填报内容已按规定清除：县人社局（任务1、2、3等4项）；是否按时仍按收到日计，状态按此前填报判定。"
    )
    assert handed_in(report).markdown.endswith("填报内容已清除：县人社局（按时，内容已清除）。")
