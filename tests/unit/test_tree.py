"""The house stays small: how many modules, how long, each name used once, every module importable on its own."""

import ast
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
MODULES_MOST = 275
MODULES_IN_A_FOLDER_MOST = 18  # cli apart: one module a command
LINES_MOST = 34_000
LINES_OF_A_MODULE_MOST = 300
SHORT, SHORT_MODULES_MOST = 40, 14
SERVANTS = {"cli", "datasets"}
"""Where a module is named like the thing it serves."""
TWO_THINGS = {"verify", "policy", "rules", "corrections", "progress", "cells"}
"""Words that name two things well: the book's check and a folder's; a rule's thresholds and the file they come from;
the rules of the domain and those drawn in a figure; a report's corrections and a notice's; progress and its figure;
the cells of a table and of a table in Word."""

LOADED_BY = {"yuechi_report.run.inprocess": "papermill"}
"""An engine's module is loaded by papermill itself, by its entry point, and papermill must have begun."""

FILES = sorted(SRC.rglob("*.py"))
MODULES = [path for path in FILES if path.name != "__init__.py"]


def lines(path: Path) -> int:
    """How long a file is."""
    return len(path.read_text(encoding="utf-8").splitlines())


def name_of(path: Path) -> str:
    """A file as `import` names it."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def repeated(places: dict[str, list[str]]) -> dict[str, list[str]]:
    """The names that are used in more than one place."""
    return {name: found for name, found in places.items() if len(found) > 1}


def test_modules_and_lines_keep_to_the_budget() -> None:
    """At most so many modules besides __init__.py, and so many lines in all."""
    assert len(MODULES) <= MODULES_MOST
    assert sum(lines(path) for path in FILES) < LINES_MOST


def test_no_folder_is_a_street() -> None:
    """No folder but cli holds more modules side by side than a reader takes in."""
    counted = Counter(name_of(path.parent / "__init__.py") for path in MODULES if path.parent.name != "cli")
    assert {name: number for name, number in counted.items() if number > MODULES_IN_A_FOLDER_MOST} == {}


def test_no_module_is_too_long_and_few_are_short() -> None:
    """A module is a page: none is over 300 lines, fewer than 15 are under 40."""
    length = {name_of(path): lines(path) for path in MODULES}
    assert {name: number for name, number in length.items() if number > LINES_OF_A_MODULE_MOST} == {}
    short = sorted(name for name, number in length.items() if number < SHORT)
    assert len(short) <= SHORT_MODULES_MOST, short


def test_a_class_name_means_one_thing() -> None:
    """No two classes of the program have the same name."""
    places = defaultdict(list)
    for path in FILES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(name_of(path))
    assert repeated(places) == {}


def test_a_module_name_means_one_thing() -> None:
    """No two modules have the same name, but a command or a dataset and the thing it serves."""
    places = defaultdict(list)
    for path in MODULES:
        if path.parent.name not in SERVANTS and path.stem not in TWO_THINGS:
            places[path.stem].append(name_of(path))
    assert repeated(places) == {}


def first_of_each_room() -> set[Path]:
    """The modules whose import is tried by `make test`; `make prove` tries all."""
    return set({path.relative_to(SRC).parts[1]: path for path in reversed(MODULES)}.values())


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=name_of(path), marks=[] if path in first_of_each_room() else pytest.mark.proof)
        for path in MODULES
    ],
)
def test_every_module_can_be_imported_first(path: Path) -> None:
    """A fresh interpreter imports it before any other of ours: none needs another to have been imported."""
    name = name_of(path)
    words = [sys.executable, "-c", f"import {LOADED_BY.get(name, name)}, {name}"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
