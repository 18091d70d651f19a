"""From files to a status: what a resent, a mended and a refused file do to the task they are about."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from books import book_of, history_of
from builders import AS_OF, NEW_YEAR, moment, period, task

from yuechi_report.domain.assessment import Assessment, Discipline, Headline, Suffix
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.status import assess
from yuechi_report.intake.book.chain import read_book
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, ReceiptKind

pytestmark = pytest.mark.usefixtures("read_in_process")

Write = Callable[..., Path]
GOOD = {"task_no": "10", "role": "牵头", "progress": "12条线路已开通。", "reported": "推进中"}
DONE = GOOD | {"reported": "已完成", "completed_on": "2024-12-16", "evidence": "《办理规程（示例）》/示例〔2024〕1号"}
RETURN = {
    "task_no": "10",
    "action": "退回补正",
    "decided_on": "2024-12-26",
    "decided_by": "督查室（示例）",
    "reason": "附件不符",
}


@pytest.fixture
def take(against: Against, quarter: Quarter, arrival: Arrival) -> Callable[..., None]:
    """Take a file in on a day, as a submission unless said otherwise."""

    def call(path: Path, on: str, kind: ReceiptKind = ReceiptKind.SUBMISSION) -> None:
        came = replace(arrival, received_at=moment(on), recorded_at=moment(on, 11))
        take_in(path, against, quarter, came, kind=kind, book_file=book_of(against))

    return call


def judged(against: Against) -> Assessment:
    """Task 10 by what the book holds."""
    return assess(task(), history_of(against), period(), as_of=AS_OF, policy=StatusPolicy(calendar=NEW_YEAR))


def test_same_file_again_does_not_undo_a_return(
    take: Callable[..., None], form: Write, office_form: Write, against: Against
) -> None:
    """Sent back and sent again unchanged: still overdue as 退回补正, not waiting for a check; mended bytes are."""
    path = form(DONE)
    take(path, "2024-12-18")
    assert judged(against).headline is Headline.AWAITING_CHECK
    take(office_form(RETURN), "2024-12-26", ReceiptKind.DECISION)
    take(path, "2024-12-27")
    again = judged(against)
    assert (again.headline, Suffix.RETURNED in again.suffixes) == (Headline.OVERDUE, True)
    take(form(DONE | {"evidence": "《办理规程（示例）》/示例〔2024〕2号"}, name="mended.xlsx"), "2024-12-30")
    assert judged(against).headline is Headline.AWAITING_CHECK


@pytest.mark.parametrize(
    ("mended", "discipline"),
    [("2024-12-24", Discipline.ON_TIME), ("2024-12-25", Discipline.LATE)],
    ids=["second working day", "third"],
)
def test_row_mended_within_two_working_days_is_not_late(
    take: Callable[..., None], form: Write, against: Against, mended: str, discipline: Discipline
) -> None:
    """A bad row on Friday the 20th, the last day: its correction may come until Tuesday."""
    bad = GOOD | {"expected_on": "年底"}
    take(form(bad, GOOD | {"task_no": "12", "reported": "正常"}), "2024-12-20")
    assert judged(against).discipline is Discipline.AWAITING_CORRECTION
    take(form(GOOD, name="mended.xlsx"), mended)
    assert judged(against).discipline is discipline


def test_file_refused_whole_is_booked_under_its_unit(take: Callable[..., None], form: Write, against: Against) -> None:
    """Another quarter's form: nothing enters, and the row says whose it was."""
    take(form(GOOD, 填报季度="2024Q3"), "2024-12-18")
    [row] = read_book(book_of(against)).receipts
    assert (row.unit, row.outcome.counts, history_of(against).submissions) == ("human-resources", False, ())
