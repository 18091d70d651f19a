"""Any text goes form → workbook → book → ledger → export unchanged, and never as a formula."""

import csv
import io
import json
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from books import book_of, history_of
from broken import GOOD, LABELS
from builders import moment
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from yuechi_report.domain.progress import Source
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import InputRefused
from yuechi_report.intake.book.durable import locked
from yuechi_report.intake.book.export import write_export
from yuechi_report.intake.book.ledger import rebuild
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, Outcome, ReceiptKind
from yuechi_report.intake.check.validate import Context, check_entries
from yuechi_report.intake.door.workbook import read_sheet
from yuechi_report.intake.form.columns import CELL_LENGTH, FORM, cell_length
from yuechi_report.intake.form.write import write_form
from yuechi_report.page.text import as_written

SOURCE = Source(1, "f.xlsx", 0, moment("2024-12-18"), moment("2024-12-18", 11), "")
PROSE = ("criterion", "promise", "target", "progress", "issues", "next_steps", "coordination")
ANY = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"), min_size=1, max_size=80)
TRICKY = st.text(st.sampled_from("=+-@\"'\n\r\t 😀𠮷\u200f\u202e\u00a0_x000D_&<>字１"), min_size=1, max_size=40)
LONG = st.builds(lambda piece, size: (piece * size)[:size], ANY, st.integers(2_000, CELL_LENGTH // 2))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(ANY | TRICKY | LONG, min_size=len(PROSE), max_size=len(PROSE)))
@example(["字" * CELL_LENGTH, "😀" * (CELL_LENGTH // 2), "=1+1", "+1", "-1", "@x", "_x0041_\r\n\x01"])
@example(["=cmd|'/c calc'!A1", '=HYPERLINK("x")', " 前后空格 ", "\n换行\n", "a\u200fb\u202ec", "#N/A", "TRUE"])
def test_any_text_is_an_entrys_text(tmp_path: Path, against: Against, texts: list[str]) -> None:
    """Quotes, signs, line ends, emoji, direction marks, the longest cell: what was typed is what is entered."""
    row = {"task_no": "10", "role": "牵头", "reported": "推进中", **dict(zip(PROSE, texts, strict=True))}
    path = tmp_path / "form.xlsx"
    write_form(path, FORM, LABELS, [row | {"evidence": "x/1号"}])
    context = Context(against.register, against.units, against.nature, Quarter(2024, 4), SOURCE)
    [entry] = check_entries(read_sheet(path, FORM), context).records
    expected = [text if text.strip() else "" for text in texts]
    assert [getattr(entry, key) for key in PROSE] == expected
    with zipfile.ZipFile(path) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(ANY | TRICKY | LONG, min_size=len(PROSE), max_size=len(PROSE)))
@example(["字" * CELL_LENGTH, "😀" * (CELL_LENGTH // 2), "=1+1", "+1", "-1", "@x", "_x0041_\r\n\x01"])
@example(["=cmd|'/c calc'!A1", '=HYPERLINK("x")', " 前后空格 ", "\n换行\n", "a\u200fb\u202ec", "'x", "\t制表"])
def test_any_text_comes_out_of_the_ledger(tmp_path: Path, against: Against, quarter: Quarter, texts: list[str]) -> None:
    """Taken in at the door, indexed on disk, exported: JSON has the very text, CSV has it harmless and reversible."""
    against = replace(against, root=Path(tempfile.mkdtemp(dir=tmp_path)))
    form, index, book = against.root / "form.xlsx", against.root / "data/ledger.db", book_of(against)
    row = {"task_no": "10", "role": "牵头", "reported": "推进中", **dict(zip(PROSE, texts, strict=True))}
    write_form(form, FORM, LABELS, [row | {"evidence": "x/1号"}])
    arrival = Arrival(SOURCE.received_at, SOURCE.recorded_at, "政务内网", "")
    _, check = take_in(form, against, quarter, arrival, kind=ReceiptKind.SUBMISSION, book_file=book)
    assert (check.outcome, check.faults) == (Outcome.ACCEPTED, ())
    with locked(book):
        rebuild(book, index, [against])
    expected = [text if text.strip() else "" for text in texts]
    csv_file, _, json_file = write_export(against.root / "exports", history_of(against, index))
    [told] = json.loads(json_file.read_text(encoding="utf-8"))["entries"]
    assert [told[key] for key in PROSE] == expected
    csv.field_size_limit(2 * CELL_LENGTH)
    [cells] = csv.DictReader(io.StringIO(csv_file.read_bytes().decode("utf-8-sig"), newline=""))
    assert [as_written(cells[key]) for key in PROSE] == expected
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells.values())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("字" * (CELL_LENGTH + 1), "文字超过单元格上限32767字"),
        ("😀" * (CELL_LENGTH // 2 + 1), "文字超过单元格上限32767字"),
        ("a\uffffb", "含有表格不能保存的字符"),
        ("a\ud800b", "含有表格不能保存的字符"),
    ],
    ids=["one too many", "emoji count two", "no character", "half a character"],
)
def test_text_no_cell_can_hold_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    """Nothing is cut silently: the cell is named and no file is written."""
    path = tmp_path / "form.xlsx"
    with pytest.raises(InputRefused) as caught:
        write_form(path, FORM, LABELS, [GOOD, GOOD | {"progress": text}])
    assert [(fault.place.cell, fault.problem) for fault in caught.value.faults] == [("H7", problem)]
    assert not path.exists()


def test_length_is_counted_as_excel_does() -> None:
    """A character beyond the basic plane takes two."""
    assert [cell_length(text) for text in ("", "字a", "😀")] == [0, 2, 2]
