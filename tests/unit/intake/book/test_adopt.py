"""Adopting a book that its seal does not fit: only where nothing was changed, and never without the reason."""

from pathlib import Path

import pytest
from books import seal_as_it_is
from builders import moment

from yuechi_report.errors import InputRefused, ParameterError
from yuechi_report.intake.book.adopt import Adoption, Mismatch, adopt, mismatch_of
from yuechi_report.intake.book.chain import append, read_book
from yuechi_report.intake.book.receipt import GENESIS, Receipt
from yuechi_report.intake.check.submission import Outcome, ReceiptKind

ADOPTION = Adoption("磁盘损坏，备份只到12月18日", moment("2024-12-21"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book of three sealed rows."""
    path = tmp_path / "receipts.csv"
    for day in ("2024-12-17", "2024-12-18", "2024-12-20"):
        append(path, read_book(path), _row(day))
    return path


def _row(day: str) -> Receipt:
    received, kind, outcome = moment(day), ReceiptKind.SUBMISSION, Outcome.ACCEPTED
    return Receipt(
        1, "n-2024", "2024Q4", kind, "tax", "", "", received, received, "", "", outcome, GENESIS
    )  # fmt: skip


def cut(path: Path, rows: int) -> None:
    """Restore an older book beside the newer seal."""
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[: rows + 1]))


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_short_book_goes_on_with_the_reason_in_a_note(path: Path, rows: int) -> None:
    """Refused before, sealed after; the row says how many there had been (67)."""
    cut(path, rows)
    with pytest.raises(InputRefused, match=f"从第{rows + 1}号起残缺，封存时有3行"):
        read_book(path)
    assert adopt(path, ADOPTION, with_row=True) == Mismatch(rows, 3)
    last = read_book(path).receipts[-1]
    note = f"接续登记：磁盘损坏，备份只到12月18日（收件登记有{rows}行，封存时有3行）"
    assert (last.seq, last.note, last.refers_to, mismatch_of(path)) == (rows + 1, note, 0, None)


def test_lost_seal_is_made_again(path: Path) -> None:
    """All rows stay; the row tells that there was no seal (36)."""
    path.with_suffix(".seal").unlink()
    assert adopt(path, ADOPTION, with_row=True) == Mismatch(3, None)
    assert [row.note for row in read_book(path).receipts][2:] == [
        "",
        "接续登记：磁盘损坏，备份只到12月18日（收件登记有3行，封存记录不见了）",
    ]


def test_whole_book_is_left_alone(path: Path) -> None:
    """Nothing to go on from: no byte changes."""
    before = path.read_bytes()
    assert (adopt(path, ADOPTION, with_row=True), path.read_bytes()) == (None, before)


def test_changed_row_is_not_adopted(path: Path) -> None:
    """A book whose last sealed row is another one was altered: only the backup helps."""
    cut(path, 2)
    seal = path.with_suffix(".seal").read_bytes()
    seal_as_it_is(path)
    append(path, read_book(path), _row("2024-12-21"))
    path.with_suffix(".seal").write_bytes(seal)
    with pytest.raises(ParameterError, match="内容被改过，不能接续"):
        adopt(path, ADOPTION, with_row=True)


def test_reason_is_needed(path: Path) -> None:
    """Blanks are no reason."""
    cut(path, 2)
    with pytest.raises(ParameterError, match="没有填写理由"):
        adopt(path, Adoption(" ", ADOPTION.recorded_at), with_row=True)
