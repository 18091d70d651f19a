"""Floor 6: arguments → calls, errors → exit codes; the only room that prints and reads the clock."""

import signal
import sys
from types import FrameType

import click

from yuechi_report import __version__
from yuechi_report.cli.lazy import LazyGroup
from yuechi_report.cli.usage import usage_fault
from yuechi_report.errors import ExitCode, YuechiError


@click.group(
    cls=LazyGroup,
    commands_in={
        "register": "yuechi_report.cli.register:register",
        "start": "yuechi_report.cli.workspace:start",
        "init": "yuechi_report.cli.workspace:init",
        "open": "yuechi_report.cli.workspace:open_",
        "forms": "yuechi_report.cli.forms:forms",
        "submit": "yuechi_report.cli.submit:submit",
        "remind": "yuechi_report.cli.remind:remind",
        "ledger": "yuechi_report.cli.ledger:ledger",
        "status": "yuechi_report.cli.status:status",
        "why": "yuechi_report.cli.why:why",
        "run": "yuechi_report.cli.run:run",
        "verify": "yuechi_report.cli.verify:verify",
        "doctor": "yuechi_report.cli.doctor:doctor",
    },
    context_settings={"help_option_names": ["-h", "--help"]},
    help="重点任务清单：登记、报送、判定、生成季度报告。",
)
@click.version_option(__version__, prog_name="yuechi-report")
def group() -> None:
    """The command group; each command is imported when it is called."""


def main() -> None:
    """Entry point: user errors are told in Chinese without a traceback and become exit codes."""
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


def _terminate(number: int, _: FrameType | None) -> None:
    """End like an interrupt, so that whatever the command started ends with it."""
    click.echo("已终止。", err=True)
    sys.exit(128 + number)
