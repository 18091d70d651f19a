"""Originals as received, beside the book: written once, never over another file."""

from pathlib import Path

from yuechi_report.intake.durable import SCRATCH, write_durably
from yuechi_report.intake.receipt import digest_of


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
