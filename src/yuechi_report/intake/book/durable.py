"""Writing that a power cut or a killed process cannot tear: scratch file, fsync, rename, fsync of the folder."""

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from yuechi_report.errors import no_right

SCRATCH = ".part"
_FILE_RIGHTS = 0o064
_FOLDER_RIGHTS = 0o2075
"""What group and others may get from the folder above: never that others write."""


def digest_of(data: bytes) -> str:
    """sha256 in hex."""
    return hashlib.sha256(data).hexdigest()


def write_durably(path: Path, data: bytes) -> None:
    """Put the whole content in place in one step; a crash leaves the old content or the new, never half.

    A file that is replaced keeps its mode and group; a new one is open to those to whom its folder is.
    """
    with accessible(path):
        make_folder(path.parent)
        scratch = path.with_name(path.name + SCRATCH)
        with scratch.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        share(scratch, like=path)
        scratch.replace(path)
        sync_folder(path.parent)


@contextmanager
def accessible(path: Path) -> Iterator[None]:
    """Turn a missing right into words: one person's umask may have locked the others out."""
    try:
        yield
    except PermissionError as error:
        raise no_right(error, path.name) from error


def read_whole(path: Path) -> bytes | None:
    """The content, read once; None where there is no such file."""
    with accessible(path):
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None


def share(made: Path, *, like: Path) -> None:
    """Give what was just made the mode and group of the file that it replaces; where there is none, the rights
    of group and others to read and of the group to write as the folder above gives them, whatever the umask.
    """
    if sys.platform == "win32":
        return
    try:
        old = like.stat()
    except FileNotFoundError:
        open_up(made)
        return
    with suppress(OSError):  # only a member of the group may give it
        os.chown(made, -1, old.st_gid)
    made.chmod(stat.S_IMODE(old.st_mode))


def open_up(made: Path, rights: int = _FILE_RIGHTS) -> None:
    """Add to what was just made those of these rights that the folder above has."""
    if sys.platform != "win32":
        above = stat.S_IMODE(made.parent.stat().st_mode)
        made.chmod(stat.S_IMODE(made.stat().st_mode) | above & rights)


def make_folder(folder: Path) -> None:
    """The folder with its parents, each made durable in the one above."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        open_up(folder, _FOLDER_RIGHTS)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[int]:
    """Hold `path` alone among processes; the lock is the system's and ends with its holder.

    Yields the descriptor of the lock. Without `wait`, BlockingIOError or PermissionError (Windows) where another
    process holds it.
    """
    make_folder(path.parent)
    with _lock_file(path.with_suffix(".lock")) as handle:
        _lock(handle.fileno(), wait=wait)
        try:
            yield handle.fileno()
        finally:
            _unlock(handle.fileno())


def _lock_file(lock: Path) -> BinaryIO:
    with accessible(lock):
        is_new = not lock.exists()
        handle = lock.open("a+b")
        if is_new:
            open_up(lock)
        return handle


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, *, wait: bool) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:  # it gives up after ten seconds
                if wait:
                    continue
                raise
            return

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int, *, wait: bool) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


def store(root: Path, folder: Path, name: str, data: bytes) -> str:
    """Keep the bytes under that name, durably, and answer the path relative to the root.

    Where a file of that name holds other bytes (a submission that died before its row), it stays and the
    new one takes a longer name. Half-written leftovers of dead writers are cleared. Needs the book's lock.
    """
    target = root / folder / name
    for leftover in target.parent.glob(f"*{SCRATCH}"):
        leftover.unlink()
    if target.exists() and target.read_bytes() != data:
        target = target.with_name(f"{target.stem}-{digest_of(data)[:8]}{target.suffix}")
    write_durably(target, data)
    return target.relative_to(root).as_posix()


def remove(root: Path, file: str) -> bool:
    """Take a file out for good: overwritten, then deleted. Whether there was one.

    Of a link only the name goes: what it points to, or what has another name too, is not this archive's.
    """
    path = root / file
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
        path.write_bytes(b"\0" * found.st_size)
    path.unlink()
    return True
