"""How a run ends: what was made, what needs a person, and where it is. Light: a run that is told again prints it too."""

from pathlib import Path

import click

from yuechi_report.domain.quarter import Quarter
from yuechi_report.run.answer import Answer
from yuechi_report.settings.workspace import Workspace


def tell(place: Workspace, notice: str, quarter: str, label: str, answer: Answer) -> None:
    """The last lines of a run; `label` ends the name of the quarter's folder."""
    click.echo(f"\n{quarter}：生成报告{answer.number}份，判定日{answer.as_of}。")
    for line in answer.failed:
        click.echo(f"  未生成：{line}", err=True)
    if answer.attention:
        click.echo("需要人工处理：")
        for line in answer.attention:
            click.echo(f"  · {line}")
    _tell_places(place, place.report_dir(notice, Quarter.parse(quarter), label))


def _tell_places(place: Workspace, folder: Path) -> None:
    click.echo("报告位置：")
    click.echo(f"  目录  {place.reports_dir / 'index.html'}")
    for name in ("county.pdf", "county.html", "county-circular.pdf"):
        if (folder / name).is_file():
            click.echo(f"  {'全县' if 'circular' not in name else '印发'}  {folder / name}")
    for name, pattern in (("单位", "unit-*.pdf"), ("督办", "sheet-*.pdf"), ("预警", "early-warning.pdf")):
        if any(folder.glob(pattern)):
            click.echo(f"  {name}  {folder / pattern}")
