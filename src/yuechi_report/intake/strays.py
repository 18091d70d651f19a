"""Files that lie in the folders of received files and that the book does not know."""

from pathlib import Path

from yuechi_report.intake.book import Book
from yuechi_report.intake.durable import SCRATCH
from yuechi_report.intake.receipt import digest_of


def stray_files(folder: Path, book: Book) -> tuple[Path, ...]:
    """Files below the folder whose bytes no row has; hidden, temporary and half-written ones are left out."""
    if not folder.is_dir():
        return ()
    known = {one.sha256 for one in book.receipts}
    known |= {attachment.sha256 for one in book.receipts for attachment in one.attachments}
    return tuple(
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.name.startswith((".", "~$"))
        and path.suffix != SCRATCH
        and digest_of(path.read_bytes()) not in known
    )
