"""start: a new, empty workspace for real data."""

from pathlib import Path

import click

from yuechi_report.settings.starter import start_workspace


@click.command(help="新建一个空的正式工作区。")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def start(*, folder: Path) -> None:
    """Make it and say what comes next."""
    workspace = start_workspace(folder)
    click.echo(f"已新建工作区：{workspace.root}")
    click.echo("下一步：填写params/suite.yml和data/units.yml，把通知放入data/notices/通知编号/。")
