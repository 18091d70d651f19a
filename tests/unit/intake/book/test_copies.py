"""What else holds a purged content is named: identical files, links to them, and what a link led to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from books import book_of
from builders import moment

from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book.chain import read_book
from yuechi_report.intake.book.copies import Tie, copies_of, ties_of
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.book.takeback import TakeBack, purge
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, ReceiptKind

pytestmark = pytest.mark.usefixtures("read_in_process")

Write = Callable[..., Path]
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条。", "reported": "推进中"}
TAKE_BACK = TakeBack(1, "登错单位", moment("2024-12-20"), "督查室", "县政府办公室")


def test_every_identical_copy_is_named(
    against: Against, quarter: Quarter, arrival: Arrival, form: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same file sent twice, a copy lying about, a link to it, a copy in a folder behind a link; each once (38)."""
    path = form(GOOD)
    for _ in range(2):
        take_in(path, against, quarter, arrival, kind=ReceiptKind.SUBMISSION, book_file=book_of(against))
    loose = against.root / "returns/n-2024/copy.xlsx"
    loose.parent.mkdir(parents=True)
    loose.write_bytes(path.read_bytes())
    loose.with_name("link.xlsx").symlink_to(loose)
    shared = tmp_path_factory.mktemp("shared")
    (shared / "again.xlsx").write_bytes(path.read_bytes())
    (shared / "round").symlink_to(against.root)
    (against.root / "share").symlink_to(shared)
    purge(against.root, book_of(against), TAKE_BACK)
    book = read_book(book_of(against))
    assert copies_of(against.root, book, book.receipts[0]) == (
        ("data/receipts/n-2024/2024Q4/0002-human-resources.xlsx", 2),
        ("returns/n-2024/copy.xlsx", 0),
        ("returns/n-2024/link.xlsx", 0),
        ("share/again.xlsx", 0),
    )


def test_links_leave_their_content_elsewhere(
    against: Against, quarter: Quarter, arrival: Arrival, form: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An archived name that leads elsewhere, or is one of several, says where the content stays (38)."""
    kind, elsewhere = ReceiptKind.SUBMISSION, tmp_path_factory.mktemp("elsewhere").resolve()
    rows = [take_in(form(GOOD), against, quarter, arrival, kind=kind, book_file=book_of(against))[0] for _ in range(3)]
    first, second = (against.root / row.file for row in rows[:2])
    first.rename(elsewhere / "first.xlsx")
    first.symlink_to(elsewhere / "first.xlsx")
    (elsewhere / "second.xlsx").hardlink_to(second)
    assert [ties_of(against.root, row) for row in rows] == [
        (Tie(rows[0].file, target=str(elsewhere / "first.xlsx")),),
        (Tie(rows[1].file, others=1),),
        (),
    ]
