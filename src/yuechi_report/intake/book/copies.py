"""What else holds the content of a purged file: identical files, and what its archived names were links to."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.intake.book.chain import Book
from yuechi_report.intake.book.durable import digest_of
from yuechi_report.intake.book.receipt import Receipt


@dataclass(frozen=True, slots=True)
class Tie:
    """An archived name that is a link: `target` is what it leads to; else it has `others` more names on the disk."""

    file: str
    target: str = ""
    others: int = 0


def ties_of(root: Path, receipt: Receipt) -> tuple[Tie, ...]:
    """Where taking a row's files out leaves their content, since only a name goes. To be asked before the purge."""
    return tuple(tie for file in _files_of(receipt) if (tie := _tie(root / file, file)) is not None)


def _tie(path: Path, file: str) -> Tie | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    if stat.S_ISLNK(found.st_mode):
        return Tie(file, target=str(path.resolve()))
    return Tie(file, others=found.st_nlink - 1) if found.st_nlink > 1 else None


def copies_of(root: Path, book: Book, purged: Receipt) -> tuple[tuple[str, int], ...]:
    """Every other name in the workspace under which the bytes of what was purged are read, and its row (0: none).

    `purged` is the row of the file, not the tombstone. Links count as well; hidden folders are left out.
    """
    wanted = {purged.sha256, *(attachment.sha256 for attachment in purged.attachments)}
    rows = {file: receipt.seq for receipt in book.receipts for file in _files_of(receipt)}
    names = (path.relative_to(root).as_posix() for path in _files_below(root) if _digest(path) in wanted)
    return tuple((name, rows.get(name, 0)) for name in names)


def _files_of(receipt: Receipt) -> tuple[str, ...]:
    named = (receipt.file, *(attachment.file for attachment in receipt.attachments))
    return tuple(file for file in named if file)


def _files_below(root: Path) -> Iterator[Path]:
    """Each folder once, those behind links too."""
    seen: set[tuple[int, int]] = set()
    for folder, names, files in os.walk(root, followlinks=True):
        place = Path(folder).stat()
        if (place.st_dev, place.st_ino) in seen:
            names.clear()
            continue
        seen.add((place.st_dev, place.st_ino))
        names[:] = sorted(name for name in names if not name.startswith("."))
        paths = (Path(folder) / name for name in sorted(files))
        yield from (path for path in paths if path.is_file())


def _digest(path: Path) -> str:
    try:
        return digest_of(path.read_bytes())
    except OSError:
        return ""
