"""Manifest records: one a report (<slug>.json) and one a run (run.json). Readers trust the former."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from yuechi_report.page.model import Frozen

Outcome = Literal["succeeded", "failed", "not_started"]


class FileRecord(Frozen):
    """A file by name, hash and size in bytes; never a path."""

    name: str
    sha256: str
    size: int


class CellError(Frozen):
    """Which cell failed (1-based) and what it said."""

    cell: int
    message: str


class JobRecord(Frozen):
    """One report: what it was made from and what came of it. cpu and seconds are of this making."""

    slug: str
    title: str
    notebook: str
    parameters: dict[str, str]
    cache_key: str
    outcome: Outcome
    error: CellError | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_memory_mb: float = 0.0
    inputs: dict[str, str] = Field(default_factory=dict)
    outputs: tuple[FileRecord, ...] = ()


class RunRecord(Frozen):
    """One run of one quarter, assembled from its jobs' records. `label` ends its folder's name; `ahead`
    marks a working page made before the quarter's data were cut off, `preview_of` the day still to come of
    reports judged before it. `attention` are the lines that say what needs a person, for the data and the
    program named by `state_key`. `made` are the slugs of this run; the other jobs are those of earlier runs.
    `index` is the quarter's index page, `overview` the one over all quarters, as this run has written them.
    """

    schema_version: Literal[1] = 1
    run_id: str
    notice: str
    quarter: str
    label: str
    ahead: bool = False
    as_of: date
    preview_of: date | None = None
    known_at: datetime
    chain_head: str
    state_key: str = ""
    attention: tuple[str, ...] = ()
    versions: dict[str, str]
    started_at: datetime
    finished_at: datetime
    jobs: tuple[JobRecord, ...]
    made: tuple[str, ...] = ()
    index: FileRecord | None = None
    overview: FileRecord | None = None
