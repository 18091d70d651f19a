"""Everything that counts, as tables a person may open and as JSON; texts unchanged.

In CSV a cell that a spreadsheet would run (= + - @, tab, return) or that begins with an apostrophe gets
one apostrophe in front; taking one off gives the text back. JSON holds the texts as they are.
"""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from yuechi_report.domain.progress import Decision, History, ProgressEntry
from yuechi_report.intake.book.durable import write_durably
from yuechi_report.page.text import harmless

_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    "entries": TypeAdapter(tuple[ProgressEntry, ...]),
    "decisions": TypeAdapter(tuple[Decision, ...]),
}


def write_export(folder: Path, history: History) -> tuple[Path, ...]:
    """entries.csv, decisions.csv (UTF-8 with BOM) and ledger.json."""
    tables = {
        "entries": _ADAPTERS["entries"].dump_python(history.entries, mode="json"),
        "decisions": _ADAPTERS["decisions"].dump_python(history.decisions, mode="json"),
    }
    written = []
    for name, rows in tables.items():
        written.append(folder / f"{name}.csv")
        write_durably(written[-1], csv_of([_flat(row) for row in rows]).encode("utf-8-sig"))
    written.append(folder / "ledger.json")
    write_durably(written[-1], (json.dumps(tables, ensure_ascii=False, indent=1) + "\n").encode())
    return tuple(written)


def csv_of(rows: Sequence[dict[str, str]]) -> str:
    """Rows with equal keys as CSV; every cell harmless."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    if rows:
        writer.writerow(rows[0])
        writer.writerows([harmless(cell) for cell in row.values()] for row in rows)
    return buffer.getvalue()


def _flat(row: dict[str, Any]) -> dict[str, str]:
    """Nested values by dotted names: quarter as 2024Q4, evidence as JSON."""
    cells: dict[str, str] = {}
    for key, value in row.items():
        if key == "quarter":
            cells[key] = f"{value['year']}Q{value['number']}"
        elif key == "source":
            cells |= {f"source_{name}": _text(part) for name, part in value.items()}
        else:
            cells[key] = _text(value)
    return cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
