"""Taking back: a reason is needed, nothing is taken back twice, and what was purged is gone but not forgotten."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from books import book_of, history_of
from builders import moment

from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ParameterError
from yuechi_report.intake.book.chain import read_book
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.book.takeback import TakeBack, purge, withdraw
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, ReceiptKind

pytestmark = pytest.mark.usefixtures("read_in_process")

Write = Callable[..., Path]
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条。", "reported": "推进中"}
TAKE_BACK = TakeBack(1, "登错单位", moment("2024-12-20"), "督查室", "县政府办公室")


@pytest.fixture
def receipt(against: Against, quarter: Quarter, arrival: Arrival, form: Write, tmp_path: Path) -> Receipt:
    """One form, typed in from a photo."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo")
    came = replace(arrival, originals=(photo,), confirmed_by="县人社局办公室")
    kind = ReceiptKind.SUBMISSION
    return take_in(form(GOOD), against, quarter, came, kind=kind, book_file=book_of(against))[0]


def test_withdrawal_is_a_row_that_names_the_other(against: Against, receipt: Receipt) -> None:
    """Reason, who and when stand in the row; the file stays."""
    row = withdraw(book_of(against), TAKE_BACK)
    assert (row.seq, row.kind, row.refers_to, row.reason, row.recorded_by, row.file) == (
        2,
        ReceiptKind.WITHDRAWAL,
        1,
        "登错单位",
        "督查室",
        "",
    )
    assert (read_book(book_of(against)).receipts[1], (against.root / receipt.file).is_file()) == (row, True)
    assert history_of(against).entries == ()


def test_purge_leaves_hash_reason_and_approver(against: Against, receipt: Receipt) -> None:
    """The form and the photo are gone, the chain is whole, the tombstone has the hash."""
    row, removed = purge(against.root, book_of(against), TAKE_BACK)
    files = (receipt.file, receipt.attachments[0].file)
    assert (row.kind, row.sha256, row.reason, row.confirmed_by) == (
        ReceiptKind.PURGE,
        receipt.sha256,
        "登错单位",
        "县政府办公室",
    )
    assert (removed, [(against.root / file).exists() for file in files]) == (files, [False, False])
    assert read_book(book_of(against)).receipts == (receipt, row)
    assert history_of(against).entries == ()


def test_purge_cut_short_is_finished_by_calling_it_again(against: Against, receipt: Receipt) -> None:
    """A second purge writes no second tombstone and removes what was left."""
    content = (against.root / receipt.file).read_bytes()
    first, _ = purge(against.root, book_of(against), TAKE_BACK)
    (against.root / receipt.file).write_bytes(content)
    assert purge(against.root, book_of(against), TAKE_BACK) == (first, (receipt.file,))
    assert len(read_book(book_of(against)).receipts) == 2


def test_purged_file_may_not_be_withdrawn(against: Against, receipt: Receipt) -> None:
    """There is nothing left to withdraw."""
    purge(against.root, book_of(against), TAKE_BACK)
    with pytest.raises(ParameterError) as caught:
        withdraw(book_of(against), TAKE_BACK)
    assert (receipt.seq, str(caught.value)) == (1, "第1号收件已由第2号清除。处理办法：不必重复撤回。")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": " "}, "没有填写理由"),
        ({"seq": 9}, "没有第9号收件，或它不是收到的文件"),
        ({"seq": 2}, "第2号收件，或它不是收到的文件"),
        ({"seq": 1}, "第1号收件已由第2号撤回"),
    ],
    ids=["no reason", "no such row", "not a file", "twice"],
)
def test_withdrawal_that_makes_no_sense_is_refused(
    against: Against, receipt: Receipt, changes: dict[str, object], said: str
) -> None:
    """Nothing is entered without a reason, for a missing row, for another withdrawal, or twice."""
    withdraw(book_of(against), TAKE_BACK)
    with pytest.raises(ParameterError) as caught:
        withdraw(book_of(against), replace(TAKE_BACK, **changes))  # type: ignore[arg-type]
    assert (receipt.seq, said in str(caught.value)) == (1, True)
    assert len(read_book(book_of(against)).receipts) == 2


def test_purge_without_an_approver_is_refused(against: Against, receipt: Receipt) -> None:
    """Content goes only after approval."""
    with pytest.raises(ParameterError):
        purge(against.root, book_of(against), replace(TAKE_BACK, approved_by=" "))
    assert (against.root / receipt.file).is_file()
