"""The book (receipts.csv): append-only, hash-chained, one row per received file; the truth with its files.

Next to it is receipts.seal: how many rows had been acknowledged, and the hash of the last one. The
chain finds what was changed before the last row; the seal finds a changed, lost or half-written last row.
At most one row is in the book and not in the seal: the one whose writer died between the two.
"""

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from yuechi_report.errors import ExitCode, InputRefused, ParameterError, Place
from yuechi_report.intake.book.durable import accessible, digest_of, read_whole, write_durably
from yuechi_report.intake.book.receipt import (
    COLUMNS,
    GENESIS,
    HEADER,
    RESTORE,
    Receipt,
    columns_of,
    header_of,
    line_of,
    receipt_of,
)
from yuechi_report.intake.check.submission import Outcome, ReceiptKind

_RESEAL = "请从备份恢复收件登记和封存记录；没有备份的，核对各行无误后用“ledger adopt --reason 理由”重新封存"
_LEEWAY = timedelta(days=1)
"""By how much the last row may lie after the clock before nothing more is recorded."""


class SealLost(InputRefused):
    """The seal is missing or older than the book: nobody can say which rows had been acknowledged."""

    exit_code = ExitCode.REPORTS


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A book read up to here: rows, bytes and their hash, the chain's head and the last row's recorded_at."""

    rows: int = 0
    size: int = 0
    digest: str = hashlib.sha256(b"").hexdigest()
    head: str = GENESIS
    recorded_at: datetime | None = None


EMPTY = Checkpoint()


@dataclass(frozen=True, slots=True)
class Book:
    """The rows in order, each with the hash of its own line (the chain).

    Rows before `start` were read earlier and are not here; `end` is where the whole rows end; `torn` counts
    the bytes after it: a row whose writer died, never acknowledged, cut off by the next one. `columns` are
    those that the file's header names.
    """

    receipts: tuple[Receipt, ...]
    hashes: tuple[str, ...]
    start: Checkpoint = EMPTY
    end: Checkpoint = EMPTY
    torn: int = 0
    columns: tuple[str, ...] = COLUMNS

    @property
    def head(self) -> str:
        """The hash of the last row; GENESIS for an empty book."""
        return self.hashes[-1] if self.hashes else self.start.head

    @property
    def next_seq(self) -> int:
        """The number of the row to come."""
        return self.start.rows + len(self.receipts) + 1

    def head_at(self, moment: datetime | None) -> str:
        """The hash of the last row recorded up to that moment."""
        if moment is None:
            return self.head
        known = [
            digest for receipt, digest in zip(self.receipts, self.hashes, strict=True) if receipt.recorded_at <= moment
        ]
        return known[-1] if known else GENESIS

    def after(self, moment: datetime) -> tuple[Receipt, ...]:
        """Rows that say they were recorded later than that moment and have not been taken back."""
        taken_back = {receipt.refers_to for receipt in self.receipts if not receipt.is_file}
        return tuple(
            receipt for receipt in self.receipts if receipt.recorded_at > moment and receipt.seq not in taken_back
        )

    def of_notice(self, notice: str) -> tuple[Receipt, ...]:
        """One notice's rows."""
        return tuple(receipt for receipt in self.receipts if receipt.notice == notice)


def open_refusals(book: Book, notice: str, quarter: str, moment: datetime) -> tuple[Receipt, ...]:
    """Files of a quarter refused or taken in part by that moment, with nothing good from that sender since.

    A withdrawn row is as if it had never come.
    """
    known = [
        receipt for receipt in book.of_notice(notice) if receipt.quarter == quarter and receipt.recorded_at <= moment
    ]
    withdrawn = {receipt.refers_to for receipt in known if receipt.kind is ReceiptKind.WITHDRAWAL}
    waiting: dict[str, Receipt] = {}
    for receipt in known:
        sender = receipt.unit or f"#{receipt.seq}"
        if not receipt.is_file or receipt.seq in withdrawn:
            continue
        if receipt.outcome is Outcome.ACCEPTED:
            waiting.pop(sender, None)
        else:
            waiting[sender] = receipt
    return tuple(waiting.values())


Sealed = tuple[int, str]
"""How many rows had been acknowledged, and the hash of the last one."""


def read_book(path: Path, since: Checkpoint = EMPTY) -> Book:
    """The book with chain and seal checked; InputRefused names the first broken row. A missing file is empty.

    Where the file still begins with what was read up to `since`, only the rows after it are read. The seal is
    read before the book; one that was replaced meanwhile is no fault of the book, which is then read again.
    """
    sealed = read_seal(path)
    while True:
        book = read_rows(path, since)
        try:
            _check_seal(path, book, sealed)
        except InputRefused:
            newer = read_seal(path)
            if newer == sealed:
                raise
            sealed = newer
        else:
            return book


def read_rows(path: Path, since: Checkpoint = EMPTY) -> Book:
    """The book with its chain checked, whatever the seal says."""
    data = read_whole(path)
    if data is None:
        data = HEADER
    return _rows(path.name, data, since if since.size and _digest(data[: since.size]) == since.digest else EMPTY)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=1)  # one command reads the same book several times
def _rows(name: str, data: bytes, start: Checkpoint) -> Book:
    try:
        columns = columns_of(data)
    except ValueError as error:
        raise InputRefused.at(Place(name, line=1), "收件登记的表头已被改动", RESTORE) from error
    begin = start.size or len(header_of(columns))
    *lines, rest = data[begin:].split(b"\n")
    receipts: list[Receipt] = []
    hashes: list[str] = []
    for number, line in enumerate(lines, start=start.rows + 1):
        place = Place(name, line=number + 1)
        receipt = receipt_of(line, place, columns)
        previous = hashes[-1] if hashes else start.head
        if receipt.previous_hash != previous or receipt.seq != number:
            raise InputRefused.at(place, "收件登记的校验链在此处断开", RESTORE)
        receipts.append(receipt)
        hashes.append(digest_of(line))
    size = len(data) - len(rest)
    end = Checkpoint(
        start.rows + len(receipts),
        size,
        _digest(data[:size]),
        hashes[-1] if hashes else start.head,
        receipts[-1].recorded_at if receipts else start.recorded_at,
    )
    return Book(tuple(receipts), tuple(hashes), start, end, len(rest), columns)


def check_clock(book: Book, moment: datetime) -> None:
    """ParameterError where the next row would be recorded more than a day after the clock's moment.

    Times of recording do not go back, so one row entered under a wrong clock would give its day to all later ones.
    """
    last = book.end.recorded_at
    if last is not None and last - moment > _LEEWAY:
        raise ParameterError.at(
            Place("receipts.csv", line=book.next_seq),
            f"最后一行（第{book.next_seq - 1}号）的登记时间{last:%Y-%m-%d %H:%M}晚于现在（{moment:%Y-%m-%d %H:%M}）"
            "一天以上，再登记会把以后各行都记到那一天，没有登记",
            f"请先核对电脑时钟；时钟无误的，用“ledger withdraw {book.next_seq - 1} --reason 登记时时钟有误”"
            "撤回那一行，再重新登记那份文件",
        )


def append(path: Path, book: Book, receipt: Receipt, *, goes_back: bool = False) -> Receipt:
    """Append one row to the book as read and make it durable, then seal it; the caller holds `locked`.

    Sets seq, previous_hash and a recorded_at that does not decrease, unless the row takes back one that was
    recorded under a wrong clock. What a dead writer left is cut off or sealed; a header that lacks columns gets them.
    """
    last = None if goes_back else book.end.recorded_at
    moment = receipt.recorded_at if last is None else max(receipt.recorded_at, last)
    row = replace(receipt, seq=book.next_seq, previous_hash=book.head, recorded_at=moment)
    if read_seal(path) != (book.end.rows, book.head):
        write_seal(path, book)
    with accessible(path):
        columns, size = _with_every_column(path, book)
        line = line_of(row, columns)
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.ftruncate(handle, size)
            os.lseek(handle, 0, os.SEEK_END)
            _write_all(handle, line + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
    _write_seal(path, row.seq, digest_of(line))
    return row


def _with_every_column(path: Path, book: Book) -> tuple[tuple[str, ...], int]:
    """Every column, in the file's order, and where its rows end; a new book, and a header that lacks some, is written."""
    lacking = tuple(name for name in COLUMNS if name not in book.columns)
    columns = (*book.columns, *lacking)
    if path.exists() and not lacking:
        return columns, book.end.size
    rows = path.read_bytes()[len(header_of(book.columns)) : book.end.size] if path.exists() else b""
    data = header_of(columns) + rows
    write_durably(path, data)
    return columns, len(data)


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _seal_file(path: Path) -> Path:
    return path.with_suffix(".seal")


def write_seal(path: Path, book: Book) -> None:
    """Acknowledge every whole row of the book; the caller holds `locked`."""
    _write_seal(path, book.end.rows, book.head)


def _write_seal(path: Path, rows: int, head: str) -> None:
    write_durably(_seal_file(path), f"{rows} {head}\n".encode())


def read_seal(path: Path) -> Sealed | None:
    """What the book's seal says; None where there is none. InputRefused where it cannot be read."""
    seal = _seal_file(path)
    data = read_whole(seal)
    if data is None:
        return None
    try:
        rows, head = data.decode("ascii").split()
        if data == f"{int(rows)} {head}\n".encode() and len(head) == len(GENESIS):
            return int(rows), head
    except ValueError:
        pass
    raise InputRefused.at(Place(seal.name), "收件登记的封存记录无法读取", RESTORE)


def _check_seal(path: Path, book: Book, sealed: Sealed | None) -> None:
    if sealed is None:
        if path.exists():
            raise SealLost.at(Place(_seal_file(path).name), f"封存记录不见了，收件登记有{book.end.rows}行", _RESEAL)
        return
    rows, head = sealed
    if rows > book.end.rows:
        raise InputRefused.at(
            Place(path.name, line=book.end.rows + 2),
            f"收件登记从第{book.end.rows + 1}号起残缺，封存时有{rows}行（确无更新的备份，才用“ledger adopt”接续）",
            RESTORE,
        )
    at = rows - book.start.rows
    found = book.start.head if at == 0 else book.hashes[at - 1] if at > 0 else head
    if found != head:
        raise InputRefused.at(Place(path.name, line=rows + 1), "收件登记的这一行与封存记录不符", RESTORE)
    if book.end.rows - rows > 1:
        raise SealLost.at(
            Place(_seal_file(path).name), f"封存记录只到第{rows}号，收件登记却有{book.end.rows}行", _RESEAL
        )
