"""Checking a file: the outcome, and no trace of it."""

from collections.abc import Callable
from pathlib import Path

from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.receipt import Outcome, ReceiptKind
from yuechi_report.intake.submission import Arrival, check_file
from yuechi_report.intake.trade import Trade

Write = Callable[..., Path]
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条。", "reported": "推进中"}
BAD = GOOD | {"task_no": "99"}


def test_checking_alone_enters_nothing(form: Write, trade: Trade, quarter: Quarter, arrival: Arrival) -> None:
    """--check tells the outcome and leaves no trace."""
    check = check_file(form(GOOD, BAD), trade, quarter, arrival, ReceiptKind.SUBMISSION)
    assert (check.outcome, check.rows, len(check.faults)) == (Outcome.PARTIAL, 1, 1)
    assert not trade.root.exists()
