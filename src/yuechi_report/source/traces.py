"""Heads of the book that runs have recorded: a book cut short no longer has them."""

import json
from collections.abc import Iterator

from yuechi_report.intake.book import Book
from yuechi_report.intake.receipt import GENESIS
from yuechi_report.settings.workspace import Workspace


def traces_of(workspace: Workspace, book: Book) -> tuple[str, ...]:
    """One sentence for each run.json whose head the book does not have."""
    known = {GENESIS, *book.hashes}
    return tuple(
        f"{name}记载的校验值{head[:16]}不在收件登记中：登记可能被截短或换过，请与备份核对"
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
