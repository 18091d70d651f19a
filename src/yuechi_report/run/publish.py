"""Puts finished files in place: each replaced atomically, the job's own record last."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from yuechi_report.page.manifest import FileRecord, JobRecord
from yuechi_report.run.cache import digest_of


def describe(path: Path) -> FileRecord:
    """A file by name, hash and size."""
    return FileRecord(name=path.name, sha256=digest_of(path), size=path.stat().st_size)


def publish_files(files: Iterable[Path], target: Path) -> None:
    """Move files to `target`, each replaced in one step; a reader sees the old file or the new one."""
    target.mkdir(parents=True, exist_ok=True)
    for path in files:
        part = target / f".{path.name}.part"
        shutil.copyfile(path, part)
        _sync(part)
        part.replace(target / path.name)


def withdraw_files(record: JobRecord, target: Path) -> None:
    """Take a report's files away, its record first, so that no reader trusts what is left."""
    for name in (f"{record.slug}.json", *(one.name for one in record.outputs)):
        (target / name).unlink(missing_ok=True)


def publish_text(text: str, path: Path) -> None:
    """Write a text file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    _sync(part)
    part.replace(path)


def publish_record(record: JobRecord, target: Path) -> None:
    """Write <slug>.json, which makes the report count as done."""
    publish_text(record.model_dump_json(indent=1) + "\n", target / f"{record.slug}.json")


def published_names(slug: str, target: Path) -> frozenset[str]:
    """The files that the report's present record names; none where it has no record or a torn one."""
    try:
        record = JobRecord.model_validate_json((target / f"{slug}.json").read_bytes())
    except (OSError, ValidationError):
        return frozenset()
    return frozenset(one.name for one in record.outputs)


def remove_stale(before: frozenset[str], record: JobRecord, target: Path) -> None:
    """Take away what an earlier record named and this one does not: a calendar with nothing ahead any more."""
    for name in before - {one.name for one in record.outputs}:
        (target / Path(name).name).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
