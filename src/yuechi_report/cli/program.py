"""The command group, and errors → exit codes."""

import signal
import sys
from types import FrameType

import click

from yuechi_report import __version__
from yuechi_report.cli.chinese import usage_fault
from yuechi_report.cli.commands import SUMMARY
from yuechi_report.cli.help_page import HelpPage
from yuechi_report.cli.lazy import LazyGroup
from yuechi_report.errors import ExitCode, YuechiError

click.Context.formatter_class = HelpPage


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, help=SUMMARY)
@click.version_option(__version__, message="yuechi-report %(version)s")
def group() -> None:
    """The command group; each command is imported when it is called."""


def call() -> None:
    """Run the command: user errors are told in Chinese without a traceback and become exit codes."""
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
