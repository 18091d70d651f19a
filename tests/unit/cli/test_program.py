"""The command group: its overview, every command where the table says, help in Chinese throughout."""

import re
import sys
from collections.abc import Callable

import click
import pytest

from yuechi_report.cli.program import COMMANDS, group, main
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
OVERVIEW = """\
用法：yuechi-report [选项] 命令 [参数]…

  重点任务清单：登记、报送、判定、生成季度报告。

选项：
  --version   显示版本号。
  -h, --help  显示这段说明。

命令：
  register  通知 → 任务清单（register.csv）和存疑项
  start     新建一个空的正式工作区
  init      登记一份通知：原文、任务清单、单位名录
"""


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_the_overview_in_the_order_of_the_work(command: Command, option: str) -> None:
    """Every command stands in it with its line."""
    code, out, err = command(option)
    assert (code, out[: len(OVERVIEW)], err) == (0, OVERVIEW, "")
    found = re.findall(r"^  ([a-z]+) +(.+)$", out.partition("命令：\n")[2], re.MULTILINE)
    assert found == [(name, line) for name, (_, line) in COMMANDS.items()]


def test_without_a_command_the_same_overview_is_shown(command: Command) -> None:
    """As an error of usage: exit 2."""
    code, out, err = command()
    assert (code, out, err) == (2, "", command("--help")[1])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_table_says(name: str) -> None:
    """Module and attribute lead to the command of that name."""
    command = group.get_command(click.Context(group), name)
    assert isinstance(command, click.Command)
    assert command.name == name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_is_chinese(command: Command, name: str) -> None:
    """Headings and click's own remarks, too; what is left in Latin letters are names and kinds of values."""
    code, out, _ = command(name, "--help")
    assert (code, out.splitlines()[0][:3]) == (0, "用法：")
    assert not {"Usage", "Options", "Commands", "Show", "required", "exit"} & set(re.findall(r"[A-Za-z]+", out))


def test_a_reader_of_the_help_may_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--help | true` is no fault: click ends with 1 there, which no table names."""
    monkeypatch.setattr(group, "main", lambda **_: sys.exit(1))
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 0


@pytest.mark.parametrize("quarter", ["0000Q1", "9999Q4", "２０２４Q4", "2024q4", "2024Q5"])
def test_a_quarter_outside_the_calendar_is_a_matter_of_writing(
    command: Command, workspace: Workspace, quarter: str
) -> None:
    """Exit 2 with the form it should have, never a traceback."""
    code, out, err = command("status", "--quarter", quarter, "--workspace", workspace.root)
    assert (code, out) == (2, "")
    assert err.startswith(f"填报期“{quarter}”写法不对")


def test_missing_right_is_told_without_a_traceback(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that another person's umask has locked: which one, and who opens it (69)."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/w/returns")

    monkeypatch.setattr(group, "main", refuse)
    code, out, err = command("status")
    assert (code, out) == (5, "")
    assert err.startswith("文件“/w/returns”：没有读写权限")
    assert "umask" in err
