"""The ledger: entries and decisions read from the book's files, indexed in SQLite.

ledger.db only makes reading fast. It says up to which byte of the book it goes, for which program and
which registers; rows that came since are added to it, and anything else is made anew (by readers in
memory). The book and its files stay the truth.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

import yuechi_report
from yuechi_report.domain.progress import Decision, History, Record
from yuechi_report.domain.quarter import CHINA, Quarter
from yuechi_report.errors import Place
from yuechi_report.intake.book.chain import EMPTY, Book, Checkpoint, read_book
from yuechi_report.intake.book.durable import share
from yuechi_report.intake.book.effect import spans_of
from yuechi_report.intake.book.receipt import Receipt, line_of, moment_of, number_of, receipt_of
from yuechi_report.intake.book.reread import moving, purged_submission, records_of
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import ReceiptKind

SCHEMA_VERSION = 5
_SCHEMA = """
CREATE TABLE meta (schema_version INTEGER, code TEXT, rows INTEGER, size INTEGER, digest TEXT, head TEXT,
                   recorded_at INTEGER);
CREATE TABLE notices (notice TEXT PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE receipts (seq INTEGER PRIMARY KEY, notice TEXT NOT NULL, quarter TEXT NOT NULL, sender TEXT NOT NULL,
                       received_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, hash TEXT NOT NULL,
                       line BLOB NOT NULL);
CREATE TABLE records (seq INTEGER PRIMARY KEY, decides INTEGER NOT NULL, moves INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE spans (seq INTEGER NOT NULL, known_from INTEGER NOT NULL, known_until INTEGER,
                    PRIMARY KEY (seq, known_from)) WITHOUT ROWID;
CREATE INDEX receipts_by_sender ON receipts (notice, quarter, sender);
CREATE INDEX receipts_by_notice ON receipts (notice, received_at, seq, recorded_at);
"""
_READERS = ("intake", "domain", "page/labels.py")
"""What decides which records a file gives: other code there, and the index is made anew."""

UNWRITABLE = (OSError, sqlite3.Error)
"""What writing ledger.db may raise: no right, no room, another process that holds it."""

RECORDS = TypeAdapter(History)
"""A file's records in the index: a history of this file alone, as JSON."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open index that goes as far as the book does, for one notice."""

    connection: sqlite3.Connection
    notice: str

    def history(self, known_at: datetime, quarter: Quarter | None = None) -> History:
        """What was known at that moment; with a quarter, without what units sent for later ones."""
        query = """SELECT body, known_from, CASE WHEN known_until <= ? THEN known_until END
                   FROM receipts JOIN spans USING (seq) JOIN records USING (seq)
                   WHERE notice = ? AND known_from <= ? AND (quarter <= ? OR decides)
                   ORDER BY received_at, seq, known_from"""
        moment = number_of(known_at)
        last = "9999Q4" if quarter is None else str(quarter)
        rows = self.connection.execute(query, (moment, self.notice, moment, last))
        return History.of_records(record for body, *span in rows for record in known_records(body, *span))

    def last_recorded(self) -> datetime | None:
        """When the notice's last row was recorded."""
        query = "SELECT recorded_at FROM receipts WHERE notice = ? ORDER BY seq DESC LIMIT 1"
        found = self.connection.execute(query, (self.notice,)).fetchone()
        return None if found is None else moment_of(found[0])


@contextmanager
def open_ledger(book_file: Path, ledger_file: Path, against: Against) -> Iterator[Ledger]:
    """The index of one notice: ledger.db where it is current, else brought up to the book in memory.

    Never writes a file.
    """
    connection = _readable(book_file, ledger_file, against)
    try:
        yield Ledger(connection, against.register.notice.id)
    finally:
        connection.close()


def checkpoint(ledger_file: Path) -> Checkpoint:
    """How far ledger.db goes; EMPTY where there is none, or none of ours."""
    if not ledger_file.exists():
        return EMPTY
    try:
        with closing(_opened(ledger_file)) as connection:
            return _reaches(connection)
    except sqlite3.Error:
        return EMPTY


def refresh(book_file: Path, ledger_file: Path, notices: Sequence[Against]) -> None:
    """Add to ledger.db the rows that came since; make it anew where it is not ours. Needs the book's lock."""
    try:
        with closing(sqlite3.connect(ledger_file)) as connection:
            start = _reaches(connection)
            book = read_book(book_file, start)
            if start.rows and book.start == start and _known_notices(connection) == _digests(notices):
                if book.receipts:
                    connection.execute("PRAGMA secure_delete = ON")
                    _add(connection, book, notices)
                return
    except sqlite3.Error:
        pass  # not a database, or not ours: as good as none
    rebuild(book_file, ledger_file, notices)


def rebuild(book_file: Path, ledger_file: Path, notices: Sequence[Against]) -> None:
    """Write ledger.db anew, replacing whatever was there. Needs the book's lock."""
    scratch = ledger_file.with_suffix(".db.new")
    scratch.unlink(missing_ok=True)
    with closing(sqlite3.connect(scratch)) as connection:
        _create(connection, notices)
        _add(connection, read_book(book_file), notices)
    share(scratch, like=ledger_file)
    ledger_file.unlink(missing_ok=True)
    ledger_file.with_name(ledger_file.name + "-journal").unlink(missing_ok=True)  # the old one's, not the new one's
    scratch.replace(ledger_file)


def _readable(book_file: Path, ledger_file: Path, against: Against) -> sqlite3.Connection:
    start = checkpoint(ledger_file)
    book = read_book(book_file, start)
    if start.rows and book.start == start:
        try:
            disk = _opened(ledger_file)
            wanted = _digests([against]).items()
            if _reaches(disk) == start and wanted <= _known_notices(disk).items():
                return disk if not book.receipts else _ahead(disk, book, against)
            disk.close()
        except sqlite3.Error:
            pass  # replaced or locked meanwhile
    memory = sqlite3.connect(":memory:")
    _create(memory, [against])
    _add(memory, book if book.start is EMPTY else read_book(book_file), [against])
    return memory


def _ahead(disk: sqlite3.Connection, book: Book, against: Against) -> sqlite3.Connection:
    """A copy in memory with the rows that ledger.db does not have yet."""
    memory = sqlite3.connect(":memory:")
    with closing(disk):
        disk.backup(memory)
    _add(memory, book, [against])
    return memory


def _opened(ledger_file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{ledger_file.resolve().as_uri()}?mode=ro", uri=True)


def _reaches(connection: sqlite3.Connection) -> Checkpoint:
    query = "SELECT rows, size, digest, head, recorded_at FROM meta WHERE schema_version = ? AND code = ?"
    try:
        found = connection.execute(query, (SCHEMA_VERSION, _code())).fetchone()
    except sqlite3.Error:
        return EMPTY
    if found is None:
        return EMPTY
    rows, size, digest, head, number = found
    return Checkpoint(rows, size, digest, head, None if number is None else moment_of(number))


def _create(connection: sqlite3.Connection, notices: Iterable[Against]) -> None:
    with connection:
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO meta (schema_version, code) VALUES (?, ?)", (SCHEMA_VERSION, _code()))
        connection.executemany("INSERT INTO notices VALUES (?, ?)", _digests(notices).items())


def _add(connection: sqlite3.Connection, book: Book, notices: Iterable[Against]) -> None:
    """Add the book's rows, with their records, in one transaction."""
    by_notice = {against.register.notice.id: against for against in notices}
    senders: dict[int, str] = {}
    moves = _moves(connection)
    with connection:
        purged = {receipt.refers_to for receipt in book.receipts if receipt.kind is ReceiptKind.PURGE}
        for receipt, digest in zip(book.receipts, book.hashes, strict=True):
            sender = senders[receipt.seq] = _sender(connection, receipt)
            moments = number_of(receipt.received_at), number_of(receipt.recorded_at)
            row = (receipt.seq, receipt.notice, receipt.quarter, sender, *moments, digest, line_of(receipt))
            connection.execute("INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            against = by_notice.get(receipt.notice)
            if against and receipt.is_file and receipt.outcome.counts and receipt.seq not in purged:
                moves.setdefault(receipt.notice, [])
                moves[receipt.notice] += _add_records(connection, receipt, against, moves[receipt.notice])
        _purge_records(connection, book, by_notice)
        for notice, quarter, sender in {(r.notice, r.quarter, senders[r.seq]) for r in book.receipts}:
            _add_spans(connection, notice, quarter, sender)
        end, moment = book.end, book.end.recorded_at
        marks = (end.rows, end.size, end.digest, end.head, None if moment is None else number_of(moment))
        connection.execute("UPDATE meta SET rows = ?, size = ?, digest = ?, head = ?, recorded_at = ?", marks)


def _purge_records(connection: sqlite3.Connection, book: Book, by_notice: Mapping[str, Against]) -> None:
    """Take the records of purged files out; of a form the fact that it came stays."""
    for purge in [receipt for receipt in book.receipts if receipt.kind is ReceiptKind.PURGE]:
        connection.execute("DELETE FROM records WHERE seq = ?", (purge.refers_to,))
        found = connection.execute("SELECT line FROM receipts WHERE seq = ?", (purge.refers_to,)).fetchone()
        receipt = receipt_of(found[0], Place()) if found else None
        if receipt is None or receipt.kind is not ReceiptKind.SUBMISSION or receipt.notice not in by_notice:
            continue
        if receipt.outcome.counts:
            left = purged_submission(receipt, by_notice[receipt.notice], purge.recorded_at)
            row = (receipt.seq, RECORDS.dump_json(History.of_records([left])))
            connection.execute("INSERT INTO records VALUES (?, 0, 0, ?)", row)


def _sender(connection: sqlite3.Connection, receipt: Receipt) -> str:
    """Whose files a row counts with: a withdrawal or purge among those of the file it names."""
    if not receipt.is_file:
        found = connection.execute("SELECT sender FROM receipts WHERE seq = ?", (receipt.refers_to,)).fetchone()
        return str(found[0]) if found else ""
    return f"{receipt.kind}:{receipt.unit}"


def _moves(connection: sqlite3.Connection) -> dict[str, list[Decision]]:
    """The decisions already in the index that gave a task to another unit, by notice."""
    query = "SELECT notice, body FROM records JOIN receipts USING (seq) WHERE moves ORDER BY seq"
    found: dict[str, list[Decision]] = {}
    for notice, body in connection.execute(query):
        found.setdefault(notice, []).extend(moving(RECORDS.validate_json(body).decisions))
    return found


def _add_records(
    connection: sqlite3.Connection, receipt: Receipt, against: Against, moves: Sequence[Decision]
) -> list[Decision]:
    """Add one file's records; its own decisions that move a task are the answer."""
    records = History.of_records(records_of(receipt, against, moves))
    moved, decides = moving(records.decisions), receipt.kind is ReceiptKind.DECISION
    row = (receipt.seq, decides, bool(moved), RECORDS.dump_json(records))
    connection.execute("INSERT INTO records VALUES (?, ?, ?, ?)", row)
    return moved


def known_records(body: bytes, known_from: int, known_until: int | None) -> Iterator[Record]:
    """The records of one file as known in one of its spans: recorded at its start, withdrawn at its end."""
    history = RECORDS.validate_json(body)
    records: tuple[Record, ...] = (*history.entries, *history.decisions, *history.submissions)
    withdrawn_at = None if known_until is None else moment_of(known_until)
    for record in records:
        source = replace(
            record.source,
            received_at=record.source.received_at.astimezone(CHINA),
            recorded_at=moment_of(known_from),
            withdrawn_at=withdrawn_at,
        )
        yield replace(record, source=source)


def _add_spans(connection: sqlite3.Connection, notice: str, quarter: str, sender: str) -> None:
    query = "SELECT line FROM receipts WHERE notice = ? AND quarter = ? AND sender = ? ORDER BY seq"
    lines = connection.execute(query, (notice, quarter, sender)).fetchall()
    receipts = [receipt_of(line, Place()) for (line,) in lines]
    spans = [
        (span.seq, number_of(span.known_from), None if span.known_until is None else number_of(span.known_until))
        for span in spans_of(receipts)
    ]
    connection.executemany("DELETE FROM spans WHERE seq = ?", [(receipt.seq,) for receipt in receipts])
    connection.executemany("INSERT INTO spans VALUES (?, ?, ?)", spans)


def _known_notices(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT notice, digest FROM notices"))


def _digests(notices: Iterable[Against]) -> dict[str, str]:
    return {against.register.notice.id: against.digest for against in notices}


@cache
def _code() -> str:
    root = Path(yuechi_report.__file__).parent
    total = hashlib.sha256(yuechi_report.__version__.encode())
    for name in _READERS:
        for path in sorted((root / name).rglob("*.py")) or [root / name]:
            total.update(path.read_bytes())
    return total.hexdigest()
