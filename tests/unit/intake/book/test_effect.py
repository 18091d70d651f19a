"""Which files count, from when to when."""

from dataclasses import replace

import pytest
from builders import moment

from yuechi_report.intake.book.effect import KnownSpan, spans_of
from yuechi_report.intake.book.receipt import GENESIS, Receipt
from yuechi_report.intake.check.submission import Outcome, ReceiptKind

FILE = Receipt(
    seq=0,
    notice="n",
    quarter="2024Q4",
    kind=ReceiptKind.SUBMISSION,
    unit="tax",
    file="f",
    sha256="a",
    received_at=moment("2024-12-01"),
    recorded_at=moment("2024-12-01"),
    channel="",
    recorded_by="",
    outcome=Outcome.ACCEPTED,
    previous_hash=GENESIS,
)


def book(*rows: str) -> list[Receipt]:
    """Rows in short: `a 3` bytes a received and recorded on the 3rd, `a 3/1` received on the 1st,
    `-1 5` the first row withdrawn on the 5th, `x1 5` purged, `r 2` refused.
    """
    receipts = []
    for seq, row in enumerate(rows, start=1):
        what, when = row.split()
        recorded, _, received = when.partition("/")
        moments = {
            "received_at": moment(f"2024-12-{int(received or recorded):02d}"),
            "recorded_at": moment(f"2024-12-{int(recorded):02d}"),
        }
        made = replace(FILE, seq=seq, sha256=what, **moments)
        if what == "r":
            made = replace(made, outcome=Outcome.REFUSED)
        elif what[0] in "-x":
            kind = ReceiptKind.WITHDRAWAL if what[0] == "-" else ReceiptKind.PURGE
            made = replace(made, kind=kind, refers_to=int(what[1:]))
        receipts.append(made)
    return receipts


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        (("a 1",), ["1: 1-"]),
        (("a 1", "b 2"), ["1: 1-", "2: 2-"]),
        (("a 1", "a 2"), ["1: 1-"]),
        (("a 1", "b 2", "a 3"), ["1: 1-", "2: 2-", "3: 3-"]),
        (("a 1", "a 3", "b 5/2"), ["1: 1-", "2: 5-", "3: 5-"]),
        (("a 1", "a 2", "-1 4"), ["1: 1-4", "2: 4-"]),
        (("a 1", "b 2", "a 3", "-2 4"), ["1: 1-", "2: 2-4", "3: 3-4"]),
        (("a 1", "-1 2", "a 3"), ["1: 1-2", "3: 3-"]),
        (("a 1", "x1 2"), []),
        (("a 1", "b 2", "a 3", "x2 4"), ["1: 1-"]),
        (("r 1", "a 2"), ["2: 2-"]),
        (("a 2", "b 3/1", "b 4"), ["1: 2-", "2: 3-", "3: 4-"]),
    ],
    ids=[
        "one file",
        "two files both count",
        "same bytes again count once",
        "the same bytes after another file count anew",
        "a file entered late makes the copy after it count",
        "the first copy withdrawn, the second stands in",
        "the file between withdrawn, the copy is a mere copy again",
        "sent again after its withdrawal",
        "a purged file never counted",
        "the file between purged",
        "a refused file gives nothing",
        "order of arrival, not of entering",
    ],
)
def test_spans(rows: tuple[str, ...], spans: list[str]) -> None:
    """Each file's rows are known from and until these days of December."""
    assert [_short(span) for span in spans_of(book(*rows))] == spans


def _short(span: KnownSpan) -> str:
    until = span.known_until.day if span.known_until else ""
    return f"{span.seq}: {span.known_from.day}-{until}"
