"""Which files' rows count, and from when to when: files sent twice, withdrawn, purged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.check.submission import ReceiptKind


@dataclass(frozen=True, slots=True)
class KnownSpan:
    """The rows of receipt `seq` are known from `known_from` until just before `known_until`."""

    seq: int
    known_from: datetime
    known_until: datetime | None


def spans_of(receipts: Sequence[Receipt]) -> tuple[KnownSpan, ...]:
    """The spans of one sender's files of one quarter, with the withdrawals and purges that name them.

    Files count in the order received_at, seq. The same bytes again count anew only if another file came
    between; a withdrawn file counts until its withdrawal was recorded; a purged one never did.
    """
    purged = {receipt.refers_to for receipt in receipts if receipt.kind is ReceiptKind.PURGE}
    files = [
        receipt for receipt in receipts if receipt.is_file and receipt.outcome.counts and receipt.seq not in purged
    ]
    withdrawals = [receipt for receipt in receipts if receipt.kind is ReceiptKind.WITHDRAWAL]
    withdrawn = {receipt.refers_to: receipt.recorded_at for receipt in withdrawals}
    open_since: dict[int, datetime] = {}
    spans: list[KnownSpan] = []
    for moment in _turning_points(files, withdrawn):
        counting = _counting(files, withdrawn, moment)
        spans += [KnownSpan(seq, since, moment) for seq, since in open_since.items() if seq not in counting]
        open_since = {seq: open_since.get(seq, moment) for seq in counting}
    spans += [KnownSpan(seq, since, None) for seq, since in open_since.items()]
    return tuple(sorted(spans, key=lambda span: (span.seq, span.known_from)))


def _turning_points(files: Iterable[Receipt], withdrawn: dict[int, datetime]) -> list[datetime]:
    return sorted({*(file.recorded_at for file in files), *withdrawn.values()})


def _counting(files: Iterable[Receipt], withdrawn: dict[int, datetime], moment: datetime) -> list[int]:
    known = [
        file
        for file in files
        if file.recorded_at <= moment and (file.seq not in withdrawn or moment < withdrawn[file.seq])
    ]
    ordered = sorted(known, key=lambda file: (file.received_at, file.seq))
    before = ["", *(file.sha256 for file in ordered)]
    return [file.seq for file, last in zip(ordered, before, strict=False) if file.sha256 != last]
