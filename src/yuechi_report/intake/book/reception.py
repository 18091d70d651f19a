"""Takes a received file into the book: checked first, archived, one row whatever the outcome; finds those not taken in."""

from dataclasses import replace
from pathlib import Path

from yuechi_report.domain.progress import History
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import InputRefused, ParameterError, Place
from yuechi_report.intake.book.chain import EMPTY, Book, Checkpoint, append, read_book
from yuechi_report.intake.book.durable import SCRATCH, digest_of, locked, store
from yuechi_report.intake.book.receipt import GENESIS, Attachment, Receipt
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind, check_file, sender_of


def take_in(  # noqa: PLR0913 - a file, what it is checked against, and where it goes
    path: Path,
    against: Against,
    quarter: Quarter,
    arrival: Arrival,
    *,
    kind: ReceiptKind,
    book_file: Path,
    read_to: Checkpoint = EMPTY,
    history: History | None = None,
) -> tuple[Receipt, Check]:
    """Check a file and enter it: the original is archived unchanged, then the row is appended.

    A refused file is archived and entered too, as refused; nothing of it becomes an entry. A file stopped
    at the door leaves its row alone. After a crash the file is wholly in (its row is there) or wholly out.
    `read_to` is how far the index has read the book; it only saves time. `history` is what was recorded
    before: warnings compare with it, and it says who took a task over.
    """
    data = _read(path)
    check = check_file(path, against, quarter, arrival, kind, history=history)
    if _read(path) != data:
        raise InputRefused.at(Place(path.name), "文件在校验时被改动", "请关闭正在编辑它的程序后重试")
    check = replace(check, unit=sender_of(check, path.name, against.units))
    originals = [(original.suffix, _read(original)) for original in arrival.originals]
    draft = _draft(check, against, quarter, arrival)
    with locked(book_file):
        book = read_book(book_file, read_to)
        name = f"{book.next_seq:04d}-{check.unit or 'unknown'}"
        folder = _folder(kind, draft)
        file = "" if check.stopped else store(against.root, folder, name + _suffix(path.suffix), data)
        row = replace(
            draft, file=file, sha256=digest_of(data), attachments=_attach(against.root, folder, name, originals)
        )
        return append(book_file, book, row), check


def _draft(check: Check, against: Against, quarter: Quarter, arrival: Arrival) -> Receipt:
    """The row without what only the book and the archive can give."""
    return Receipt(
        seq=0,
        notice=against.register.notice.id,
        quarter=str(quarter),
        kind=check.kind,
        unit=check.unit,
        file="",
        sha256="",
        received_at=arrival.received_at,
        recorded_at=arrival.recorded_at,
        channel=arrival.channel,
        recorded_by=arrival.recorded_by,
        outcome=Outcome.STOPPED if check.stopped else check.outcome,
        previous_hash=GENESIS,
        confirmed_by=arrival.confirmed_by,
        reason="；".join(f"{fault.place.cell}{fault.problem}" for fault in check.faults[:3]) if check.stopped else "",
    )


def _attach(root: Path, folder: Path, name: str, originals: list[tuple[str, bytes]]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(store(root, folder / "originals", f"{name}-{number}{_suffix(suffix)}", data), digest_of(data))
        for number, (suffix, data) in enumerate(originals, start=1)
    )


def _folder(kind: ReceiptKind, draft: Receipt) -> Path:
    name = "decisions" if kind is ReceiptKind.DECISION else "receipts"
    return Path("data") / name / draft.notice / draft.quarter


def _suffix(suffix: str) -> str:
    return suffix.lower() if suffix[1:].isascii() and suffix[1:].isalnum() else ""


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ParameterError.at(Place(str(path)), "文件不存在或无法读取", "请检查路径和权限") from error


def stray_files(folder: Path, book: Book) -> tuple[Path, ...]:
    """Files below the folder whose bytes no row has; hidden, temporary and half-written ones are left out."""
    if not folder.is_dir():
        return ()
    known = {receipt.sha256 for receipt in book.receipts}
    known |= {attachment.sha256 for receipt in book.receipts for attachment in receipt.attachments}
    return tuple(
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.name.startswith((".", "~$"))
        and path.suffix != SCRATCH
        and digest_of(path.read_bytes()) not in known
    )
