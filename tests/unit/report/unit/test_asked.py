"""What is asked of a unit, in zero, one and many forms."""

from collections.abc import Callable

import pytest
from builders import (
    UNIT,
    Record,
    blocked,
    closed,
    declared,
    entry,
    extended,
    returned,
    task,
)

from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.domain.progress import Reported, Role
from yuechi_report.report.context import Report
from yuechi_report.report.unit import asked

Make = Callable[..., Report]
case = pytest.param
ADVANCE = Ongoing(OngoingMode.ADVANCE)


NEXT = "下季度进展情况于3月20日前报送，已销号任务不再报送。"


REF = "**任务1“社保卡‘一卡一码通’”：**"


@pytest.mark.parametrize(
    ("records", "line"),
    [
        case((), f"{REF}已逾期6天。请于1月20日前书面报告整改情况和完成日期。到期结果尚未补报。", id="overdue"),
        case(
            (declared(task_no=1), returned(task_no=1)),
            f"{REF}已逾期6天（退回补正）。12月26日退回补正：经核对属实。请于1月20日前按退回意见补正后重新报送。到期结果尚未补报。",
            id="overdue after a return",
        ),
        case((declared(task_no=1),), f"{REF}已自报完成，本室正在核验。请备好佐证材料原件。", id="awaiting check"),
        case(
            (blocked(task_no=1),),
            f"{REF}已认定受上级制约，复核日为2025年3月20日。请在复核日前对接一次并书面报告结果。",
            id="blocked",
        ),
        case(
            (blocked(task_no=1, review_on="2025-01-06"),),
            f"{REF}已认定受上级制约，复核日为2025年1月6日。请即日对接一次并书面报告结果。",
            id="blocked, reviewed on the day itself",
        ),
        case(
            (entry(task_no=1), extended(task_no=1)),
            f"{REF}已批准延期至2025年3月31日，请按计划推进，按期完成。",
            id="extended",
        ),
    ],
)
def test_request_says_what_and_until_when(make: Make, records: tuple[Record, ...], line: str) -> None:
    """The most pressing request of a fixed task, then the next report."""
    found = asked.requests(make((task(number=1),), *records, unit=UNIT)).markdown
    assert found == f"1\\.{line}\n\n2\\.{NEXT}"


@pytest.mark.parametrize(
    ("records", "line"),
    [
        case((), "本季度未报送进展。请于1月20日前补报。", id="not reported"),
        case(
            (entry(task_no=1, progress=""),),
            "本季无实质进展。请下季度至少报送一项具体行动：何时、做什么、结果如何。",
            id="no action",
        ),
        case(
            (entry(task_no=1, reported=Reported.ADJUSTMENT_REQUESTED),),
            "调整申请尚未批复，批复前继续列管。",
            id="adjustment",
        ),
    ],
)
def test_request_of_an_ongoing_task(make: Make, records: tuple[Record, ...], line: str) -> None:
    """The others are asked in their own words."""
    found = asked.requests(make((task(ADVANCE, number=1),), *records, unit=UNIT)).markdown
    assert found == f"1\\.{REF}{line}\n\n2\\.{NEXT}"


def test_task_in_order_is_only_asked_for_the_next_report(make: Make) -> None:
    """Nothing pressing leaves one request."""
    report = make((task(ADVANCE, number=1),), entry(task_no=1), unit=UNIT)
    assert asked.requests(report).markdown == NEXT


def test_unit_with_everything_closed_is_asked_for_nothing(make: Make) -> None:
    """All closed: a sentence, not an empty list."""
    report = make((task(number=1),), closed(task_no=1), unit=UNIT)
    assert asked.requests(report).markdown == "本季度没有需要办理的事项。"


def test_countersigning_unit_is_asked_until_it_answers(make: Make) -> None:
    """A further lead countersigns; cooperation may be told, need not."""
    shared = task(ADVANCE, number=1, lead_units=(UNIT, "县公安局"), cooperating_units=("县医保局",))
    answered = entry(task_no=1, unit="县公安局", role=Role.COUNTERSIGN, reported=None, progress="同意。")
    found = [
        asked.requests(make((shared,), entry(task_no=1), *records, unit=name)).markdown
        for name, records in (("县公安局", ()), ("县公安局", (answered,)), ("县医保局", ()))
    ]
    nothing = "本季度没有需要办理的事项。"
    assert found == [f"{REF}本季度未反馈会签意见，请与县人社局对接后反馈。", nothing, nothing]


def test_due_result_is_asked_for_until_its_day(make: Make) -> None:
    """Before the due-results day the line is asked for by that day."""
    report = make((task(number=1),), entry(task_no=1), unit=UNIT, as_of="2025-01-02")
    assert "到期结果请于1月6日前补报。" in asked.requests(report).markdown


def test_title_of_the_notice_is_escaped_in_a_request(make: Make) -> None:
    """A title with markup signs stays a title."""
    odd = task(number=1, title="推进<b>*一卡*")
    found = asked.requests(make((odd,), unit=UNIT)).markdown
    assert found.startswith(r"1\.**任务1“\<b\>\*一卡\*”：**已逾期6天。")
