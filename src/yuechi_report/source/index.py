"""The index of the workspace's book, kept up to date for every notice; and reports whose book is not this one."""

import json
from collections.abc import Iterator
from contextlib import suppress

from yuechi_report.errors import EnvironmentFault, Place, YuechiError
from yuechi_report.intake.book.chain import Book
from yuechi_report.intake.book.durable import locked
from yuechi_report.intake.book.ledger import UNWRITABLE, rebuild, refresh
from yuechi_report.intake.book.receipt import GENESIS
from yuechi_report.intake.check.against import Against
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against


def refresh_index(workspace: Workspace) -> None:
    """Add to ledger.db what the book has since; made anew where it is not current in other ways.

    Where it cannot be written, what was entered is in the book all the same, and every reader does without.
    """
    with locked(workspace.book_file), suppress(*UNWRITABLE):
        refresh(workspace.book_file, workspace.ledger_file, usable_notices(workspace))


def try_refresh(workspace: Workspace) -> None:
    """`refresh_index` where that can be done at once: a run reads the book as well without it."""
    if not workspace.book_file.exists():
        return
    with suppress(YuechiError, *UNWRITABLE), locked(workspace.book_file, wait=False):
        refresh(workspace.book_file, workspace.ledger_file, usable_notices(workspace))


def rebuild_index(workspace: Workspace) -> None:
    """Make ledger.db anew from the book and its files; EnvironmentFault where it cannot be written."""
    with locked(workspace.book_file):
        try:
            rebuild(workspace.book_file, workspace.ledger_file, usable_notices(workspace))
        except UNWRITABLE as error:
            problem = f"索引无法写入（{error}）；收件登记没有改动"
            raise EnvironmentFault.at(
                Place(str(workspace.ledger_file)), problem, "请检查磁盘空间和权限后重试；没有索引不影响使用"
            ) from error


def usable_notices(workspace: Workspace) -> list[Against]:
    """Every notice that is ready; one still being set up has nothing in the book that could be read."""
    found = []
    for notice in workspace.notices():
        try:
            found.append(load_against(workspace, notice))
        except YuechiError:
            continue
    return found


def traces_of(workspace: Workspace, book: Book) -> tuple[str, ...]:
    """One sentence for each run.json whose head the book does not have."""
    known = {GENESIS, *book.hashes}
    return tuple(
        f"{name}记载的校验值{head[:16]}不在收件登记中：登记可能被截短或换过，请与备份核对；登记确已接续的，重新运行那一期"
        for name, head in _recorded(workspace)
        if head not in known
    )


def _recorded(workspace: Workspace) -> Iterator[tuple[str, str]]:
    for folder in (workspace.reports_dir, workspace.issued_dir):
        for path in sorted(folder.rglob("run.json")):
            try:
                head = json.loads(path.read_bytes()).get("chain_head")
            except (OSError, ValueError, AttributeError):
                continue
            if isinstance(head, str):
                yield path.relative_to(workspace.root).as_posix(), head
