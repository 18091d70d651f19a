"""Files beside the book that it does not know."""

from pathlib import Path

from yuechi_report.intake.book.chain import Book
from yuechi_report.intake.book.reception import stray_files


def test_only_unknown_visible_files_are_named(tmp_path: Path) -> None:
    """Half-written, hidden and temporary files are no submissions; a missing folder has none."""
    for name in ("b.xlsx", "sub/a.xlsx", ".hidden", "~$b.xlsx", "c.xlsx.part"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    book = Book((), ())
    assert [path.name for path in stray_files(tmp_path / "in", book)] == ["b.xlsx", "a.xlsx"]
    assert stray_files(tmp_path / "missing", book) == ()
