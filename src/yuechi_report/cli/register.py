"""register: any office's list → its register and findings; or an empty list to fill in."""

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
_USES = {"task": "任务", "heading": "类别", "header": "表头", "front": "清单之前", "ignored": "未采用"}
_LAYOUTS = {"grid": "表格", "flat_table": "一格一行", "labelled": "分行写明单位", "bracketed": "括号写明单位"}


@click.command(
    help="任务清单（txt、docx、html、pdf、xlsx）→ 登记表和存疑项；旁边有notice.yml、corrections.yml的一并采用。"
)
@click.argument("notice_file", metavar="NOTICE", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="写出的CSV文件。")
@click.option("--issued-on", type=DayType(), default=None, help="印发日期；通知里没有时填写。")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="写出空白清单（.xlsx），供直接填写。",
)
def register(
    *, notice_file: Path | None, out: Path | None, issued_on: date | None, as_json: bool, template: Path | None
) -> None:
    """Parse, write, print; exit 3 when something must be settled by a person."""
    if template is not None:
        _write_template(template)
    if notice_file is None:
        if template is None:
            raise click.UsageError("请写明任务清单文件，或用--template写出空白清单。")
        return
    parsed = parse_received(notice_file, issued_on=issued_on)
    if out is not None:
        write_register(out, parsed.tasks)
    if as_json:
        say_json(_record(parsed))
    else:
        _print(parsed, out)
    if any(finding.severity is Severity.ERROR for finding in parsed.findings):
        raise SystemExit(ExitCode.INPUT)


def _write_template(path: Path) -> None:
    from yuechi_report.notice.template import write_template

    write_template(path)
    say(f"已写出空白清单：{path}")


def _record(parsed: Parsed) -> dict[str, object]:
    return {
        "notice_date": parsed.notice_date.isoformat() if parsed.notice_date else None,
        "base_year": parsed.base_year,
        "layout": parsed.layout,
        "columns": [{"word": word, "role": role} for word, role in parsed.columns],
        "confirmed": parsed.confirmed,
        "account": dict(parsed.account),
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
    say(
        f"任务{len(parsed.tasks)}项，类别{len(parsed.categories)}个，存疑或提示{len(parsed.findings)}处；"
        f"按“{_LAYOUTS[parsed.layout]}”读取。"
    )
    kept = "，".join(f"{_USES[use]}{count}" for use, count in parsed.account.items() if count)
    say(f"原文{sum(parsed.account.values())}处文字的去向：{kept}。")
    for finding in parsed.findings:
        say(f"  {_SEVERITIES[finding.severity]}　{finding.place}：{finding.text}")
    if out is not None:
        say(f"已写出：{out}")
