"""Durable writing and the lock: old content or new, never half; one holder at a time."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from yuechi_report.errors import EnvironmentFault
from yuechi_report.intake.book import durable
from yuechi_report.intake.book.durable import SCRATCH, locked, read_whole, write_durably

HOLDER = """
import sys
from pathlib import Path
from yuechi_report.intake.book.durable import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_content_is_replaced_whole(tmp_path: Path) -> None:
    """Folders are made, the new content is there, no scratch file stays."""
    path = tmp_path / "a/b/file"
    write_durably(path, b"old")
    write_durably(path, b"new")
    assert (path.read_bytes(), [one.name for one in path.parent.iterdir()]) == (b"new", ["file"])


def test_content_reaches_the_disk_before_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A death at fsync leaves the old content under the name, the new one beside it."""
    path = tmp_path / "file"
    write_durably(path, b"old")

    def die(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(durable.os, "fsync", die)
    with pytest.raises(KeyboardInterrupt):
        write_durably(path, b"new")
    assert (path.read_bytes(), path.with_name("file" + SCRATCH).read_bytes()) == (b"old", b"new")


@pytest.mark.skipif(sys.platform == "win32", reason="flock is asked for without waiting, as Windows cannot be")
def test_lock_is_held_against_other_processes_and_ends_with_them(tmp_path: Path) -> None:
    """While another process holds the book nobody gets in; when it is killed the lock is free."""
    import fcntl

    book = tmp_path / "receipts.csv"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
    words = [sys.executable, "-c", HOLDER, str(book)]
    with subprocess.Popen(words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with book.with_suffix(".lock").open("a+b") as handle, pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        holder.kill()
        holder.wait()
    with locked(book):
        assert book.with_suffix(".lock").exists()


@pytest.fixture
def strict() -> Iterator[None]:
    """A person whose umask shuts everybody else out."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
@pytest.mark.usefixtures("strict")
def test_a_strict_umask_locks_nobody_out(tmp_path: Path) -> None:
    """A replaced file keeps its mode; new files, folders and the lock are open to those to whom the folder is (69)."""
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2775)
    old = shared / "receipts.seal"
    old.write_bytes(b"old")
    old.chmod(0o660)
    write_durably(old, b"new")
    write_durably(shared / "n/2024Q4/0001-x.xlsx", b"x")
    with locked(shared / "receipts.csv"):
        pass
    modes = [
        stat.S_IMODE((shared / name).stat().st_mode)
        for name in ("receipts.seal", "n", "n/2024Q4/0001-x.xlsx", "receipts.lock")
    ]
    assert [oct(mode) for mode in modes] == ["0o660", "0o2775", "0o664", "0o664"]


def test_missing_right_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seal that another person wrote for himself: which file, and what its owner should do (69)."""
    seal = tmp_path / "receipts.seal"
    seal.write_bytes(b"x")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(
        EnvironmentFault, match=r"文件“receipts\.seal”：没有读写这个文件的权限.*chmod g\+rw receipts\.seal"
    ):
        read_whole(seal)
