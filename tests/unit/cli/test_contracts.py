"""docs/schemas: fresh, valid themselves, and true of what is really printed and left behind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from yuechi_report.cli.contracts import CONTRACTS, schema_files, schema_of, write_schemas
from yuechi_report.page.figure import Figure
from yuechi_report.page.head import Head
from yuechi_report.page.table import Table
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
FOLDER = Path(__file__).resolve().parents[3] / "docs" / "schemas"
SHOWN = {"head": Head, "table": Table, "figure": Figure}


def faults(name: str, value: object) -> list[str]:
    """What the committed schema has against a value."""
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    checked = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in checked.iter_errors(value)]


def test_committed_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    """The folder holds exactly what the program writes today."""
    write_schemas(tmp_path)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.json")}
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert committed == made == schema_files()


@pytest.mark.parametrize("name", CONTRACTS)
def test_schema_is_a_schema(name: str) -> None:
    """Each is valid against the dialect it names."""
    Draft202012Validator.check_schema(schema_of(name))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("status", ("status", "--quarter", "2024Q4")),
        ("status", ("status", "--quarter", "2024Q3", "--unit", "县公安局")),
        ("ledger-log", ("ledger", "log")),
        *(("why", ("why", number, "--quarter", quarter)) for number, quarter in (("7", "2024Q4"), ("16", "2025Q1"))),
        ("why", ("why", "16", "--quarter", "2024Q3")),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value[1:]),
)
def test_what_commands_print_follows_its_schema(
    command: Command, repository: Workspace, name: str, words: tuple[str, ...]
) -> None:
    """The example's own output."""
    code, out, _ = command(*words, "--json", "--workspace", repository.root)
    assert (code, faults(name, json.loads(out))) == (0, [])


def test_reminders_follow_their_schema(command: Command, workspace: Workspace) -> None:
    """Units that owe rows: the example's fourth quarter with nothing received, every field filled."""
    workspace.book_file.unlink()
    workspace.book_file.with_suffix(".seal").unlink()
    code, out, _ = command("remind", "--quarter", "2024Q4", "--json", "--workspace", workspace.root)
    told = json.loads(out)
    assert (code, faults("remind", told), len(told)) == (0, [], 16)
    assert all(reminder["text"].startswith(reminder["unit"]) and reminder["rows_missing"] for reminder in told)


def test_doctor_follows_its_schema(command: Command, workspace: Workspace) -> None:
    """Good lines have no remedy; the one bad thing here, an unknown file, has one and ends with 5."""
    (workspace.receipts_dir / "yuechi-2024/2024Q4/unknown.xlsx").write_bytes(b"x")
    code, out, _ = command("doctor", "--json", "--workspace", workspace.root)
    told = json.loads(out)
    assert (code, faults("doctor", told)) == (5, [])
    assert [line["remedy"] != "" for line in told if "unknown.xlsx" in line["what"]] == [True]


def test_register_follows_its_schema(command: Command, repository: Workspace) -> None:
    """The shipped notice, parsed anew."""
    code, out, _ = command("register", repository.notice_dir("yuechi-2024") / "notice.txt", "--json")
    assert (code, faults("register", json.loads(out))) == (0, [])


def test_what_notebooks_show_follows_its_schema(repository: Workspace) -> None:
    """Every head, table and figure in the committed notebooks; each kind occurs."""
    met = set()
    for path in repository.notebooks_dir.glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", ()):
                for name, kind in SHOWN.items():
                    if kind.mime in output.get("data", {}):
                        met.add(name)
                        assert faults(name, output["data"][kind.mime]) == []
    assert met == set(SHOWN)


def test_what_a_run_leaves_follows_its_schema(command: Command, workspace: Workspace) -> None:
    """The record of a report and of the run it belongs to."""
    code, _, err = command(
        "run", "--quarter", "2024Q4", "--unit", "县残联", "--jobs", "1", "--workspace", workspace.root
    )
    folder = workspace.root / "reports/yuechi-2024/2024Q4"
    assert code == 0, err
    found = {name: json.loads((folder / file).read_bytes()) for name, file in (("job", "unit-disabled-federation.json"), ("run", "run.json"))}  # fmt: skip
    assert [fault for name, value in found.items() for fault in faults(name, value)] == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"headline": "完成"}, "$[0].headline"),
        ({"due_date": "2024年12月"}, "$[0].due_date"),
        ({"task_no": "27"}, "$[0].task_no"),
        ({"filled_by": "某人"}, "'filled_by' was unexpected"),
    ],
)
def test_schema_refuses_what_is_not_promised(
    command: Command, repository: Workspace, change: dict[str, Any], fault: str
) -> None:
    """A word outside the list, a day that is none, text for a number, a key nobody promised."""
    rows = json.loads(command("status", "--quarter", "2024Q4", "--json", "--workspace", repository.root)[1])
    (found,) = faults("status", [rows[0] | change])
    assert fault in found
