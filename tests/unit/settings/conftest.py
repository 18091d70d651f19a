"""An empty real workspace, made by the product, whose files a test overwrites."""

from pathlib import Path

import pytest

from yuechi_report.settings.opening import start_workspace
from yuechi_report.settings.workspace import Workspace


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    """A workspace as `start` leaves it."""
    return start_workspace(tmp_path / "office")
