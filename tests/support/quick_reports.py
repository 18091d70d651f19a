"""Makes reports that are one line of text, published and recorded like real ones: a whole run in a second."""

from collections.abc import Iterator, Sequence

from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.run.batch import Step
from yuechi_report.run.limits import RunOptions
from yuechi_report.run.plan import Job
from yuechi_report.run.publish import describe, publish_record


def make_lines(jobs: Sequence[Job], options: RunOptions, held: tuple[int, ...] = ()) -> Iterator[JobRecord]:
    """Stands for run.workers.make_jobs."""
    for job in jobs:
        path = job.target / f"{job.slug}.html"
        path.write_text(f"{job.title} {job.inputs}", encoding="utf-8")
        record = job.record("succeeded").model_copy(update={"outputs": (describe(path),)})
        publish_record(record, job.target)
        yield record


def fail(jobs: Sequence[Job], options: RunOptions, held: tuple[int, ...] = ()) -> Iterator[JobRecord]:
    """Stands for it where every report fails."""
    for job in jobs:
        yield job.record("failed", CellError(cell=1, message="坏了"))


def kept_step(number: int, total: int, title: str) -> Step:
    """What the progress is told of a report that was done already."""
    record = JobRecord(slug="county", title=title, notebook="n.ipynb", parameters={}, cache_key="", outcome="succeeded")
    return Step(number, total, record, reused=True)
