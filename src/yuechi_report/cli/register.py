"""register: a notice → its register and findings."""

from datetime import date
from pathlib import Path

import click

from yuechi_report.cli.options import DayType
from yuechi_report.cli.terminal import say, say_json
from yuechi_report.errors import ExitCode
from yuechi_report.notice.findings import Severity
from yuechi_report.notice.folder import parse_received
from yuechi_report.notice.parse import Parsed
from yuechi_report.notice.register_file import write_register
from yuechi_report.notice.register_row import row_of

_SEVERITIES = {Severity.ERROR: "须处理", Severity.WARNING: "请核对", Severity.INFO: "提示"}


@click.command(help="通知 → 任务清单和存疑项；旁边有notice.yml、corrections.yml的一并采用。")
@click.argument("notice_file", metavar="NOTICE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="写出的CSV文件。")
@click.option("--issued-on", type=DayType(), default=None, help="印发日期；通知里没有时填写。")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
def register(*, notice_file: Path, out: Path | None, issued_on: date | None, as_json: bool) -> None:
    """Parse, write, print; exit 3 when something must be settled by a person."""
    parsed = parse_received(notice_file, issued_on=issued_on)
    if out is not None:
        write_register(out, parsed.tasks)
    if as_json:
        say_json(_record(parsed))
    else:
        _print(parsed, out)
    if any(finding.severity is Severity.ERROR for finding in parsed.findings):
        raise SystemExit(ExitCode.INPUT)


def _record(parsed: Parsed) -> dict[str, object]:
    return {
        "notice_date": parsed.notice_date.isoformat() if parsed.notice_date else None,
        "base_year": parsed.base_year,
        "layout": parsed.layout,
        "categories": list(parsed.categories),
        "tasks": [row_of(task) for task in parsed.tasks],
        "findings": [
            {
                "severity": finding.severity.value,
                "code": finding.code,
                "place": str(finding.place),
                "text": finding.text,
            }
            for finding in parsed.findings
        ],
    }


def _print(parsed: Parsed, out: Path | None) -> None:
    say(f"{parsed.title}")
    say(f"任务{len(parsed.tasks)}项，类别{len(parsed.categories)}个，存疑或提示{len(parsed.findings)}处。")
    for finding in parsed.findings:
        say(f"  {_SEVERITIES[finding.severity]}　{finding.place}：{finding.text}")
    if out is not None:
        say(f"已写出：{out}")
