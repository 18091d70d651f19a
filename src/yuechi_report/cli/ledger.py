"""ledger: the book and its index from the command line."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from yuechi_report.cli.options import MomentType, now, workspace_options
from yuechi_report.cli.strays import LOST_ROW, archive_strays, enter_stray
from yuechi_report.cli.submit import OUTCOMES
from yuechi_report.cli.terminal import say, say_json
from yuechi_report.domain.quarter import CHINA, Quarter
from yuechi_report.errors import ExitCode, Fault, ParameterError, Place
from yuechi_report.intake.book.adopt import Adoption, Mismatch, adopt, mismatch_of, note_of
from yuechi_report.intake.book.chain import Book, read_book, read_rows
from yuechi_report.intake.book.copies import Tie, copies_of, ties_of
from yuechi_report.intake.book.export import write_export
from yuechi_report.intake.book.ledger import open_ledger
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.book.reception import archived_number
from yuechi_report.intake.book.takeback import TakeBack, purge, withdraw
from yuechi_report.intake.book.verify import verify_book
from yuechi_report.intake.check.submission import OFFICE, Arrival, ReceiptKind
from yuechi_report.settings.units import load_units
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against
from yuechi_report.source.index import rebuild_index, refresh_index, traces_of, usable_notices

_NOT_SAID = "未注明"
_KINDS = {ReceiptKind.WITHDRAWAL: "撤回", ReceiptKind.PURGE: "清除"}


@click.group(help="收件登记：log查看，verify校验，export导出，rebuild重建索引，withdraw撤回，purge清除，adopt接续。")
def ledger() -> None:
    """The book and its index."""


@ledger.command(help="列出收件登记（时间为北京时间）。")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
@workspace_options
def log(*, as_json: bool, place: Workspace, notice: str | None) -> None:
    """Print the rows of one notice."""
    book, name = read_book(place.book_file), place.only_notice(notice)
    receipts = tuple(receipt for receipt in book.receipts if receipt.notice in (name, ""))
    if as_json:
        say_json(receipts)
        return
    names = {unit.slug: unit.name for unit in load_units(place.units_file)} | {OFFICE: "本室"}
    undone = {receipt.refers_to: receipt for receipt in receipts if not receipt.is_file}
    for receipt in receipts:
        say(_line(receipt, undone.get(receipt.seq), names))


def _line(receipt: Receipt, undone: Receipt | None, names: Mapping[str, str]) -> str:
    """Number, time of receipt in Beijing, quarter and unit; what became of it; how it came, and by whom."""
    unit = names.get(receipt.unit, receipt.unit) or "单位不明"
    start = f"{receipt.seq:>4}  {receipt.received_at.astimezone(CHINA):%Y-%m-%d %H:%M}  {receipt.quarter}  {unit}"
    by = f"登记：{receipt.recorded_by or _NOT_SAID}"
    if not receipt.is_file and not receipt.refers_to:
        return f"{start}  {receipt.note}  {by}"
    if not receipt.is_file:
        approved = f"，批准：{receipt.confirmed_by}" if receipt.confirmed_by else ""
        return f"{start}  {_KINDS[receipt.kind]}第{receipt.refers_to}号：{receipt.reason}  {by}{approved}"
    mark = f"（已由第{undone.seq}号{_KINDS[undone.kind]}）" if undone else ""
    originals = f"，原件{len(receipt.attachments)}份" if receipt.attachments else ""
    confirmed = f"，核对：{receipt.confirmed_by}" if receipt.confirmed_by else ""
    note = f"，{receipt.note}" if receipt.note else ""
    came_as = f"  原名：{receipt.original_name}" if receipt.original_name else ""
    what = f"{OUTCOMES[receipt.outcome]}{mark}  {receipt.file or '未存档：' + receipt.reason}{came_as}{originals}"
    return f"{start}  {what}  渠道：{receipt.channel or _NOT_SAID}  {by}{confirmed}{note}"


@ledger.command(help="校验收件登记的校验链、封存记录和每个存档文件。")
@workspace_options
def verify(*, place: Workspace, notice: str | None) -> None:  # noqa: ARG001 - always the whole book
    """Exit 3 at the first broken row; 4 when a file is missing or differs, the seal is lost, or rows that a report
    or an archived file vouches for. One archived file under the next number is no loss: its writer died.
    """
    book = verify_book(place.book_file, usable_notices(place), place.root)
    whole = f"收件登记完好：{len(book.receipts)}行，末行校验值{book.head[:16]}。"
    say(whole if book.receipts else "还没有登记任何收件。")
    if book.torn:
        say("末尾有一行没有写完（登记中断，未曾确认），下次登记时自动清除；请重新登记那份文件。")
    for row in book.after(now()):
        say(
            f"第{row.seq}号的登记时间{row.recorded_at:%Y-%m-%d %H:%M}晚于现在：请核对电脑时钟；时钟无误的，"
            f"请用“ledger withdraw {row.seq}”撤回，再重新登记那份文件"
        )
    traces = traces_of(place, book)
    for trace in traces:
        say(trace, err=True)
    strays = [path for path, _ in archive_strays(place, book)]
    for path in strays:
        say(f"没有登记：{path.relative_to(place.root).as_posix()}（{LOST_ROW}）", err=True)
    if traces or any(archived_number(path) > book.next_seq for path in strays):
        raise SystemExit(ExitCode.REPORTS)


@ledger.command(help="导出全部填报内容和决定（CSV和JSON）。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="存放文件夹。")
@click.option("--known-at", type=MomentType(), default=None, help="只看此刻以前登记的材料。")
@workspace_options
def export(*, out: Path | None, known_at: datetime | None, place: Workspace, notice: str | None) -> None:
    """Write entries.csv, decisions.csv and ledger.json."""
    against = load_against(place, place.only_notice(notice))
    with open_ledger(place.book_file, place.ledger_file, against) as index:
        history = index.history(known_at or now())
    for path in write_export(out or place.root / "exports" / against.register.notice.id, history):
        say(str(path))


@ledger.command(name="rebuild", help="重建索引（data/ledger.db）。")
@workspace_options
def rebuild_(*, place: Workspace, notice: str | None) -> None:  # noqa: ARG001 - always the whole book
    """Write ledger.db anew from the book and its files."""
    rebuild_index(place)
    say(f"已重建：{place.ledger_file}")


@ledger.command(name="withdraw", help="撤回本室登记有误的一份收件；此前的报告不受影响。")
@click.argument("seq", type=click.IntRange(1))
@click.option("--reason", required=True, help="撤回理由。")
@click.option("--recorded-by", default="", help="登记人所在岗位。")
@workspace_options
def withdraw_(*, seq: int, reason: str, recorded_by: str, place: Workspace, notice: str | None) -> None:  # noqa: ARG001 - a number names one row of the whole book
    """Enter the withdrawal; what was known before stays known for earlier moments."""
    row = withdraw(place.book_file, TakeBack(seq, reason, now(), recorded_by))
    refresh_index(place)
    say(f"已撤回第{seq}号收件，登记为第{row.seq}号。{row.recorded_at:%Y-%m-%d %H:%M}以前的时点仍按原收件判定。")


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
    place: Workspace,
    notice: str | None,  # noqa: ARG001 - a number names one row of the whole book
) -> None:
    """Enter the tombstone, take the content out, and say what else holds it."""
    ties = [
        tie for receipt in read_book(place.book_file).receipts[seq - 1 : seq] for tie in ties_of(place.root, receipt)
    ]
    row, removed = purge(place.root, place.book_file, TakeBack(seq, reason, now(), recorded_by, approver))
    rebuild_index(place)
    say(f"已清除第{seq}号收件，登记为第{row.seq}号；删除存档文件{len(removed)}个，索引已重建。")
    say("还须处理：")
    for line in [*map(_tied, ties), *_copies(place, row), *leftovers(place, row)]:
        say(f"  · {line}")


def _tied(tie: Tie) -> str:
    """What a purge left alone because the archived name was a link."""
    if tie.target:
        return f"{tie.file}原是链接，只删除了链接，所指的{tie.target}没有改动：删除"
    return f"{tie.file}在磁盘上另有{tie.others}个名称（硬链接），内容仍在：逐一删除"


def _copies(place: Workspace, tombstone: Receipt) -> list[str]:
    """Other files with the same content: those of other rows and any copy in the workspace."""
    book = read_book(place.book_file)
    purged = book.receipts[tombstone.refers_to - 1]
    remedies = {seq: f"第{seq}号收件，内容相同，再执行“ledger purge {seq}”" for seq in range(1, book.next_seq)}
    return [f"{file}：{remedies.get(seq, '内容相同，删除')}" for file, seq in copies_of(place.root, book, purged)]


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


@ledger.command(name="adopt", help="收件登记与封存记录不符（恢复了较旧的备份、封存记录丢失）时，写明理由后接续登记。")
@click.option("--reason", required=True, help="为什么不能恢复更新的备份；记入note一栏。")
@click.option("--received-at", type=MomentType(), default=None, help="补登的文件的收到时间，默认为现在。")
@click.option("--recorded-by", default="", help="登记人所在岗位。")
@workspace_options
def adopt_(
    *,
    reason: str,
    received_at: datetime | None,
    recorded_by: str,
    place: Workspace,
    notice: str | None,  # noqa: ARG001 - always the whole book
) -> None:
    """Seal the book as it is and enter the archived files whose rows were lost, where they lie."""
    moment = now()
    adoption = Adoption(reason, moment, recorded_by)
    strays = archive_strays(place, read_rows(place.book_file))
    found = mismatch_of(place.book_file)
    if found is None and not strays:
        problem = "收件登记与封存记录相符，存档中也没有未登记的文件"
        raise ParameterError([Fault(Place(place.book_file.name), problem, "不必接续")])
    adopt(place.book_file, adoption, with_row=not strays)
    arrival = Arrival(received_at or moment, moment, "", recorded_by, note=note_of(adoption, found))
    for path, kind in strays:
        enter_stray(place, path, path.parents[1].name, kind=kind, arrival=arrival)
    refresh_index(place)
    _tell_adopted(read_book(place.book_file), found, len(strays), received_at=received_at)


def _tell_adopted(book: Book, found: Mismatch | None, entered: int, *, received_at: datetime | None) -> None:
    say(f"已接续：{found or '封存记录相符'}；就地补登存档文件{entered}份，现有{len(book.receipts)}行。")
    if entered and received_at is None:
        say("补登的文件收到时间记为现在；知道原来时间的，撤回后用submit --received-at重新登记。")
    lost = (found.sealed or 0) - found.rows - entered if found is not None else 0
    if lost > 0:
        say(f"另有{lost}行没有存档文件（撤回、清除、拦截，或文件也已丢失），请凭记录补办。")
