"""Books and their histories, as tests read them."""

from datetime import datetime
from pathlib import Path

from builders import moment

from yuechi_report.domain.progress import History
from yuechi_report.intake.book.ledger import open_ledger
from yuechi_report.intake.check.against import Against

NOWHERE = Path("/nonexistent/ledger.db")
LATE = moment("2030-01-01")


def book_of(against: Against) -> Path:
    """Where the book of a workspace is."""
    return against.root / "data/receipts/receipts.csv"


def history_of(against: Against, ledger_file: Path = NOWHERE, known_at: datetime = LATE) -> History:
    """What the book of a workspace says; from its files alone unless an index is given."""
    with open_ledger(book_of(against), ledger_file, against) as ledger:
        return ledger.history(known_at)
