"""Back test: a report made again with its own params after later receipts came in is the old one, byte for byte."""

import csv
from datetime import datetime
from pathlib import Path

import nbformat
import pytest

from yuechi_report.render.convert import render_book
from yuechi_report.run.execute import execute_notebook
from yuechi_report.run.plan import COUNTY_NOTEBOOK, Job
from yuechi_report.settings.request import load_params, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Scope

NOTICE = "yuechi-2024"
REPORTS = (
    ("2024Q4", "leaders"),
    pytest.param("2024Q4", "circular", marks=pytest.mark.proof),
    pytest.param("2024Q3", "leaders", marks=pytest.mark.proof),
)


def cut_book(place: Workspace, quarter: str) -> int:
    """Leave the book as it stood when the quarter's report was made; how many rows went."""
    known_at = load_params(place, NOTICE, quarter).known_at
    assert known_at is not None
    lines = place.book_file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    recorded = [datetime.fromisoformat(row["recorded_at"]) for row in csv.DictReader(lines)]
    kept = sum(moment <= known_at for moment in recorded)
    place.book_file.write_text("".join(lines[: kept + 1]), encoding="utf-8-sig", newline="")
    place.book_file.with_suffix(".seal").unlink()
    place.ledger_file.unlink(missing_ok=True)
    return len(recorded) - kept


def scope_of(place: Workspace, quarter: str) -> Scope:
    """The quarter's scope by its own params."""
    request = load_params(place, NOTICE, quarter)
    return assemble(place, request, resolve_moment(request))


def made(place: Workspace, folder: Path, quarter: str, *, edition: str) -> dict[str, bytes]:
    """The county report's notebook, HTML and PDF."""
    folder.mkdir()
    (folder / "scope.json").write_bytes(scope_of(place, quarter).to_json())
    output = folder / "county.ipynb"
    job = Job(
        slug="county",
        title="",
        parameters=(("notice", NOTICE), ("quarter", quarter), ("edition", edition)),
        cache_key="",
        scope_json=b"{}",
        inputs=(),
        workspace=place.root,
        notebook=place.root / "notebooks" / COUNTY_NOTEBOOK,
        target=folder,
    )
    execute_notebook(job, output, folder / "scope.json")
    made = render_book(nbformat.read(output, as_version=4), output)
    return {path.suffix: path.read_bytes() for path in (output, *made)}


@pytest.mark.parametrize("quarter", ["2024Q3", "2024Q4"])
def test_later_receipts_leave_the_old_scope_as_it_was(
    workspace: Workspace, repository: Workspace, quarter: str
) -> None:
    """With its own params the quarter sees the same records, whatever was received since."""
    assert cut_book(workspace, quarter) > 20
    assert scope_of(workspace, quarter).to_json() == scope_of(repository, quarter).to_json()


@pytest.mark.parametrize(("quarter", "edition"), REPORTS)
def test_old_county_report_is_made_again_byte_for_byte(
    workspace: Workspace, repository: Workspace, tmp_path: Path, quarter: str, edition: str
) -> None:
    """Notebook, HTML and PDF are equal before and after the later quarters' receipts came in."""
    assert cut_book(workspace, quarter) > 20
    then = made(workspace, tmp_path / "then", quarter, edition=edition)
    now = made(repository, tmp_path / "now", quarter, edition=edition)
    assert set(then) >= {".ipynb", ".html", ".pdf"}
    assert [suffix for suffix in then if then[suffix] != now[suffix]] == []
