"""Back test: a report made again with its own params after later receipts came in is the old one, byte for byte."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from yuechi_report.render.convert import render_notebook
from yuechi_report.run.execute import Places, execute_notebook
from yuechi_report.run.plan import COUNTY_NOTEBOOK, Job
from yuechi_report.settings.request import load_request, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Scope

NOTICE, QUARTER = "yuechi-2024", "2024Q4"


def cut_book(place: Workspace) -> int:
    """Leave the book as it stood when the quarter's report was made; how many rows went."""
    known_at = load_request(place, NOTICE, QUARTER).known_at
    assert known_at is not None
    lines = place.book_file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    recorded = [datetime.fromisoformat(row["recorded_at"]) for row in csv.DictReader(lines)]
    kept = sum(moment <= known_at for moment in recorded)
    place.book_file.write_text("".join(lines[: kept + 1]), encoding="utf-8-sig", newline="")
    place.ledger_file.unlink(missing_ok=True)
    return len(recorded) - kept


def scope_of(place: Workspace) -> Scope:
    """The quarter's scope by its own params."""
    request = load_request(place, NOTICE, QUARTER)
    return assemble(place, request, resolve_moment(request))


def made(place: Workspace, folder: Path) -> dict[str, bytes]:
    """The county report's notebook, HTML and PDF."""
    folder.mkdir()
    (folder / "scope.json").write_bytes(scope_of(place).to_json())
    output = folder / "county.ipynb"
    job = Job("county", "", COUNTY_NOTEBOOK, (("notice", NOTICE), ("quarter", QUARTER), ("edition", "leaders")))
    notebook = place.root / "notebooks" / COUNTY_NOTEBOOK
    execute_notebook(job, notebook, output, Places(folder / "scope.json", place.root))
    return {path.suffix: path.read_bytes() for path in (output, *render_notebook(output))}


@pytest.fixture
def before(workspace: Workspace) -> Workspace:
    """The example as it was on the day of the fourth quarter's report."""
    assert cut_book(workspace) > 20
    return workspace


def test_later_receipts_leave_the_old_scope_as_it_was(before: Workspace, repository: Workspace) -> None:
    """With its own params the quarter sees the same records, whatever was received since."""
    assert scope_of(before).to_json() == scope_of(repository).to_json()


def test_old_county_report_is_made_again_byte_for_byte(
    before: Workspace, repository: Workspace, tmp_path: Path
) -> None:
    """Notebook, HTML and PDF of the fourth quarter are equal before and after the first quarter's receipts."""
    then, now = made(before, tmp_path / "then"), made(repository, tmp_path / "now")
    assert set(then) >= {".ipynb", ".html", ".pdf"}
    assert [suffix for suffix in then if then[suffix] != now[suffix]] == []
