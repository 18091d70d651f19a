"""status: every task's headline and axes, as a table, CSV or JSON."""

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click

from yuechi_report.cli.options import moment_options, quarter_option, workspace_options
from yuechi_report.page.text import csv_bytes
from yuechi_report.report.context import LEADERS, UNIT, Report
from yuechi_report.report.status_table import STATUS_COLUMNS, status_rows
from yuechi_report.settings.request import load_params, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble

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
@quarter_option
@moment_options
@click.option("--unit", default=None, help="只看一个单位的任务。")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", help="输出格式。")
@click.option("--json", "as_json", is_flag=True, help="等同于--format json。")
@workspace_options
def status(  # noqa: PLR0913 - one argument an option
    *,
    quarter: str,
    as_of: date | None,
    known_at: datetime | None,
    label: str,
    unit: str | None,
    form: str,
    as_json: bool,
    workspace: Path | None,
    notice: str | None,
) -> None:
    """Assess and print; nothing is written."""
    place = Workspace.find(workspace)
    request = load_params(place, place.only_notice(notice), quarter)
    scope = assemble(place, request, resolve_moment(request, as_of, known_at, label=label))
    report = Report(scope.for_unit(scope.unit_named(unit).name), UNIT) if unit else Report(scope, LEADERS)
    _print(status_rows(report.scope, report.assessments), "json" if as_json else form)


def _print(rows: list[dict[str, object]], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form == "csv":
        cells = [["" if value is None else str(value) for value in row.values()] for row in rows]
        sys.stdout.buffer.write(csv_bytes([STATUS_COLUMNS, *cells]))
    else:
        _print_table(rows)


def _print_table(rows: list[dict[str, object]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*_SHOWN.values())
    for row in rows:
        table.add_row(*(str(row[key]) for key in _SHOWN))
    Console().print(table, markup=False)
