"""verify: one changed byte anywhere, in the book or in a received file, is found and its place named."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from books import book_of, history_of, seal_as_it_is
from builders import moment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strange import Strange, amount

from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.register import Register
from yuechi_report.errors import InputRefused, ParameterError, ReportFailed, YuechiError
from yuechi_report.intake.book.chain import Book
from yuechi_report.intake.book.receipt import COLUMNS, header_of, line_of
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.book.takeback import TakeBack, purge
from yuechi_report.intake.book.verify import verify_book
from yuechi_report.intake.check import entry_rows
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, Outcome, ReceiptKind
from yuechi_report.intake.door import package
from yuechi_report.intake.door.workbook import read_sheet
from yuechi_report.intake.form.columns import FORM

pytestmark = pytest.mark.usefixtures("read_in_process")

Write = Callable[..., Path]
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条。", "reported": "推进中"}


@pytest.fixture
def files(against: Against, quarter: Quarter, arrival: Arrival, form: Write, tmp_path: Path) -> list[Path]:
    """Two forms, one with a photo, and a refused file: everything whose bytes are vouched for."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo" * 20)
    for path, originals in (
        (form(GOOD, name="a.xlsx"), (photo,)),
        (form(GOOD, name="b.xlsx", 数据性质="正式"), ()),
        (form(GOOD | {"progress": "9"}, name="c.xlsx"), ()),
    ):
        came = replace(arrival, originals=originals, confirmed_by="某")
        take_in(path, against, quarter, came, kind=ReceiptKind.SUBMISSION, book_file=book_of(against))
    return sorted(path for path in (against.root / "data").rglob("*") if path.suffix in (".xlsx", ".jpg"))


def verify(against: Against) -> Book:
    """The book verified."""
    return verify_book(book_of(against), [against], against.root)


def test_whole_book_is_whole(against: Against, files: list[Path]) -> None:
    """Four files, three rows."""
    assert (len(files), len(verify(against).receipts)) == (4, 3)


@settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_changed_byte_of_a_received_file_is_found(against: Against, files: list[Path], data: st.DataObject) -> None:
    """Forms, refused files and originals alike; the file is named."""
    path = data.draw(st.sampled_from(files), "file")
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before) - 1), "at")
    new = data.draw(st.integers(0, 255).filter(lambda byte: byte != before[at]), "byte")
    path.write_bytes(before[:at] + bytes([new]) + before[at + 1 :])
    try:
        with pytest.raises(ReportFailed) as caught:
            verify(against)
        assert caught.value.faults[0].place.file == path.relative_to(against.root).as_posix()
    finally:
        path.write_bytes(before)


@settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_changed_byte_of_the_book_is_found(against: Against, files: list[Path], data: st.DataObject) -> None:
    """The first broken row is named, or the one after it whose chain no longer fits."""
    path = book_of(against)
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before) - 1), "at")
    new = data.draw(st.integers(0, 255).filter(lambda byte: byte != before[at]), "byte")
    path.write_bytes(before[:at] + bytes([new]) + before[at + 1 :])
    line = before[:at].count(b"\n") + 1
    try:
        with pytest.raises(InputRefused) as caught:
            verify(against)
        assert (len(files), caught.value.faults[0].place.line - line in (0, 1)) == (4, True)
    finally:
        path.write_bytes(before)


def test_lost_file_is_found(against: Against, files: list[Path]) -> None:
    """A received file that is gone is named with its row."""
    files[0].unlink()
    with pytest.raises(ReportFailed, match="第1号收件的存档文件缺失或已改动"):
        verify(against)


def test_purged_file_must_be_gone(against: Against, files: list[Path]) -> None:
    """A purged row is whole without its file, and broken with it."""
    order = TakeBack(1, "经批准", moment("2024-12-20"), "", "县政府办公室")
    content = next(path for path in files if path.name == "0001-human-resources.xlsx")
    kept = content.read_bytes()
    purge(against.root, book_of(against), order)
    assert len(verify(against).receipts) == 4
    content.write_bytes(kept)
    with pytest.raises(ReportFailed, match="已批准清除，文件仍在"):
        verify(against)


def test_file_that_no_longer_reads_is_told(against: Against, files: list[Path]) -> None:
    """A unit was taken out of the register: its files are whole and yet cannot be read."""
    fewer = replace(against, units=replace(against.units, units=against.units.units[1:]))
    with pytest.raises(ParameterError, match="第1号收件现在无法读取") as caught:
        verify(fewer)
    assert (len(files), isinstance(caught.value, YuechiError)) == (4, True)


PART = ({"task_no": "12", "role": "牵头", "progress": "x"},)


@pytest.fixture
def take_before(
    against: Against, quarter: Quarter, arrival: Arrival, form: Write, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Take a form whose amount today's door asks back, as it was when nothing was asked."""

    def take(*others: dict[str, str]) -> None:
        with monkeypatch.context() as then:
            then.setattr(entry_rows, "to_amount", entry_rows.to_amount_as_taken)
            path = form(GOOD | {"percent": "-5"}, *others, name="old.xlsx")
            take_in(path, against, quarter, arrival, kind=ReceiptKind.SUBMISSION, book_file=book_of(against))

    return take


def amounts(against: Against) -> list[tuple[int, str]]:
    """Task and amount in words of every entry that the book gives now."""
    return [(entry.task_no, entry.measured) for entry in history_of(against).entries]


def test_row_of_a_file_taken_whole_stays_whatever_is_asked_since(
    against: Against, take_before: Callable[..., None]
) -> None:
    """The book says that all of it entered."""
    take_before()
    assert [receipt.outcome for receipt in verify(against).receipts] == [Outcome.ACCEPTED]
    assert amounts(against) == [(10, "-5")]


def test_row_of_an_earlier_version_s_book_stays(against: Against, take_before: Callable[..., None]) -> None:
    """Eighteen cells are of the time before the question; of a row of today it is asked, in part or not."""
    take_before(*PART)
    [receipt] = verify(against).receipts
    assert (receipt.outcome, amounts(against)) == (Outcome.PARTIAL, [])
    book_of(against).write_bytes(header_of(COLUMNS[:18]) + line_of(receipt, COLUMNS[:18]) + b"\n")
    seal_as_it_is(book_of(against))
    assert amounts(against) == [(10, "-5")]
    verify(against)


def test_workbook_that_only_today_s_door_refuses_keeps_its_rows(
    against: Against, quarter: Quarter, arrival: Arrival, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A formula where nobody looked: its stored value stays what the book has."""
    path = Strange(cell=amount("<f>40*2</f><v>80</v>")).write(tmp_path)
    with monkeypatch.context() as then:
        then.setattr(package._Scan, "_fault", lambda *_: None)
        take_in(path, against, quarter, arrival, kind=ReceiptKind.SUBMISSION, book_file=book_of(against))
    with pytest.raises(InputRefused, match="单元格里是公式"):
        read_sheet(path, FORM)
    verify(against)
    assert [entry.percent for entry in history_of(against).entries] == [80]


def test_row_that_is_read_no_more_is_told(against: Against, quarter: Quarter, arrival: Arrival, form: Write) -> None:
    """A register changed since keeps a row out that the book says entered: never in silence."""
    take_in(form(GOOD), against, quarter, arrival, kind=ReceiptKind.SUBMISSION, book_file=book_of(against))
    other = replace(against, register=Register(against.register.notice, against.register.tasks[1:]))
    with pytest.raises(ParameterError, match="第1号收件登记时全部接收，现在有1行读不出"):
        verify_book(book_of(against), [other], against.root)
