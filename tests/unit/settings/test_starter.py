"""start: an empty workspace for real data, made only where nothing is."""

from pathlib import Path

import pytest

from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.unit import Units
from yuechi_report.errors import ParameterError
from yuechi_report.settings.opening import notebooks_folder, start_workspace
from yuechi_report.settings.policy import load_calendar, load_policy, status_policy
from yuechi_report.settings.suite import DataNature, load_suite
from yuechi_report.settings.units import load_units
from yuechi_report.settings.workspace import Workspace


def test_new_workspace_is_found_and_holds_real_data(empty: Workspace) -> None:
    """What `start` writes can be read: real data, no units, the documented thresholds."""
    suite, policy = load_suite(empty), load_policy(empty)
    assert Workspace.find(empty.root) == empty
    assert (suite.data_nature, suite.is_example) == (DataNature.OFFICIAL, False)
    assert load_units(empty.units_file) == Units(())
    assert status_policy(policy, Calendar()) == StatusPolicy()
    assert load_calendar(empty, range(2024, 2025)).years == (2024,)


def test_new_workspace_has_every_folder_and_the_notebooks(empty: Workspace) -> None:
    """Folders for data, params, notebooks, reports and issued documents; the shipped notebooks unchanged."""
    folders = {path.relative_to(empty.root).as_posix() for path in empty.root.rglob("*") if path.is_dir()}
    shipped = {path.name: path.read_bytes() for path in notebooks_folder().glob("*.ipynb")}
    copied = {path.name: path.read_bytes() for path in empty.notebooks_dir.iterdir()}
    assert folders == {
        "data",
        "data/notices",
        "data/receipts",
        "data/decisions",
        "data/text",
        "params",
        "notebooks",
        "reports",
        "issued",
    }
    assert "county_quarterly.ipynb" in copied
    assert copied == shipped


def test_empty_folder_may_be_used(tmp_path: Path) -> None:
    """A folder that exists and holds nothing is taken."""
    (tmp_path / "new").mkdir()
    assert start_workspace(tmp_path / "new") == Workspace((tmp_path / "new").resolve())


@pytest.mark.parametrize("name", ["notes.txt", ".hidden"])
def test_folder_that_holds_anything_is_refused_untouched(tmp_path: Path, name: str) -> None:
    """Nothing is written beside a file that was there, hidden ones included."""
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        start_workspace(tmp_path)
    assert str(caught.value) == f"文件“{tmp_path}”：文件夹已有内容。处理办法：请另选一个空文件夹，原有内容没有改动。"
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_workspace_is_not_started_twice(empty: Workspace) -> None:
    """A workspace is a folder that holds something."""
    empty.suite_file.write_text("changed", encoding="utf-8")
    with pytest.raises(ParameterError):
        start_workspace(empty.root)
    assert empty.suite_file.read_text(encoding="utf-8") == "changed"
