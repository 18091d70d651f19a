"""Jobs → records: by forked children, by kernels in a pool of processes, or by the workers of a cluster."""

import tempfile
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

from yuechi_report.page.manifest import JobRecord
from yuechi_report.run.limits import Isolation, RunOptions
from yuechi_report.run.plan import Job


def make_jobs(jobs: Sequence[Job], options: RunOptions, held: tuple[int, ...] = ()) -> Generator[JobRecord, None, None]:
    """The records of the jobs as they end; a job whose worker died is a record, too. Closing it ends what is under way.

    `held` are the descriptors of the run's locks: whoever publishes holds them, too.
    """
    if not jobs:
        return
    if options.scheduler:
        from yuechi_report.run.cluster import make_on_cluster  # noqa: PLC0415 - an extra

        yield from make_on_cluster(options.scheduler, jobs, options.limits)
    elif options.isolation is Isolation.FORK:
        from yuechi_report.run.forks import make_by_forks  # noqa: PLC0415 - POSIX only

        yield from make_by_forks(jobs, options.limits, workers=options.workers, held=held)
    else:
        yield from _by_kernels(jobs, options.workers)


def _by_kernels(jobs: Sequence[Job], workers: int) -> Iterator[JobRecord]:
    import multiprocessing  # noqa: PLC0415 - kernels only
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=context) as pool:
        waiting = {pool.submit(make_with_kernel, job): job for job in jobs}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield waiting[future].not_started()


def make_with_kernel(job: Job) -> JobRecord:
    """One report, its notebook executed in an ordinary kernel."""
    from yuechi_report.run.make import make_report  # noqa: PLC0415 - heavy; only workers make reports

    with tempfile.TemporaryDirectory(prefix="yuechi-") as scratch:
        return make_report(job, Path(scratch))
