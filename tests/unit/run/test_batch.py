"""A run in a copied workspace: what is published, reused, redone, and kept when a report fails."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from quick_reports import make_lines

from yuechi_report.domain.quarter import Quarter
from yuechi_report.run import batch
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
UNIT = "县残联"


def run_unit(command: Command, workspace: Workspace, *more: str) -> tuple[int, str, str]:
    """One unit's report: the smallest run."""
    return command("run", "--quarter", "2024Q4", "--unit", UNIT, "--jobs", "1", "--workspace", workspace.root, *more)


def folder_of(workspace: Workspace) -> Path:
    """Where the quarter is published."""
    return workspace.root / "reports" / "yuechi-2024" / "2024Q4"


def break_notebook(workspace: Workspace) -> None:
    """Make the unit notebook fail in its last cell."""
    path = workspace.notebooks_dir / "unit_quarterly.ipynb"
    book = nbformat.read(path, as_version=4)
    book.cells[-1].source = "raise ValueError('坏了')"
    nbformat.write(book, path)


def test_run_publishes_reuses_repairs_and_keeps_the_last_good(command: Command, workspace: Workspace) -> None:
    """One story, since each run costs seconds: published whole; unchanged → reused; a damaged file →
    made again, byte for byte; a failing notebook → exit 4, named, and the good report stays.
    """
    folder = folder_of(workspace)
    code, out, err = run_unit(command, workspace)
    assert (code, "生成报告1份" in out, "[1/1] 完成" in err) == (0, True, True)
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    slug = "unit-disabled-federation"
    assert names == {
        f"{slug}.ipynb",
        f"{slug}.html",
        f"{slug}.pdf",
        f"{slug}.docx",
        f"{slug}.json",
        "run.json",
        "index.html",
    }
    pdf = (folder / f"{slug}.pdf").read_bytes()

    assert "[1/1] 未变化" in run_unit(command, workspace)[2]

    (folder / f"{slug}.pdf").write_bytes(pdf[:-1])
    assert "[1/1] 完成" in run_unit(command, workspace)[2]
    assert (folder / f"{slug}.pdf").read_bytes() == pdf

    break_notebook(workspace)
    code, _, err = run_unit(command, workspace)
    assert (code, "坏了" in err, (folder / f"{slug}.pdf").read_bytes() == pdf) == (4, True, True)
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert [(job["slug"], job["outcome"]) for job in run["jobs"]] == [(slug, "failed")]
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert [word in index for word in ("生成失败", "所列文件为上次生成", f"{slug}.pdf")] == [True, True, True]


def test_published_files_hold_no_path_and_no_person(command: Command, workspace: Workspace) -> None:
    """Neither the workspace's path nor who filled in a form leaves the machine with a report."""
    run_unit(command, workspace)
    for path in folder_of(workspace).glob("*"):
        content = path.read_bytes()
        assert str(workspace.root).encode() not in content, path.name
        assert "示例填报人".encode() not in content, path.name


def test_retrospective_run_needs_a_label_and_has_its_own_folder(command: Command, workspace: Workspace) -> None:
    """Another day than the request's is refused without a label; with one it is marked and kept apart."""
    code, _, err = run_unit(command, workspace, "--as-of", "2024-12-20")
    assert (code, "--label" in err) == (2, True)
    code, _, _ = run_unit(command, workspace, "--as-of", "2024-12-20", "--label", "年底前核对")
    html = (workspace.root / "reports/yuechi-2024/2024Q4-年底前核对/unit-disabled-federation.html").read_text("utf-8")
    assert (code, "追溯件，非印发件" in html, folder_of(workspace).exists()) == (0, True, False)


def test_label_cannot_leave_the_reports_folder(command: Command, workspace: Workspace) -> None:
    """A label that would be a path is refused."""
    code, _, err = run_unit(command, workspace, "--as-of", "2024-12-20", "--label", "../../x")
    assert (code, "label" in err) == (2, True)


def test_a_calendar_is_published_recorded_and_listed(command: Command, workspace: Workspace) -> None:
    """A unit with days ahead gets its calendar: hashed in its record, linked from the quarter's page."""
    command("run", "--quarter", "2024Q4", "--unit", "县交通局", "--jobs", "1", "--workspace", workspace.root)
    folder = folder_of(workspace)
    record = json.loads((folder / "unit-transport.json").read_text(encoding="utf-8"))
    hashes = {output["name"]: output["sha256"] for output in record["outputs"]}
    assert set(hashes) == {f"unit-transport{suffix}" for suffix in (".ipynb", ".html", ".pdf", ".docx", ".ics")}
    assert hashes["unit-transport.ics"] == hashlib.sha256((folder / "unit-transport.ics").read_bytes()).hexdigest()
    assert '<a href="unit-transport.ics">日历</a>' in (folder / "index.html").read_text(encoding="utf-8")


def test_sheets_come_with_the_run_and_go_when_no_longer_due(command: Command, workspace: Workspace) -> None:
    """A unit's sheet is published beside its report with a record of its own and its own group on the
    index page; a run for all sheets would withdraw it, once it is not due.
    """
    words = ("run", "--quarter", "2024Q4", "--unit", "县市场监管局", "--sheets", "--jobs", "1")
    code, out, _ = command(*words, "--workspace", workspace.root)
    folder = folder_of(workspace)
    slug = "sheet-23-market-regulation"
    record = json.loads((folder / f"{slug}.json").read_text(encoding="utf-8"))
    assert (code, "生成报告2份" in out, "sheet-*.pdf" in out) == (0, True, True)
    assert record["parameters"]["task_no"] == "23"
    assert {output["name"] for output in record["outputs"]} == {
        f"{slug}.{kind}" for kind in ("ipynb", "html", "pdf", "docx")
    }
    assert '<th scope="rowgroup" colspan="4">督办文书</th>' in (folder / "index.html").read_text(encoding="utf-8")


def test_early_warning_looks_ahead_in_a_folder_of_its_own(command: Command, workspace: Workspace) -> None:
    """While the quarter's data are not cut off the page needs no label and is no retrospective one."""
    request = workspace.request_file("yuechi-2024", Quarter(2024, 4))
    lines = request.read_text(encoding="utf-8").splitlines()
    request.write_text("\n".join(line for line in lines if not line.startswith("known_at")), encoding="utf-8")
    words = ("run", "--quarter", "2024Q4", "--early-warning", "--jobs", "1", "--workspace", workspace.root)
    code, _, err = command(*words)
    folder = workspace.root / "reports" / "yuechi-2024" / "2024Q4-到期预警"
    html = (folder / "early-warning.html").read_text(encoding="utf-8")
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert (code, "[1/1] 完成" in err) == (0, True)
    assert "状态截至2024年12月20日" in html
    assert ["追溯件" in text for text in (html, index)] == [False, False]
    assert not folder_of(workspace).exists()


def test_a_parameter_the_notebook_does_not_declare_is_refused_before_any_report(
    command: Command, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the quarter has been run before: the notebook is another one now."""
    monkeypatch.setattr(batch, "make_jobs", make_lines)
    run_unit(command, workspace)
    path = workspace.notebooks_dir / "unit_quarterly.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("unit: str", "office: str"), encoding="utf-8")
    code, _, err = run_unit(command, workspace)
    assert (code, "笔记本没有声明参数“unit”" in err) == (2, True)


def test_an_unchanged_run_ends_with_the_same_lines(
    command: Command, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every report 未变化, then what the run before said: an unknown file, an open refusal (exit 3), the places."""
    from yuechi_report.cli import submit

    monkeypatch.setattr(batch, "make_jobs", make_lines)
    monkeypatch.setattr(submit, "now", lambda: datetime.fromisoformat("2025-03-31T18:00:00+08:00"))
    junk = workspace.root / "一张图.xlsx"
    junk.write_bytes(b"junk")
    command("submit", junk, "--quarter", "2025Q1", "--workspace", workspace.root)
    (workspace.root / "data/receipts/yuechi-2024/2025Q1/放错.xlsx").write_bytes(b"x")
    words = ("run", "--quarter", "2025Q1", "--workspace", workspace.root)
    code, out, err = command(*words)
    code_again, out_again, err_again = command(*words)
    assert (code_again, out_again) == (code, out) == (3, out)
    assert "第77号收件未能全部接收，尚未补正" in out
    assert "2025Q1：生成报告22份" in out
    unknown, begin, *steps = err_again.splitlines()
    assert [unknown, begin] == err.splitlines()[:2]
    assert unknown.startswith("没有登记：data/receipts/yuechi-2024/2025Q1/放错.xlsx")
    assert [step.partition("　")[0] for step in steps] == [f"[{number}/22] 未变化" for number in range(1, 23)]


def test_a_damaged_or_missing_file_is_made_again_alone(
    command: Command, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Published bytes are held against their record by every run; so is the record itself."""
    monkeypatch.setattr(batch, "make_jobs", make_lines)
    words = ("run", "--quarter", "2024Q4", "--workspace", workspace.root)
    command(*words)
    folder = folder_of(workspace)
    (folder / "county.html").write_bytes(b"")
    (folder / "unit-transport.html").unlink()
    (folder / "unit-tax.json").write_text("{", encoding="utf-8")
    steps = command(*words)[2].splitlines()[1:]
    assert sum("未变化" in step for step in steps) == 19
    assert {step.split("　")[1] for step in steps if "完成" in step} == {"全县报告（呈阅）", "县交通运输局", "县税务局"}
