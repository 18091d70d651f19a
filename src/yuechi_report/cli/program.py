"""The program: its commands in the order of the work, and errors → exit codes."""

import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from types import FrameType

import click

from yuechi_report import __version__
from yuechi_report.cli.chinese import HelpPage, usage_fault
from yuechi_report.cli.options import setup_remedy
from yuechi_report.cli.terminal import end_streams, fault_of, give_up_streams, prepare_streams, say
from yuechi_report.errors import ExitCode, Fault, Place, YuechiError

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
    """Run the command: what a user or the machine is to blame for is said in Chinese and becomes an exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    prepare_streams()
    try:
        code = _code_of_command()
        end_streams()
    except OSError as error:
        code = _refused([fault_of(error)], ExitCode.ENVIRONMENT)
        give_up_streams()
    sys.exit(code)


def _code_of_command() -> int:
    try:
        group.main(prog_name="yuechi-report", standalone_mode=False)
    except SystemExit as stop:
        return _table_code(stop.code)
    except click.exceptions.Abort:
        return _refused(["已中断。"], 130)
    except click.exceptions.NoArgsIsHelpError as error:
        return _refused(error.format_message().split("\n"), ExitCode.USAGE)
    except click.UsageError as error:
        return _refused([usage_fault(error)], ExitCode.USAGE)
    except click.ClickException as error:
        return _refused([error.format_message()], ExitCode.USAGE)
    except YuechiError as error:
        return _refused(error.faults or [error], error.exit_code)
    except ModuleNotFoundError as error:
        fault = Fault(Place(), f"缺少软件包（{error.name}）", setup_remedy())
        return _refused([fault], ExitCode.ENVIRONMENT)
    except UnicodeEncodeError as error:
        return _refused([_unwritable(error)], ExitCode.USAGE)
    return ExitCode.OK


def _refused(lines: Iterable[object], code: int) -> int:
    """Say why; a machine that cannot even take that gets the code alone."""
    with suppress(OSError):
        for line in lines:
            say(line, err=True)
    return code


def _table_code(code: object) -> int:
    """A command's own; click's 1, where the reader of a help page has gone, is none of the table's and no fault."""
    return code if isinstance(code, int) and code != 1 else ExitCode.OK


def _unwritable(error: UnicodeEncodeError) -> Fault:
    """A file's name or an option that is no text: the system hands its bytes on as half characters."""
    shown = error.object[max(error.start - 10, 0) : error.end + 10]
    return Fault(Place(), f"“{shown}”里有不成字的字节，不能写出", "请改正选项、文件名或文件夹名后重试")


def _terminate(number: int, _: FrameType | None) -> None:
    """End like an interrupt, so that whatever the command started ends with it."""
    sys.exit(_refused(["已终止。"], 128 + number))
