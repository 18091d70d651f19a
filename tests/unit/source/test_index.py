"""A run brings the index up to date where it can; heads that runs recorded are in the book."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from yuechi_report.intake.book.chain import EMPTY, read_book
from yuechi_report.intake.book.durable import locked
from yuechi_report.intake.book.ledger import checkpoint
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.index import traces_of, try_refresh

Command = Callable[..., tuple[int, str, str]]


def test_the_index_reaches_as_far_as_the_book_and_is_left_alone_then(workspace: Workspace) -> None:
    """Made where there is none; not written again while the book is the same."""
    try_refresh(workspace)
    written = workspace.ledger_file.stat().st_mtime_ns
    assert checkpoint(workspace.ledger_file) == read_book(workspace.book_file).end
    try_refresh(workspace)
    assert workspace.ledger_file.stat().st_mtime_ns == written


def test_a_held_book_is_not_waited_for(workspace: Workspace) -> None:
    """While a submission is being written, readers build in memory."""
    with locked(workspace.book_file):
        try_refresh(workspace)
    assert not workspace.ledger_file.exists()


def test_a_place_that_cannot_be_written_and_a_broken_book_are_for_others_to_tell(workspace: Workspace) -> None:
    """Neither stops here; the broken book is refused by whoever needs it."""
    blocked = workspace.ledger_file.with_suffix(".db.new")
    blocked.mkdir()
    try_refresh(workspace)
    assert (blocked.is_dir(), checkpoint(workspace.ledger_file)) == (True, EMPTY)
    blocked.rmdir()
    workspace.book_file.write_bytes(workspace.book_file.read_bytes()[:-40])
    try_refresh(workspace)
    assert checkpoint(workspace.ledger_file) == EMPTY


def test_an_empty_workspace_gets_no_book_and_no_index(workspace: Workspace) -> None:
    """Nothing is made where nothing was received."""
    for path in workspace.receipts_dir.glob("receipts.*"):
        path.unlink()
    before = sorted(workspace.root.rglob("*"))
    try_refresh(workspace)
    assert sorted(workspace.root.rglob("*")) == before


def test_a_dry_run_writes_nothing(command: Command, workspace: Workspace) -> None:
    """No index, no lock, no folder."""
    before = sorted(workspace.root.rglob("*"))
    code, out, _ = command("run", "--quarter", "2024Q4", "--dry-run", "--workspace", workspace.root)
    assert (code, out.splitlines()[-1]) == (0, "共22份，须生成22份。")
    assert sorted(workspace.root.rglob("*")) == before


def record(place: Workspace, text: str) -> Path:
    """A run's record in the reports."""
    path = place.reports_dir / "yuechi-2024/2024Q4/run.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_head_of_the_book_leaves_nothing_to_say(workspace: Workspace) -> None:
    """Every row's hash is known, also one in the middle: later rows came since."""
    book = read_book(workspace.book_file)
    record(workspace, json.dumps({"chain_head": book.hashes[10]}))
    assert traces_of(workspace, book) == ()


def test_head_that_the_book_lost_is_told(workspace: Workspace) -> None:
    """A run saw a row that is not there any more: the sentence names the run and the head."""
    record(workspace, json.dumps({"chain_head": "ab" * 32}))
    [trace] = traces_of(workspace, read_book(workspace.book_file))
    assert trace.startswith("reports/yuechi-2024/2024Q4/run.json记载的校验值abababababababab不在收件登记中")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"chain_head": 1}', "{torn"])
def test_record_without_a_head_says_nothing(workspace: Workspace, text: str) -> None:
    """A torn or foreign run.json is no evidence against the book."""
    record(workspace, text)
    assert traces_of(workspace, read_book(workspace.book_file)) == ()
