"""A submission killed at any step is wholly in or wholly out, and the next one works as if nothing had been."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from books import NOWHERE, book_of, history_of
from killed import submit

from yuechi_report.intake.book.verify import verify_book
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.form.columns import FORM
from yuechi_report.intake.form.write import write_form
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against

PROGRAM = Path(__file__).parents[1] / "support" / "killed.py"
NEW = "被中断的那份"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


@pytest.fixture(scope="module")
def against(tmp_path_factory: pytest.TempPathFactory) -> Against:
    """The example's register with a book of two rows, indexed."""
    folder, root = tmp_path_factory.mktemp("killed"), Path(__file__).parents[2]
    for name in ("data", "params"):
        shutil.copytree(
            root / name,
            folder / "whole" / name,
            ignore=shutil.ignore_patterns("ledger.db*", "yuechi-2024", "receipts.*"),
        )
    shutil.copytree(root / "data/notices/yuechi-2024", folder / "whole/data/notices/yuechi-2024")
    place = Workspace(folder / "whole")
    made = load_against(place, "yuechi-2024")
    for words in ("一", "二"):
        submit(made, write(folder / f"{words}.xlsx", words))
    return made


@pytest.fixture(scope="module", params=[12, pytest.param(75, marks=pytest.mark.proof)])
def killed(request: pytest.FixtureRequest, against: Against) -> Path:
    """A folder with one workspace a kill."""
    folder = against.root.parent / f"{request.param} kills"
    folder.mkdir()
    form = write(folder / "form.xlsx", NEW)
    command = [sys.executable, str(PROGRAM), str(against.root), str(form), str(folder), str(request.param)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= request.param
    return folder


def write(path: Path, progress: str) -> Path:
    """A form of 县商务局 with one row."""
    labels = {"填报单位": "县商务局", "填报季度": "2025Q1", "数据性质": "示例", "填报日期": "2025-03-31"}
    write_form(path, FORM, labels, [{"task_no": "13", "role": "牵头", "progress": progress, "reported": "正常"}])
    return path


def each(against: Against, killed: Path) -> list[Against]:
    """The workspaces of all kills."""
    return [replace(against, root=root) for root in killed.iterdir() if root.name.isdigit()]


def new_entries(against: Against, *, with_index: bool = True) -> int:
    """How many entries the killed submission has in the history."""
    ledger_file = against.root / "data/ledger.db" if with_index else NOWHERE
    return sum(entry.progress == NEW for entry in history_of(against, ledger_file).entries)


def rows(against: Against) -> int:
    """How many rows the verified book has."""
    return len(verify_book(book_of(against), [against], against.root).receipts)


def test_every_kill_leaves_a_whole_book(against: Against, killed: Path) -> None:
    """Row, archived file and entry are all there, or none of them is; both happen."""
    found = [(rows(kill), new_entries(kill), new_entries(kill, with_index=False)) for kill in each(against, killed)]
    assert set(found) == {(2, 0, 0), (3, 1, 1)}


def test_after_every_kill_the_file_can_be_sent_again(against: Against, killed: Path) -> None:
    """Sent again it is in exactly once, the index is what it would be made anew, and nothing half-written stays."""
    for kill in each(against, killed):
        submit(kill, killed / "form.xlsx")
        assert new_entries(kill) == 1, kill.root
        assert history_of(kill, kill.root / "data/ledger.db") == history_of(kill), kill.root
        assert not list((kill.root / "data").rglob("*.part")), kill.root
