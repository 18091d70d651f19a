"""The command line: words in, exit codes out, Chinese messages."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from yuechi_report.report.status_table import STATUS_COLUMNS
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]


def test_status_json_has_the_contract_columns(command: Command, repository: Workspace) -> None:
    """37 records with exactly the columns of the status contract, NaN as null."""
    code, out, _ = command("status", "--quarter", "2024Q4", "--format", "json", "--workspace", repository.root)
    rows = json.loads(out)
    assert (code, len(rows)) == (0, 37)
    assert all(tuple(row) == STATUS_COLUMNS for row in rows)
    assert rows[22]["percent_complete"] is None


def test_status_csv_opens_in_a_spreadsheet(
    command: Command, repository: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The CSV begins with a byte order mark and has one row a task."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", stream)
    command("status", "--quarter", "2024Q4", "--format", "csv", "--workspace", repository.root)
    stream.seek(0)
    content = stream.buffer.read()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert (content[:3], len(rows), rows[26]["suffix"]) == (b"\xef\xbb\xbf", 37, "印发后办结")


def test_status_of_one_unit(command: Command, repository: Workspace) -> None:
    """--unit keeps the tasks in which the unit leads or cooperates."""
    words = ("status", "--quarter", "2024Q4", "--unit", "县残联", "--json", "--workspace", repository.root)
    assert [row["task_no"] for row in json.loads(command(*words)[1])] == [26]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("status", "--quarter", "2024-4"), 2, "写法不对"),
        (("status", "--quarter", "2023Q1"), 2, "文件不存在"),
        (("status", "--quarter", "2024Q4", "--as-of", "2024-12-01"), 2, "--label"),
        (("status", "--quarter", "2024Q4", "--notice", "other"), 2, "没有通知“other”"),
        (("run", "--quarter", "2024Q4", "--unit", "县教育局"), 2, "没有单位“县教育局”"),
        (("run", "--quarter", "2024Q4", "--early-warning", "--as-of", "2024-12-20"), 2, "--label"),
        (("run", "--quarter", "2024Q4", "--early-warning", "--sheets"), 2, "--early-warning"),
        (("nonsense",), 2, "nonsense"),
    ],
)
def test_wrong_words_end_with_2_and_say_what_to_do(
    command: Command, repository: Workspace, words: tuple[str, ...], code: int, said: str
) -> None:
    """Usage and parameter errors are exit code 2 with a message and no traceback."""
    place = () if words == ("nonsense",) else ("--workspace", str(repository.root))
    found, _, err = command(*words, *place)
    assert (found, said in err, "Traceback" in err) == (code, True, False)


def test_outside_a_workspace_is_told(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no workspace is found upwards, the message says how to name or make one."""
    monkeypatch.chdir(tmp_path)
    code, _, err = command("status", "--quarter", "2024Q4")
    assert (code, "yuechi-report start" in err) == (2, True)


def test_start_makes_an_empty_official_workspace(command: Command, tmp_path: Path) -> None:
    """The new workspace is of the nature 正式, has the notebooks, and a second start is refused."""
    folder = tmp_path / "county"
    code, _, _ = command("start", folder)
    assert code == 0
    assert "data_nature: 正式" in (folder / "params" / "suite.yml").read_text(encoding="utf-8")
    assert (folder / "notebooks" / "county_quarterly.ipynb").is_file()
    assert command("start", folder)[0] == 2


def test_forms_are_nineteen_workbooks(command: Command, repository: Workspace, tmp_path: Path) -> None:
    """16 filling units and three short ones in the first report; the collective has none."""
    words = ("forms", "--quarter", "2024Q3", "--out", tmp_path, "--workspace", repository.root)
    code, out, _ = command(*words)
    assert (code, len(out.split())) == (0, 19)
    assert not list(tmp_path.glob("*telecom*"))


def test_submit_check_tells_cells_and_ends_with_3(command: Command, workspace: Workspace, tmp_path: Path) -> None:
    """A form sent back empty is refused row by row with cell addresses; --check enters nothing."""
    before = workspace.book_file.read_bytes()
    command("forms", "--quarter", "2025Q1", "--unit", "县残联", "--out", tmp_path, "--workspace", workspace.root)
    form = tmp_path / "2025Q1-disabled-federation.xlsx"
    code, out, _ = command("submit", form, "--quarter", "2024Q4", "--check", "--workspace", workspace.root)
    assert (code, "单元格" in out, "填报季度" in out) == (3, True, True)
    assert workspace.book_file.read_bytes() == before


def test_ledger_verify_finds_a_changed_file(command: Command, workspace: Workspace) -> None:
    """The shipped book is whole; one changed byte in an archived file is found and named."""
    assert command("ledger", "verify", "--workspace", workspace.root)[0] == 0
    path = next((workspace.root / "data/receipts/yuechi-2024/2024Q4").glob("*.xlsx"))
    path.write_bytes(path.read_bytes() + b"x")
    code, _, err = command("ledger", "verify", "--workspace", workspace.root)
    assert (code, path.name in err) == (4, True)


def test_index_is_not_needed_and_changes_nothing(command: Command, workspace: Workspace) -> None:
    """Status is the same without an index, with one, and with a broken one."""
    words = ("status", "--quarter", "2024Q4", "--json", "--workspace", workspace.root)
    without = command(*words)[1]
    command("ledger", "rebuild", "--workspace", workspace.root)
    with_index = command(*words)[1]
    workspace.ledger_file.write_bytes(b"not a database at all")
    assert without == with_index == command(*words)[1]


def test_program_starts_as_an_installed_command() -> None:
    """The console script answers with its version."""
    done = subprocess.run(
        [Path(sys.executable).with_name("yuechi-report"), "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "yuechi-report 0.1.0"
