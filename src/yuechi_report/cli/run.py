"""run: make a quarter's reports, or tell again what the last run told where nothing has changed.

What reads the workspace and what makes pages is imported only where it is needed (cli/making).
"""

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from yuechi_report.cli.bar import Progress, tell
from yuechi_report.cli.options import moment_options, quarter_option, workspace_options
from yuechi_report.domain.quarter import Quarter
from yuechi_report.run.answer import Answer, Question, recall
from yuechi_report.run.limits import Crew, Isolation, Limits, default_isolation
from yuechi_report.settings.workspace import Workspace


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
    questions = [
        Question(one, quarter, as_of, known_at, label, units, sheets, early_warning)
        for one in (_notices(place, quarter) if all_notices else [place.only_notice(notice)])
    ]
    if not (force or dry_run or taking_in):
        answers = [answer for one in questions if (answer := recall(place, one)) is not None]
        if len(answers) == len(questions):
            sys.exit(_tell_again(place, questions, answers))
    from yuechi_report.cli.making import Manner, explain, make

    if dry_run:
        explain(place, questions, Manner(crew, force=force, taking_in=taking_in))
    else:
        sys.exit(make(place, questions, Manner(crew, force=force, wait=wait, taking_in=taking_in)))


def _notices(place: Workspace, quarter: str) -> list[str]:
    found = [one for one in place.notices() if place.request_file(one, Quarter.parse(quarter)).is_file()]
    if not found:
        raise click.UsageError(f"没有一份通知有{quarter}的参数；请先用open建立")
    return found


def _tell_again(place: Workspace, questions: list[Question], answers: list[Answer]) -> int:
    for line in (line for answer in answers for line in answer.strays):
        click.echo(line, err=True)
    titles = [title for answer in answers for title in answer.titles]
    with Progress() as progress:
        for number, title in enumerate(titles, start=1):
            progress.unchanged(number, len(titles), title)
    for question, answer in zip(questions, answers, strict=True):
        tell(place, question.notice, question.quarter, question.label, answer)
    return max(answer.code for answer in answers)
