"""A task handed over: decided, filled in by its successor, taken in, judged — with the index and without."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from yuechi_report.intake.book.chain import read_book
from yuechi_report.intake.check.submission import Outcome
from yuechi_report.intake.door.workbook import read_sheet
from yuechi_report.intake.form.columns import DECISIONS, FORM
from yuechi_report.intake.form.write import write_form
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
FORMER, SUCCESSOR, TASK = "县人力资源和社会保障局", "县医保局", "10"
AFTER = "2024-12-18T09:00:00+08:00"
DECISION = {
    "task_no": TASK,
    "action": "承接",
    "decided_on": "2024-12-16",
    "decided_by": "督查室（示例）",
    "reason": "职能划转",
    "new_unit": SUCCESSOR,
    "approver": "县政府主要领导（示例）",
    "approved_on": "2024-12-15",
    "document_number": "示例〔2024〕40号",
}


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    """The example with nothing received yet."""
    for folder in ("receipts", "decisions"):
        shutil.rmtree(workspace.root / "data" / folder)
    return workspace


@pytest.fixture
def submit(command: Command, place: Workspace) -> Callable[..., tuple[int, str, str]]:
    """Take a file into the fourth quarter."""

    def call(path: Path, *words: str) -> tuple[int, str, str]:
        return command("submit", path, "--quarter", "2024Q4", *words, "--workspace", place.root)

    return call


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    """The office's decision form with the 承接."""
    path = tmp_path / "decisions.xlsx"
    labels = {"作出单位": "督查室（示例）", "填报季度": "2024Q4", "数据性质": "示例"}
    write_form(path, DECISIONS, labels, [DECISION])
    return path


def filled(folder: Path, unit: str) -> Path:
    """A unit's form with the row of the task in the role 牵头."""
    path = folder / f"{unit}.xlsx"
    labels = {"填报单位": unit, "填报季度": "2024Q4", "数据性质": "示例", "填报日期": "2024-12-17"}
    row = {"task_no": TASK, "role": "牵头", "progress": f"{unit}12月完成数据迁移。", "reported": "推进中"}
    write_form(path, FORM, labels, [row])
    return path


def judged(command: Command, place: Workspace) -> dict[str, object]:
    """The task's row in `status` for now."""
    words = ("--quarter", "2024Q4", "--known-at", "2099-01-01", "--label", "承接", "--json", "--workspace", place.root)
    code, out, err = command("status", *words)
    assert (code, err) == (0, "")
    [row] = [row for row in json.loads(out) if row["task_no"] == int(TASK)]
    return {key: row[key] for key in ("lead_units", "reported", "discipline", "percent_complete")}


def test_successor_is_refused_before_the_decision_and_taken_after_it(
    command: Command, submit: Callable[..., tuple[int, str, str]], place: Workspace, decided: Path, tmp_path: Path
) -> None:
    """Decision → successor's form → status; the same rows from the index, from none, and from one made anew."""
    form = filled(tmp_path, SUCCESSOR)
    assert submit(form, "--received-at", AFTER)[0] == 3
    assert submit(decided, "--office", "--received-at", "2024-12-16T10:00:00+08:00")[0] == 0
    assert submit(form, "--received-at", AFTER)[0] == 0
    assert [receipt.outcome for receipt in read_book(place.book_file).receipts] == [
        Outcome.REFUSED,
        Outcome.ACCEPTED,
        Outcome.ACCEPTED,
    ]
    expected = {"lead_units": SUCCESSOR, "reported": "推进中", "discipline": "按时", "percent_complete": None}
    assert judged(command, place) == expected
    place.ledger_file.unlink()
    assert judged(command, place) == expected
    assert command("ledger", "rebuild", "--workspace", place.root)[0] == 0
    assert judged(command, place) == expected
    assert command("ledger", "verify", "--workspace", place.root)[0] == 0


def test_form_goes_to_the_successor_and_not_to_the_former(
    command: Command, submit: Callable[..., tuple[int, str, str]], place: Workspace, decided: Path, tmp_path: Path
) -> None:
    """From the decision on the successor's pre-filled form has the row as 牵头; the former unit's has it no more."""
    submit(decided, "--office", "--received-at", "2024-12-16T10:00:00+08:00")
    out = tmp_path / "forms"
    code, _, _ = command("forms", "--quarter", "2024Q4", "--out", out, "--workspace", place.root)
    assert code == 0
    roles = {
        unit: [row.cells["role"] for row in read_sheet(out / name, FORM).rows if row.cells["task_no"] == int(TASK)]
        for unit, name in ((SUCCESSOR, "2024Q4-medical-insurance.xlsx"), (FORMER, "2024Q4-human-resources.xlsx"))
    }
    assert roles[SUCCESSOR][0] == "牵头"
    assert "牵头" not in roles[FORMER]
