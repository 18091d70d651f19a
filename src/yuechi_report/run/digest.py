"""What a report is made from, as sha256: files, this program, the fonts, and the key over all of it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

import yuechi_report
from yuechi_report.page.fonts import font_files, machine_font_files

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
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return _digest_of_all(f"{digest_of(root / name)} {name!r}" for name in names if "__pycache__" not in name)


@cache
def fonts_digest(faces: frozenset[str] = frozenset()) -> str:
    """sha256 over the shipped fonts and the machine's files of these families."""
    files = (*font_files(), *(machine_font_files(faces) if faces else ()))
    return _digest_of_all(map(digest_of, files))


@cache
def versions() -> dict[str, str]:
    """Versions of what decides an output."""
    return {"yuechi-report": yuechi_report.__version__} | {name: version(name) for name in LIBRARIES}


def inputs_of(notebook: Path, scope_digest: str, faces: Iterable[str] = ()) -> dict[str, str]:
    """What a report is made from, by name and hash; `faces` are families of the machine that it is set in."""
    return {
        "notebook": digest_of(notebook),
        "scope": scope_digest,
        "code": code_digest(),
        "fonts": fonts_digest(frozenset(family for family in faces if family)),
    }


def cache_key(slug: str, parameters: Sequence[tuple[str, str]], inputs: dict[str, str]) -> str:
    """sha256 over parameters, inputs and library versions."""
    body = json.dumps([slug, parameters, inputs, versions()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def _digest_of_all(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
