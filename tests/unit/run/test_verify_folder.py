"""Published reports against their records: after a rerun that failed, and the index pages, too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from quick_reports import fail, make_lines

from yuechi_report.run import batch
from yuechi_report.run.verify import verify_folder, verify_overview
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(command: Command, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Make a quarter's reports, quickly; its folder."""

    def call(quarter: str = "2024Q4", make: object = make_lines) -> Path:
        monkeypatch.setattr(batch, "make_jobs", make)
        command("run", "--quarter", quarter, "--force", "--workspace", workspace.root)
        return workspace.reports_dir / "yuechi-2024" / quarter

    return call


def problems(folder: Path) -> list[str]:
    """Which files verify complains of."""
    return [fault.place.file for fault in verify_folder(folder)[1]]


def test_a_rerun_that_failed_leaves_good_files_known(run: Callable[..., Path]) -> None:
    """They are those of the last success, by its records, and are checked like others."""
    folder = run()
    before = verify_folder(folder)
    assert (before[0] > 20, before[1]) == (True, [])
    run(make=fail)
    assert verify_folder(folder) == before
    (folder / "county.html").write_text("changed", encoding="utf-8")
    (folder / "stranger.html").write_text("?", encoding="utf-8")
    assert problems(folder) == ["county.html", "stranger.html"]
    (folder / "county.json").write_text("{", encoding="utf-8")
    assert problems(folder) == ["county.json", "county.html", "stranger.html"]
    (folder / "stranger.json").write_text("{}", encoding="utf-8")
    assert problems(folder)[-1] == "stranger.json"


def test_reports_that_the_last_run_did_not_make_are_known(
    run: Callable[..., Path], command: Command, workspace: Workspace
) -> None:
    """Where run.json was lost, the next run makes one unit's report and lists that alone; the others stay good."""
    folder = run()
    checked, _ = verify_folder(folder)
    (folder / "run.json").unlink()
    command("run", "--quarter", "2024Q4", "--unit", "县残联", "--workspace", workspace.root)
    assert verify_folder(folder) == (checked, [])


def test_a_report_that_was_never_made_is_missed_by_nobody(run: Callable[..., Path]) -> None:
    """A first run that failed has no files: there is nothing to check but the index page."""
    assert verify_folder(run(make=fail)) == (1, [])


def test_index_pages_are_verified(run: Callable[..., Path], command: Command, workspace: Workspace) -> None:
    """The quarter's and the one over all; changed or missing, each is named, and the next run mends it."""
    folder = run()
    run("2025Q1")
    words = ("verify", "--workspace", workspace.root)
    assert (command(*words)[0], verify_overview(workspace.reports_dir)) == (0, (1, []))
    for page in (folder / "index.html", workspace.reports_dir / "index.html"):
        was = page.read_bytes()
        page.write_bytes(was + b" ")
        code, out, err = command(*words)
        assert (code, "index.html" in err, "问题1处" in out) == (4, True, True)
        page.unlink()
        assert command(*words)[0] == 4
        run()
        assert (command(*words)[0], page.read_bytes()) == (0, was)


def test_a_folder_that_was_copied_away_is_verified_alone(run: Callable[..., Path], tmp_path: Path) -> None:
    """Its own index page is checked by its own record; there is no page over all quarters beside it."""
    away = tmp_path / "away"
    run().rename(away)
    assert verify_folder(away)[1] == []
    (away / "index.html").write_text("changed", encoding="utf-8")
    assert problems(away) == ["index.html"]
