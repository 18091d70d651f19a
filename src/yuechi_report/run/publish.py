"""Puts finished files in place: each replaced atomically, the job's own record last."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from yuechi_report.errors import Fault, Place, ReportFailed
from yuechi_report.intake.book.durable import make_folder, share, sync_folder
from yuechi_report.page.manifest import FileRecord, JobRecord
from yuechi_report.page.model import Frozen
from yuechi_report.run.digest import digest_of

R = TypeVar("R", bound=Frozen)


class PublicationBlocked(ReportFailed):
    """A file cannot be put in its place: no room, no right, or another program holds it open."""


@contextmanager
def _told(place: Path, part: Path | None = None) -> Iterator[None]:
    """Turn the system's refusal into words; what was half written is taken away."""
    try:
        yield
    except OSError as error:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        raise PublicationBlocked([Fault(Place(place.name), *_words(error))]) from error


def _words(error: OSError) -> tuple[str, str]:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "磁盘空间不足，无法写入，原有文件没有改动", "请清理磁盘后重新运行"
    if isinstance(error, PermissionError):
        return (
            "文件被其他程序打开或没有写入权限，原有文件没有改动",
            "请关闭打开它的程序（如WPS、Word），或检查文件夹权限，再重新运行；新文件在failed文件夹中",
        )
    return f"无法写入（{error.strerror or error}），原有文件没有改动", "请检查reports文件夹后重新运行"


def describe(path: Path) -> FileRecord:
    """A file by name, hash and size."""
    return FileRecord(name=path.name, sha256=digest_of(path), size=path.stat().st_size)


def publish_files(files: Iterable[Path], target: Path) -> None:
    """Move files to `target`, each replaced in one step; a reader sees the old file or the new one.

    All are written beside their places before the first is replaced: a full disk replaces none.
    PublicationBlocked names the file that could not be written or replaced.
    """
    with _told(target):
        make_folder(target)
    parts = []
    for path in files:
        part = target / f".{path.name}.part"
        with _told(target / path.name, part):
            shutil.copyfile(path, part)
            share(part, like=target / path.name)
            _sync(part)
        parts.append((part, target / path.name))
    for part, place in parts:
        with _told(place, part):
            part.replace(place)
    sync_folder(target)


def withdraw_files(record: JobRecord, target: Path) -> None:
    """Take a report's files away, its record first, so that no reader trusts what is left."""
    for name in (f"{record.slug}.json", *(output.name for output in record.outputs)):
        (target / name).unlink(missing_ok=True)


def publish_text(text: str, path: Path) -> None:
    """Write a text file in one step."""
    part = path.with_name(f".{path.name}.part")
    with _told(path, part):
        make_folder(path.parent)
        part.write_text(text, encoding="utf-8")
        share(part, like=path)
        _sync(part)
        part.replace(path)
        sync_folder(path.parent)


def read_record(path: Path, kind: type[R]) -> R | None:
    """The record a file holds; None where there is none, or a torn one, or one of another version."""
    try:
        return kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def publish_record(record: JobRecord, target: Path) -> None:
    """Write <slug>.json, which makes the report count as done."""
    publish_text(record.model_dump_json(indent=1) + "\n", target / f"{record.slug}.json")


def published_names(slug: str, target: Path) -> frozenset[str]:
    """The files that the report's present record names; none where it has no record or a torn one."""
    record = read_record(target / f"{slug}.json", JobRecord)
    return frozenset(output.name for output in record.outputs) if record is not None else frozenset()


def withdraw_published(slug: str, target: Path) -> None:
    """The same for what the report's present record names."""
    own = {name for name in published_names(slug, target) if name.startswith(f"{slug}.")}
    for name in (f"{slug}.json", *(Path(name).name for name in own)):
        (target / name).unlink(missing_ok=True)


def published_sheets(target: Path) -> frozenset[str]:
    """The slugs of the sheets that have a record in the folder."""
    return frozenset(path.stem for path in target.glob("sheet-*.json"))


def remove_stale(before: frozenset[str], record: JobRecord, target: Path) -> None:
    """Take away what an earlier record named and this one does not: a calendar with nothing ahead any more."""
    for name in before - {output.name for output in record.outputs}:
        (target / Path(name).name).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
