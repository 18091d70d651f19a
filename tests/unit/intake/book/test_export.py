"""Export: every text comes out as it went in, and never as a formula."""

import csv
import io
import json
from pathlib import Path

from builders import decision, entry, history
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yuechi_report.domain.progress import Action
from yuechi_report.intake.book.export import csv_of, write_export
from yuechi_report.page.text import as_written

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(TEXT, st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", "'", "\t", "\r", "\n"]), TEXT)))
def test_any_text_is_exported_unchanged(tmp_path: Path, text: str) -> None:
    """JSON has the very text; CSV has it behind at most one apostrophe, and no cell begins a formula."""
    csv_file, _, json_file = write_export(tmp_path, history(entry(progress=text)))
    [row] = csv.DictReader(io.StringIO(csv_file.read_bytes().decode("utf-8-sig"), newline=""))
    assert json.loads(json_file.read_text(encoding="utf-8"))["entries"][0]["progress"] == text
    assert as_written(row["progress"]) == text
    assert not row["progress"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_longest_cell_is_exported_whole() -> None:
    """32,767 characters, a spreadsheet's limit, come back."""
    text = "=進" * 16_383 + "x"
    [row] = csv.DictReader(io.StringIO(csv_of([{"progress": text}]), newline=""))
    assert as_written(row["progress"]) == text


def test_files_open_in_a_spreadsheet(tmp_path: Path) -> None:
    """UTF-8 with BOM; nested fields have names of their own; nothing of who filled in the form."""
    made = history(entry(), decision(Action.RETURN, "2024-12-26"))
    paths = write_export(tmp_path, made)
    assert [path.name for path in paths] == ["entries.csv", "decisions.csv", "ledger.json"]
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in paths[:2])
    [row] = csv.DictReader(io.StringIO(paths[1].read_bytes().decode("utf-8-sig")))
    assert (row["quarter"], row["action"], row["source_seq"], row["reason"]) == ("2024Q4", "return", "2", "经核对属实")
