"""The bare --help: complete, and answered before anything slow is imported."""

import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

import click
import pytest

from yuechi_report.cli.commands import COMMANDS, overview

SCRIPT = """
import sys
sys.argv = ["yuechi-report", sys.argv[1]]
from yuechi_report.cli import main
main()
print(sorted({"click", "dataclasses", "pathlib", "yuechi_report.errors"} & set(sys.modules)))
"""


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_the_overview_and_imports_no_click(option: str) -> None:
    """Every command stands in it with its line."""
    done = subprocess.run([sys.executable, "-c", SCRIPT, option], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == f"{overview()}\n[]\n"
    assert [line.split() for line in overview().splitlines()[-len(COMMANDS) :]] == [
        [name, *words.split()] for name, (_, words) in COMMANDS.items()
    ]


def test_without_a_command_the_same_overview_is_shown(command: Callable[..., tuple[int, str, str]]) -> None:
    """As an error of usage: exit 2."""
    code, out, err = command()
    assert (code, (out + err).strip()) == (2, overview())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_table_says(name: str) -> None:
    """Module and attribute lead to a command."""
    module, attribute = COMMANDS[name][0].split(":")
    assert isinstance(getattr(import_module(module), attribute), click.Command)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_is_chinese(command: Callable[..., tuple[int, str, str]], name: str) -> None:
    """Headings and click's own remarks, too; what is left in Latin letters are names and kinds of values."""
    code, out, _ = command(name, "--help")
    assert (code, out.splitlines()[0][:3]) == (0, "用法：")
    assert not {"Usage", "Options", "Commands", "Show", "required", "exit"} & set(re.findall(r"[A-Za-z]+", out))
