"""Taking back what was received: withdrawing one's own mistake, and purging what must not be kept.

Both are rows of the book; neither changes an earlier row, so the chain stays whole.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from yuechi_report.errors import Fault, ParameterError, Place
from yuechi_report.intake.book.chain import Book, append, read_book
from yuechi_report.intake.book.durable import locked, remove
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.check.submission import Outcome, ReceiptKind


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Who takes back which row, when and why; a purge names who approved it."""

    seq: int
    reason: str
    recorded_at: datetime
    recorded_by: str = ""
    approved_by: str = ""


def withdraw(book_file: Path, take_back: TakeBack) -> Receipt:
    """Enter a withdrawal: from now on the file's rows are not known; before it they still are."""
    with locked(book_file):
        book = read_book(book_file)
        target = _target(book, take_back)
        for done in _about(book, take_back.seq):
            word = "撤回" if done.kind is ReceiptKind.WITHDRAWAL else "清除"
            raise _refused(f"第{take_back.seq}号收件已由第{done.seq}号{word}", "不必重复撤回")
        return append(book_file, book, _note(target, take_back, ReceiptKind.WITHDRAWAL))


def purge(root: Path, book_file: Path, take_back: TakeBack) -> tuple[Receipt, tuple[str, ...]]:
    """Enter a purge, then take the file and its originals out; answer the row and the files removed.

    The row keeps hash, reason and approver. Called again after a crash it finishes what was left.
    """
    if not take_back.approved_by.strip():
        raise _refused("没有填写批准人", "请用--approver写明批准清除的人或会议")
    with locked(book_file):
        book = read_book(book_file)
        target = _target(book, take_back)
        tombstone = next((note for note in _about(book, take_back.seq) if note.kind is ReceiptKind.PURGE), None)
        if tombstone is None:
            tombstone = append(book_file, book, _note(target, take_back, ReceiptKind.PURGE))
        files = [target.file, *(attachment.file for attachment in target.attachments)]
        return tombstone, tuple(file for file in files if file and remove(root, file))


def _target(book: Book, take_back: TakeBack) -> Receipt:
    if not take_back.reason.strip():
        raise _refused("没有填写理由", "请用--reason写明理由")
    found = next((receipt for receipt in book.receipts if receipt.seq == take_back.seq), None)
    if found is None or not found.is_file:
        raise _refused(f"没有第{take_back.seq}号收件，或它不是收到的文件", "请用“ledger log”查看序号")
    return found


def _about(book: Book, seq: int) -> list[Receipt]:
    return [receipt for receipt in book.receipts if receipt.refers_to == seq]


def _note(target: Receipt, take_back: TakeBack, kind: ReceiptKind) -> Receipt:
    return replace(
        target,
        kind=kind,
        file="",
        sha256=target.sha256 if kind is ReceiptKind.PURGE else "",
        received_at=take_back.recorded_at,
        recorded_at=take_back.recorded_at,
        channel="",
        recorded_by=take_back.recorded_by,
        outcome=Outcome.ACCEPTED,
        attachments=(),
        confirmed_by=take_back.approved_by,
        refers_to=take_back.seq,
        reason=take_back.reason,
    )


def _refused(problem: str, remedy: str) -> ParameterError:
    return ParameterError([Fault(Place(), problem, remedy)])
