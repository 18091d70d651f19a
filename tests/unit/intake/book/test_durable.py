"""Durable writing, the lock and the archive: old content or new, never half; one holder; no file overwritten."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from yuechi_report.errors import EnvironmentFault
from yuechi_report.intake.book import durable
from yuechi_report.intake.book.durable import SCRATCH, digest_of, locked, read_whole, remove, store, write_durably

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
        EnvironmentFault, match=r"文件“receipts\.seal”：没有读写这个文件或文件夹的权限.*chmod g\+rwX receipts\.seal"
    ):
        read_whole(seal)


FOLDER = Path("data/receipts/n-2024/2024Q4")


def test_stored_file_is_the_very_bytes(tmp_path: Path) -> None:
    """The answer is the path relative to the workspace, with forward slashes."""
    file = store(tmp_path, FOLDER, "0001-tax.xlsx", b"\0\r\n\xff")
    assert file == "data/receipts/n-2024/2024Q4/0001-tax.xlsx"
    assert (tmp_path / file).read_bytes() == b"\0\r\n\xff"


def test_other_bytes_take_a_longer_name(tmp_path: Path) -> None:
    """A file left by a submission that died stays as it is; the same bytes again keep the name."""
    first = store(tmp_path, FOLDER, "0001-tax.xlsx", b"left behind")
    second = store(tmp_path, FOLDER, "0001-tax.xlsx", b"came now")
    assert second == first.replace(".xlsx", f"-{digest_of(b'came now')[:8]}.xlsx")
    assert store(tmp_path, FOLDER, "0001-tax.xlsx", b"left behind") == first
    assert [(tmp_path / file).read_bytes() for file in (first, second)] == [b"left behind", b"came now"]


def test_half_written_leftovers_are_cleared(tmp_path: Path) -> None:
    """What a dead writer left is nobody's file."""
    leftover = tmp_path / FOLDER / f"0001-tax.xlsx{SCRATCH}"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"half")
    store(tmp_path, FOLDER, "0002-tax.xlsx", b"whole")
    assert [path.name for path in leftover.parent.iterdir()] == ["0002-tax.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not remove an open file")
def test_removed_file_is_overwritten_before_it_goes(tmp_path: Path) -> None:
    """A reader that still has it open sees that its content went, not only its name."""
    file = store(tmp_path, FOLDER, "0001-tax.xlsx", b"secret")
    with (tmp_path / file).open("rb", buffering=0) as reader:
        assert (remove(tmp_path, file), remove(tmp_path, file)) == (True, False)
        assert (reader.read(), (tmp_path / file).exists()) == (b"\0" * 6, False)
