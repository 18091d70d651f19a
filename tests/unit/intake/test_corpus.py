"""The corpus of broken files: each gives its documented message, and nothing broken becomes an entry."""

import re
from pathlib import Path

import pytest
from broken import CORPUS, DUPLICATE, Broken, csv_of, csv_row, good
from broken import GOOD as ROW
from builders import moment

from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book.chain import read_book
from yuechi_report.intake.book.ledger import open_ledger
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind, check_file

OPERATIONS = Path(__file__).parents[3] / "docs/operations.md"


def checked(path: Path, against: Against, quarter: Quarter, arrival: Arrival) -> Check:
    """The check of a unit's file."""
    return check_file(path, against, quarter, arrival, ReceiptKind.SUBMISSION)


def matches(told: str, problem: str) -> bool:
    """Whether a message is the documented one; … stands for anything."""
    return re.fullmatch(".*".join(re.escape(part) for part in told.split("…")), problem, re.DOTALL) is not None


@pytest.mark.parametrize("broken", CORPUS, ids=lambda one: one.name)
def test_broken_file_gives_its_message(
    tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival, broken: Broken
) -> None:
    """One fault, at its cell, with a remedy; the good row of a file that could be read still enters."""
    check = checked(broken.make(tmp_path), against, quarter, arrival)
    [fault] = check.faults
    assert matches(broken.message, fault.problem), fault.problem
    assert (fault.place.cell, check.rows, check.stopped) == (broken.cell, broken.rows, broken.stopped)
    assert check.outcome is (Outcome.PARTIAL if broken.rows else Outcome.REFUSED)
    assert fault.remedy.startswith(("请", "若", "下次", "是否", "尚未"))


@pytest.mark.parametrize("broken", [*CORPUS, DUPLICATE], ids=lambda one: one.name)
def test_message_is_documented(broken: Broken) -> None:
    """docs/operations.md lists every message of the corpus."""
    assert broken.message in OPERATIONS.read_text(encoding="utf-8")


def test_one_task_twice_is_asked_back_in_both_rows(
    tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival
) -> None:
    """Which of two rows counts is not guessed: neither enters."""
    check = checked(DUPLICATE.make(tmp_path), against, quarter, arrival)
    found = [(fault.place.cell, fault.problem) for fault in check.faults]
    assert found == [(cell, "第10项任务在第6行、第7行重复填写") for cell in ("A6", "A7")]
    assert (check.outcome, check.rows) == (Outcome.PARTIAL, 1)


def test_corpus_is_large_and_says_different_things() -> None:
    """At least forty broken files with at least forty different messages."""
    assert len(CORPUS) >= 40
    assert len({broken.message for broken in CORPUS}) >= 40


@pytest.mark.usefixtures("read_in_process")
def test_nothing_broken_becomes_an_entry(tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival) -> None:
    """All of them taken in: the book has a row for each, the ledger only the good rows beside bad ones."""
    book_file = against.root / "data/receipts/receipts.csv"
    for number, broken in enumerate(CORPUS):
        folder = tmp_path / str(number)
        folder.mkdir()
        take_in(broken.make(folder), against, quarter, arrival, kind=ReceiptKind.SUBMISSION, book_file=book_file)
    with open_ledger(book_file, against.root / "none.db", against) as ledger:
        entries = ledger.history(moment("2025-01-01")).entries
    assert {one.task_no for one in entries} == {12}
    receipts = read_book(book_file).receipts
    assert len(receipts) == len(CORPUS)
    stopped = [receipt.file for receipt, one in zip(receipts, CORPUS, strict=True) if one.stopped]
    assert set(stopped) == {""}


def test_good_form_has_nothing_to_tell(tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival) -> None:
    """The form all of them are made from is taken without a word."""
    check = checked(good(tmp_path), against, quarter, arrival)
    assert (check.outcome, check.rows, check.faults, check.warnings, check.proposals) == (
        Outcome.ACCEPTED,
        2,
        (),
        (),
        (),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_taken_with_a_word_on_its_missing_stamp(
    tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival, encoding: str
) -> None:
    """UTF-8 with or without BOM and GB18030 give the same entry."""
    path = tmp_path / "form.csv"
    path.write_bytes(csv_of(csv_row(**ROW)).encode(encoding))
    check = checked(path, against, quarter, arrival)
    assert (check.outcome, check.rows, check.faults) == (Outcome.ACCEPTED, 1, ())
    assert [one.problem for one in check.warnings] == [
        "文件里没有版本信息（CSV文件，或内容被复制到了别的文件），只按表头核对"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "项目代码110105194912310021，已备案。",
        "统一社会信用代码91511621MA62345678。",
        "座机0826-5222222。",
        "投资15000000000元。",
        "订单号2024121513800138000。",
        "商业秘密保护3件。",
        "数据机密性符合要求，完成2项。",
    ],
    ids=["18 digits", "credit code", "landline", "amount", "longer number", "against secret", "confidentiality"],
)
def test_what_only_looks_alike_is_let_through(
    tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival, text: str
) -> None:
    """Project codes, landlines, amounts and company secrets are no reason to stop a file."""
    check = checked(good(tmp_path, rows=(ROW | {"progress": text},)), against, quarter, arrival)
    assert (check.outcome, check.stopped, check.rows) == (Outcome.ACCEPTED, False, 1)


@pytest.mark.usefixtures("read_in_process")
def test_numbers_are_never_quoted(tmp_path: Path, against: Against, quarter: Quarter, arrival: Arrival) -> None:
    """What stops a file is named by kind and cell; the number itself stands in no message."""
    [broken] = [one for one in CORPUS if one.name == "ID number"]
    check = checked(broken.make(tmp_path), against, quarter, arrival)
    assert "11010519491231" not in repr(check)
