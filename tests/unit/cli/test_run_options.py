"""Options of run that are no numbers anybody can wait for, and signs of life while nothing is done yet."""

import time
from collections.abc import Callable

import pytest

from yuechi_report.cli import bar
from yuechi_report.cli.bar import Progress
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    "words",
    [
        ("--timeout", "nan"),
        ("--timeout", "NaN"),
        ("--timeout", "inf"),
        ("--timeout", "-inf"),
        ("--timeout", "1e300"),
        ("--timeout", "0"),
        ("--timeout", "long"),
        ("--memory", "99999999999999999999"),
        ("--jobs", "0"),
    ],
    ids="=".join,
)
def test_a_limit_that_is_none_is_a_usage_error(command: Command, workspace: Workspace, words: tuple[str, str]) -> None:
    """Exit 2 with the option's name, and no report is begun."""
    code, out, err = command("run", "--quarter", "2024Q4", "--workspace", workspace.root, *words)
    assert (code, out, words[0] in err, "Traceback" in err) == (2, "", True, False)
    assert not workspace.reports_dir.exists()


def test_a_line_comes_in_the_first_second_of_silence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what is under way and for how long; then silence may last longer, and a run that ends ends it."""
    assert bar._FIRST_S <= 1
    monkeypatch.setattr(bar, "_FIRST_S", 0.01)
    with Progress() as progress:
        time.sleep(0.2)
        progress.unchanged(1, 3, "全县报告")
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["正在生成报告……", "正在读取台账、启动生成进程，已用0秒……", "[1/3] 未变化　全县报告"]
    assert not progress._pulse.is_alive()
