"""How many tasks a published quarter has in each kind of status, read from the county's own data file."""

import csv
from pathlib import Path

from yuechi_report.domain.assessment import Headline
from yuechi_report.page.labels import from_label
from yuechi_report.page.manifest import JobRecord
from yuechi_report.page.signs import SIGN_WORDS, sign_kind

COUNTY = "county"


def status_counts(folder: Path, records: dict[str, JobRecord]) -> tuple[int, ...]:
    """One number a kind, in the order of SIGN_WORDS; empty where the quarter has no county report with data."""
    county = records.get(COUNTY)
    name = next((one.name for one in county.outputs if one.name.endswith(".csv")), "") if county else ""
    if not (folder / name).is_file():
        return ()
    kinds = [_kind(row["headline"]) for row in _rows(folder / name)]
    return tuple(kinds.count(kind) for kind in SIGN_WORDS)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _kind(word: str) -> str:
    """The kind of a headline's word; a word of its own (到期未完成) is that of a task still in progress."""
    try:
        return sign_kind(from_label(Headline, word))
    except KeyError:
        return sign_kind(Headline.IN_PROGRESS)
