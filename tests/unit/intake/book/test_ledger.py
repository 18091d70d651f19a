"""The ledger: an index that may be deleted at any time, and is never believed when it is stale."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from books import book_of, history_of
from builders import day, moment
from hypothesis import given, settings
from hypothesis import strategies as st

from yuechi_report.domain.progress import (
    Decision,
    History,
    Measure,
    ProgressEntry,
    Record,
    Source,
    Submission,
)
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import InputRefused
from yuechi_report.intake.book.chain import Book, read_book
from yuechi_report.intake.book.ledger import (
    RECORDS,
    checkpoint,
    known_records,
    moment_of,
    number_of,
    open_ledger,
    rebuild,
    refresh,
)
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.book.takeback import TakeBack, purge, withdraw
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, ReceiptKind

pytestmark = pytest.mark.usefixtures("read_in_process")

Write = Callable[..., Path]
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条😀。", "reported": "推进中", "percent": "8/12条"}
CLOSE = {
    "task_no": "10",
    "action": "核验通过销号",
    "decided_on": "2024-12-26",
    "reason": "属实",
    "completed_on": "2024-12-16",
}
CAME = Source(7, "data/receipts/n/2024Q4/0007.xlsx", 0, moment("2024-12-18"), moment("2024-12-19", 11), "微信")
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
AMOUNTS = {"percent": st.none() | NUMBERS, "measure": st.none() | st.builds(Measure, NUMBERS, NUMBERS)}


@pytest.fixture
def book(against: Against, quarter: Quarter, arrival: Arrival, form: Write, office_form: Write) -> Book:
    """A form with a good and a bad row, a refused file, and a decision."""
    parcels = (
        (form(GOOD, GOOD | {"task_no": "99"}, name="a.xlsx"), ReceiptKind.SUBMISSION),
        (form(GOOD, name="b.xlsx", 数据性质="正式"), ReceiptKind.SUBMISSION),
        (office_form(CLOSE), ReceiptKind.DECISION),
    )
    for path, kind in parcels:
        take_in(path, against, quarter, arrival, kind=kind, book_file=book_of(against))
    return read_book(book_of(against))


@pytest.fixture
def ledger(against: Against, book: Book) -> Path:
    """ledger.db, current."""
    path = against.root / "data/ledger.db"
    rebuild(book_of(against), path, [against])
    return path


@pytest.fixture
def expected(against: Against, book: Book) -> History:
    """The history built from the files alone."""
    return history_of(against)


@pytest.fixture
def more(against: Against, quarter: Quarter, arrival: Arrival, form: Write) -> Callable[..., None]:
    """Take in one more form with changed cells, recorded at that day."""

    def call(recorded: str, **cells: str) -> None:
        path = form(GOOD | cells, name="more.xlsx")
        came = replace(arrival, received_at=moment(recorded), recorded_at=moment(recorded, 11))
        take_in(path, against, quarter, came, kind=ReceiptKind.SUBMISSION, book_file=book_of(against))

    return call


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of an index, in an order of its own."""
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608
    connection.close()
    return found


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


def test_index_and_memory_give_equal_history(against: Against, book: Book, ledger: Path, expected: History) -> None:
    """Whether read from ledger.db or built in memory, the history is the same, field by field."""
    assert history_of(against, ledger) == expected


def test_current_index_is_what_is_read(against: Against, book: Book, ledger: Path) -> None:
    """With the right head the files are not opened again."""
    emptied(ledger)
    assert history_of(against, ledger) == History()


def test_deleted_index_is_rebuilt_to_the_same(against: Against, book: Book, ledger: Path, expected: History) -> None:
    """Deleting ledger.db loses nothing, and rebuilding leaves no scratch file."""
    ledger.unlink()
    assert (history_of(against, ledger), ledger.exists()) == (expected, False)
    rebuild(book_of(against), ledger, [against])
    assert history_of(against, ledger) == expected
    assert [path.name for path in ledger.parent.glob("ledger*")] == ["ledger.db"]


def test_index_of_another_book_is_not_used(against: Against, ledger: Path) -> None:
    """An older book was restored from a backup: what the index has beyond it is not believed."""
    book_file = book_of(against)
    lines = book_file.read_bytes().splitlines(keepends=True)
    book_file.write_bytes(b"".join(lines[:-1]))
    book_file.with_suffix(".seal").unlink()
    assert [len(history_of(against, path).decisions) for path in (ledger, Path("/nonexistent"))] == [0, 0]
    refresh(book_file, ledger, [against])
    assert checkpoint(ledger).rows == 2


def test_index_of_another_schema_is_not_used(against: Against, book: Book, ledger: Path, expected: History) -> None:
    """Another version of the suite left it: it is not believed."""
    emptied(ledger)
    connection = sqlite3.connect(ledger)
    with connection:
        connection.execute("UPDATE meta SET schema_version = schema_version + 1")
    connection.close()
    assert history_of(against, ledger) == expected


@pytest.mark.parametrize("content", [b"", b"not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 200])
def test_broken_index_is_not_used(
    against: Against, book: Book, tmp_path: Path, expected: History, content: bytes
) -> None:
    """An index that cannot be read is as good as none, and is left alone by readers."""
    path = tmp_path / "broken.db"
    path.write_bytes(content)
    assert (history_of(against, path), path.read_bytes()) == (expected, content)


def test_rebuilding_replaces_whatever_was_there(
    against: Against, book: Book, tmp_path: Path, expected: History
) -> None:
    """A broken index and a scratch file left by a crash are both replaced."""
    path = tmp_path / "ledger.db"
    path.write_bytes(b"broken")
    path.with_suffix(".db.new").write_bytes(b"left over")
    rebuild(book_of(against), path, [against])
    assert history_of(against, path) == expected


def test_readers_do_not_write(against: Against, book: Book) -> None:
    """Loading a history makes no index."""
    history_of(against, against.root / "data/ledger.db")
    assert not (against.root / "data/ledger.db").exists()


def test_empty_book_is_an_empty_history(against: Against) -> None:
    """A new workspace has none."""
    assert history_of(against) == History()


def test_other_notices_rows_are_not_this_ones(against: Against, book: Book) -> None:
    """Rows of a notice belong to it alone."""
    notice = replace(against.register.notice, id="m-2025")
    other = replace(against, register=replace(against.register, notice=notice))
    assert history_of(other) == History()


def test_changed_file_is_refused(against: Against, book: Book) -> None:
    """A received file that is no longer the one received stops the run and is named."""
    path = against.root / book.receipts[0].file
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(InputRefused) as caught:
        history_of(against)
    assert str(caught.value) == (
        f"文件“{book.receipts[0].file}”：文件内容与收件登记的校验值不一致。处理办法：请从备份恢复该文件，原件不得改动。"
    )


def test_lost_file_is_refused(against: Against, book: Book) -> None:
    """A received file that is gone stops the run and is named."""
    (against.root / book.receipts[2].file).unlink()
    with pytest.raises(InputRefused) as caught:
        history_of(against)
    assert str(caught.value) == (
        f"文件“{book.receipts[2].file}”：收件登记所列文件不存在或无法读取。处理办法：请从备份恢复该文件。"
    )


def test_refused_file_is_not_opened_again(against: Against, book: Book, expected: History) -> None:
    """What was refused is a row and a file, and nothing more."""
    (against.root / book.receipts[1].file).unlink()
    assert history_of(against) == expected


def test_index_grown_and_index_made_anew_are_equal(
    against: Against, ledger: Path, more: Callable[..., None], tmp_path: Path
) -> None:
    """Row after row added, with a copy, a withdrawal and a purge: the same tables as from the start."""
    for recorded, words in (("2024-12-19", "一"), ("2024-12-20", "一"), ("2024-12-21", "二"), ("2024-12-22", "一")):
        more(recorded, progress=words)
        refresh(book_of(against), ledger, [against])
    withdraw(book_of(against), TakeBack(6, "误登", moment("2024-12-23")))
    refresh(book_of(against), ledger, [against])
    purge(against.root, book_of(against), TakeBack(7, "不宜保存", moment("2024-12-24"), "", "县政府办公室"))
    refresh(book_of(against), ledger, [against])
    anew = tmp_path / "anew.db"
    rebuild(book_of(against), anew, [against])
    assert content(ledger) == content(anew)
    assert history_of(against, ledger) == history_of(against)
    assert [one.source.seq for one in history_of(against).entries] == [1, 4]


def test_adding_does_not_read_earlier_files_again(against: Against, ledger: Path, more: Callable[..., None]) -> None:
    """Only the new rows are read: an earlier file may be away meanwhile."""
    earlier = against.root / "data/receipts/n-2024/2024Q4/0001-human-resources.xlsx"
    more("2024-12-19", task_no="12", reported="正常", percent="")
    earlier.rename(earlier.with_suffix(".away"))
    refresh(book_of(against), ledger, [against])
    assert [one.task_no for one in history_of(against, ledger).entries] == [10, 12]
    assert checkpoint(ledger) == read_book(book_of(against)).end


def test_readers_read_on_in_memory(against: Against, ledger: Path, more: Callable[..., None]) -> None:
    """An index that lags behind is carried on in memory and left as it is."""
    before = ledger.read_bytes()
    more("2024-12-19", task_no="12", reported="正常", percent="")
    earlier = against.root / "data/receipts/n-2024/2024Q4/0001-human-resources.xlsx"
    earlier.rename(earlier.with_suffix(".away"))
    assert [one.task_no for one in history_of(against, ledger).entries] == [10, 12]
    assert ledger.read_bytes() == before


def test_index_of_other_names_is_not_used(against: Against, ledger: Path) -> None:
    """A unit was renamed since: what its files say is read with the new names, not the old ones."""
    first, *rest = against.units.units
    renamed = replace(first, name="县人社和就业局", short_names=(first.name, *first.short_names))
    tasks = tuple(
        replace(task, lead_units=tuple(renamed.name if name == first.name else name for name in task.lead_units))
        for task in against.register
    )
    now = replace(
        against,
        units=replace(against.units, units=(renamed, *rest)),
        register=replace(against.register, tasks=tasks),
    )
    assert [one.unit for one in history_of(now, ledger).entries] == ["县人社和就业局"]
    refresh(book_of(against), ledger, [now])
    assert [one.unit for one in history_of(now, ledger).entries] == ["县人社和就业局"]


def test_withdrawn_file_is_known_until_its_withdrawal(
    against: Against, ledger: Path, more: Callable[..., None]
) -> None:
    """Before the withdrawal was recorded the old file counts, afterwards it never came."""
    more("2024-12-20", progress="误登的")
    withdraw(book_of(against), TakeBack(4, "登错单位", moment("2024-12-27", 9)))
    refresh(book_of(against), ledger, [against])
    found = [
        [one.source.seq for one in history_of(against, path, moment("2024-12-27", hour)).entries]
        for path in (ledger, Path("/nonexistent"))
        for hour in (8, 9)
    ]
    assert found == [[1, 4], [1], [1, 4], [1]]


def test_history_of_now_reproduces_the_past(against: Against, ledger: Path, more: Callable[..., None]) -> None:
    """known_at of the whole history is the history asked for at that moment, withdrawn files and copies too."""
    for recorded, words in (("2024-12-19", "一"), ("2024-12-20", "二"), ("2024-12-21", "一")):
        more(recorded, progress=words)
    withdraw(book_of(against), TakeBack(5, "误登", moment("2024-12-22")))
    now = history_of(against)
    for recorded in ("2024-12-18", "2024-12-19", "2024-12-20", "2024-12-21", "2024-12-22", "2024-12-23"):
        for hour in (9, 12):
            at = moment(recorded, hour)
            assert now.known_at(at) == history_of(against, known_at=at), at


def test_what_is_known_later_leaves_no_trace(against: Against, more: Callable[..., None], book: Book) -> None:
    """A report made again with its own known_at sees the same records, whatever was withdrawn since."""
    assert book.end.recorded_at is not None
    before = history_of(against, known_at=moment("2024-12-25"))
    more("2024-12-26", progress="后来的")
    withdraw(book_of(against), TakeBack(1, "误登", moment("2024-12-27")))
    assert history_of(against, known_at=moment("2024-12-25")) == before


def test_later_quarters_are_left_out_for_a_quarter(against: Against, book: Book) -> None:
    """A quarter's report does not load what units sent for later quarters; decisions are kept."""
    with open_ledger(book_of(against), Path("/nonexistent"), against) as ledger:
        history = ledger.history(moment("2030-01-01"), Quarter(2024, 3))
        assert ledger.last_recorded() == book.end.recorded_at
    assert (history.entries, history.submissions, [one.decided_on for one in history.decisions]) == (
        (),
        (),
        [day("2024-12-26")],
    )


def test_purged_text_is_in_no_byte_of_the_index(against: Against, ledger: Path, more: Callable[..., None]) -> None:
    """After a purge and a rebuild neither file nor index holds the text."""
    more("2024-12-20", progress="不宜保存的内容")
    refresh(book_of(against), ledger, [against])
    assert "不宜保存的内容".encode() in ledger.read_bytes()
    purge(against.root, book_of(against), TakeBack(4, "经批准", moment("2024-12-24"), "", "县政府办公室"))
    rebuild(book_of(against), ledger, [against])
    assert "不宜保存的内容".encode() not in ledger.read_bytes()
    assert [one.source.seq for one in history_of(against, ledger).entries] == [1]


def records_of(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Any record of a kind, of the file received at `CAME`."""
    sources = st.integers(0, 500).map(lambda row: replace(CAME, row=row))
    amounts = AMOUNTS if kind is ProgressEntry else {}
    return st.builds(kind, source=sources, **amounts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(*map(records_of, (ProgressEntry, Decision, Submission))), max_size=4))
def test_records_come_out_as_they_went_in(records: list[Record]) -> None:
    """Every field of every kind, any text among them, in the order of the sheet's rows."""
    body = RECORDS.dump_json(History.of_records(records))
    found = list(known_records(body, number_of(CAME.recorded_at), None))
    assert sorted(found, key=repr) == sorted(records, key=repr)
    assert [record.source.row for record in found if isinstance(record, ProgressEntry)] == sorted(
        record.source.row for record in records if isinstance(record, ProgressEntry)
    )


def test_withdrawal_is_the_files() -> None:
    """From when on a file is not known any more is on each of its records."""
    gone = moment("2025-01-03", 9)
    body = RECORDS.dump_json(History.of_records([Submission(Quarter(2024, 4), "县公安局", CAME, 8)]))
    [found] = known_records(body, number_of(CAME.recorded_at), number_of(gone))
    assert found.source == replace(CAME, withdrawn_at=gone)


def test_moments_are_numbers_that_sort() -> None:
    """To the microsecond, and back in China's time whatever zone they were written in."""
    late = datetime.fromisoformat("2024-12-31T23:59:59.999999+08:00")
    same = datetime.fromisoformat("2024-12-31T15:59:59.999999+00:00")
    assert (moment_of(number_of(same)), number_of(late) - number_of(same)) == (late, 0)
    assert moment_of(number_of(same)).isoformat() == late.isoformat()
