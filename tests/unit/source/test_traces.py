"""Heads that runs recorded: a book cut short or replaced no longer has them."""

import json
from pathlib import Path

import pytest

from yuechi_report.intake.book.chain import read_book
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.index import traces_of


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
