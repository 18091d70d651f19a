"""The words of statuses: groups that miss nothing, reasons and requests of overdue tasks."""

from collections.abc import Mapping

import pytest
from builders import Record, closed, decision, declared, entry, judged, reopened, returned

from yuechi_report.domain.progress import Action, Reported
from yuechi_report.report.context import Report
from yuechi_report.report.words.statuses import FIXED_GROUPS, OTHER_GROUPS, counted, overdue_reason, overdue_request

case = pytest.param
QUARTERS = ("2024Q3", "2024Q4", "2025Q1")


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_headline_belongs_to_exactly_one_group(example: Mapping[str, Report], quarter: str) -> None:
    """No task is lost between the groups of a sentence, and none counted twice."""
    report = example[quarter]
    for groups, found in ((FIXED_GROUPS, report.fixed), (OTHER_GROUPS, report.others)):
        assert sum(number for _, number in counted(groups, found)) == len(found)


WAITS_ABOVE = entry(reported=Reported.AWAITING_UPPER, issues="")


@pytest.mark.parametrize(
    ("records", "reason", "wanted"),
    [
        case((declared(), returned()), "自报完成缺佐证，12月26日退回补正", "补报佐证", id="returned"),
        case((declared(evidence=()),), "自报完成，未附佐证", "补报佐证", id="no evidence"),
        case((WAITS_ABOVE,), "自报待上级，未附请示件，未予认定", "补报请示件", id="not recognised"),
        case((closed(), reopened()), "1月3日回访发现问题，重新挂账", "完成整改", id="reopened"),
        case(
            (entry("2025-01-03", Reported.EXTENSION_REQUESTED), decision(Action.REFUSE_EXTENSION, "2025-01-06")),
            "过期后申请延期，1月6日不予延期",
            "报完成日期",
            id="asked too late",
        ),
        case((entry(issues="终端不足。"),), "终端不足。", "报完成日期", id="what the unit says"),
        case((), "未说明原因", "报完成日期", id="nothing said"),
    ],
)
def test_overdue_row_has_reason_and_proposal(records: tuple[Record, ...], reason: str, wanted: str) -> None:
    """What the office did, else what the unit says; and what is wanted."""
    one = judged(*records)
    assert (overdue_reason(one), overdue_request(one)) == (reason, wanted)
