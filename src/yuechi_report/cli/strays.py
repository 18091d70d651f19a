"""Files in the folders of received files that the book does not know: listed before a run, or taken in."""

from pathlib import Path

import click

from yuechi_report.cli.options import now
from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book.chain import read_book
from yuechi_report.intake.book.durable import digest_of
from yuechi_report.intake.book.reception import stray_files
from yuechi_report.intake.check.submission import ReceiptKind
from yuechi_report.settings.workspace import Workspace

_FOLDERS = {"receipts": ReceiptKind.SUBMISSION, "decisions": ReceiptKind.DECISION}


def list_strays(place: Workspace, notice: str, period: Quarter) -> None:
    """Print a line for each of the quarter's unknown files."""
    for path, _ in _strays(place, notice, period):
        name = path.relative_to(place.root).as_posix()
        click.echo(f"没有登记：{name}（加--take-in登记，或用submit写明收到时间）", err=True)


def take_strays_in(place: Workspace, notice: str, period: Quarter) -> None:
    """Enter the quarter's unknown files, received now, and move them into the archive."""
    from yuechi_report.cli.submit import enter
    from yuechi_report.intake.check.submission import Arrival
    from yuechi_report.source.assemble import load_against
    from yuechi_report.source.index import refresh_index

    found = _strays(place, notice, period)
    if not found:
        return
    against, moment = load_against(place, notice), now()
    for path, kind in found:
        before = digest_of(path.read_bytes())
        enter(place, path, against, period, arrival=Arrival(moment, moment, "收件文件夹", ""), kind=kind)
        if digest_of(path.read_bytes()) == before:
            path.unlink()  # its bytes are in the archive now, or must not be kept
    refresh_index(place)


def _strays(place: Workspace, notice: str, period: Quarter) -> list[tuple[Path, ReceiptKind]]:
    book = read_book(place.book_file)
    return [
        (path, kind) for name, kind in _FOLDERS.items() for path in stray_files(place.inbox(name, notice, period), book)
    ]
