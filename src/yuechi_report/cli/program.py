"""The program: its commands in the order of the work, and errors → exit codes."""

import signal
import sys
from importlib import import_module
from types import FrameType

import click

from yuechi_report import __version__
from yuechi_report.cli.chinese import HelpPage, usage_fault
from yuechi_report.errors import ExitCode, YuechiError, no_right

COMMANDS = {
    "register": ("register:register", "通知 → 任务清单（register.csv）和存疑项"),
    "start": ("workspace:start", "新建一个空的正式工作区"),
    "init": ("workspace:init", "登记一份通知：原文、任务清单、单位名录"),
    "open": ("workspace:open_", "开始一个填报期：参数、日期、填报表"),
    "forms": ("forms:forms", "生成各单位的填报表和办公室的决定登记表"),
    "submit": ("submit:submit", "校验收到的表格并登记入账"),
    "remind": ("remind:remind", "催报：谁没有报、差哪几项、可发送的文字"),
    "ledger": ("ledger:ledger", "收件登记：查看、校验、导出、撤回、清除、重建索引"),
    "status": ("status:status", "各项任务的状态（表格、CSV或JSON）"),
    "why": ("why:why", "一项任务为何是现在的状态"),
    "run": ("run:run", "生成一个季度的全部报告"),
    "verify": ("verify:verify", "校验已生成的报告"),
    "doctor": ("doctor:doctor", "自检：软件、字体、设置、收件登记、日历"),
}
"""Name → module of cli and its command, and the line in the help."""

click.Context.formatter_class = HelpPage


class LazyGroup(click.Group):
    """COMMANDS in their order; the module of one is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command that is asked for."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(f"yuechi_report.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Each with its line."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="重点任务清单：登记、报送、判定、生成季度报告。",
    epilog="“yuechi-report 命令 --help”说明一条命令。",
)
@click.version_option(__version__, message="yuechi-report %(version)s")
def group() -> None:
    """The command group."""


def main() -> None:
    """Run the command: user errors are printed in Chinese without a traceback and become exit codes."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        group.main(prog_name="yuechi-report", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("已中断。", err=True)
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except click.UsageError as error:
        click.echo(str(usage_fault(error)), err=True)
        sys.exit(ExitCode.USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except YuechiError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except PermissionError as error:
        click.echo(str(no_right(error)), err=True)
        sys.exit(ExitCode.ENVIRONMENT)


def _terminate(number: int, _: FrameType | None) -> None:
    """End like an interrupt, so that whatever the command started ends with it."""
    click.echo("已终止。", err=True)
    sys.exit(128 + number)
