"""submit: received files are checked and entered into the book."""

from datetime import datetime
from pathlib import Path

import click

from yuechi_report.cli.options import MomentType, now, quarter_option, workspace_options
from yuechi_report.domain.progress import History
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ExitCode, ParameterError, Place
from yuechi_report.intake.book.ledger import checkpoint, open_ledger
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.returned import write_returned
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind, check_file
from yuechi_report.settings.request import load_params
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against
from yuechi_report.source.index import refresh_index

OUTCOMES = {
    Outcome.ACCEPTED: "接收",
    Outcome.PARTIAL: "部分接收",
    Outcome.REFUSED: "退回",
    Outcome.STOPPED: "拦截",
}


@click.command(help="校验收到的填报表或决定登记表，并登记入账；加--check只校验。")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@quarter_option
@click.option("--office", is_flag=True, help="这些文件是办公室的决定登记表。")
@click.option("--check", is_flag=True, help="只校验，不登记。")
@click.option("--returns", type=click.Path(path_type=Path, file_okay=False), default=None, help="退回件存放文件夹。")
@click.option("--received-at", type=MomentType(), default=None, help="收到时间，默认为现在。")
@click.option("--channel", default="政务内网", help="来件渠道；代录的写明纸质、照片或电话。")
@click.option("--recorded-by", default="", help="登记人所在岗位。")
@click.option(
    "--attach",
    "originals",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="代录所依据的原件（照片、扫描件、电话记录），可重复；一次只能登记一份表。",
)
@click.option("--confirmed-by", default="", help="代录内容由谁核对确认（岗位）。")
@workspace_options
def submit(  # noqa: PLR0913 - one argument per option
    *,
    files: tuple[Path, ...],
    quarter: str,
    office: bool,
    check: bool,
    returns: Path | None,
    received_at: datetime | None,
    channel: str,
    recorded_by: str,
    originals: tuple[Path, ...],
    confirmed_by: str,
    workspace: Path | None,
    notice: str | None,
) -> None:
    """Check each file whole; exit 3 when any was refused or taken in part."""
    _check_originals(files, originals, confirmed_by)
    place = Workspace.find(workspace)
    request = load_params(place, place.only_notice(notice), quarter)
    against, period = load_against(place, request.notice), Quarter.parse(quarter)
    kind = ReceiptKind.DECISION if office else ReceiptKind.SUBMISSION
    moment = now()
    if received_at and received_at > moment:
        raise ParameterError.at(
            Place(),
            f"收到时间{received_at:%Y-%m-%d %H:%M}晚于现在",
            "请核对--received-at；迟报与否、以哪份为准都按它判定",
        )
    arrival = Arrival(received_at or moment, moment, channel, recorded_by, originals, confirmed_by)
    checks = []
    with open_ledger(place.book_file, place.ledger_file, against) as index:
        history = index.history(moment, period)
    for path in files:
        if check:
            checks.append(check_file(path, against, period, arrival, kind, history=history))
            _print(path, checks[-1])
        else:
            checks.append(enter(place, path, against, period, arrival=arrival, kind=kind, history=history))
        folder = returns or (None if check else place.root / "returns" / request.notice / quarter)
        for written in write_returned(folder, path.name, checks[-1]) if folder else ():
            click.echo(f"  已写出：{written}")
    if not check:
        refresh_index(place)
    if any(made.outcome is not Outcome.ACCEPTED or made.stopped for made in checks):
        raise SystemExit(ExitCode.INPUT)


def enter(  # noqa: PLR0913 - a file, what it is checked against, and what was recorded before
    place: Workspace,
    path: Path,
    against: Against,
    quarter: Quarter,
    *,
    arrival: Arrival,
    kind: ReceiptKind,
    history: History | None = None,
) -> Check:
    """Take one file in and say what became of it; the index is brought up to date by the caller."""
    read_to = checkpoint(place.ledger_file)
    receipt, check = take_in(
        path, against, quarter, arrival, kind=kind, book_file=place.book_file, read_to=read_to, history=history
    )
    _print(path, check, receipt)
    return check


def _print(path: Path, check: Check, receipt: Receipt | None = None) -> None:
    """Faults, warnings and proposals apart: only faults keep rows out, proposals are for this office alone."""
    number = f"，登记为第{receipt.seq}号" if receipt else ""
    outcome = OUTCOMES[Outcome.STOPPED if check.stopped else check.outcome]
    click.echo(f"{path.name}：{outcome}，有效{check.rows}行，问题{len(check.faults)}处{number}")
    for fault in check.faults:
        click.echo(f"  {fault}")
    if check.stopped:
        done = (
            "文件没有存档，只登记了时间、校验值和原因。" if receipt else "登记时文件不存档，只登记时间、校验值和原因。"
        )
        click.echo(f"  {done}")
    for heading, findings in (("提醒（不影响接收）", check.warnings), ("供本室核实", check.proposals)):
        for finding in findings:
            click.echo(f"  {heading}：{finding}")


def _check_originals(files: tuple[Path, ...], originals: tuple[Path, ...], confirmed_by: str) -> None:
    """A transcription needs its original and who confirmed it, and is one form."""
    if not originals and not confirmed_by:
        return
    if not originals or not confirmed_by.strip():
        raise ParameterError.at(
            Place(), "代录须同时有原件（--attach）和核对确认人（--confirmed-by）", "请补上缺少的一项"
        )
    if len(files) > 1:
        raise ParameterError.at(Place(), "代录一次只能登记一份表", "请把各表分开登记，各附各的原件")
