"""The archive: bytes as received, no file overwritten, what is taken out is gone."""

from pathlib import Path

from yuechi_report.intake.book.durable import SCRATCH, digest_of, remove, store

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


def test_removed_file_is_overwritten_before_it_goes(tmp_path: Path) -> None:
    """A second name of the same file shows that its content went, not only its name."""
    file = store(tmp_path, FOLDER, "0001-tax.xlsx", b"secret")
    other = tmp_path / "other"
    other.hardlink_to(tmp_path / file)
    assert (remove(tmp_path, file), remove(tmp_path, file)) == (True, False)
    assert (other.read_bytes(), (tmp_path / file).exists()) == (b"\0" * 6, False)
