"""The register: tasks by number, units in order, due dates by kind of deadline."""

from datetime import date

import pytest
from builders import task

from yuechi_report.domain.deadline import (
    Deadline,
    DueBy,
    NoDeadline,
    Ongoing,
    OngoingMode,
    Recurring,
    Tracking,
    Unresolved,
)
from yuechi_report.domain.register import Notice, Register

NOTICE = Notice(
    id="n-2024",
    title="重点任务清单",
    short_title="重点任务",
    issuer="县人民政府办公室",
    issued_on=date(2024, 9, 23),
    sha256="0" * 64,
    source="as received",
)
FIRST = task(number=3, lead_units=("县经济和信息化局", "各电信运营商"))
SECOND = task(number=1, lead_units=("县公安局",), cooperating_units=("县医保局", "县经济和信息化局"))
REGISTER = Register(NOTICE, (FIRST, SECOND))


def test_register_keeps_the_notices_order() -> None:
    """Iteration follows the notice, not the numbers."""
    assert (list(REGISTER), len(REGISTER)) == ([FIRST, SECOND], 2)


def test_task_is_found_by_its_number() -> None:
    """Numbers need neither start at 1 nor ascend."""
    assert (REGISTER.task(1), REGISTER.task(3)) == (SECOND, FIRST)


def test_missing_number_is_a_key_error() -> None:
    """A number that the register has not is an error, never another task."""
    with pytest.raises(KeyError) as caught:
        REGISTER.task(2)
    assert caught.value.args == (2,)


def test_units_are_named_once_in_order_of_appearance() -> None:
    """Leads and cooperating units, each once."""
    assert REGISTER.unit_names == ("县经济和信息化局", "各电信运营商", "县公安局", "县医保局")


def test_first_lead_fills_in_and_leads_come_before_helpers() -> None:
    """The filling unit is the first lead."""
    assert (FIRST.filling_unit, SECOND.units) == ("县经济和信息化局", ("县公安局", "县医保局", "县经济和信息化局"))


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        (DueBy(date(2024, 12, 31)), date(2024, 12, 31)),
        (DueBy(date(2025, 6, 30), "动工"), date(2025, 6, 30)),
        (Ongoing(OngoingMode.ADVANCE), None),
        (Tracking(), None),
        (Recurring(3), None),
        (NoDeadline(), None),
        (Unresolved("写法无法识别"), None),
    ],
    ids=["fixed", "milestone", "ongoing", "tracking", "recurring", "none", "unresolved"],
)
def test_only_a_fixed_deadline_has_a_due_date(deadline: Deadline, due: date | None) -> None:
    """Every other kind of deadline has none."""
    assert task(deadline).due == due
