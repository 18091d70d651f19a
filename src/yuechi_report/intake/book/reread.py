"""An archived file → its records, checked anew; a file that is not the one received is refused."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from yuechi_report.domain.progress import Decision, History, ProgressEntry, Record, Source, Submission
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import InputRefused, Place
from yuechi_report.intake.check.against import Trade
from yuechi_report.intake.check.validate import Checked, Context, check_decisions, check_entries, check_labels, unit_of
from yuechi_report.intake.columns import DECISIONS, FORM
from yuechi_report.intake.door.workbook import read_sheet
from yuechi_report.intake.receipt import Receipt, ReceiptKind, digest_of


def check_archived(receipt: Receipt, root: Path) -> None:
    """The file and its attachments are there, byte for byte; InputRefused names the one that is not."""
    for file, sha256 in ((receipt.file, receipt.sha256), *((a.file, a.sha256) for a in receipt.attachments)):
        if not file:
            continue
        try:
            data = (root / file).read_bytes()
        except OSError as error:
            raise InputRefused.at(Place(file), "收件登记所列文件不存在或无法读取", "请从备份恢复该文件") from error
        if digest_of(data) != sha256:
            raise InputRefused.at(Place(file), "文件内容与收件登记的校验值不一致", "请从备份恢复该文件，原件不得改动")


def read_receipt(
    receipt: Receipt, path: Path, trade: Trade, moves: Sequence[Decision] = ()
) -> tuple[Submission | None, Checked[ProgressEntry] | Checked[Decision]]:
    """What a file holds: a submission with its entries, or decisions.

    `moves` are the decisions recorded before that gave a task to another unit: they say who may fill it in.
    """
    check_archived(receipt, trade.root)
    source = Source(receipt.seq, receipt.file, 0, receipt.received_at, receipt.recorded_at, receipt.channel)
    context = Context(
        trade.register, trade.units, trade.nature, Quarter.parse(receipt.quarter), source, History.of((), moves, ())
    )
    sheet = read_sheet(path, DECISIONS if receipt.kind is ReceiptKind.DECISION else FORM, shown_as=receipt.file)
    check_labels(sheet, context)
    if receipt.kind is ReceiptKind.DECISION:
        return None, check_decisions(sheet, context)
    checked = check_entries(sheet, context)
    unit = unit_of(sheet, trade.units)
    rows = len(checked.records)
    return Submission(context.quarter, unit.name, source, rows, checked.faulty_rows, checked.faulty_tasks), checked


def purged_submission(receipt: Receipt, trade: Trade, purged_at: datetime) -> Submission:
    """What is left of a purged form: that it came, and from whom."""
    source = Source(receipt.seq, receipt.file, 0, receipt.received_at, receipt.recorded_at, receipt.channel)
    names = [unit.name for unit in trade.units if unit.slug == receipt.unit]
    return Submission(
        quarter=Quarter.parse(receipt.quarter),
        unit=names[0] if names else receipt.unit,
        source=source,
        rows=0,
        purged_at=purged_at,
    )


def records_of(receipt: Receipt, trade: Trade, moves: Sequence[Decision] = ()) -> list[Record]:
    """Everything of one file that may count."""
    submission, checked = read_receipt(receipt, trade.root / receipt.file, trade, moves)
    return [*checked.records, *([submission] if submission is not None else [])]
