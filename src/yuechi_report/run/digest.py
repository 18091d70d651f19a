"""sha256 of files: by themselves, by folders, this program's, the fonts'. Light to import."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import yuechi_report
from yuechi_report.page.fonts import font_files, machine_font_files


def digest_of(path: Path) -> str:
    """sha256 of a file in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest_of_lines(lines: Iterable[str]) -> str:
    """sha256 of lines, none of which has a line break in it."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def lines_below(root: Path, wanted: Callable[[str], bool] = lambda _: True) -> Iterator[str]:
    """A line for every file below a folder whose relative path is wanted: sha256 and path, sorted, links followed.

    A folder that is not there has none; OSError where one cannot be read.
    """
    for place, folders, names in os.walk(root, onerror=_refuse, followlinks=True):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        folder = Path(place)
        inside = folder.relative_to(root)
        for path in filter(wanted, ((inside / name).as_posix() for name in sorted(names))):
            yield f"{digest_of(root / path)} {path!r}"


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


@cache
def code_digest() -> str:
    """sha256 over this package's files (code, templates, styles), by relative name."""
    root = Path(yuechi_report.__file__).parent
    return digest_of_lines(lines_below(root))


@cache
def fonts_digest(faces: frozenset[str] = frozenset()) -> str:
    """sha256 over the shipped fonts and the machine's files of these families."""
    files = (*font_files(), *(machine_font_files(faces) if faces else ()))
    return digest_of_lines(map(digest_of, files))


def installed() -> list[str]:
    """The interpreter and every distribution it can import, by name and version, in the order of the search."""
    return [
        sys.version.replace("\n", " "),
        *(name for place in sys.path for name in _distributions(Path(place or "."))),
    ]


def _distributions(place: Path) -> list[str]:
    if place.is_file():
        return [digest_of(place)]  # an archive of modules
    names = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
    return [repr(name) for name in names if name.endswith((".dist-info", ".egg-info"))]
