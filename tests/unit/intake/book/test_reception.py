"""Taking a file in: archived unchanged, one row whatever the outcome, nothing of a refused file enters."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from books import history_of
from builders import moment

from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import Fault, Place
from yuechi_report.intake.book.chain import Book, read_book
from yuechi_report.intake.book.durable import digest_of
from yuechi_report.intake.book.receipt import GENESIS, Attachment, Receipt
from yuechi_report.intake.book.reception import stray_files, take_in
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind

Write = Callable[..., Path]
Take = Callable[..., tuple[Receipt, Check]]
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条。", "reported": "推进中"}
BAD = GOOD | {"task_no": "99"}
CLOSE = {
    "task_no": "10",
    "action": "核验通过销号",
    "decided_on": "2024-12-26",
    "reason": "属实",
    "completed_on": "2024-12-16",
}


@pytest.fixture
def book_file(against: Against) -> Path:
    """Where the book will be."""
    return against.root / "data/receipts/receipts.csv"


@pytest.fixture
def take(against: Against, quarter: Quarter, arrival: Arrival, book_file: Path) -> Take:
    """Take a file in, as a submission unless said otherwise."""

    def call(path: Path, kind: ReceiptKind = ReceiptKind.SUBMISSION, **times: object) -> tuple[Receipt, Check]:
        came = replace(arrival, **times)  # type: ignore[arg-type]
        return take_in(path, against, quarter, came, kind=kind, book_file=book_file)

    return call


def test_good_file_is_a_row_and_an_archived_copy(
    take: Take, form: Write, against: Against, arrival: Arrival, book_file: Path
) -> None:
    """The row says what came, when and how; the archived bytes are those received."""
    path = form(GOOD)
    receipt, check = take(path)
    expected = Receipt(
        seq=1,
        notice="n-2024",
        quarter="2024Q4",
        kind=ReceiptKind.SUBMISSION,
        unit="human-resources",
        file="data/receipts/n-2024/2024Q4/0001-human-resources.xlsx",
        sha256=digest_of(path.read_bytes()),
        received_at=arrival.received_at,
        recorded_at=arrival.recorded_at,
        channel="政务内网",
        recorded_by="督查室（示例）",
        outcome=Outcome.ACCEPTED,
        previous_hash=GENESIS,
    )
    assert check == Check(ReceiptKind.SUBMISSION, "human-resources", Outcome.ACCEPTED, 1, ())
    assert (receipt, read_book(book_file).receipts) == (expected, (expected,))
    assert (against.root / expected.file).read_bytes() == path.read_bytes()


def test_partly_good_file_enters_by_row(take: Take, form: Write, against: Against, book_file: Path) -> None:
    """The good row is an entry, the bad one is told with its cell and counted."""
    _, check = take(form(GOOD, BAD))
    history = history_of(against)
    assert (check.outcome, check.rows, [str(fault) for fault in check.faults]) == (
        Outcome.PARTIAL,
        1,
        [("文件“form.xlsx” 工作表“填报” 单元格A7：清单中没有第99项任务。处理办法：请核对任务序号。")],
    )
    assert [one.task_no for one in history.entries] == [10]
    assert [(one.rows, one.faulty_rows) for one in history.submissions] == [(1, 1)]


@pytest.mark.parametrize(
    ("sent", "unit"),
    [
        ((BAD, {}), "human-resources"),
        ((GOOD, {"数据性质": "正式"}), "human-resources"),
        ((GOOD, {"填报季度": "2024Q3"}), "human-resources"),
        ((GOOD, {"填报单位": "县教育局"}), ""),
    ],
    ids=["no good row", "wrong nature", "last quarter's form", "unknown unit"],
)
def test_refused_file_is_archived_and_nothing_of_it_enters(
    take: Take,
    form: Write,
    against: Against,
    book_file: Path,
    sent: tuple[dict[str, str], dict[str, str]],
    unit: str,
) -> None:
    """A refused file is a row and a file; its rows are no entries and it is no submission."""
    row, labels = sent
    path = form(row, **labels)
    receipt, check = take(path)
    history = history_of(against)
    assert (check.outcome, check.rows, receipt.outcome, receipt.unit) == (Outcome.REFUSED, 0, Outcome.REFUSED, unit)
    assert (against.root / receipt.file).read_bytes() == path.read_bytes()
    assert (len(read_book(book_file).receipts), history.entries, history.submissions) == (1, (), ())


def test_wrong_nature_is_refused_at_the_door(take: Take, form: Write) -> None:
    """正式 data never enter an 示例 workspace; the cell and what to do are named."""
    _, check = take(form(GOOD, 数据性质="正式"))
    assert [str(fault) for fault in check.faults] == [
        ("文件“form.xlsx” 工作表“填报” 单元格I2：“数据性质”应为“示例”，现为“正式”。处理办法：请使用本期下发的表格。")
    ]


@pytest.mark.parametrize(
    ("name", "archived"),
    [
        ("报送.et", "0001-unknown.et"),
        ("~$form.xlsx", "0001-unknown.xlsx"),
        ("noext", "0001-unknown"),
        ("x.XLSX", "0001-unknown.xlsx"),
    ],
)
def test_file_that_cannot_be_opened_is_kept_all_the_same(
    take: Take, against: Against, tmp_path: Path, name: str, archived: str
) -> None:
    """Whatever came is archived under its number, byte by byte."""
    path = tmp_path / name
    path.write_bytes(b"\x00\xff anything")
    receipt, check = take(path)
    assert (receipt.file, check.outcome) == (f"data/receipts/n-2024/2024Q4/{archived}", Outcome.REFUSED)
    assert (against.root / receipt.file).read_bytes() == b"\x00\xff anything"


def test_decision_goes_to_its_own_folder(take: Take, office_form: Write, against: Against, book_file: Path) -> None:
    """The office's decisions are received like the rest, in data/decisions."""
    receipt, check = take(office_form(CLOSE), ReceiptKind.DECISION)
    history = history_of(against)
    assert (receipt.file, check.unit) == ("data/decisions/n-2024/2024Q4/0001-office.xlsx", "office")
    assert ([one.task_no for one in history.decisions], history.submissions) == ([10], ())


def test_form_handed_in_as_a_decision_is_refused(take: Take, form: Write) -> None:
    """A unit cannot decide: its form has no sheet of decisions."""
    _, check = take(form(GOOD), ReceiptKind.DECISION)
    assert [fault.problem for fault in check.faults] == ["这是单位的填报表，不是决定登记表"]


def test_rows_are_numbered_and_chained(take: Take, form: Write, book_file: Path) -> None:
    """Good, refused, good: three rows that follow each other."""
    for labels in ({}, {"数据性质": "正式"}, {}):
        take(form(GOOD, **labels))
    book = read_book(book_file)
    assert [(one.seq, one.outcome) for one in book.receipts] == [
        (1, Outcome.ACCEPTED),
        (2, Outcome.REFUSED),
        (3, Outcome.ACCEPTED),
    ]


def test_recording_time_never_goes_back(take: Take, form: Write, book_file: Path) -> None:
    """A clock that was set back does not disorder the book; the receipt's own time stays."""
    take(form(GOOD))
    take(form(GOOD), received_at=moment("2024-12-16"), recorded_at=moment("2024-12-16", 11))
    second = read_book(book_file).receipts[1]
    assert (second.received_at, second.recorded_at) == (moment("2024-12-16"), moment("2024-12-18", 11))


def test_same_bytes_again_are_a_row_and_nothing_new(take: Take, form: Write, against: Against) -> None:
    """Both copies are kept; the second gives no entry and no submission."""
    path = form(GOOD)
    first, second = take(path)[0], take(path)[0]
    history = history_of(against)
    assert (first.sha256 == second.sha256, [first.seq, second.seq]) == (True, [1, 2])
    assert [(against.root / one.file).is_file() for one in (first, second)] == [True, True]
    assert ([one.source.seq for one in history.entries], len(history.submissions)) == ([1], 1)


def test_same_bytes_count_again_after_another_file(take: Take, form: Write, against: Against) -> None:
    """A, B, A again: another file counted by then, so the third is new."""
    first, other = form(GOOD, name="a.xlsx"), form(GOOD | {"progress": "开通9条。"}, name="b.xlsx")
    for path in (first, other, first):
        take(path)
    assert [(one.source.seq, one.progress) for one in history_of(against).entries] == [
        (1, "开通8条。"),
        (2, "开通9条。"),
        (3, "开通8条。"),
    ]


def test_a_file_entered_late_counts_by_its_arrival(take: Take, form: Write, against: Against) -> None:
    """Which row is newest is decided by received_at, not by the order in which files were entered."""
    take(form(GOOD, name="a.xlsx"), received_at=moment("2024-12-18"))
    take(form(GOOD | {"progress": "早先的"}, name="b.xlsx"), received_at=moment("2024-12-16"))
    assert [(one.source.seq, one.progress) for one in history_of(against).entries] == [(2, "早先的"), (1, "开通8条。")]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("2024Q4-public-security.xlsx", "public-security"),
        ("县公安局（盖章）.xlsx", "public-security"),
        ("县人社局和县公安局.xlsx", ""),
        ("报送.xlsx", ""),
    ],
)
def test_sender_of_an_unreadable_file_is_told_by_its_name(take: Take, tmp_path: Path, name: str, unit: str) -> None:
    """Slug or name in the file name, where it is one unit's alone."""
    path = tmp_path / name
    path.write_bytes(b"broken")
    receipt, check = take(path)
    assert (receipt.unit, check.unit, receipt.outcome) == (unit, unit, Outcome.REFUSED)


def test_typed_in_form_keeps_its_originals(take: Take, form: Write, tmp_path: Path, against: Against) -> None:
    """代录: photo and letter are archived with their hashes, and who confirmed stands in the row."""
    photo, letter = tmp_path / "照片.JPG", tmp_path / "函"
    photo.write_bytes(b"\xff\xd8photo")
    letter.write_bytes(b"letter")
    receipt, _ = take(form(GOOD), channel="照片代录", originals=(photo, letter), confirmed_by="县人社局办公室")
    folder = "data/receipts/n-2024/2024Q4/originals"
    assert receipt.attachments == (
        Attachment(f"{folder}/0001-human-resources-1.jpg", digest_of(b"\xff\xd8photo")),
        Attachment(f"{folder}/0001-human-resources-2", digest_of(b"letter")),
    )
    assert receipt.confirmed_by == "县人社局办公室"
    assert [(against.root / one.file).read_bytes() for one in receipt.attachments] == [b"\xff\xd8photo", b"letter"]


def test_stopped_file_leaves_only_its_row(
    take: Take, form: Write, against: Against, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What must not be kept is not archived: hash, time and reason stay."""
    path = form(GOOD)
    fault = Fault(Place("form.xlsx", "填报", "H6"), "疑似居民身份证号码", "请删除")
    stopped = Check(ReceiptKind.SUBMISSION, "human-resources", Outcome.REFUSED, 0, (fault,), stopped=True)
    monkeypatch.setattr("yuechi_report.intake.book.reception.check_file", lambda *_, **__: stopped)
    receipt, _ = take(path)
    files = [one.name for one in (against.root / "data").rglob("*.xlsx")]
    assert (receipt.file, receipt.outcome, receipt.reason, files) == ("", Outcome.STOPPED, "H6疑似居民身份证号码", [])
    assert receipt.sha256 == digest_of(path.read_bytes())


def test_file_of_a_dead_writer_is_not_overwritten(take: Take, form: Write, against: Against) -> None:
    """An archived file without a row stays as it is; half-written leftovers are cleared."""
    orphan = against.root / "data/receipts/n-2024/2024Q4/0001-human-resources.xlsx"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"orphan")
    orphan.with_name("0001-x.xlsx.part").write_bytes(b"half")
    receipt, _ = take(form(GOOD))
    assert orphan.read_bytes() == b"orphan"
    assert receipt.file.endswith(f"0001-human-resources-{receipt.sha256[:8]}.xlsx")
    assert not list(orphan.parent.glob("*.part"))


def test_archive_leaves_no_scratch_file(take: Take, form: Write, against: Against) -> None:
    """Files are replaced into place whole."""
    take(form(GOOD))
    names = sorted(path.name for path in (against.root / "data").rglob("*") if path.is_file())
    assert names == ["0001-human-resources.xlsx", "receipts.csv", "receipts.lock", "receipts.seal"]


def test_only_unknown_visible_files_are_named(tmp_path: Path) -> None:
    """Half-written, hidden and temporary files are no submissions; a missing folder has none."""
    for name in ("b.xlsx", "sub/a.xlsx", ".hidden", "~$b.xlsx", "c.xlsx.part"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    book = Book((), ())
    assert [path.name for path in stray_files(tmp_path / "in", book)] == ["b.xlsx", "a.xlsx"]
    assert stray_files(tmp_path / "missing", book) == ()
