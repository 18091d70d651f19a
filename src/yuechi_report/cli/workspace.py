"""start, init, open: a new workspace, a notice's folder, a quarter's params and forms."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from yuechi_report.cli.forms import forms
from yuechi_report.cli.options import DayType, now, workspace_option, workspace_options
from yuechi_report.cli.terminal import say
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.register import Register
from yuechi_report.errors import ExitCode, ParameterError, Place
from yuechi_report.notice.findings import Severity
from yuechi_report.notice.folder import load_register
from yuechi_report.notice.parse import Parsed
from yuechi_report.notice.setup import NoticeDetails, init_notice
from yuechi_report.settings.opening import Days, Rules, days_past, new_request, start_workspace, write_request
from yuechi_report.settings.policy import load_calendar, load_policy
from yuechi_report.settings.request import QuarterParams
from yuechi_report.settings.units import add_stubs, unknown_units
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against
from yuechi_report.source.unsettled import gaps_within, nobody_fills, to_fill_in

_SHOWN_FINDINGS = 10


@click.command(help="新建一个空的正式工作区。")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def start(*, folder: Path) -> None:
    """Make it and say what comes next."""
    workspace = start_workspace(folder)
    say(f"已新建工作区：{workspace.root}")
    say("下一步：填写params/suite.yml，再用“yuechi-report init 通知.txt --id 编号”登记通知。")


@click.command(help="登记一份通知：存原文、写notice.yml、生成待审的register.csv、补单位名录。")
@click.argument("text", metavar="NOTICE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--id", "--notice", "id_", required=True, help="通知编号，小写字母、数字和连字符，如yuechi-2024。")
@click.option("--issued-on", type=DayType(), default=None, help="印发日期；通知里读不出时填写。")
@click.option("--issuer", default="", help="印发机关；通知里读不出时填写。")
@click.option("--title", default="", help="清单标题；通知里读不出时填写。")
@click.option("--short-title", default="", help="报告标题里用的简称。")
@click.option("--source", default="", help="原文从哪里来。")
@workspace_option
def init(  # noqa: PLR0913 - one argument per option
    *,
    text: Path,
    id_: str,
    issued_on: date | None,
    issuer: str,
    title: str,
    short_title: str,
    source: str,
    place: Workspace,
) -> None:
    """Write the folder, add unknown units, say what is to be reviewed; exit 3 where a person must settle something."""
    facts = NoticeDetails(id_, title, short_title, issuer, issued_on, source)
    folder = place.notice_dir(id_)
    missing: list[str] = []

    def add_units(register: Register) -> None:
        missing.extend(unknown_units(place.units_file, register.unit_names))
        add_stubs(place.units_file, missing)

    parsed = init_notice(folder, text, facts, settle=add_units)
    _print_notice(place, folder, parsed, missing)
    if any(finding.severity is Severity.ERROR for finding in parsed.findings):
        raise SystemExit(ExitCode.INPUT)


def _print_notice(place: Workspace, folder: Path, parsed: Parsed, missing: Sequence[str]) -> None:
    notice = load_register(folder).notice
    say(f"已登记：{notice.title}")
    say(f"印发机关：{notice.issuer}　印发日期：{notice.issued_on}　简称：{notice.short_title}")
    say(f"任务{len(parsed.tasks)}项，类别{len(parsed.categories)}个，存疑或提示{len(parsed.findings)}处。")
    for finding in parsed.findings[:_SHOWN_FINDINGS]:
        say(f"  {finding.place}：{finding.text}")
    if len(parsed.findings) > _SHOWN_FINDINGS:
        say(f"  其余{len(parsed.findings) - _SHOWN_FINDINGS}处请运行register命令查看。")
    say(f"请对照纸质件审核：{folder / 'register.csv'}（更正写在corrections.yml，再运行register）")
    if missing:
        say(f"单位名录新补{len(missing)}家，请在{place.units_file}中逐个核对：{'、'.join(missing)}")
    day = notice.issued_on
    say(f"审核后用“yuechi-report open --quarter {day.year}Q{(day.month + 2) // 3}”开始一个填报期。")


@click.command(name="open", help="开始一个填报期：写参数文件（日期按规则推算），并生成填报表。")
@click.option("--quarter", required=True, help="填报期，如2025Q2。")
@click.option("--submission-due", type=DayType(), default=None, help="报送截止日；首报或日历未发布时必填。")
@click.option("--results-due", type=DayType(), default=None, help="到期结果补报日；日历未发布时必填。")
@click.option("--no-forms", is_flag=True, help="只写参数文件，不生成填报表。")
@workspace_options
def open_(
    *,
    quarter: str,
    submission_due: date | None,
    results_due: date | None,
    no_forms: bool,
    place: Workspace,
    notice: str | None,
) -> None:
    """Write the request, print its days, write the forms; exit 3 where a person must fill something in."""
    name = place.only_notice(notice)
    rules, given, today = _rules(place, name), Days(submission_due, results_due), now().date()
    request = new_request(name, _quarter(quarter), rules, given, today=today)
    write_request(place, request)
    _print_request(place, request)
    for line in days_past(request, rules, given, today):
        say(f"注意：{line}。")
    if not no_forms:
        click.get_current_context().invoke(forms, quarter=quarter, place=place, notice=name)
    _end_opening(place, name)


def _end_opening(place: Workspace, notice: str) -> None:
    """Everything is written; what is still missing is listed, and exit 3 where pages would print it."""
    for line in (*nobody_fills(load_against(place, notice).register), *gaps_within(place, notice)):
        say(f"注意：{line}。")
    unfilled = to_fill_in(place)
    if unfilled:
        say("还须填写，填写以前只能出草稿：")
        for line in unfilled:
            say(f"  · {line}")
        raise SystemExit(ExitCode.INPUT)


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise ParameterError.at(Place(), f"填报期“{text}”写法不对", "请写成2024Q4的形式") from error


def _rules(place: Workspace, notice: str) -> Rules:
    register = load_register(place.notice_dir(notice))
    issued_on = register.notice.issued_on
    dues = tuple(task.due for task in register if task.due is not None)
    calendar = load_calendar(place, range(issued_on.year, max([issued_on, *dues]).year + 12))
    return Rules(load_policy(place).day_submission, calendar, issued_on, dues)


def _print_request(place: Workspace, request: QuarterParams) -> None:
    say(f"已写出：{place.request_file(request.notice, Quarter.parse(request.quarter))}")
    first = "（首报，不评报送）" if request.first_report else ""
    say(f"报送截止：{request.submission_due}{first}　到期结果：{request.results_due}　判定日：{request.as_of}")
    say("数据截止时请在参数文件中填写known_at。")
