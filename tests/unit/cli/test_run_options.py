"""Options of run that are no numbers anybody can wait for, and signs of life while nothing is done yet."""

import time
from collections.abc import Callable

import pytest
from quick_reports import kept_step

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
    """The run says what it is about to make, then that it goes on; its end ends that, too."""
    assert bar._FIRST_S <= 1
    monkeypatch.setattr(bar, "_FIRST_S", 0.01)
    with Progress() as progress:
        progress.begin(2, 3)
        time.sleep(0.3)
        progress.step(kept_step(3, 3, "全县报告"))
    begin, planned, alive, *rest = capsys.readouterr().err.splitlines()
    assert (begin, planned) == ("正在生成报告……", "共3份报告，须生成2份，正在启动生成进程……")
    assert (alive, rest) == ("正在生成第1份，共2份，已用0秒……", ["[3/3] 未变化　全县报告"])
    assert not progress._pulse.is_alive()
