"""forms, submit, ledger: the paper trade from the command line."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from yuechi_report.cli.options import Moment, now, quarter_option, workspace_options
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ExitCode, InputRefused, ParameterError, Place
from yuechi_report.intake.book import Outcome, Receipt, ReceiptKind, digest_of, read_book
from yuechi_report.intake.columns import DECISIONS, FORM, SheetSpec
from yuechi_report.intake.form import write_form
from yuechi_report.intake.ledger import read_receipt, rebuild
from yuechi_report.intake.submission import Arrival, Check, check_file, take_in
from yuechi_report.intake.trade import Trade
from yuechi_report.settings.request import Moment as RunMoment
from yuechi_report.settings.request import load_request
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble, load_trade
from yuechi_report.source.prefill import prefilled_forms

_OUTCOMES = {Outcome.ACCEPTED: "接收", Outcome.PARTIAL: "部分接收", Outcome.REFUSED: "退回"}


@click.command(help="生成各单位预填的填报表；加--office生成办公室的决定登记表。")
@quarter_option
@click.option("--unit", "units", multiple=True, help="只生成这些单位的，可重复。")
@click.option("--office", is_flag=True, help="生成办公室的决定登记表。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="存放文件夹。")
@workspace_options
def forms(
    *,
    quarter: str,
    units: tuple[str, ...],
    office: bool,
    out: Path | None,
    workspace: Path | None,
    notice: str | None,
) -> None:
    """Write the workbooks and list them."""
    place = Workspace.find(workspace)
    request = load_request(place, place.only_notice(notice), quarter)
    scope = assemble(place, request, RunMoment(request.as_of, None))
    nature = load_trade(place, request.notice).nature
    folder = out or place.root / "forms" / request.notice / quarter
    labels = {"填报季度": quarter, "数据性质": nature}
    if office:
        _write(folder / f"{quarter}-office.xlsx", DECISIONS, {**labels, "作出单位": scope.office.name}, [])
        return
    for form in prefilled_forms(scope, units):
        path = folder / f"{quarter}-{form.unit.slug}.xlsx"
        _write(path, FORM, {**labels, "填报单位": form.unit.name}, form.rows)


def _write(path: Path, spec: SheetSpec, labels: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> None:
    write_form(path, spec, labels, rows)
    click.echo(str(path))


@click.command(help="校验收到的填报表或决定登记表，并登记入账；加--check只校验。")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@quarter_option
@click.option("--office", is_flag=True, help="这些文件是办公室的决定登记表。")
@click.option("--check", is_flag=True, help="只校验，不登记。")
@click.option("--received-at", type=Moment(), default=None, help="收到时间，默认为现在。")
@click.option("--channel", default="政务内网", help="来件渠道。")
@click.option("--recorded-by", default="", help="登记人所在岗位。")
@workspace_options
def submit(  # noqa: PLR0913 - one argument an option
    *,
    files: tuple[Path, ...],
    quarter: str,
    office: bool,
    check: bool,
    received_at: datetime | None,
    channel: str,
    recorded_by: str,
    workspace: Path | None,
    notice: str | None,
) -> None:
    """Check each file whole; exit 3 when any was refused or taken in part."""
    place = Workspace.find(workspace)
    request = load_request(place, place.only_notice(notice), quarter)
    trade, period = load_trade(place, request.notice), Quarter.parse(quarter)
    kind = ReceiptKind.DECISION if office else ReceiptKind.SUBMISSION
    moment = now()
    arrival = Arrival(received_at or moment, moment, channel, recorded_by)
    worst = Outcome.ACCEPTED
    for path in files:
        if check:
            result = check_file(path, trade, period, arrival, kind)
        else:
            _, result = take_in(path, trade, period, arrival, kind=kind, book_file=place.book_file)
        _tell(path, result)
        worst = result.outcome if result.outcome is not Outcome.ACCEPTED else worst
    if not check:
        trades = [load_trade(place, one) for one in place.notices()]  # the index is the whole book's
        rebuild(place.ledger_file, read_book(place.book_file), trades)
    if worst is not Outcome.ACCEPTED:
        raise SystemExit(ExitCode.INPUT)


def _tell(path: Path, result: Check) -> None:
    click.echo(f"{path.name}：{_OUTCOMES[result.outcome]}，有效{result.rows}行，问题{len(result.faults)}处")
    for fault in result.faults:
        click.echo(f"  {fault}")


@click.group(help="收件登记：log查看，verify校验，rebuild重建索引。")
def ledger() -> None:
    """The book and its index."""


@ledger.command(help="列出收件登记。")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
@workspace_options
def log(*, as_json: bool, workspace: Path | None, notice: str | None) -> None:
    """Print the rows of one notice."""
    place = Workspace.find(workspace)
    receipts = read_book(place.book_file).of_notice(place.only_notice(notice))
    if as_json:
        from yuechi_report.cli.contracts import LEDGER_LOG

        click.echo(json.dumps(LEDGER_LOG.dump_python(receipts, mode="json"), ensure_ascii=False, indent=1))
        return
    for one in receipts:
        click.echo(
            f"{one.seq:>4}  {one.received_at:%Y-%m-%d %H:%M}  {one.quarter}  {_OUTCOMES[one.outcome]}  {one.file}"
        )


@ledger.command(help="校验收件登记的校验链和每个存档文件。")
@workspace_options
def verify(*, workspace: Path | None, notice: str | None) -> None:
    """Exit 4 when a file is missing or differs; a broken chain is refused when the book is read."""
    place = Workspace.find(workspace)
    book = read_book(place.book_file)
    trade = load_trade(place, place.only_notice(notice))
    for receipt in book.of_notice(trade.register.notice.id):
        path = place.root / receipt.file
        if not path.is_file() or digest_of(path.read_bytes()) != receipt.sha256:
            click.echo(f"第{receipt.seq}号收件：存档文件缺失或已改动（{receipt.file}）", err=True)
            raise SystemExit(ExitCode.REPORTS)
        if receipt.outcome is not Outcome.REFUSED:
            _still_reads(receipt, path, trade)
    click.echo(f"收件登记完好：{len(book.receipts)}行，末行校验值{book.head[:16]}。")


def _still_reads(receipt: Receipt, path: Path, trade: Trade) -> None:
    try:
        read_receipt(receipt, path, trade)
    except InputRefused as error:
        raise ParameterError.at(
            Place(path.name), f"第{receipt.seq}号收件现在无法读取", "请检查单位名录和任务清单的改动"
        ) from error


@ledger.command(name="rebuild", help="重建索引（data/ledger.db）。")
@workspace_options
def rebuild_index(*, workspace: Path | None, notice: str | None) -> None:  # noqa: ARG001 - always the whole book
    """Write ledger.db anew from the book and its files."""
    place = Workspace.find(workspace)
    trades = [load_trade(place, one) for one in place.notices()]
    rebuild(place.ledger_file, read_book(place.book_file), trades)
    click.echo(f"已重建：{place.ledger_file}")
