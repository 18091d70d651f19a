"""Floor 0 imports the standard library and itself, nothing else."""

import ast
import sys
from pathlib import Path

import pytest

import yuechi_report.domain

FOLDER = Path(yuechi_report.domain.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))


def imported(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it; a relative import keeps its dots."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def allowed(name: str) -> bool:
    """Standard library or domain."""
    return name.split(".", maxsplit=1)[0] in sys.stdlib_module_names or name.startswith("yuechi_report.domain")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_domain_imports_only_the_standard_library_and_itself(path: Path) -> None:
    """No pandas, no pydantic, no other room."""
    assert {name for name in imported(path) if not allowed(name)} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_domain_opens_no_files_and_reads_no_clock(path: Path) -> None:
    """Files, the environment and the clock are somebody else's floor."""
    assert imported(path) & {"os", "pathlib", "io", "time", "sqlite3", "subprocess", "random", "tempfile"} == set()


def test_there_are_modules_to_look_at() -> None:
    """The two rules above look at the whole floor."""
    assert {"status", "rules", "case", "progress"} <= {path.stem for path in MODULES}
