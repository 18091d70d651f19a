"""An order: one report to be made, with all that its worker needs; light to import and to send."""

from dataclasses import dataclass
from pathlib import Path

from yuechi_report.page.manifest import CellError, JobRecord, Outcome
from yuechi_report.run.plan import Job


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker gets: the job, its shipped scope, and where everything is. Paths are absolute.

    `media` limits what is made of the notebook to these suffixes; all of them where it is empty.
    """

    job: Job
    scope_json: bytes
    cache_key: str
    inputs: tuple[tuple[str, str], ...]
    workspace: Path
    notebook: Path
    target: Path
    media: tuple[str, ...] = ()

    def record(self, outcome: Outcome, error: CellError | None = None) -> JobRecord:
        """The order's record without what it cost."""
        return JobRecord(
            slug=self.job.slug,
            title=self.job.title,
            notebook=self.job.notebook,
            parameters=dict(self.job.parameters),
            cache_key=self.cache_key,
            outcome=outcome,
            error=error,
            inputs=dict(self.inputs),
        )
