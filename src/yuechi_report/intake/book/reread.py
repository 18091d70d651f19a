"""An archived file → its records, checked anew; a file that is not the one received is refused."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from yuechi_report.domain.progress import Decision, History, ProgressEntry, Record, Source, Submission
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import InputRefused, Place
from yuechi_report.intake.book.durable import digest_of
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import ReceiptKind
from yuechi_report.intake.check.validate import Checked, Context, check_decisions, check_entries, check_labels, unit_of
from yuechi_report.intake.door.workbook import read_kept
from yuechi_report.intake.form.columns import DECISIONS, FORM


def check_archived(receipt: Receipt, root: Path) -> None:
    """The file and its attachments are there, byte for byte; InputRefused names the one that is not."""
    for file, sha256 in (
        (receipt.file, receipt.sha256),
        *((attachment.file, attachment.sha256) for attachment in receipt.attachments),
    ):
        if not file:
            continue
        try:
            data = (root / file).read_bytes()
        except OSError as error:
            raise InputRefused.at(Place(file), "收件登记所列文件不存在或无法读取", "请从备份恢复该文件") from error
        if digest_of(data) != sha256:
            raise InputRefused.at(Place(file), "文件内容与收件登记的校验值不一致", "请从备份恢复该文件，原件不得改动")


def read_receipt(
    receipt: Receipt, path: Path, against: Against, moves: Sequence[Decision] = ()
) -> tuple[Submission | None, Checked[ProgressEntry] | Checked[Decision]]:
    """What a file holds: a submission with its entries, or decisions.

    `moves` are the decisions recorded before that gave a task to another unit: they say who may fill it in.
    """
    check_archived(receipt, against.root)
    source = Source(receipt.seq, receipt.file, 0, receipt.received_at, receipt.recorded_at, receipt.channel)
    context = Context(
        against.register,
        against.units,
        against.nature,
        Quarter.parse(receipt.quarter),
        source,
        History.of((), moves, ()),
        was_taken=receipt.was_taken_whole,
    )
    sheet = read_kept(path, DECISIONS if receipt.kind is ReceiptKind.DECISION else FORM, shown_as=receipt.file)
    check_labels(sheet, context)
    if receipt.kind is ReceiptKind.DECISION:
        return None, check_decisions(sheet, context)
    checked = check_entries(sheet, context)
    unit = unit_of(sheet, against.units)
    rows = len(checked.records)
    return Submission(context.quarter, unit.name, source, rows, checked.faulty_rows, checked.faulty_tasks), checked


def moving(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that gave a task to another unit: they say who may fill it in from then on."""
    return [decision for decision in decisions if decision.new_unit]


def purged_submission(receipt: Receipt, against: Against, purged_at: datetime) -> Submission:
    """What is left of a purged form: that it came, and from whom."""
    names = [unit.name for unit in against.units if unit.slug == receipt.unit]
    return Submission(
        quarter=Quarter.parse(receipt.quarter),
        unit=names[0] if names else receipt.unit,
        source=Source(receipt.seq, receipt.file, 0, receipt.received_at, receipt.recorded_at, receipt.channel),
        rows=0,
        purged_at=purged_at,
    )


def records_of(receipt: Receipt, against: Against, moves: Sequence[Decision] = ()) -> list[Record]:
    """Everything of one file that may count."""
    submission, checked = read_receipt(receipt, against.root / receipt.file, against, moves)
    return [*checked.records, *([submission] if submission is not None else [])]
