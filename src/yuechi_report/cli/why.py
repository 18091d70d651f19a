"""why: what one task's status rests on, in words or as JSON."""

import re
from datetime import date, datetime
from typing import Any

import click

from yuechi_report.cli.options import moment_options, now, params_options
from yuechi_report.cli.terminal import say, say_json
from yuechi_report.errors import ParameterError, Place
from yuechi_report.notice.sidecar import received_in
from yuechi_report.notice.sources.read import read_document
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.why.explain import explain
from yuechi_report.report.why.grounds import Grounds
from yuechi_report.report.why.lines import explained_lines
from yuechi_report.settings.request import QuarterParams, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble


class TaskNumber(click.ParamType[int]):
    """A task's number as printed: 27."""

    name = "TASK_NO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Text → number."""
        text = str(value)
        if not re.fullmatch("0*[1-9][0-9]{0,5}", text):
            self.fail(f"“{value}”不是任务序号，请写成27的形式", param, ctx)
        return int(text)


@click.command(help="一项任务为何是现在的状态：规则、日期、台账依据和通知原文。")
@click.argument("task_no", type=TaskNumber())
@params_options
@moment_options
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
def why(  # noqa: PLR0913 - one argument an option
    *,
    task_no: int,
    place: Workspace,
    params: QuarterParams,
    as_of: date | None,
    known_at: datetime | None,
    label: str,
    as_json: bool,
) -> None:
    """Explain one task and print; nothing is written."""
    moment = resolve_moment(params, as_of, known_at, label=label, today=now().date())
    report = Report(assemble(place, params, moment), LEADERS)
    notice = read_document(received_in(place.notice_dir(params.notice)))
    grounds = _grounds(report, task_no, tuple(line.text for line in notice.lines))
    if as_json:
        say_json(explain(grounds))
    else:
        for line in explained_lines(grounds):
            say(line)


def _grounds(report: Report, task_no: int, notice_lines: tuple[str, ...]) -> Grounds:
    try:
        return Grounds.of_task(report, task_no, notice_lines=notice_lines)
    except KeyError as error:
        numbers = [task.number for task in report.scope.register]
        known = f"请使用清单中的序号（{min(numbers)}至{max(numbers)}）" if numbers else "请先建立任务清单"
        raise ParameterError.at(Place(), f"清单中没有任务{task_no}", known) from error
