"""The book: append-only, chained, and every change in it found and named."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import moment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yuechi_report.errors import ExitCode, InputRefused
from yuechi_report.intake.book import (
    COLUMNS,
    GENESIS,
    Book,
    Outcome,
    Receipt,
    ReceiptKind,
    append,
    digest_of,
    locked,
    open_refusals,
    read_book,
)

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
    for number, one in enumerate(receipts, start=1):
        append(path, replace(one, seq=number, previous_hash=read_book(path).head))
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
    assert (read_book(path), read_book(path).head) == (Book((), ()), "0" * 64)


def test_row_is_read_as_it_was_appended(path: Path) -> None:
    """Every field, times with their offset; the head is the hash of the row's own line."""
    append(path, receipt())
    book = read_book(path)
    line = path.read_text(encoding="utf-8-sig").splitlines()[1]
    assert book == Book((receipt(),), (digest_of(line.encode()),))


def test_book_is_a_table_a_person_may_open(path: Path) -> None:
    """UTF-8 with BOM, the columns of the design in the first line, times in ISO with +08:00."""
    append(path, receipt())
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\n") == [
        "seq,notice,quarter,kind,unit,file,sha256,received_at,recorded_at,channel,recorded_by,outcome,previous_hash",
        (
            "1,n-2024,2024Q4,submission,human-resources,data/receipts/n-2024/2024Q4/0001-human-resources.xlsx,"
            f"{digest_of(b'x')},2024-12-18T10:00:00+08:00,2024-12-18T11:00:00+08:00,政务内网,督查室（示例）,accepted,{GENESIS}"
        ),
        "",
    ]


def test_columns_are_the_receipts_fields() -> None:
    """Thirteen columns; adding one is a change of the contract."""
    assert len(COLUMNS) == 13


def test_appending_leaves_earlier_bytes_as_they_are(path: Path, three: Book) -> None:
    """A new row goes to the end; nothing before it moves."""
    before = path.read_bytes()
    append(path, receipt(4, three.head))
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
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_changed_byte_before_the_last_row_is_found(path: Path, data: st.DataObject) -> None:
    """One byte changed anywhere in a row that has a successor: the book is refused at that row or the next."""
    if not path.exists():
        write(path, *(receipt(received=day) for day in DAYS))
    original = path.read_bytes()
    lines = original.split(b"\n")
    row = data.draw(st.integers(1, 2), "row")
    column = data.draw(st.integers(0, len(lines[row]) - 1), "column")
    new = data.draw(st.integers(0, 255).filter(lambda byte: byte != lines[row][column]), "byte")
    changed = lines[row][:column] + bytes([new]) + lines[row][column + 1 :]
    path.write_bytes(b"\n".join([*lines[:row], changed, *lines[row + 1 :]]))
    try:
        assert broken_at(path) in (row + 1, row + 2)
    finally:
        path.write_bytes(original)


@pytest.mark.parametrize(
    ("old", "new"), [(b"accepted", b"refused"), (b"2024-12-20T10", b"2024-12-19T10"), (b"human-resources,", b"tax,")]
)
def test_changed_last_row_changes_the_head(path: Path, three: Book, old: bytes, new: bytes) -> None:
    """The last row has no successor: its change shows in the head that every report records."""
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:3], lines[3].replace(old, new), b""]))
    changed = read_book(path)
    assert (changed.hashes[:2], changed.head == three.head) == (three.hashes[:2], False)


@pytest.mark.parametrize(
    ("order", "line"),
    [((0, 2, 3), 2), ((0, 1, 3), 3), ((0, 2, 1, 3), 2), ((0, 1, 1, 2, 3), 3), ((0, 1, 3, 2), 3), ((0, 2), 2)],
    ids=["first lost", "second lost", "exchanged", "doubled", "last two exchanged", "begins later"],
)
def test_lost_moved_or_doubled_row_is_found(path: Path, three: Book, order: tuple[int, ...], line: int) -> None:
    """The chain breaks at the first row that does not follow the one before it."""
    assert len(three.receipts) == 3
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*(lines[number] for number in order), b""]))
    assert broken_at(path) == line


def test_torn_last_line_is_found(path: Path, three: Book) -> None:
    """A row that was written in part is refused, not taken for a shorter one."""
    path.write_bytes(path.read_bytes()[:-30])
    assert (len(three.receipts), broken_at(path)) == (3, 4)


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
