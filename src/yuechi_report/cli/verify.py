"""verify: published reports against their records."""

import sys
from pathlib import Path

import click

from yuechi_report.cli.terminal import say
from yuechi_report.errors import ExitCode
from yuechi_report.run.verify import not_renewed, verify_folder, verify_overview
from yuechi_report.settings.workspace import Workspace


@click.command(help="校验已生成的报告：文件是否齐全、是否与生成记录一致。")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), help="工作区文件夹。")
@click.option("--notice", help="通知编号；只有一份通知时可省略。")
def verify(*, folder: Path | None, workspace: Path | None, notice: str | None) -> None:
    """Check one quarter's folder, or every one of the workspace; exit 4 when something differs."""
    folders = [folder] if folder is not None else _published(Workspace.find(workspace), notice)
    checked, faults = 0, []
    for published in folders:
        number, found = verify_folder(published)
        if kept := not_renewed(published):
            say(f"{published.name}：{len(kept)}份是以前运行生成的，最近一次没有重新生成，可能已不符合现状：")
            say(f"  {'、'.join(kept)}")
        checked += number
        faults += found
    if folder is None and folders:
        number, found = verify_overview(Workspace.find(workspace).reports_dir)
        checked += number
        faults += found
    for fault in faults:
        say(str(fault), err=True)
    say(f"校验{len(folders)}个季度的报告，共{checked}个文件，问题{len(faults)}处。")
    sys.exit(ExitCode.REPORTS if faults else ExitCode.OK)


def _published(place: Workspace, notice: str | None) -> list[Path]:
    return sorted(path.parent for path in place.reports_dir.glob(f"{notice or '*'}/*/run.json"))
