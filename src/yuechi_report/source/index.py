"""The index of the workspace's book, kept up to date for every notice."""

from contextlib import suppress

from yuechi_report.errors import YuechiError
from yuechi_report.intake.durable import locked
from yuechi_report.intake.ledger import UNWRITABLE, rebuild, refresh
from yuechi_report.intake.trade import Trade
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_trade


def refresh_index(workspace: Workspace) -> None:
    """Add to ledger.db what the book has since; made anew where it is not current in other ways."""
    with locked(workspace.book_file):
        refresh(workspace.book_file, workspace.ledger_file, usable_trades(workspace))


def try_refresh(workspace: Workspace) -> None:
    """`refresh_index` where that can be done at once: a run reads the book as well without it."""
    if not workspace.book_file.exists():
        return
    with suppress(YuechiError, *UNWRITABLE), locked(workspace.book_file, wait=False):
        refresh(workspace.book_file, workspace.ledger_file, usable_trades(workspace))


def rebuild_index(workspace: Workspace) -> None:
    """Make ledger.db anew from the book and its files."""
    with locked(workspace.book_file):
        rebuild(workspace.book_file, workspace.ledger_file, usable_trades(workspace))


def usable_trades(workspace: Workspace) -> list[Trade]:
    """Every notice that is ready; one still being set up has nothing in the book that could be read."""
    found = []
    for notice in workspace.notices():
        try:
            found.append(load_trade(workspace, notice))
        except YuechiError:
            continue
    return found
