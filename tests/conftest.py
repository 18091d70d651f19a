"""Fixtures every folder of tests may use."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from yuechi_report.settings.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _no_shipped_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests find their workspace themselves, whatever the caller's environment says."""
    monkeypatch.delenv("YUECHI_SCOPE", raising=False)
    monkeypatch.delenv("YUECHI_WORKSPACE", raising=False)


@pytest.fixture
def repository() -> Workspace:
    """The repository as a workspace; tests only read it."""
    return Workspace(ROOT)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A copy of the shipped example that a test may change."""
    folder = tmp_path / "workspace"
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("ledger.db*", ".ipynb_checkpoints"))
    return Workspace(folder)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command line in this process: words → exit code, output, errors."""
    from yuechi_report.cli import main

    def call(*words: str | os.PathLike[str]) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["yuechi-report", *(os.fspath(word) for word in words)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        captured = capsys.readouterr()
        return int(code), captured.out, captured.err

    return call
