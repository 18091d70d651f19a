"""A click group that imports a command only when it is used."""

from importlib import import_module

import click

from yuechi_report.cli.commands import COMMANDS, overview


class LazyGroup(click.Group):
    """The commands of cli/commands, in their order."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command that is asked for."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        return command if isinstance(command, click.Command) else None

    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002
        """The overview, without importing the commands."""
        return overview()
