"""A click group that imports a command only when it is used, so that --help stays quick."""

from importlib import import_module
from typing import Any

import click

_SHORT_HELP = {
    "register": "通知 → 任务清单（register.csv）和存疑项",
    "start": "新建一个空的正式工作区",
    "init": "登记一份通知：原文、任务清单、单位名录",
    "open": "开始一个填报期：参数、日期、填报表",
    "forms": "生成各单位的填报表和办公室的决定登记表",
    "submit": "校验收到的表格并登记入账",
    "remind": "催报：谁没有报、差哪几项、可发送的文字",
    "ledger": "收件登记：查看、校验、导出、撤回、清除、重建索引",
    "status": "各项任务的状态（表格、CSV或JSON）",
    "why": "一项任务为何是现在的状态",
    "run": "生成一个季度的全部报告",
    "verify": "校验已生成的报告",
    "doctor": "自检：软件、字体、设置、收件登记、日历",
}


class LazyGroup(click.Group):
    """`commands_in` maps a command's name to module:attribute."""

    def __init__(self, *args: Any, commands_in: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commands_in = commands_in

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names in the order of the work."""
        return list(self.commands_in)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command that is asked for."""
        target = self.commands_in.get(cmd_name)
        if target is None:
            return None
        module, attribute = target.split(":")
        command = getattr(import_module(module), attribute)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The commands with their short help, without importing them."""
        with formatter.section("命令"):
            formatter.write_dl([(name, _SHORT_HELP[name]) for name in self.commands_in])
