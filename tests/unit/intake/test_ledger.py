"""The ledger: an index that may be deleted at any time, and is never believed when it is stale."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from yuechi_report.domain.progress import History
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import InputRefused
from yuechi_report.intake.book import Book, ReceiptKind, read_book
from yuechi_report.intake.ledger import load_history, rebuild
from yuechi_report.intake.submission import Arrival, take_in
from yuechi_report.intake.trade import Trade

Write = Callable[..., Path]
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条😀。", "reported": "推进中", "percent": "8/12条"}
CLOSE = {
    "task_no": "10",
    "action": "核验通过销号",
    "decided_on": "2024-12-26",
    "reason": "属实",
    "completed_on": "2024-12-16",
}
NOWHERE = Path("/nonexistent/ledger.db")


@pytest.fixture
def book(trade: Trade, quarter: Quarter, arrival: Arrival, form: Write, office_form: Write) -> Book:
    """A form with a good and a bad row, a refused file, and a decision."""
    book_file = trade.root / "data/receipts/receipts.csv"
    parcels = (
        (form(GOOD, GOOD | {"task_no": "99"}, name="a.xlsx"), ReceiptKind.SUBMISSION),
        (form(GOOD, name="b.xlsx", 数据性质="正式"), ReceiptKind.SUBMISSION),
        (office_form(CLOSE), ReceiptKind.DECISION),
    )
    for path, kind in parcels:
        take_in(path, trade, quarter, arrival, kind=kind, book_file=book_file)
    return read_book(book_file)


@pytest.fixture
def ledger(trade: Trade, book: Book) -> Path:
    """ledger.db, current."""
    path = trade.root / "data/ledger.db"
    rebuild(path, book, [trade])
    return path


@pytest.fixture
def expected(trade: Trade, book: Book) -> History:
    """The history built from the files alone."""
    return load_history(book, trade, NOWHERE)


def emptied(path: Path) -> None:
    """Take every record out of the index, so that reading it shows."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("DELETE FROM records")
    connection.close()


def test_history_holds_what_was_accepted(expected: History) -> None:
    """One good row of two, one decision, one submission that counts its bad row; nothing of the refused file."""
    assert [(one.task_no, one.progress, one.source.seq, one.source.row) for one in expected.entries] == [
        (10, "开通8条😀。", 1, 6)
    ]
    assert [(one.task_no, one.source.seq) for one in expected.decisions] == [(10, 3)]
    assert [(one.rows, one.faulty_rows, one.source.seq) for one in expected.submissions] == [(1, 1, 1)]


def test_index_and_memory_give_equal_history(trade: Trade, book: Book, ledger: Path, expected: History) -> None:
    """Whether read from ledger.db or built in memory, the history is the same, field by field."""
    assert load_history(book, trade, ledger) == expected


def test_current_index_is_what_is_read(trade: Trade, book: Book, ledger: Path) -> None:
    """With the right head the files are not opened again."""
    emptied(ledger)
    assert load_history(book, trade, ledger) == History()


def test_deleted_index_is_rebuilt_to_the_same(trade: Trade, book: Book, ledger: Path, expected: History) -> None:
    """Deleting ledger.db loses nothing, and rebuilding leaves no scratch file."""
    ledger.unlink()
    assert (load_history(book, trade, ledger), ledger.exists()) == (expected, False)
    rebuild(ledger, book, [trade])
    assert load_history(book, trade, ledger) == expected
    assert [path.name for path in ledger.parent.glob("ledger*")] == ["ledger.db"]


def test_index_of_another_head_is_not_used(
    trade: Trade, ledger: Path, quarter: Quarter, arrival: Arrival, form: Write
) -> None:
    """After a further row the old index is stale: the history has the new entry."""
    emptied(ledger)
    path = trade.root / "data/receipts/receipts.csv"
    again = form(GOOD | {"task_no": "12", "reported": "正常"}, name="c.xlsx")
    take_in(again, trade, quarter, arrival, kind=ReceiptKind.SUBMISSION, book_file=path)
    assert [one.task_no for one in load_history(read_book(path), trade, ledger).entries] == [10, 12]


def test_index_of_another_schema_is_not_used(trade: Trade, book: Book, ledger: Path, expected: History) -> None:
    """Another version of the suite left it: it is not believed."""
    emptied(ledger)
    connection = sqlite3.connect(ledger)
    with connection:
        connection.execute("UPDATE meta SET schema_version = schema_version + 1")
    connection.close()
    assert load_history(book, trade, ledger) == expected


@pytest.mark.parametrize("content", [b"", b"not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 200])
def test_broken_index_is_not_used(trade: Trade, book: Book, tmp_path: Path, expected: History, content: bytes) -> None:
    """An index that cannot be read is as good as none, and is left alone by readers."""
    path = tmp_path / "broken.db"
    path.write_bytes(content)
    assert (load_history(book, trade, path), path.read_bytes()) == (expected, content)


def test_rebuilding_replaces_whatever_was_there(trade: Trade, book: Book, tmp_path: Path, expected: History) -> None:
    """A broken index and a scratch file left by a crash are both replaced."""
    path = tmp_path / "ledger.db"
    path.write_bytes(b"broken")
    path.with_suffix(".db.new").write_bytes(b"left over")
    rebuild(path, book, [trade])
    assert load_history(book, trade, path) == expected


def test_readers_do_not_write(trade: Trade, book: Book) -> None:
    """Loading a history makes no index."""
    load_history(book, trade, trade.root / "data/ledger.db")
    assert not (trade.root / "data/ledger.db").exists()


def test_empty_book_is_an_empty_history(trade: Trade) -> None:
    """A new workspace has none."""
    assert load_history(Book((), ()), trade, NOWHERE) == History()


def test_other_notices_rows_are_not_this_ones(trade: Trade, book: Book) -> None:
    """Rows of a notice belong to it alone."""
    notice = replace(trade.register.notice, id="m-2025")
    other = replace(trade, register=replace(trade.register, notice=notice))
    assert load_history(book, other, NOWHERE) == History()


def test_changed_file_is_refused(trade: Trade, book: Book) -> None:
    """A received file that is no longer the one received stops the run and is named."""
    path = trade.root / book.receipts[0].file
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(InputRefused) as caught:
        load_history(book, trade, NOWHERE)
    assert str(caught.value) == (
        f"文件“{book.receipts[0].file}”：文件内容与收件登记的校验值不一致。处理办法：请从备份恢复该文件，原件不得改动。"
    )


def test_lost_file_is_refused(trade: Trade, book: Book) -> None:
    """A received file that is gone stops the run and is named."""
    (trade.root / book.receipts[2].file).unlink()
    with pytest.raises(InputRefused) as caught:
        load_history(book, trade, NOWHERE)
    assert str(caught.value) == (
        f"文件“{book.receipts[2].file}”：收件登记所列文件不存在或无法读取。处理办法：请从备份恢复该文件。"
    )


def test_refused_file_is_not_opened_again(trade: Trade, book: Book, expected: History) -> None:
    """What was refused is a row and a file, and nothing more."""
    (trade.root / book.receipts[1].file).unlink()
    assert load_history(book, trade, NOWHERE) == expected
