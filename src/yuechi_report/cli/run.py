"""run: make a quarter's reports, show progress, close with what was made and what needs a person."""

import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from yuechi_report.cli.options import moment_options, now, quarter_option, workspace_options
from yuechi_report.cli.progress import Progress
from yuechi_report.cli.strays import strays
from yuechi_report.errors import ExitCode
from yuechi_report.intake.book import open_refusals, read_book
from yuechi_report.page.manifest import RunRecord
from yuechi_report.report.attention import attention_lines
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.supervision import sheets_due
from yuechi_report.run.batch import RunOptions, run_quarter
from yuechi_report.run.limits import Limits
from yuechi_report.run.plan import Wanted
from yuechi_report.run.workers import Crew, Isolation, default_isolation
from yuechi_report.settings.request import load_request, resolve_ahead, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import Scope


@click.command(help="生成一个季度的全部报告（或指定单位的报告）。")
@quarter_option
@moment_options
@click.option("--unit", "units", multiple=True, help="只生成这些单位的报告，可重复。")
@click.option("--jobs", "workers", type=click.IntRange(1, 64), default=None, help="同时生成的份数，默认为处理器数。")
@click.option(
    "--isolation",
    type=click.Choice([one.value for one in Isolation]),
    default=None,
    help="每份报告用分叉的子进程（fork，Linux默认）或独立内核（kernel）。",
)
@click.option("--timeout", "timeout_s", type=click.FloatRange(1), default=300.0, help="每份报告最长秒数，默认300。")
@click.option("--force", is_flag=True, help="已生成且未变化的报告也重新生成。")
@click.option("--sheets", is_flag=True, help="同时生成应发的督办单、商请函、转告单。")
@click.option("--early-warning", is_flag=True, help="只生成到期预警；判定日默认为报送日。")
@click.option(
    "--take-in", "taking_in", is_flag=True, help="先把收件文件夹里尚未登记的文件登记入账（收到时间记为现在）。"
)
@workspace_options
def run(  # noqa: PLR0913 - one argument an option
    *,
    quarter: str,
    as_of: date | None,
    known_at: datetime | None,
    label: str,
    units: tuple[str, ...],
    workers: int | None,
    isolation: str | None,
    timeout_s: float,
    force: bool,
    sheets: bool,
    early_warning: bool,
    taking_in: bool,
    workspace: Path | None,
    notice: str | None,
) -> None:
    """Run, then exit 0, 3 (input refused) or 4 (reports failed)."""
    place = Workspace.find(workspace)
    request = load_request(place, place.only_notice(notice), quarter)
    if early_warning and (units or sheets):
        raise click.UsageError("--early-warning只生成到期预警，请不要与--unit、--sheets同用")
    strays(place, request, take_in=taking_in)
    resolve = resolve_ahead if early_warning else resolve_moment
    moment = resolve(request, as_of, known_at, label=label)

    def wanted(scope: Scope) -> Wanted:
        return Wanted(units, sheets_due(Report(scope, LEADERS)) if sheets else None, early_warning)

    crew = Crew(
        workers or min(os.cpu_count() or 1, 8),
        Isolation(isolation) if isolation else default_isolation(),
        Limits(timeout_s=timeout_s),
    )
    options = RunOptions(wanted, crew, force)
    with Progress() as progress:
        record, scope = run_quarter(place, request, moment, options, clock=now, watch=progress.step)
    _close(place, record, scope)
    refused = open_refusals(read_book(place.book_file), record.notice, record.quarter, record.known_at)
    for receipt in refused:
        click.echo(f"  · 第{receipt.seq}号收件未能全部接收，尚未补正（{receipt.file or receipt.reason}）")
    if any(job.outcome != "succeeded" for job in record.jobs):
        sys.exit(ExitCode.REPORTS)
    sys.exit(ExitCode.INPUT if refused else ExitCode.OK)


def _close(place: Workspace, record: RunRecord, scope: Scope) -> None:
    good = [job for job in record.jobs if job.outcome == "succeeded"]
    bad = [job for job in record.jobs if job.outcome != "succeeded"]
    click.echo(f"\n{record.quarter}：生成报告{len(good)}份，判定日{record.as_of}。")
    for job in bad:
        click.echo(f"  未生成：{job.title}（{job.slug}）——{job.error.message if job.error else ''}", err=True)
    lines = attention_lines(Report(scope, LEADERS))
    if lines:
        click.echo("需要人工处理：")
        for line in lines:
            click.echo(f"  · {line}")
    folder = place.report_dir(record.notice, scope.period.quarter, record.label)
    click.echo("报告位置：")
    click.echo(f"  目录  {place.reports_dir / 'index.html'}")
    for name in ("county.pdf", "county.html", "county-circular.pdf"):
        if (folder / name).is_file():
            click.echo(f"  {'全县' if 'circular' not in name else '印发'}  {folder / name}")
    for name, pattern in (("单位", "unit-*.pdf"), ("督办", "sheet-*.pdf"), ("预警", "early-warning.pdf")):
        if any(folder.glob(pattern)):
            click.echo(f"  {name}  {folder / pattern}")
