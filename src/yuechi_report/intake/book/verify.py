"""Verifies the book: chain, seal, every archived file, and that each still reads; the first fault is raised."""

from collections.abc import Sequence
from pathlib import Path

from yuechi_report.errors import InputRefused, ParameterError, Place, ReportFailed
from yuechi_report.intake.book.chain import Book, read_book
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.book.reread import check_archived, read_receipt
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import ReceiptKind


def verify_book(book_file: Path, notices: Sequence[Against], root: Path) -> Book:
    """The whole book; InputRefused names the first broken row, ReportFailed the first file that differs."""
    book = read_book(book_file)
    purged = {receipt.refers_to for receipt in book.receipts if receipt.kind is ReceiptKind.PURGE}
    by_notice = {against.register.notice.id: against for against in notices}
    for receipt in book.receipts:
        if receipt.seq in purged:
            _check_gone(receipt, root)
        else:
            _check_file(receipt, root)
            if receipt.is_file and receipt.outcome.counts and receipt.notice in by_notice:
                _check_reads(receipt, by_notice[receipt.notice])
    return book


def _check_file(receipt: Receipt, root: Path) -> None:
    try:
        check_archived(receipt, root)
    except InputRefused as error:
        place = error.faults[0].place
        raise ReportFailed.at(place, f"第{receipt.seq}号收件的存档文件缺失或已改动", "请从备份恢复该文件") from error


def _check_gone(receipt: Receipt, root: Path) -> None:
    for file in (receipt.file, *(attachment.file for attachment in receipt.attachments)):
        if file and (root / file).exists():
            raise ReportFailed.at(
                Place(file), f"第{receipt.seq}号收件已批准清除，文件仍在", f"请再执行“ledger purge {receipt.seq}”"
            )


def _check_reads(receipt: Receipt, against: Against) -> None:
    try:
        read_receipt(receipt, against.root / receipt.file, against)
    except InputRefused as error:
        raise ParameterError.at(
            Place(Path(receipt.file).name), f"第{receipt.seq}号收件现在无法读取", "请检查单位名录和任务清单的改动"
        ) from error
