"""Which files' rows count, and from when to when: files sent twice, withdrawn, purged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.check.submission import ReceiptKind


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of receipt `seq` are known from `known_from` until just before `known_until`."""

    seq: int
    known_from: datetime
    known_until: datetime | None


def spans_of(receipts: Sequence[Receipt]) -> tuple[Span, ...]:
    """The spans of one sender's files of one quarter, with the withdrawals and purges that name them.

    Files count in the order received_at, seq. The same bytes again count anew only if another file stands
    between; a withdrawn file counts until its withdrawal was recorded; a purged one never did. A withdrawal
    entered under a wrong clock may be withdrawn itself: it is then as if it had never been.
    """
    purged = {one.refers_to for one in receipts if one.kind is ReceiptKind.PURGE}
    files = [one for one in receipts if one.is_file and one.outcome.counts and one.seq not in purged]
    withdrawals = [one for one in receipts if one.kind is ReceiptKind.WITHDRAWAL]
    lifted = {one.refers_to for one in withdrawals}
    withdrawn = {one.refers_to: one.recorded_at for one in withdrawals if one.seq not in lifted}
    open_since: dict[int, datetime] = {}
    spans: list[Span] = []
    for moment in _turning_points(files, withdrawn):
        counting = _counting(files, withdrawn, moment)
        spans += [Span(seq, since, moment) for seq, since in open_since.items() if seq not in counting]
        open_since = {seq: open_since.get(seq, moment) for seq in counting}
    spans += [Span(seq, since, None) for seq, since in open_since.items()]
    return tuple(sorted(spans, key=lambda span: (span.seq, span.known_from)))


def _turning_points(files: Iterable[Receipt], withdrawn: dict[int, datetime]) -> list[datetime]:
    return sorted({*(one.recorded_at for one in files), *withdrawn.values()})


def _counting(files: Iterable[Receipt], withdrawn: dict[int, datetime], moment: datetime) -> list[int]:
    known = [
        one for one in files if one.recorded_at <= moment and (one.seq not in withdrawn or moment < withdrawn[one.seq])
    ]
    ordered = sorted(known, key=lambda one: (one.received_at, one.seq))
    before = ["", *(one.sha256 for one in ordered)]
    return [one.seq for one, last in zip(ordered, before, strict=False) if one.sha256 != last]
