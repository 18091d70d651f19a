"""doctor: what of machine and workspace is in order, and what to do about the rest."""

import json
from pathlib import Path

import click

from yuechi_report.cli.checks import all_lines
from yuechi_report.cli.options import now
from yuechi_report.errors import ExitCode
from yuechi_report.settings.workspace import Workspace


@click.command(help="自检：软件、字体、设置、笔记本、收件登记、日历和磁盘。")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default=None, help="工作区文件夹。")
def doctor(*, as_json: bool, workspace: Path | None) -> None:
    """Exit 0 when everything is good, else 5."""
    lines = list(all_lines(Workspace.find(workspace), now().date()))
    if as_json:
        from yuechi_report.cli.contracts import DOCTOR

        click.echo(json.dumps(DOCTOR.dump_python(tuple(lines), mode="json"), ensure_ascii=False, indent=1))
    else:
        for one in lines:
            click.echo(f"✓ {one.what}" if one.good else f"✗ {one.what}。处理办法：{one.remedy}。")
    if not all(one.good for one in lines):
        raise SystemExit(ExitCode.ENVIRONMENT)
