"""Jobs for notebooks that misbehave."""

from pathlib import Path

import pytest
from misbehaving import MakeJob, job_maker


@pytest.fixture
def job(tmp_path: Path) -> MakeJob:
    """Makes an job for a notebook of some cells, published under tmp_path/reports."""
    return job_maker(tmp_path)
