"""The key of a report: a hash of everything it is made from; equal key and intact files mean done."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

import yuechi_report
from yuechi_report.page.fonts import font_files, machine_font_files
from yuechi_report.page.manifest import FileRecord, JobRecord
from yuechi_report.run.plan import Job

LIBRARIES = (
    "papermill",
    "pandas",
    "matplotlib",
    "nbconvert",
    "ipykernel",
    "typst",
    "markdown-it-py",
    "pydantic",
    "python-docx",
    "xlsxwriter",
)


def digest_of(path: Path) -> str:
    """sha256 of a file in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def code_digest() -> str:
    """sha256 over this package's files (code, templates, styles), by relative name."""
    root = Path(yuechi_report.__file__).parent
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


@cache
def versions() -> dict[str, str]:
    """Versions of what decides an output."""
    return {"yuechi-report": yuechi_report.__version__} | {name: version(name) for name in LIBRARIES}


@cache
def _fonts_digest(faces: frozenset[str]) -> str:
    """sha256 over the shipped fonts and the machine's files of the families that suite.yml names."""
    files = (*font_files(), *(machine_font_files(faces) if faces else ()))
    return hashlib.sha256("".join(digest_of(path) for path in files).encode()).hexdigest()


def inputs_of(notebook: Path, scope_digest: str, faces: Iterable[str] = ()) -> dict[str, str]:
    """What a report is made from, by name and hash; `faces` are families of the machine that it is set in."""
    return {
        "notebook": digest_of(notebook),
        "scope": scope_digest,
        "code": code_digest(),
        "fonts": _fonts_digest(frozenset(family for family in faces if family)),
    }


def cache_key(job: Job, inputs: dict[str, str]) -> str:
    """sha256 over parameters, inputs and library versions."""
    body = json.dumps([job.slug, job.parameters, inputs, versions()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def done_record(folder: Path, slug: str, key: str) -> JobRecord | None:
    """The published record when it parses, its key is `key` and every output is intact; else None."""
    try:
        record = JobRecord.model_validate_json((folder / f"{slug}.json").read_bytes())
    except (OSError, ValidationError):
        return None
    if record.cache_key != key or record.outcome != "succeeded":
        return None
    return record if all(_intact(folder, one) for one in record.outputs) else None


def _intact(folder: Path, record: FileRecord) -> bool:
    path = folder / record.name
    return path.is_file() and path.stat().st_size == record.size and digest_of(path) == record.sha256
