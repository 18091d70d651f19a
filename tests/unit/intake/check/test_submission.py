"""Checking a file: the outcome, and no trace of it."""

from collections.abc import Callable
from pathlib import Path

from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, Outcome, ReceiptKind, check_file

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
