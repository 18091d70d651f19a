"""The ledger: entries and decisions read from the book's files, indexed in SQLite.

ledger.db only makes reading fast: another schema or another chain head and it is rebuilt (or, by
readers, built in memory). The book and its files stay the truth.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter

from yuechi_report.domain.progress import Decision, History, ProgressEntry, Source, Submission
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import InputRefused, Place
from yuechi_report.intake.book import Book, Outcome, Receipt, ReceiptKind, digest_of
from yuechi_report.intake.columns import DECISIONS, FORM
from yuechi_report.intake.trade import Trade
from yuechi_report.intake.validate import Checked, Context, check_decisions, check_entries, check_labels, unit_of
from yuechi_report.intake.workbook import read_sheet

SCHEMA_VERSION = 2
_SCHEMA = """
CREATE TABLE meta (schema_version INTEGER NOT NULL, head TEXT NOT NULL);
CREATE TABLE records (notice TEXT NOT NULL, kind TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX records_by_notice ON records (notice, kind, seq);
"""
_TYPES = {"entry": ProgressEntry, "decision": Decision, "submission": Submission}
_ADAPTERS: dict[str, TypeAdapter[ProgressEntry | Decision | Submission]] = {
    kind: TypeAdapter(type_) for kind, type_ in _TYPES.items()
}


def read_receipt(
    receipt: Receipt, path: Path, trade: Trade
) -> tuple[Submission | None, Checked[ProgressEntry] | Checked[Decision]]:
    """The records of one archived file, checked anew; a file that is not the one received is refused."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputRefused.at(Place(receipt.file), "收件登记所列文件不存在或无法读取", "请从备份恢复该文件") from error
    if digest_of(data) != receipt.sha256:
        raise InputRefused.at(
            Place(receipt.file), "文件内容与收件登记的校验值不一致", "请从备份恢复该文件，原件不得改动"
        )
    source = Source(receipt.seq, receipt.file, 0, receipt.received_at, receipt.recorded_at, receipt.channel)
    context = Context(trade.register, trade.units, trade.nature, Quarter.parse(receipt.quarter), source)
    sheet = read_sheet(path, DECISIONS if receipt.kind is ReceiptKind.DECISION else FORM, shown_as=receipt.file)
    check_labels(sheet, context)
    if receipt.kind is ReceiptKind.DECISION:
        return None, check_decisions(sheet, context)
    checked = check_entries(sheet, context)
    unit = unit_of(sheet, trade.units)
    rows = len(checked.records)
    return Submission(context.quarter, unit.name, source, rows, checked.faulty_rows, checked.faulty_tasks), checked


def load_history(book: Book, trade: Trade, ledger_file: Path) -> History:
    """One notice's history: from ledger.db when it is current, else from an index built in memory."""
    connection = _current(ledger_file, book.head)
    if connection is None:
        connection = sqlite3.connect(":memory:")
        _fill(connection, book, [trade])
    try:
        return _history(connection, trade.register.notice.id)
    finally:
        connection.close()


def rebuild(ledger_file: Path, book: Book, trades: Iterable[Trade]) -> None:
    """Write ledger.db anew, replacing whatever was there."""
    scratch = ledger_file.with_suffix(".db.new")
    scratch.unlink(missing_ok=True)
    connection = sqlite3.connect(scratch)
    try:
        _fill(connection, book, trades)
    finally:
        connection.close()
    scratch.replace(ledger_file)


def _current(ledger_file: Path, head: str) -> sqlite3.Connection | None:
    if not ledger_file.exists():
        return None
    connection = sqlite3.connect(f"{ledger_file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = connection.execute("SELECT schema_version, head FROM meta").fetchone()
    except sqlite3.Error:  # not a database, or not ours: as good as none
        found = None
    if found == (SCHEMA_VERSION, head):
        return connection
    connection.close()
    return None


def _fill(connection: sqlite3.Connection, book: Book, trades: Iterable[Trade]) -> None:
    with connection:
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO meta VALUES (?, ?)", (SCHEMA_VERSION, book.head))
        for trade in trades:
            for receipt in book.of_notice(trade.register.notice.id):
                if receipt.outcome is not Outcome.REFUSED:
                    connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", _rows(receipt, trade))


def _rows(receipt: Receipt, trade: Trade) -> list[tuple[str, str, int, str]]:
    submission, checked = read_receipt(receipt, trade.root / receipt.file, trade)
    kind = "decision" if receipt.kind is ReceiptKind.DECISION else "entry"
    records: list[tuple[str, ProgressEntry | Decision | Submission]] = [(kind, one) for one in checked.records]
    if submission is not None:
        records.append(("submission", submission))
    return [(receipt.notice, name, receipt.seq, _ADAPTERS[name].dump_json(record).decode()) for name, record in records]


def _history(connection: sqlite3.Connection, notice: str) -> History:
    found: dict[str, list[ProgressEntry | Decision | Submission]] = {kind: [] for kind in _TYPES}
    query = "SELECT kind, body FROM records WHERE notice = ? ORDER BY seq, rowid"
    for kind, body in connection.execute(query, (notice,)):
        found[kind].append(_ADAPTERS[kind].validate_json(body))
    return History.of(
        [one for one in found["entry"] if isinstance(one, ProgressEntry)],
        [one for one in found["decision"] if isinstance(one, Decision)],
        [one for one in found["submission"] if isinstance(one, Submission)],
    )
