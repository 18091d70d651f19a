"""Files in the folders of received files that the book does not know: told before a run, or taken in."""

from pathlib import Path

import click

from yuechi_report.cli.options import now
from yuechi_report.cli.submit import enter
from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book import read_book
from yuechi_report.intake.receipt import ReceiptKind, digest_of
from yuechi_report.intake.strays import stray_files
from yuechi_report.intake.submission import Arrival
from yuechi_report.settings.request import RunRequest
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_trade
from yuechi_report.source.index import refresh_index

_FOLDERS = {"receipts": ReceiptKind.SUBMISSION, "decisions": ReceiptKind.DECISION}


def strays(place: Workspace, request: RunRequest, *, take_in: bool) -> None:
    """Tell the quarter's unknown files; with `take_in` enter them, received now, and move them into the archive."""
    book = read_book(place.book_file)
    period = Quarter.parse(request.quarter)
    found = [
        (path, kind)
        for name, kind in _FOLDERS.items()
        for path in stray_files(place.inbox(name, request.notice, period), book)
    ]
    if not take_in:
        for path, _ in found:
            click.echo(f"没有登记：{_shown(place, path)}（加--take-in登记，或用submit写明收到时间）", err=True)
        return
    trade, moment = load_trade(place, request.notice), now()
    for path, kind in found:
        before = digest_of(path.read_bytes())
        enter(place, path, trade, period, arrival=Arrival(moment, moment, "收件文件夹", ""), kind=kind)
        if digest_of(path.read_bytes()) == before:
            path.unlink()  # its bytes are in the archive now, or must not be kept
    if found:
        refresh_index(place)


def _shown(place: Workspace, path: Path) -> str:
    return path.relative_to(place.root).as_posix()
