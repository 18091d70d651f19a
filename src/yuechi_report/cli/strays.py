"""Files in the folders of received files that the book does not know: listed before a run, or taken in."""

from pathlib import Path

from yuechi_report.cli.options import now
from yuechi_report.cli.terminal import say
from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book.chain import Book, read_book
from yuechi_report.intake.book.durable import digest_of
from yuechi_report.intake.book.reception import archived_strays, is_kept, stray_files
from yuechi_report.intake.check.submission import Arrival, ReceiptKind
from yuechi_report.intake.door.kind import read_received
from yuechi_report.settings.workspace import Workspace

_FOLDERS = {"receipts": ReceiptKind.SUBMISSION, "decisions": ReceiptKind.DECISION}

LOST_ROW = "请先找更新的备份恢复收件登记；没有的，用“ledger adopt --reason 理由”就地补登，不要移走或改名"
"""What to do about an archived file whose row is not in the book."""


def list_strays(place: Workspace, notice: str, period: Quarter) -> None:
    """Print a line for each of the quarter's unknown files."""
    book = read_book(place.book_file)
    for folder in _FOLDERS:
        for path in stray_files(place.inbox(folder, notice, period), book):
            name = path.relative_to(place.root).as_posix()
            remedy = LOST_ROW if is_kept(path) else "加--take-in登记，或用submit写明收到时间"
            say(f"没有登记：{name}（{remedy}）", err=True)


def take_strays_in(place: Workspace, notice: str, period: Quarter) -> None:
    """Enter the quarter's unknown files, received now.

    Those put there by hand are moved into the archive; those that lie in it are adopted where they lie.
    """
    book, moment = read_book(place.book_file), now()
    inboxes = {place.inbox(folder, notice, period): kind for folder, kind in _FOLDERS.items()}
    found = {path: kind for inbox, kind in inboxes.items() for path in stray_files(inbox, book)}
    adopted = archived_strays(found)
    for path in adopted:
        arrival = Arrival(moment, moment, "", "", note="存档文件就地补登")
        enter_stray(place, path, notice, kind=found[path], arrival=arrival)
    for path, kind in found.items():
        if path.parent in inboxes and path not in adopted:
            _move_in(place, path, notice, kind=kind, arrival=Arrival(moment, moment, "收件文件夹", ""))


def archive_strays(place: Workspace, book: Book) -> list[tuple[Path, ReceiptKind]]:
    """The archived files of every notice and quarter whose rows the book does not have, as they were numbered."""
    kinds = {place.inbox(folder, "n", Quarter(2000, 1)).parents[1]: kind for folder, kind in _FOLDERS.items()}
    found = {path: kind for root, kind in kinds.items() for path in stray_files(root, book)}
    return [(path, found[path]) for path in archived_strays(found)]


def _move_in(place: Workspace, path: Path, notice: str, *, kind: ReceiptKind, arrival: Arrival) -> None:
    before = digest_of(read_received(path, path.name))
    archived = enter_stray(place, path, notice, kind=kind, arrival=arrival)
    kept = place.root / archived if archived else None
    if kept is not None and (kept.samefile(path) or digest_of(kept.read_bytes()) != before):
        return
    if digest_of(path.read_bytes()) == before:
        path.unlink()  # its bytes are in the archive now, or must not be kept


def enter_stray(place: Workspace, path: Path, notice: str, *, kind: ReceiptKind, arrival: Arrival) -> str:
    """Take one file in, checked with what was recorded before; where it is archived (in its place, if it is already)."""
    from yuechi_report.cli.submit import enter
    from yuechi_report.intake.book.ledger import open_ledger
    from yuechi_report.source.assemble import load_against
    from yuechi_report.source.index import refresh_index

    against, period = load_against(place, notice), Quarter.parse(path.parent.name)
    with open_ledger(place.book_file, place.ledger_file, against) as index:
        history = index.history(arrival.recorded_at, period)
    receipt, _ = enter(place, path, against, period, arrival=arrival, kind=kind, history=history)
    refresh_index(place)
    return receipt.file
