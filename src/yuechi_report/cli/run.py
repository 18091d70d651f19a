"""run: make a quarter's reports, show progress, close with what was made and what needs a person.

Nothing that makes a page is imported here: a run that finds everything done costs next to nothing.
"""

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from yuechi_report.cli.options import moment_options, now, quarter_option, workspace_options
from yuechi_report.cli.progress import Progress
from yuechi_report.cli.strays import strays
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ExitCode
from yuechi_report.intake.book import open_refusals, read_book
from yuechi_report.page.manifest import RunRecord
from yuechi_report.run.batch import RunOptions, explain_run, run_quarters
from yuechi_report.run.limits import Limits
from yuechi_report.run.plan import Wanted
from yuechi_report.run.prepare import Errand
from yuechi_report.run.workers import Crew, Isolation, default_isolation
from yuechi_report.settings.request import load_request, resolve_ahead, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import Scope


def crew_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--jobs, --isolation, --timeout, --memory, --scheduler as one argument `crew`."""

    @wraps(command)
    def call(
        *, workers: int | None, isolation: str | None, timeout_s: float, memory_mb: int, scheduler: str, **rest: Any
    ) -> Any:
        limits = Limits(timeout_s=timeout_s, cpu_s=int(timeout_s) + 1, memory_mb=memory_mb)
        kind = Isolation(isolation) if isolation else default_isolation()
        return command(crew=Crew(workers or min(os.cpu_count() or 1, 8), kind, limits, scheduler), **rest)

    options = (
        click.option("--jobs", "workers", type=click.IntRange(1, 64), help="同时生成的份数，默认为处理器数。"),
        click.option(
            "--isolation",
            type=click.Choice([one.value for one in Isolation]),
            help="每份报告在分叉的子进程中（fork，Linux默认）或独立内核中（kernel）生成。",
        ),
        click.option("--timeout", "timeout_s", type=click.FloatRange(1), default=300.0, help="每份最长秒数，默认300。"),
        click.option(
            "--memory", "memory_mb", type=click.IntRange(512), default=4096, help="每份内存上限（MB），默认4096。"
        ),
        click.option("--scheduler", default="", help="Dask调度器地址，如tcp://10.0.0.5:8786；须装dask扩展。"),
    )
    wrapped: Callable[..., Any] = call
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


@click.command(help="生成一个季度的全部报告（或指定单位的报告）。")
@quarter_option
@moment_options
@click.option("--unit", "units", multiple=True, help="只生成这些单位的报告，可重复。")
@click.option("--all-notices", is_flag=True, help="工作区里有本期参数的各份通知一并生成。")
@click.option("--sheets", is_flag=True, help="同时生成应发的督办单、商请函、转告单。")
@click.option("--early-warning", is_flag=True, help="只生成到期预警；判定日默认为报送日。")
@click.option("--force", is_flag=True, help="已生成且未变化的报告也重新生成。")
@click.option("--dry-run", is_flag=True, help="只列出要生成哪些报告和原因，不生成。")
@click.option("--wait", is_flag=True, help="本期报告正由另一进程生成时，等它结束。")
@click.option(
    "--take-in", "taking_in", is_flag=True, help="先把收件文件夹里尚未登记的文件登记入账（收到时间记为现在）。"
)
@crew_options
@workspace_options
def run(  # noqa: PLR0913 - one argument an option
    *,
    quarter: str,
    as_of: date | None,
    known_at: datetime | None,
    label: str,
    units: tuple[str, ...],
    all_notices: bool,
    sheets: bool,
    early_warning: bool,
    force: bool,
    dry_run: bool,
    wait: bool,
    taking_in: bool,
    crew: Crew,
    workspace: Path | None,
    notice: str | None,
) -> None:
    """Run, then exit 0, 3 (input refused) or 4 (reports failed)."""
    if early_warning and (units or sheets):
        raise click.UsageError("--early-warning只生成到期预警，请不要与--unit、--sheets同用")
    if all_notices and (notice or units):
        raise click.UsageError("--all-notices是全部通知，请不要与--notice、--unit同用")
    place = Workspace.find(workspace)
    resolve = resolve_ahead if early_warning else resolve_moment
    errands = []
    for one in _notices(place, quarter) if all_notices else [place.only_notice(notice)]:
        request = load_request(place, one, quarter)
        strays(place, request, take_in=taking_in)
        errands.append(Errand(request, resolve(request, as_of, known_at, label=label)))

    def wanted(scope: Scope) -> Wanted:
        return Wanted(units, _sheets_due(scope) if sheets else None, early_warning)

    options = RunOptions(wanted, _attention, crew, force, wait)
    if dry_run:
        _explain(place, errands, options)
        return
    with Progress() as progress:
        records = run_quarters(place, errands, options, clock=now, watch=progress.step)
    sys.exit(max(_close(place, record) for record in records))


def _notices(place: Workspace, quarter: str) -> list[str]:
    found = [one for one in place.notices() if place.request_file(one, Quarter.parse(quarter)).is_file()]
    if not found:
        raise click.UsageError(f"没有一份通知有{quarter}的参数；请先用open建立")
    return found


def _sheets_due(scope: Scope) -> Any:
    from yuechi_report.report.context import LEADERS, Report
    from yuechi_report.report.supervision import sheets_due

    return sheets_due(Report(scope, LEADERS))


def _attention(scope: Scope) -> tuple[str, ...]:
    from yuechi_report.report.attention import attention_lines
    from yuechi_report.report.context import LEADERS, Report

    return attention_lines(Report(scope, LEADERS))


def _explain(place: Workspace, errands: list[Errand], options: RunOptions) -> None:
    intents = explain_run(place, errands, options)
    for one in intents:
        name = one.job.title if len(errands) == 1 else f"{one.notice}　{one.job.title}"
        click.echo(f"{'生成' if one.reason else '不变'}　{name}" + (f"：{one.reason}" if one.reason else ""))
    click.echo(f"共{len(intents)}份，须生成{sum(bool(one.reason) for one in intents)}份。")


def _close(place: Workspace, record: RunRecord) -> ExitCode:
    """Tell what was made and what needs a person; the exit code of this notice's quarter."""
    good = [job for job in record.jobs if job.outcome == "succeeded"]
    bad = [job for job in record.jobs if job.outcome != "succeeded"]
    click.echo(f"\n{record.quarter}：生成报告{len(good)}份，判定日{record.as_of}。")
    for job in bad:
        click.echo(f"  未生成：{job.title}（{job.slug}）——{job.error.message if job.error else ''}", err=True)
    refused = open_refusals(read_book(place.book_file), record.notice, record.quarter, record.known_at)
    lines = list(record.attention)
    lines += [f"第{one.seq}号收件未能全部接收，尚未补正（{one.file or one.reason}）" for one in refused]
    if lines:
        click.echo("需要人工处理：")
        for line in lines:
            click.echo(f"  · {line}")
    _tell_places(place, record)
    if bad:
        return ExitCode.REPORTS
    return ExitCode.INPUT if refused else ExitCode.OK


def _tell_places(place: Workspace, record: RunRecord) -> None:
    folder = place.report_dir(record.notice, Quarter.parse(record.quarter), record.label)
    click.echo("报告位置：")
    click.echo(f"  目录  {place.reports_dir / 'index.html'}")
    for name in ("county.pdf", "county.html", "county-circular.pdf"):
        if (folder / name).is_file():
            click.echo(f"  {'全县' if 'circular' not in name else '印发'}  {folder / name}")
    for name, pattern in (("单位", "unit-*.pdf"), ("督办", "sheet-*.pdf"), ("预警", "early-warning.pdf")):
        if any(folder.glob(pattern)):
            click.echo(f"  {name}  {folder / pattern}")
