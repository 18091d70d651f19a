"""Verifies the book: chain, seal, every archived file, and that each still reads; the first fault is raised."""

import os
from collections.abc import Sequence
from pathlib import Path

from yuechi_report.domain.progress import Decision
from yuechi_report.errors import InputRefused, ParameterError, Place, ReportFailed
from yuechi_report.intake.book.chain import Book, read_book
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.book.reread import check_archived, moving, read_receipt
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Outcome, ReceiptKind


def verify_book(book_file: Path, notices: Sequence[Against], root: Path) -> Book:
    """The whole book; InputRefused names the first broken row, ReportFailed the first file that differs."""
    book = read_book(book_file)
    purged = {receipt.refers_to for receipt in book.receipts if receipt.kind is ReceiptKind.PURGE}
    by_notice = {against.register.notice.id: against for against in notices}
    moves: dict[str, list[Decision]] = {}
    for receipt in book.receipts:
        if receipt.seq in purged:
            _check_gone(receipt, root)
        else:
            _check_file(receipt, root)
            if receipt.is_file and receipt.outcome.counts and receipt.notice in by_notice:
                known = moves.setdefault(receipt.notice, [])
                known += _check_reads(receipt, by_notice[receipt.notice], known)
    return book


def _check_file(receipt: Receipt, root: Path) -> None:
    try:
        check_archived(receipt, root)
    except InputRefused as error:
        place = error.faults[0].place
        raise ReportFailed.at(place, f"第{receipt.seq}号收件的存档文件缺失或已改动", "请从备份恢复该文件") from error


def _check_gone(receipt: Receipt, root: Path) -> None:
    for file in (receipt.file, *(attachment.file for attachment in receipt.attachments)):
        if file and os.path.lexists(root / file):
            raise ReportFailed.at(
                Place(file), f"第{receipt.seq}号收件已批准清除，文件仍在", f"请再执行“ledger purge {receipt.seq}”"
            )


def _check_reads(receipt: Receipt, against: Against, moves: Sequence[Decision]) -> list[Decision]:
    """The file gives the rows that the book says it gave; its decisions that move a task are the answer."""
    place, remedy = Place(Path(receipt.file).name), "请检查单位名录和任务清单的改动"
    try:
        _, checked = read_receipt(receipt, against.root / receipt.file, against, moves)
    except InputRefused as error:
        raise ParameterError.at(place, f"第{receipt.seq}号收件现在无法读取", remedy) from error
    if receipt.outcome is Outcome.ACCEPTED and checked.faulty_rows:
        lost = (
            f"第{receipt.seq}号收件登记时全部接收，现在有{checked.faulty_rows}行读不出（{checked.faults[0].problem}）"
        )
        raise ParameterError.at(place, lost, remedy)
    return moving(record for record in checked.records if isinstance(record, Decision))
