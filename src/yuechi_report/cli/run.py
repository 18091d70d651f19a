"""run: make a quarter's reports, say what came of it and what needs a person."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from yuechi_report.cli.bar import Progress
from yuechi_report.cli.options import SecondsType, moment_options, now, quarter_option, workspace_options
from yuechi_report.cli.strays import list_strays, take_strays_in
from yuechi_report.cli.terminal import say
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ExitCode, Fault, ParameterError
from yuechi_report.intake.book.chain import open_refusals, read_book
from yuechi_report.intake.check.submission import ReceiptKind
from yuechi_report.page.manifest import RunRecord
from yuechi_report.run.batch import Wing, explain_run, run_quarters
from yuechi_report.run.limits import Isolation, Limits, RunOptions, default_isolation
from yuechi_report.run.plan import RunRequest
from yuechi_report.settings.request import load_params
from yuechi_report.settings.suite import UNFILLED
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.index import try_refresh
from yuechi_report.source.scope import Scope
from yuechi_report.source.unsettled import TOO_LATE, came_too_late, scope_lines, to_fill_in, unread_marks


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--jobs, --isolation, --timeout, --memory, --scheduler, --force, --wait as one argument `options`."""

    @wraps(command)
    def call(  # noqa: PLR0913 - one argument an option
        *,
        workers: int | None,
        isolation: str | None,
        timeout_s: float,
        memory_mb: int,
        scheduler: str,
        force: bool,
        wait: bool,
        **rest: Any,
    ) -> Any:
        options = RunOptions(
            workers=workers or min(os.cpu_count() or 1, 8),
            isolation=Isolation(isolation) if isolation else default_isolation(),
            limits=Limits(timeout_s=timeout_s, cpu_s=int(timeout_s) + 1, memory_mb=memory_mb),
            scheduler=scheduler,
            force=force,
            wait=wait,
        )
        return command(options=options, **rest)

    options = (
        click.option("--force", is_flag=True, help="已生成且未变化的报告也重新生成。"),
        click.option("--wait", is_flag=True, help="本期报告正由另一进程生成时，等它结束。"),
        click.option("--jobs", "workers", type=click.IntRange(1, 64), help="同时生成的份数，默认为处理器数。"),
        click.option(
            "--isolation",
            type=click.Choice([isolation.value for isolation in Isolation]),
            help="每份报告在分叉的子进程中（fork，Linux默认）或独立内核中（kernel）生成。",
        ),
        click.option("--timeout", "timeout_s", type=SecondsType(), default=300.0, help="每份最长秒数，默认300。"),
        click.option(
            "--memory",
            "memory_mb",
            type=click.IntRange(512, 999_999),
            default=4096,
            help="每份内存上限（MB），默认4096。",
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
@click.option("--dry-run", is_flag=True, help="只列出要生成哪些报告和原因，不生成。")
@click.option(
    "--take-in", "taking_in", is_flag=True, help="先把收件文件夹里尚未登记的文件登记入账（收到时间记为现在）。"
)
@run_options
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
    dry_run: bool,
    taking_in: bool,
    options: RunOptions,
    place: Workspace,
    notice: str | None,
) -> None:
    """Run, then exit 0, 3 (input refused, settings to be filled in, 仅呈阅 not understood) or 4 (reports failed)."""
    if early_warning and (units or sheets):
        raise click.UsageError("--early-warning只生成到期预警，请不要与--unit、--sheets同用")
    if all_notices and (notice or units):
        raise click.UsageError("--all-notices是全部通知，请不要与--notice、--unit同用")
    requests = [
        RunRequest(name, quarter, as_of, known_at, label, units, sheets, early_warning, today=now().date())
        for name in (_notices(place, quarter) if all_notices else [place.only_notice(notice)])
    ]
    for request in requests:
        _look_at_strays(place, request, taking_in=taking_in)
    if dry_run:
        _explain(place, requests, force=options.force)
    else:
        sys.exit(_make(place, requests, options))


def _notices(place: Workspace, quarter: str) -> list[str]:
    """The notices that have the quarter's params; where none has, each says what is to be done."""
    names = place.notices() or (place.only_notice(None),)
    found = [name for name in names if f"{quarter}.yml" in {path.name for path in place.request_files(name)}]
    if not found:
        raise ParameterError(list(dict.fromkeys(_lacking(place, names, quarter))))
    return found


def _lacking(place: Workspace, names: Sequence[str], quarter: str) -> Iterator[Fault]:
    for name in names:
        try:
            load_params(place, name, quarter)
        except ParameterError as error:
            yield from error.faults


def _look_at_strays(place: Workspace, request: RunRequest, *, taking_in: bool) -> None:
    """Files that the book does not know, taken in or listed; a quarter without params is refused before that."""
    load_params(place, request.notice, request.quarter)
    period = Quarter.parse(request.quarter)
    if taking_in:
        take_strays_in(place, request.notice, period)
    list_strays(place, request.notice, period)


def _explain(place: Workspace, requests: Sequence[RunRequest], *, force: bool) -> None:
    """List what would be made and why."""
    intents = explain_run(place, requests, force=force, wing=_WING)
    for intent in intents:
        name = intent.job.title if len(requests) == 1 else f"{intent.notice}　{intent.job.title}"
        say(f"{'生成' if intent.reason else '不变'}　{name}" + (f"：{intent.reason}" if intent.reason else ""))
    say(f"共{len(intents)}份，须生成{sum(bool(intent.reason) for intent in intents)}份。")


def _make(place: Workspace, requests: Sequence[RunRequest], options: RunOptions) -> ExitCode:
    """Make what is not done and say what came of it; the worst of the quarters' exit codes."""
    with Progress() as progress:
        try_refresh(place)
        runs = run_quarters(place, requests, options, wing=_WING, clock=now, watch=progress.step, begin=progress.begin)
    return max(_end(place, record) for record in runs)


def _sheets_due(scope: Scope) -> Any:
    from yuechi_report.report.context import LEADERS, Report
    from yuechi_report.report.sheet.due import sheets_due

    return sheets_due(Report(scope, LEADERS))


def _attention(scope: Scope) -> tuple[str, ...]:
    from yuechi_report.report.context import LEADERS, Report
    from yuechi_report.report.county.attention import attention_lines

    return (*scope_lines(scope), *attention_lines(Report(scope, LEADERS)))


_WING = Wing(sheets_due=_sheets_due, attention=_attention)


def _end(place: Workspace, record: RunRecord) -> ExitCode:
    """The last lines of a run, and its exit code."""
    made = [job for job in record.jobs if job.slug in record.made]
    failed = [job for job in made if job.outcome != "succeeded"]
    refused = open_refusals(read_book(place.book_file), record.notice, record.quarter, record.known_at)
    unfilled = to_fill_in(place)
    unread = unread_marks(place, record.notice, Quarter.parse(record.quarter))
    kind = f"预览，{record.preview_of}判定，今按" if record.preview_of else "判定日"
    say()
    say(f"{record.quarter}：生成报告{len(made) - len(failed)}份，{kind}{record.as_of}。")
    if len(made) < len(record.jobs):
        say(f"另有{len(record.jobs) - len(made)}份是以前运行生成的，本次没有重新生成，可能已不符合现状。")
    for job in failed:
        say(f"  未生成：{job.title}（{job.slug}）——{job.error.message if job.error else ''}", err=True)
    attention = [
        *(f"{line}；填写以前只出草稿，页面印{UNFILLED}" for line in unfilled),
        *unread,
        *record.attention,
        *said_too_late(place, record),
        *(f"第{receipt.seq}号收件未能全部接收，尚未补正（{receipt.file or receipt.reason}）" for receipt in refused),
    ]
    if attention:
        say("需要人工处理：")
        for line in attention:
            say(f"  · {line}")
    _name_places(place, place.report_dir(record.notice, Quarter.parse(record.quarter), record.label))
    return ExitCode.REPORTS if failed else ExitCode.INPUT if refused or unfilled or unread else ExitCode.OK


def said_too_late(place: Workspace, record: RunRecord) -> tuple[str, ...]:
    """The quarter's forms that this report does not count any more, in a line."""
    if record.preview_of is not None:
        return ()
    book = read_book(place.book_file).of_notice(record.notice)
    gone = {receipt.refers_to for receipt in book if not receipt.is_file}
    found = [
        receipt
        for receipt in book
        if receipt.kind is ReceiptKind.SUBMISSION
        and receipt.quarter == record.quarter
        and receipt.outcome.counts
        and receipt.seq not in gone
        and came_too_late(receipt.received_at, receipt.recorded_at, record.as_of, record.known_at)
    ]
    names = "、".join(f"第{receipt.seq}号（{receipt.unit}，{receipt.received_at:%Y-%m-%d}收到）" for receipt in found)
    return (f"{names}{TOO_LATE}",) if found else ()


def _name_places(place: Workspace, folder: Path) -> None:
    say("报告位置：")
    say(f"  目录  {place.reports_dir / 'index.html'}")
    for name in ("county.pdf", "county.html", "county-circular.pdf"):
        if (folder / name).is_file():
            say(f"  {'全县' if 'circular' not in name else '印发'}  {folder / name}")
    for name, pattern in (("单位", "unit-*.pdf"), ("督办", "sheet-*.pdf"), ("预警", "early-warning.pdf")):
        if any(folder.glob(pattern)):
            say(f"  {name}  {folder / pattern}")
