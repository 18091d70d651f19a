"""Writing that a power cut or a killed process cannot tear: scratch file, fsync, rename, fsync of the folder."""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRATCH = ".part"


def digest_of(data: bytes) -> str:
    """sha256 in hex."""
    return hashlib.sha256(data).hexdigest()


def write_durably(path: Path, data: bytes) -> None:
    """Put the whole content in place in one step; a crash leaves the old content or the new, never half."""
    make_folder(path.parent)
    scratch = path.with_name(path.name + SCRATCH)
    with scratch.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    scratch.replace(path)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """The folder with its parents, each made durable in the one above."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
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
    with path.with_suffix(".lock").open("a+b") as handle:
        _lock(handle.fileno(), wait=wait)
        try:
            yield handle.fileno()
        finally:
            _unlock(handle.fileno())


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
    """Take a file out for good: overwritten, then deleted. Whether there was one."""
    path = root / file
    if not path.is_file():
        return False
    path.write_bytes(b"\0" * path.stat().st_size)
    path.unlink()
    return True
