"""status: every task's headline and axes, as a table, CSV or JSON."""

from datetime import date, datetime

import click

from yuechi_report.cli.options import moment_options, now, params_options
from yuechi_report.cli.terminal import say, say_csv, say_json, say_table
from yuechi_report.report.context import LEADERS, UNIT, Report
from yuechi_report.report.status_table import STATUS_COLUMNS, status_rows
from yuechi_report.settings.request import QuarterParams, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.unsettled import scope_lines

_SHOWN = {
    "task_no": "序号",
    "title": "重点任务",
    "class": "类别",
    "effective_due_date": "时限",
    "headline": "状态",
    "suffix": "说明",
    "discipline": "报送",
}


@click.command(help="各项任务的状态。")
@params_options
@moment_options
@click.option("--unit", default=None, help="只看一个单位的任务。")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", help="输出格式。")
@click.option("--json", "as_json", is_flag=True, help="等同于--format json。")
def status(  # noqa: PLR0913 - one argument an option
    *,
    place: Workspace,
    params: QuarterParams,
    as_of: date | None,
    known_at: datetime | None,
    label: str,
    unit: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Assess and print; nothing is written."""
    scope = assemble(place, params, resolve_moment(params, as_of, known_at, label=label, today=now().date()))
    report = Report(scope.for_unit(scope.unit_named(unit).name), UNIT) if unit else Report(scope, LEADERS)
    form = "json" if as_json else form
    for line in scope_lines(scope):
        say(f"{line}。", err=form != "table")
    _print(status_rows(report.scope, report.assessments), form)


def _print(rows: list[dict[str, object]], form: str) -> None:
    if form == "json":
        say_json(rows)
    elif form == "csv":
        say_csv([STATUS_COLUMNS, *(["" if value is None else str(value) for value in row.values()] for row in rows)])
    else:
        say_table(_SHOWN.values(), [[row[key] for key in _SHOWN] for row in rows])
