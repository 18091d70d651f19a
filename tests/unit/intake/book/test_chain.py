"""The book: append-only, chained, and every change in it found and named."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import moment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yuechi_report.errors import ExitCode, InputRefused
from yuechi_report.intake.book.chain import EMPTY, Book, append, open_refusals, read_book
from yuechi_report.intake.book.durable import digest_of, locked
from yuechi_report.intake.book.receipt import COLUMNS, GENESIS, Receipt
from yuechi_report.intake.check.submission import Outcome, ReceiptKind

DAYS = ("2024-12-17", "2024-12-18", "2024-12-20")


def receipt(seq: int = 1, previous_hash: str = GENESIS, received: str = "2024-12-18", **fields: object) -> Receipt:
    """One accepted form of 县人社局."""
    made = Receipt(
        seq=seq,
        notice="n-2024",
        quarter="2024Q4",
        kind=ReceiptKind.SUBMISSION,
        unit="human-resources",
        file=f"data/receipts/n-2024/2024Q4/{seq:04d}-human-resources.xlsx",
        sha256=digest_of(b"x"),
        received_at=moment(received),
        recorded_at=moment(received, 11),
        channel="政务内网",
        recorded_by="督查室（示例）",
        outcome=Outcome.ACCEPTED,
        previous_hash=previous_hash,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def write(path: Path, *receipts: Receipt) -> Book:
    """A book of these rows, numbered and chained."""
    for one in receipts:
        append(path, read_book(path), one)
    return read_book(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the book will be."""
    return tmp_path / "receipts" / "receipts.csv"


@pytest.fixture
def three(path: Path) -> Book:
    """A book of three rows, received on three days."""
    return write(path, *(receipt(received=day) for day in DAYS))


def test_missing_book_is_empty(path: Path) -> None:
    """No file: no rows, and the chain begins at its origin."""
    book = read_book(path)
    assert (book.receipts, book.hashes, book.head, book.next_seq) == ((), (), "0" * 64, 1)


def test_row_is_read_as_it_was_appended(path: Path) -> None:
    """Every field, times with their offset; the head is the hash of the row's own line."""
    append(path, read_book(path), receipt())
    book = read_book(path)
    line = path.read_text(encoding="utf-8-sig").splitlines()[1]
    assert (book.receipts, book.hashes) == ((receipt(),), (digest_of(line.encode()),))


def test_book_is_a_table_a_person_may_open(path: Path) -> None:
    """UTF-8 with BOM, the columns of the design in the first line, times in ISO with +08:00."""
    append(path, read_book(path), receipt())
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\n") == [
        (
            "seq,notice,quarter,kind,unit,file,sha256,attachments,attachments_sha256,received_at,recorded_at,channel,"
            "recorded_by,confirmed_by,outcome,refers_to,reason,previous_hash"
        ),
        (
            "1,n-2024,2024Q4,submission,human-resources,data/receipts/n-2024/2024Q4/0001-human-resources.xlsx,"
            f"{digest_of(b'x')},,,2024-12-18T10:00:00+08:00,2024-12-18T11:00:00+08:00,政务内网,督查室（示例）,,accepted,,,"
            f"{GENESIS}"
        ),
        "",
    ]


def test_columns_are_the_receipts_fields() -> None:
    """Eighteen columns; adding one is a change of the contract."""
    assert len(COLUMNS) == 18


def test_appending_leaves_earlier_bytes_as_they_are(path: Path, three: Book) -> None:
    """A new row goes to the end; nothing before it moves."""
    before = path.read_bytes()
    append(path, three, receipt())
    assert (path.read_bytes()[: len(before)], len(read_book(path).receipts)) == (before, 4)


def test_each_row_carries_the_hash_of_the_row_before(three: Book) -> None:
    """The chain runs from the origin to the head."""
    assert [one.previous_hash for one in three.receipts] == [GENESIS, *three.hashes[:-1]]
    assert three.head == three.hashes[-1]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=cmd()", "'=cmd()"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("一\n二", "一 二"),
        ("一\r\n二", "一 二"),
        ("一\x0b二\u2028三\x85四", "一 二 三 四"),
        ('a,"b"', 'a,"b"'),
        ("", ""),
        ("示例（函件）", "示例（函件）"),
    ],
    ids=[
        "equals",
        "plus",
        "minus",
        "at",
        "tab",
        "line",
        "two characters",
        "other line ends",
        "quotes",
        "empty",
        "plain",
    ],
)
def test_cells_are_harmless_and_one_line(path: Path, written: str, read: str) -> None:
    """No cell is a formula for a spreadsheet, and no cell breaks the book into more lines."""
    book = write(path, receipt(channel=written), receipt())
    assert [one.channel for one in book.receipts] == [read, "政务内网"]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_the_book(tmp_path: Path, channel: str, recorded_by: str) -> None:
    """Whatever channel and person are called, the next row can be appended and read."""
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
    book = write(path, receipt(channel=channel, recorded_by=recorded_by), receipt())
    assert [one.seq for one in book.receipts] == [1, 2]


def broken_at(path: Path) -> int:
    """The line at which reading the book stops."""
    with pytest.raises(InputRefused) as caught:
        read_book(path)
    [fault] = caught.value.faults
    assert (caught.value.exit_code, fault.place.file, fault.remedy) == (
        ExitCode.INPUT,
        "receipts.csv",
        "请从备份恢复收件登记，不要手工修改",
    )
    return fault.place.line


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_changed_byte_of_the_book_is_found(path: Path, data: st.DataObject) -> None:
    """One byte changed anywhere, header and last row included: refused at that row or the next."""
    if not path.exists():
        write(path, *(receipt(received=day) for day in DAYS))
    original = path.read_bytes()
    at = data.draw(st.integers(0, len(original) - 1), "at")
    new = data.draw(st.integers(0, 255).filter(lambda byte: byte != original[at]), "byte")
    path.write_bytes(original[:at] + bytes([new]) + original[at + 1 :])
    row = original[:at].count(b"\n") + 1
    try:
        assert broken_at(path) in (row, row + 1)
    finally:
        path.write_bytes(original)


@pytest.mark.parametrize("at", range(0, 67, 3))
def test_any_changed_byte_of_the_seal_is_found(path: Path, three: Book, at: int) -> None:
    """The seal vouches for the last row; a seal that does not fit it stops the book too."""
    seal = path.with_suffix(".seal")
    data = seal.read_bytes()
    seal.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    with pytest.raises(InputRefused):
        read_book(path)
    seal.write_bytes(data)
    assert read_book(path) == three


@pytest.mark.parametrize(
    ("order", "line"),
    [
        ((0, 2, 3), 2),
        ((0, 1, 3), 3),
        ((0, 2, 1, 3), 2),
        ((0, 1, 1, 2, 3), 3),
        ((0, 1, 3, 2), 3),
        ((0, 2), 2),
        ((0, 1, 2), 4),
        ((0,), 2),
    ],
    ids=["first", "second", "exchanged", "doubled", "last two exchanged", "begins later", "last", "all"],
)
def test_lost_moved_or_doubled_row_is_found(path: Path, three: Book, order: tuple[int, ...], line: int) -> None:
    """The chain breaks at the first row that does not follow the one before it."""
    assert len(three.receipts) == 3
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*(lines[number] for number in order), b""]))
    assert broken_at(path) == line


def test_torn_acknowledged_row_is_found(path: Path, three: Book) -> None:
    """A sealed row of which a part is missing is refused, not taken for a shorter book."""
    path.write_bytes(path.read_bytes()[:-30])
    assert (len(three.receipts), broken_at(path)) == (3, 4)


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_row_of_a_dead_writer_is_left_out_and_cut_off(path: Path, three: Book, cut: int) -> None:
    """Half a row after the sealed ones was never acknowledged: readers leave it out, the next row replaces it."""
    whole = path.read_bytes()
    path.write_bytes(whole + b"4,n-2024,2024Q4,submission,human-resources,data" * 9 + b"x" * cut)
    book = read_book(path)
    assert (book.receipts, book.torn) == (three.receipts, 9 * 47 + cut)
    append(path, book, receipt())
    after = read_book(path)
    assert (path.read_bytes().startswith(whole), [one.seq for one in after.receipts], after.torn) == (
        True,
        [1, 2, 3, 4],
        0,
    )


def test_whole_row_that_was_not_sealed_is_in(path: Path, three: Book) -> None:
    """The writer died after the row and before the seal: the row stands, and the next one seals both."""
    seal = path.with_suffix(".seal")
    before = seal.read_bytes()
    append(path, three, receipt())
    seal.write_bytes(before)
    book = read_book(path)
    assert len(book.receipts) == 4
    append(path, book, receipt())
    assert seal.read_text() == f"5 {read_book(path).head}\n"


def test_half_row_without_a_seal_is_refused(path: Path, three: Book) -> None:
    """Without a seal nobody can say whether the row had been acknowledged."""
    path.with_suffix(".seal").unlink()
    assert read_book(path) == three
    path.write_bytes(path.read_bytes()[:-30])
    assert broken_at(path) == 4


def test_lost_book_is_not_an_empty_one(path: Path, three: Book) -> None:
    """The seal remembers that there were rows."""
    path.unlink()
    assert (len(three.receipts), broken_at(path)) == (3, 2)


def test_reading_on_from_a_checkpoint_gives_the_rest(path: Path, three: Book) -> None:
    """Only later rows are read, chained to what was read before; a changed beginning is read anew."""
    append(path, three, receipt())
    rest, whole = read_book(path, three.end), read_book(path)
    assert (rest.receipts, rest.start, rest.end) == (whole.receipts[3:], three.end, whole.end)
    assert read_book(path, replace(three.end, digest="0" * 64)).receipts == whole.receipts
    assert read_book(path, EMPTY) == whole


def test_other_bytes_are_found_at_their_line(path: Path, three: Book) -> None:
    """A byte that is no UTF-8 names its line, whichever it is."""
    data = path.read_bytes()
    found = []
    for number in (1, 2, 3):
        lines = data.split(b"\n")
        lines[number] = lines[number][:20] + b"\xff" + lines[number][21:]
        path.write_bytes(b"\n".join(lines))
        found.append(broken_at(path))
    assert (len(three.receipts), found) == (3, [2, 3, 4])


@pytest.mark.parametrize(
    ("moment_text", "hour", "rows"),
    [("2024-12-17", 10, 0), ("2024-12-17", 11, 1), ("2024-12-18", 10, 1), ("2024-12-18", 23, 2), ("2025-01-06", 0, 3)],
    ids=["before the first", "at the first", "between", "after the second", "after all"],
)
def test_head_at_is_the_last_row_recorded_by_then(three: Book, moment_text: str, hour: int, rows: int) -> None:
    """The moment itself counts; before the first row it is the origin."""
    assert three.head_at(moment(moment_text, hour)) == (GENESIS, *three.hashes)[rows]


def test_head_at_no_moment_is_the_head(three: Book) -> None:
    """None means everything recorded so far."""
    assert three.head_at(None) == three.head


def test_rows_of_another_notice_are_apart(path: Path) -> None:
    """Several notices share one book."""
    book = write(path, receipt(), receipt(notice="m-2025"), receipt())
    assert [one.seq for one in book.of_notice("n-2024")] == [1, 3]


def test_lock_is_let_go_after_use(path: Path) -> None:
    """A second holder gets the lock once the first has left, even by an error."""
    with pytest.raises(RuntimeError), locked(path):
        raise RuntimeError
    with locked(path):
        assert path.with_suffix(".lock").exists()


def test_refusals_stay_open_until_something_good_comes(path: Path) -> None:
    """A file refused or taken in part is open until the same unit's file is accepted, known by then."""
    book = write(
        path,
        receipt(received="2024-12-17", outcome=Outcome.PARTIAL),
        receipt(received="2024-12-18", outcome=Outcome.REFUSED, unit="tax"),
        receipt(received="2024-12-20", outcome=Outcome.ACCEPTED),
        receipt(received="2024-12-20", outcome=Outcome.PARTIAL, quarter="2024Q3"),
    )
    found = [
        [one.seq for one in open_refusals(book, "n-2024", "2024Q4", moment(day, 23))]
        for day in ("2024-12-16", "2024-12-17", "2024-12-18", "2024-12-20")
    ]
    assert found == [[], [1], [1, 2], [2]]


def test_withdrawn_refusal_is_closed_and_a_withdrawn_good_file_closes_nothing(path: Path) -> None:
    """A withdrawn row is as if it had never come, from its withdrawal on."""
    book = write(
        path,
        receipt(received="2024-12-17", outcome=Outcome.REFUSED),
        receipt(received="2024-12-18", outcome=Outcome.ACCEPTED),
        receipt(received="2024-12-19", kind=ReceiptKind.WITHDRAWAL, refers_to=2),
        receipt(received="2024-12-20", kind=ReceiptKind.WITHDRAWAL, refers_to=1),
    )
    found = [
        [one.seq for one in open_refusals(book, "n-2024", "2024Q4", moment(f"2024-12-{day}", 23))]
        for day in (17, 18, 19, 20)
    ]
    assert found == [[1], [], [1], []]


def test_refusals_of_unknown_senders_wait_each_for_itself(path: Path) -> None:
    """Without a unit nothing later can close them but a withdrawal."""
    book = write(
        path,
        receipt(unit="", outcome=Outcome.REFUSED),
        receipt(unit="", outcome=Outcome.STOPPED),
        receipt(outcome=Outcome.ACCEPTED),
        receipt(unit="", kind=ReceiptKind.WITHDRAWAL, refers_to=1),
    )
    assert [one.seq for one in open_refusals(book, "n-2024", "2024Q4", moment("2025-01-01"))] == [2]
