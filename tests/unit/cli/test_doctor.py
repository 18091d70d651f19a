"""doctor: every remedy can be carried out, one notice alone can be looked at, a restored and an upgraded workspace."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import yuechi_report
from yuechi_report.cli.options import setup_remedy
from yuechi_report.run.plan import NOTEBOOKS, UNIT_NOTEBOOK
from yuechi_report.settings.opening import notebook_of, notebooks_folder
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]


def of_notebooks(command: Command, workspace: Workspace) -> dict[str, tuple[str, str]]:
    """Doctor's line on each notebook: what, and the remedy."""
    lines = json.loads(command("doctor", "--json", "--workspace", workspace.root)[1])
    found = [(line["what"], line["remedy"]) for line in lines if "笔记本" in line["what"]]
    return {name: line for name in NOTEBOOKS for line in found if name in line[0]}


@pytest.fixture
def restored(workspace: Workspace) -> Workspace:
    """data/ and params/ alone, as a backup has them."""
    shutil.rmtree(workspace.notebooks_dir)
    return workspace


def test_a_restored_workspace_works_with_the_shipped_notebooks(command: Command, restored: Workspace) -> None:
    """Doctor says that they are used and finds nothing wrong with it; a run plans with them."""
    lines = of_notebooks(command, restored)
    assert [remedy for _, remedy in lines.values()] == [""] * len(NOTEBOOKS)
    assert all("用随程序的" in what for what, _ in lines.values())
    assert command("ledger", "verify", "--workspace", restored.root)[0] == 0
    assert command("ledger", "rebuild", "--workspace", restored.root)[0] == 0
    code, out, err = command("run", "--quarter", "2024Q4", "--dry-run", "--workspace", restored.root)
    assert (code, "须生成22份" in out, "Traceback" in err) == (0, True, False)


def test_a_report_is_made_in_a_restored_workspace(command: Command, restored: Workspace) -> None:
    """The whole way, to the page."""
    words = ("run", "--quarter", "2024Q4", "--unit", "县残联", "--isolation", "kernel", "--workspace", restored.root)
    assert command(*words)[0] == 0
    assert (restored.reports_dir / "yuechi-2024" / "2024Q4" / "unit-disabled-federation.pdf").is_file()
    assert not restored.notebooks_dir.exists()


def test_the_workspace_s_own_notebook_goes_first(workspace: Workspace) -> None:
    """Where it has one it is used, changed or not."""
    own = workspace.notebooks_dir / UNIT_NOTEBOOK
    assert notebook_of(workspace, UNIT_NOTEBOOK) == own
    own.unlink()
    assert notebook_of(workspace, UNIT_NOTEBOOK) == notebooks_folder() / UNIT_NOTEBOOK


def test_notebooks_of_before_an_upgrade_are_told(command: Command, workspace: Workspace) -> None:
    """One that lacks a parameter or cannot be read is a fault; one that merely differs is named."""
    changed, old, torn, same = sorted(NOTEBOOKS)
    path = workspace.notebooks_dir / changed
    path.write_text(path.read_text(encoding="utf-8").replace("# ", "#  ", 1), encoding="utf-8")
    book = json.loads((workspace.notebooks_dir / old).read_bytes())
    book["cells"] = [cell for cell in book["cells"] if "parameters" not in cell["metadata"].get("tags", ())]
    (workspace.notebooks_dir / old).write_text(json.dumps(book), encoding="utf-8")
    (workspace.notebooks_dir / torn).write_text('{"cells": [', encoding="utf-8")
    lines = of_notebooks(command, workspace)
    assert lines[changed][0].startswith(f"笔记本{changed}可用，与随程序的不同")
    assert lines[changed][1] == lines[same][1] == ""
    assert ("没有声明参数" in lines[old][0], f"notebooks/{old}" in lines[old][1]) == (True, True)
    assert ("无法读取" in lines[torn][0], f"notebooks/{torn}" in lines[torn][1]) == (True, True)


def test_outputs_are_not_a_difference(command: Command, workspace: Workspace) -> None:
    """A notebook that was merely run is as it was shipped."""
    path = workspace.notebooks_dir / UNIT_NOTEBOOK
    book = json.loads(path.read_bytes())
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    path.write_text(json.dumps(book), encoding="utf-8")
    assert of_notebooks(command, workspace)[UNIT_NOTEBOOK] == (f"笔记本{UNIT_NOTEBOOK}完好", "")


def test_one_notice_alone_is_looked_at(command: Command, workspace: Workspace) -> None:
    """With --notice the faults of another are left alone; a name that is none is refused."""
    other = workspace.notices_dir / "other"
    other.mkdir()
    (other / "notice.yml").write_text("id: [\n", encoding="utf-8")
    _, whole, _ = command("doctor", "--workspace", workspace.root)
    _, one, _ = command("doctor", "--notice", "yuechi-2024", "--workspace", workspace.root)
    assert ("notice.yml" in whole, "notice.yml" in one, "通知yuechi-2024：" in one) == (True, False, True)
    assert command("doctor", "--notice", "nobody", "--workspace", workspace.root)[0] == 2


def test_init_takes_the_id_by_either_name(command: Command, repository: Workspace, tmp_path: Path) -> None:
    """--notice is what every other command calls it."""
    assert command("start", tmp_path / "county")[0] == 0
    text = repository.notice_dir("yuechi-2024") / "notice.txt"
    words = ("init", text, "--notice", "n-1", "--workspace", tmp_path / "county")
    code, out, _ = command(*words)
    assert (code in (0, 3), (tmp_path / "county/data/notices/n-1/notice.yml").is_file()) == (True, True), out


def test_a_missing_package_is_said_with_what_to_do(repository: Workspace) -> None:
    """Doctor itself needs some of them: no traceback, the package's name and the remedy, exit 5."""
    program = "import sys; sys.modules['papermill'] = None; from yuechi_report.cli import main; main()"
    env = {**os.environ, "YUECHI_WORKSPACE": str(repository.root)}
    words = [sys.executable, "-c", program, "doctor"]
    done = subprocess.run(words, capture_output=True, text=True, env=env, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (5, f"缺少软件包（papermill）。处理办法：{setup_remedy()}。\n")


def test_the_remedy_names_something_that_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a checkout its bootstrap, whatever the current folder; for an installed package pip."""
    checkout = Path(yuechi_report.__file__).parents[2]
    assert setup_remedy() == f"请在{checkout}中运行“python run.py setup”"
    monkeypatch.setattr(yuechi_report, "__file__", str(tmp_path / "lib" / "yuechi_report" / "__init__.py"))
    assert setup_remedy() == f"请运行“{sys.executable} -m pip install --force-reinstall yuechi-report”"


def test_a_file_beside_the_params_is_named_and_read_by_nobody(command: Command, workspace: Workspace) -> None:
    """A note of the office between the quarters' params stops neither doctor nor open."""
    (workspace.root / "params" / "yuechi-2024" / "备注.yml").write_text("随手记", encoding="utf-8")
    _, out, err = command("doctor", "--workspace", workspace.root)
    assert "params/yuechi-2024/备注.yml不是填报期参数文件（如2025Q2.yml），不读取" in out
    assert err == ""
    code, _, err = command("open", "--quarter", "2025Q2", "--no-forms", "--workspace", workspace.root)
    assert (code, err) == (0, "")
