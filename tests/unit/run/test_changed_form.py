"""One unit's form is sent again, changed: what is made again, and what is kept."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from quick_reports import make_lines

from yuechi_report.run import batch
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
FORM = Path("data/receipts/yuechi-2024/2025Q1/0066-public-security.xlsx")
TOUCHED = {"全县报告（呈阅）", "全县报告（印发）", "县公安局", "县商务局", "县人力资源和社会保障局"}
"""The county's editions, the unit itself, and the units with which it shares a task (register.csv)."""


def send_again(command: Command, workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit's form of 2025Q1 with another word in its first row, received before the quarter was cut off."""
    from yuechi_report.cli import submit

    monkeypatch.setattr(submit, "now", lambda: datetime.fromisoformat("2025-03-29T10:00:00+08:00"))
    book = load_workbook(workspace.root / FORM)
    [progress] = [cell for row in book["填报"].iter_rows() for cell in row if cell.value == "进展情况"]
    below = book["填报"].cell(progress.row + 1, progress.column)
    below.value = f"{below.value}另已更正。"
    book.save(folder / "更正.xlsx")
    code, out, _ = command("submit", folder / "更正.xlsx", "--quarter", "2025Q1", "--workspace", workspace.root)
    assert (code, "登记为第77号" in out) == (0, True)


def test_a_changed_form_touches_the_county_and_units_that_share_a_task(
    command: Command, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planned and made again: exactly these, because of their data; all others are kept; then nothing is left."""
    monkeypatch.setattr(batch, "make_jobs", make_lines)
    words = ("run", "--quarter", "2025Q1", "--workspace", workspace.root)
    _, _, first = command(*words)
    titles = {line.split("　")[1] for line in first.splitlines() if "完成　" in line}
    assert (len(titles), titles >= TOUCHED) == (22, True)
    send_again(command, workspace, tmp_path, monkeypatch)
    planned = command(*words, "--dry-run")[1].splitlines()
    assert {line for line in planned if line.startswith("生成")} == {f"生成　{name}：数据有变化" for name in TOUCHED}
    assert {line for line in planned if line.startswith("不变")} == {f"不变　{name}" for name in titles - TOUCHED}
    steps = [line.split("　")[:2] for line in command(*words)[2].splitlines() if "　" in line]
    assert {name for word, name in steps if word.endswith("完成")} == TOUCHED
    assert {name for word, name in steps if word.endswith("未变化")} == titles - TOUCHED
    assert command(*words, "--dry-run")[1].splitlines()[-1] == "共22份，须生成0份。"
