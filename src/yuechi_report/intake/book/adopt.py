"""Adopting a book whose seal does not fit it: a restored older book, a lost seal. The reason is a row's note."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yuechi_report.errors import Fault, ParameterError, Place
from yuechi_report.intake.book.chain import Book, append, check_clock, read_rows, read_seal, write_seal
from yuechi_report.intake.book.durable import locked
from yuechi_report.intake.book.receipt import GENESIS, Receipt
from yuechi_report.intake.check.submission import Outcome, ReceiptKind


@dataclass(frozen=True, slots=True)
class Adoption:
    """Who goes on with the book as it is, when and why."""

    reason: str
    recorded_at: datetime
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """How many rows the book has and how many the seal says; None where there is no seal."""

    rows: int
    sealed: int | None

    def __str__(self) -> str:
        if self.sealed is None:
            return f"收件登记有{self.rows}行，封存记录不见了"
        return f"收件登记有{self.rows}行，封存时有{self.sealed}行"


def mismatch_of(book_file: Path) -> Mismatch | None:
    """Where book and seal do not fit each other; None where they do. A broken chain is refused."""
    return _mismatch(book_file, read_rows(book_file))


def adopt(book_file: Path, adoption: Adoption, *, with_row: bool) -> Mismatch | None:
    """Seal the book as it is; answer what did not fit. With `with_row` the reason is entered as a row.

    Without it the caller enters files whose rows were lost, each with the reason.
    """
    if not adoption.reason.strip():
        raise ParameterError([Fault(Place(), "没有填写理由", "请用--reason写明理由")])
    with locked(book_file):
        book = read_rows(book_file)
        found = _mismatch(book_file, book)
        if found is None:
            return None
        check_clock(book, adoption.recorded_at)
        if with_row:
            append(book_file, book, _row(adoption, note_of(adoption, found)))
        else:
            write_seal(book_file, book)
        return found


def note_of(adoption: Adoption, found: Mismatch | None) -> str:
    """What a row says of it."""
    return f"接续登记：{adoption.reason}" + (f"（{found}）" if found is not None else "")


def _mismatch(book_file: Path, book: Book) -> Mismatch | None:
    sealed = read_seal(book_file)
    if sealed == (book.end.rows, book.head) or (sealed is None and not book_file.exists()):
        return None
    if sealed is not None and book.end.rows - sealed[0] == 1 and book.receipts[-1].previous_hash == sealed[1]:
        return None
    if sealed is not None and sealed[0] <= book.end.rows and sealed[1] != [GENESIS, *book.hashes][sealed[0]]:
        raise ParameterError.at(
            Place(book_file.name, line=sealed[0] + 1),
            "收件登记的这一行与封存记录不符，内容被改过，不能接续",
            "请从备份恢复收件登记和封存记录",
        )
    return Mismatch(book.end.rows, None if sealed is None else sealed[0])


def _row(adoption: Adoption, note: str) -> Receipt:
    """A row that takes back nothing and belongs to no notice: it only says what happened to the book."""
    return Receipt(
        seq=0,
        notice="",
        quarter="",
        kind=ReceiptKind.WITHDRAWAL,
        unit="",
        file="",
        sha256="",
        received_at=adoption.recorded_at,
        recorded_at=adoption.recorded_at,
        channel="",
        recorded_by=adoption.recorded_by,
        outcome=Outcome.ACCEPTED,
        previous_hash=GENESIS,
        note=note,
    )
