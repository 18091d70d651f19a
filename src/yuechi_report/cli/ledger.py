"""ledger: the book and its index from the command line."""

import json
from datetime import datetime
from pathlib import Path

import click

from yuechi_report.cli.options import MomentType, now, workspace_options
from yuechi_report.cli.submit import OUTCOMES
from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book.chain import read_book
from yuechi_report.intake.book.export import write_export
from yuechi_report.intake.book.ledger import open_ledger
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.book.takeback import TakeBack, purge, withdraw
from yuechi_report.intake.book.verify import verify_book
from yuechi_report.intake.check.submission import ReceiptKind
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against
from yuechi_report.source.index import rebuild_index, refresh_index, traces_of, usable_notices

_KINDS = {ReceiptKind.WITHDRAWAL: "撤回", ReceiptKind.PURGE: "清除"}


@click.group(help="收件登记：log查看，verify校验，export导出，rebuild重建索引，withdraw撤回，purge清除。")
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
    undone = {receipt.refers_to: receipt for receipt in receipts if not receipt.is_file}
    for receipt in receipts:
        click.echo(_line(receipt, undone.get(receipt.seq)))


def _line(receipt: Receipt, undone: Receipt | None) -> str:
    start = f"{receipt.seq:>4}  {receipt.received_at:%Y-%m-%d %H:%M}  {receipt.quarter}"
    if not receipt.is_file:
        return f"{start}  {_KINDS[receipt.kind]}第{receipt.refers_to}号：{receipt.reason}"
    mark = f"（已由第{undone.seq}号{_KINDS[undone.kind]}）" if undone else ""
    originals = f"，原件{len(receipt.attachments)}份" if receipt.attachments else ""
    return f"{start}  {OUTCOMES[receipt.outcome]}{mark}  {receipt.file or '未存档：' + receipt.reason}{originals}"


@ledger.command(help="校验收件登记的校验链、封存记录和每个存档文件。")
@workspace_options
def verify(*, workspace: Path | None, notice: str | None) -> None:  # noqa: ARG001 - always the whole book
    """Exit 3 at the first broken row, 4 when a file is missing or differs."""
    place = Workspace.find(workspace)
    book = verify_book(place.book_file, usable_notices(place), place.root)
    whole = f"收件登记完好：{len(book.receipts)}行，末行校验值{book.head[:16]}。"
    click.echo(whole if book.receipts else "还没有登记任何收件。")
    if book.torn:
        click.echo("末尾有一行没有写完（登记中断，未曾确认），下次登记时自动清除；请重新登记那份文件。")
    for trace in traces_of(place, book):
        click.echo(trace)


@ledger.command(help="导出全部填报内容和决定（CSV和JSON）。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="存放文件夹。")
@click.option("--known-at", type=MomentType(), default=None, help="只看此刻以前登记的材料。")
@workspace_options
def export(*, out: Path | None, known_at: datetime | None, workspace: Path | None, notice: str | None) -> None:
    """Write entries.csv, decisions.csv and ledger.json."""
    place = Workspace.find(workspace)
    against = load_against(place, place.only_notice(notice))
    with open_ledger(place.book_file, place.ledger_file, against) as index:
        history = index.history(known_at or now())
    for path in write_export(out or place.root / "exports" / against.register.notice.id, history):
        click.echo(str(path))


@ledger.command(name="rebuild", help="重建索引（data/ledger.db）。")
@workspace_options
def rebuild_(*, workspace: Path | None, notice: str | None) -> None:  # noqa: ARG001 - always the whole book
    """Write ledger.db anew from the book and its files."""
    place = Workspace.find(workspace)
    rebuild_index(place)
    click.echo(f"已重建：{place.ledger_file}")


@ledger.command(name="withdraw", help="撤回本室登记有误的一份收件；此前的报告不受影响。")
@click.argument("seq", type=click.IntRange(1))
@click.option("--reason", required=True, help="撤回理由。")
@click.option("--recorded-by", default="", help="登记人所在岗位。")
@workspace_options
def withdraw_(*, seq: int, reason: str, recorded_by: str, workspace: Path | None, notice: str | None) -> None:  # noqa: ARG001 - a number names one row of the whole book
    """Enter the withdrawal; what was known before stays known for earlier moments."""
    place = Workspace.find(workspace)
    row = withdraw(place.book_file, TakeBack(seq, reason, now(), recorded_by))
    refresh_index(place)
    click.echo(f"已撤回第{seq}号收件，登记为第{row.seq}号。{row.recorded_at:%Y-%m-%d %H:%M}以前的时点仍按原收件判定。")


@ledger.command(name="purge", help="经批准清除一份收件的内容；登记、校验值、理由和批准人保留。")
@click.argument("seq", type=click.IntRange(1))
@click.option("--reason", required=True, help="清除理由（不要写入被清除的内容）。")
@click.option("--approver", required=True, help="批准人或批准的会议。")
@click.option("--recorded-by", default="", help="登记人所在岗位。")
@workspace_options
def purge_(
    *,
    seq: int,
    reason: str,
    approver: str,
    recorded_by: str,
    workspace: Path | None,
    notice: str | None,  # noqa: ARG001 - a number names one row of the whole book
) -> None:
    """Enter the tombstone, take the content out, and say what else holds it."""
    place = Workspace.find(workspace)
    row, removed = purge(place.root, place.book_file, TakeBack(seq, reason, now(), recorded_by, approver))
    rebuild_index(place)
    click.echo(f"已清除第{seq}号收件，登记为第{row.seq}号；删除存档文件{len(removed)}个，索引已重建。")
    click.echo("还须处理：")
    for line in leftovers(place, row):
        click.echo(f"  · {line}")


def leftovers(place: Workspace, row: Receipt) -> list[str]:
    """What else may hold the content: reports of that quarter and later, issued documents, copies."""
    quarter = Quarter.parse(row.quarter)
    folders = [
        folder
        for folder in sorted((place.reports_dir / row.notice).glob("*"))
        if folder.is_dir() and not _is_earlier(folder.name, quarter)
    ]
    lines = [f"报告{folder.relative_to(place.root).as_posix()}：删除后重新运行" for folder in folders]
    copies = {
        f"returns/{row.notice}/{row.quarter}": "退回件，删除",
        f"exports/{row.notice}": "导出，删除后重新导出",
        f"forms/{row.notice}": "预填的填报表，删除后重新生成",
    }
    lines += [f"{name}：{remedy}" for name, remedy in copies.items() if (place.root / name).is_dir()]
    lines += ["issued/里已印发的文件：按批准意见处理"] if any(place.issued_dir.glob("*")) else []
    return [*lines, "备份、报送单位手中的原件、邮箱和网盘副本：本系统够不着，请按批准意见处理"]


def _is_earlier(folder: str, quarter: Quarter) -> bool:
    try:
        return Quarter.parse(folder[:6]) < quarter
    except ValueError:
        return False
