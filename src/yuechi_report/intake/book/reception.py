"""Takes a received file into the book: checked first, archived, one row whatever the outcome; finds those not taken in."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from yuechi_report.domain.progress import History
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import InputRefused, ParameterError, Place
from yuechi_report.intake.book.chain import EMPTY, Book, Checkpoint, append, check_clock, read_book
from yuechi_report.intake.book.durable import SCRATCH, digest_of, locked, store
from yuechi_report.intake.book.receipt import GENESIS, Attachment, Receipt
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind, check_file, sender_of
from yuechi_report.intake.door.kind import BYTES_MOST, read_received
from yuechi_report.intake.door.sensitive import kinds_in

_ORIGINALS = "originals"
_ARCHIVED = re.compile(r"[0-9]{4,}-[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?")


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
    at the door leaves its row alone. After a crash the file is wholly in (its row stands) or wholly out.
    A file that lies in the archive already, its row lost, is adopted where it lies, with the originals beside it.
    `read_to` is how far the index has read the book; it only saves time. `history` is what was recorded
    before: warnings compare with it, and it says who took a task over.
    """
    data = read_received(path, path.name)
    check = check_file(path, against, quarter, arrival, kind, history=history)
    if read_received(path, path.name) != data:
        raise InputRefused.at(Place(path.name), "文件在校验时被改动", "请关闭正在编辑它的程序后重试")
    _check_told(check, path.name, arrival.unit_told, against)
    check = replace(check, unit=sender_of(check, path.name, against.units, arrival.unit_told))
    originals = [(original.suffix, read_received(original, original.name)) for original in arrival.originals]
    draft = _draft(check, against, quarter, arrival)
    root, folder = against.root, _folder(kind, draft)
    with locked(book_file):
        book = read_book(book_file, read_to)
        check_clock(book, arrival.recorded_at)
        if _lost_its_row(path, root / folder, (folder / path.name).as_posix(), book_file):
            file, attachments = (folder / path.name).as_posix(), _beside(root, folder, path.stem)
        else:
            name = f"{book.next_seq:04d}-{check.unit or 'unknown'}"
            file = "" if check.stopped else store(root, folder, name + _suffix(path.suffix), data)
            attachments = _attach(root, folder, name, originals)
            draft = replace(draft, original_name="" if kinds_in(path.name) else path.name)
        row = replace(draft, file=file, sha256=digest_of(data), attachments=attachments)
        return append(book_file, book, row), check


def _check_told(check: Check, file_name: str, told: str, against: Against) -> None:
    """ParameterError, nothing entered, where a person named another unit than the one that the form is from."""
    if told and check.unit and check.unit != told:
        inside, named = (unit.name for slug in (check.unit, told) for unit in against.units if unit.slug == slug)
        raise ParameterError.at(
            Place(file_name), f"表内填报单位是{inside}，登记时写的是{named}，没有登记", "请核对文件和--unit后重新登记"
        )


def _lost_its_row(path: Path, folder: Path, file: str, book_file: Path) -> bool:
    """Whether a file lies in that folder of the archive and no row of the whole book is about it."""
    lies_there = is_archived(path) and path.resolve().parent == folder.resolve()
    return lies_there and all(receipt.file != file for receipt in read_book(book_file).receipts)


def is_archived(path: Path) -> bool:
    """Whether a file in a folder of received files has the name that this program gives: NNNN-slug."""
    return _ARCHIVED.fullmatch(path.name) is not None and path.parent.name != _ORIGINALS and not path.is_symlink()


def is_kept(path: Path) -> bool:
    """Whether this program put the file where it is: archived, or an original of what was typed in."""
    return is_archived(path) or path.parent.name == _ORIGINALS


def _is_beyond(path: Path, book: Book) -> bool:
    """Whether the file was archived for a row that the book does not have any more: the same form sent again."""
    if not is_archived(path) or archived_number(path) < book.next_seq:
        return False
    return not any(receipt.file and path.as_posix().endswith(f"/{receipt.file}") for receipt in book.receipts)


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
        note=arrival.note,
        answers=arrival.answers,
        unit_told=arrival.unit_told,
        reason="；".join(f"{fault.place.cell}{fault.problem}" for fault in check.faults[:3]) if check.stopped else "",
    )


def _beside(root: Path, folder: Path, name: str) -> tuple[Attachment, ...]:
    """The originals that were archived with a file of that name."""
    pattern = re.compile(rf"{re.escape(name)}-[0-9]+(\.[a-z0-9]+)?")
    found = sorted(path for path in (root / folder / _ORIGINALS).glob("*") if pattern.fullmatch(path.name))
    return tuple(
        Attachment(path.relative_to(root).as_posix(), digest_of(read_received(path, path.name))) for path in found
    )


def _attach(root: Path, folder: Path, name: str, originals: list[tuple[str, bytes]]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(store(root, folder / _ORIGINALS, f"{name}-{number}{_suffix(suffix)}", data), digest_of(data))
        for number, (suffix, data) in enumerate(originals, start=1)
    )


def _folder(kind: ReceiptKind, draft: Receipt) -> Path:
    name = "decisions" if kind is ReceiptKind.DECISION else "receipts"
    return Path("data") / name / draft.notice / draft.quarter


def _suffix(suffix: str) -> str:
    return suffix.lower() if suffix[1:].isascii() and suffix[1:].isalnum() else ""


def archived_strays(strays: Iterable[Path]) -> tuple[Path, ...]:
    """Those that this program archived, whose rows were lost: in the order in which they were numbered."""
    found = [path for path in strays if is_archived(path)]
    return tuple(sorted(found, key=lambda path: (archived_number(path), path.as_posix())))


def archived_number(archived: Path) -> int:
    """The number of the row that the file was archived with."""
    return int(archived.name.partition("-")[0])


def stray_files(folder: Path, book: Book) -> tuple[Path, ...]:
    """Files below the folder whose bytes no row has, and those archived for rows after the book's last one.

    Hidden, temporary and half-written ones are left out.
    """
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
        and (path.stat().st_size > BYTES_MOST or digest_of(path.read_bytes()) not in known or _is_beyond(path, book))
    )
