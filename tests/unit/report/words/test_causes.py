"""Why a task is overdue: the office's own reason or dated facts, and what is asked of the unit fits them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from builders import Record, blocked, closed, decision, declared, entry, extended, reopened, returned, task

from yuechi_report.domain.evidence import Evidence
from yuechi_report.domain.progress import Action, Reported
from yuechi_report.report.context import CIRCULAR, Report
from yuechi_report.report.words.causes import brief_reason, overdue_demand, overdue_reason, overdue_request

Make = Callable[..., Report]
case = pytest.param

FAULTY = "抽查12月审核台账20户，平均13.6个工作日，未达10个工作日标准。请补正后重报。"
LETTER = (Evidence("去函", "示例〔2025〕4号", "2025-01-02"),)


def above(received: str = "2024-12-18", **fields: Any) -> Record:
    """The unit says that it waits for a higher level."""
    return entry(received, Reported.AWAITING_UPPER, **({"issues": ""} | fields))


def asks(received: str, until: str = "2025-03-31") -> Record:
    """The unit asks for an extension."""
    return entry(received, Reported.EXTENSION_REQUESTED, expected_on=until)


def refused(decided: str = "2025-01-05", **fields: Any) -> Record:
    """不予延期."""
    return decision(Action.REFUSE_EXTENSION, decided, **fields)


CASES = [
    case(
        (declared(), returned(reason=FAULTY)),
        "12月26日退回补正：抽查12月审核台账20户，平均13.6个工作日，未达10个工作日标准。请补正后重报。",
        "按退回意见补正",
        id="returned with evidence in place",
    ),
    case((declared(), returned(reason="")), "12月26日退回补正", "按退回意见补正", id="returned without a reason"),
    case(
        (closed(), reopened(reason="回访时2个分馆没有正式账号。")),
        "1月3日重新挂账：回访时2个分馆没有正式账号。",
        "完成整改",
        id="reopened",
    ),
    case(
        (closed(), reopened(reason="审计指出台账不实。"), declared("2025-01-04", evidence=())),
        "1月4日自报完成，未填佐证",
        "补报佐证",
        id="reopened, then declared without evidence",
    ),
    case((declared(evidence=()),), "12月18日自报完成，未填佐证", "补报佐证", id="no evidence"),
    case(
        (asks("2025-01-03"), refused(reason="1月3日才提出。")),
        "1月5日不予延期：1月3日才提出。",
        "报完成日期",
        id="asked late and refused",
    ),
    case(
        (asks("2024-12-17"), refused(reason="县级可以按期完成。")),
        "1月5日不予延期：县级可以按期完成。",
        "报完成日期",
        id="asked in time and refused",
    ),
    case(
        (asks("2024-12-17"), refused(reason="")),
        "12月17日到期前申请延期，1月5日不予延期",
        "报完成日期",
        id="asked in time, no reason",
    ),
    case(
        (asks("2025-01-03"), refused(reason="")),
        "1月3日到期后申请延期，1月5日不予延期",
        "报完成日期",
        id="asked late, no reason",
    ),
    case((refused(reason=""),), "1月5日不予延期", "报完成日期", id="asked by letter alone"),
    case((asks("2025-01-03"),), "1月3日到期后申请延期，尚未批复", "报完成日期", id="asked late, undecided"),
    case(
        (asks("2024-12-17", "2025-01-03"),),
        "12月17日申请延期至1月3日，尚未批复",
        "报完成日期",
        id="asked in time, the day asked for has passed",
    ),
    case((above(),), "12月18日自报待上级，尚未认定", "补报请示件", id="waits above, no letter"),
    case(
        (above(evidence=LETTER),),
        "12月18日自报待上级，去函在案，尚未认定",
        "报对接结果",
        id="waits above, letter on file",
    ),
    case(
        (above(), decision(Action.REFUSE_BLOCK, "2025-01-03", reason="没有请示件。")),
        "1月3日不予认定受上级制约：没有请示件。",
        "补报请示件",
        id="not recognised, no letter",
    ),
    case(
        (above(), decision(Action.REFUSE_BLOCK, "2025-01-03", reason="没有请示件。"), entry("2025-01-04")),
        "1月3日不予认定受上级制约：没有请示件。",
        "报完成日期",
        id="not recognised, and the unit waits no more",
    ),
    case(
        (above(evidence=LETTER), decision(Action.REFUSE_BLOCK, "2025-01-03", reason="属县级事权。")),
        "1月3日不予认定受上级制约：属县级事权。",
        "报完成日期",
        id="not recognised, letter on file",
    ),
    case(
        (above(), blocked("2024-12-20", "2025-01-02")),
        "12月20日认定受上级制约，1月2日复核日已过",
        "报对接结果",
        id="recognised and lapsed",
    ),
    case(
        (above(), blocked("2024-12-20", "2025-01-02"), above("2025-01-04")),
        "1月4日自报待上级，去函在案，尚未认定",
        "报对接结果",
        id="asked again after the review day",
    ),
    case(
        (
            above(),
            blocked("2024-12-20", "2025-02-02"),
            decision(Action.LIFT_BLOCK, "2025-01-03", reason="市局已函复。"),
        ),
        "1月3日解除受上级制约：市局已函复。",
        "报完成日期",
        id="lifted",
    ),
    case(
        (above(), blocked("2024-12-20", "2025-06-30")),
        "12月20日认定待上级，缺少要件或复核日超期，未生效",
        "报对接结果",
        id="recognised for too long",
    ),
    case(
        (extended(new_due="2025-01-03"), entry("2025-01-02", issues="终端不足。")),
        "单位反映：终端不足。",
        "报完成日期",
        id="granted date passed",
    ),
    case((entry(issues="终端不足。"),), "单位反映：终端不足。", "报完成日期", id="what the unit says"),
    case((entry(issues="无"),), "未说明原因", "报完成日期", id="the unit names no issue"),
    case((), "本季未报送", "报完成日期", id="nothing came"),
]


@pytest.mark.parametrize(("records", "reason", "wanted"), CASES)
def test_cause_is_a_fact_and_the_request_fits(
    make: Make, records: tuple[Record, ...], reason: str, wanted: str
) -> None:
    """Every cause is a decision's own reason or a dated fact; no letter on file is asked for again."""
    report = make((task(),), *records)
    [status] = report.assessments
    assert (overdue_reason(report, status, 60), overdue_request(report, status)) == (reason, wanted)


def test_reason_is_shortened_at_a_clause_or_left_out(make: Make) -> None:
    """A narrow column holds whole clauses only; where none fits the fact stands alone."""
    report = make((task(),), declared(), returned(reason=FAULTY))
    [status] = report.assessments
    assert [overdue_reason(report, status, length) for length in (60, 36, 14)] == [
        f"12月26日退回补正：{FAULTY}",
        "12月26日退回补正：抽查12月审核台账20户，平均13.6个工作日。",
        "12月26日退回补正",
    ]


@pytest.mark.parametrize(
    ("records", "brief"),
    [
        case((declared(), returned()), "12月26日退回补正", id="with its day"),
        case(
            (above(), blocked("2024-12-20", "2025-01-02")), "制约认定已过复核日", id="the word where the fact is long"
        ),
        case((entry(issues="资金未落实，三次会商没有结果。"),), "单位反映：资金未落实", id="a clause of the unit"),
        case((entry(issues="改造资金来源和承建单位在三家之间尚未商定"),), "", id="no clause is short enough"),
    ],
)
def test_brief_cause_takes_a_line(make: Make, records: tuple[Record, ...], brief: str) -> None:
    """Where many tasks are overdue."""
    report = make((task(),), *records)
    assert brief_reason(report, report.assessments[0]) == brief


@pytest.mark.parametrize(
    ("records", "to_units"),
    [
        case((above(),), "未说明原因", id="waits above"),
        case((asks("2025-01-03"),), "未说明原因", id="asked late"),
        case(
            (above(), blocked("2024-12-20", "2025-01-02"), above("2025-01-04")),
            "12月20日认定受上级制约，1月2日复核日已过",
            id="lapsed",
        ),
    ],
)
def test_request_not_decided_is_for_the_leaders_and_the_unit(
    make: Make, records: tuple[Record, ...], to_units: str
) -> None:
    """The units' edition tells of decisions alone; the unit itself reads what it asked for."""
    found = []
    for changes in ({"edition": CIRCULAR}, {"unit": task().filling_unit}):
        report = make((task(),), *records, **changes)
        found.append(overdue_reason(report, report.assessments[0], 60))
    assert found[0] == to_units
    assert "尚未" in found[1]


def test_demand_is_the_request_as_a_sentence(make: Make) -> None:
    """A returned declaration is to be mended as the office said, whatever it said."""
    report = make((task(),), declared(), returned(reason=FAULTY))
    assert overdue_demand(report, report.assessments[0]) == "按退回意见补正后重新报送"


def test_lifted_recognition_is_not_an_unrecognised_claim(make: Make) -> None:
    """解除 answers what the unit said before it: no 未认定 is printed."""
    lifted = decision(Action.LIFT_BLOCK, "2025-01-03")
    report = make((task(),), above(), blocked("2024-12-20", "2025-02-02"), lifted)
    assert report.assessments[0].suffixes == ()
    assert report.as_of == date(2025, 1, 6)
