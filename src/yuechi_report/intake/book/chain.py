"""The book (receipts.csv): append-only, hash-chained, one row per received file; the truth with its files.

Next to it is receipts.seal: how many rows had been acknowledged, and the hash of the last one. The
chain finds what was changed before the last row; the seal finds a changed, lost or half-written last row.
"""

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from yuechi_report.errors import InputRefused, Place
from yuechi_report.intake.book.durable import digest_of, write_durably
from yuechi_report.intake.book.receipt import GENESIS, HEADER, RESTORE, Receipt, line_of, receipt_of
from yuechi_report.intake.check.submission import Outcome, ReceiptKind


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A book read up to here: rows, bytes and their hash, the chain's head and the last recorded_at."""

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
    the bytes after it: a row whose writer died, never acknowledged, cut off by the next one.
    """

    receipts: tuple[Receipt, ...]
    hashes: tuple[str, ...]
    start: Checkpoint = EMPTY
    end: Checkpoint = EMPTY
    torn: int = 0

    @property
    def head(self) -> str:
        """The hash of the last row; GENESIS for an empty book."""
        return self.hashes[-1] if self.hashes else self.start.head

    @property
    def next_seq(self) -> int:
        """The number of the row to come."""
        return self.start.rows + len(self.receipts) + 1

    def head_at(self, moment: datetime | None) -> str:
        """The hash of the last row recorded up to that moment (recorded_at never decreases)."""
        if moment is None:
            return self.head
        known = [
            digest for receipt, digest in zip(self.receipts, self.hashes, strict=True) if receipt.recorded_at <= moment
        ]
        return known[-1] if known else GENESIS

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


def read_book(path: Path, since: Checkpoint = EMPTY) -> Book:
    """The book with chain and seal checked; InputRefused names the first broken row. A missing file is empty.

    Where the file still begins with what was read up to `since`, only the rows after it are read.
    """
    sealed = _read_seal(path)  # before the book: a row that is written meanwhile is then only unsealed
    data = path.read_bytes() if path.exists() else HEADER
    start = since if since.size and _digest(data[: since.size]) == since.digest else EMPTY
    if start is EMPTY and not data.startswith(HEADER):
        raise InputRefused.at(Place(path.name, line=1), "收件登记的表头已被改动", RESTORE)
    book = _read_rows(path.name, data, start)
    _check_seal(path.name, book, sealed)
    return book


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=1)  # one command reads the same book several times
def _read_rows(name: str, data: bytes, start: Checkpoint) -> Book:
    begin = start.size or len(HEADER)
    *lines, rest = data[begin:].split(b"\n")
    receipts: list[Receipt] = []
    hashes: list[str] = []
    for number, line in enumerate(lines, start=start.rows + 1):
        place = Place(name, line=number + 1)
        receipt = receipt_of(line, place)
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
    return Book(tuple(receipts), tuple(hashes), start, end, len(rest))


def append(path: Path, book: Book, receipt: Receipt) -> Receipt:
    """Append one row to the book as read and make it durable, then seal it; the caller holds `locked`.

    Sets seq, previous_hash and a recorded_at that never decreases. What a dead writer left is cut off.
    """
    moments = [receipt.recorded_at, *([book.end.recorded_at] if book.end.recorded_at else [])]
    row = replace(receipt, seq=book.next_seq, previous_hash=book.head, recorded_at=max(moments))
    if not path.exists():
        write_durably(_seal_file(path), f"0 {GENESIS}\n".encode())
        write_durably(path, HEADER)
    elif not _seal_file(path).exists():
        write_durably(_seal_file(path), f"{book.end.rows} {book.head}\n".encode())
    line = line_of(row)
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.ftruncate(handle, book.end.size)
        os.lseek(handle, 0, os.SEEK_END)
        _write_all(handle, line + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    write_durably(_seal_file(path), f"{row.seq} {digest_of(line)}\n".encode())
    return row


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _seal_file(path: Path) -> Path:
    return path.with_suffix(".seal")


def _read_seal(path: Path) -> tuple[int, str] | None:
    seal = _seal_file(path)
    if not seal.exists():
        return None
    try:
        rows, head = seal.read_text(encoding="ascii").split()
        if seal.read_bytes() == f"{int(rows)} {head}\n".encode() and len(head) == len(GENESIS):
            return int(rows), head
    except ValueError:
        pass
    raise InputRefused.at(Place(seal.name), "收件登记的封存记录无法读取", RESTORE)


def _check_seal(name: str, book: Book, sealed: tuple[int, str] | None) -> None:
    if sealed is None:
        if book.torn:
            place = Place(name, line=book.end.rows + 2)
            raise InputRefused.at(place, "收件登记的这一行不完整，又没有封存记录可以证明它未曾确认", RESTORE)
        return
    rows, head = sealed
    if rows > book.end.rows:
        raise InputRefused.at(
            Place(name, line=book.end.rows + 2), f"收件登记从第{book.end.rows + 1}号起残缺，封存时有{rows}行", RESTORE
        )
    at = rows - book.start.rows
    found = book.start.head if at == 0 else book.hashes[at - 1] if at > 0 else head
    if found != head:
        raise InputRefused.at(Place(name, line=rows + 1), "收件登记的这一行与封存记录不符", RESTORE)
