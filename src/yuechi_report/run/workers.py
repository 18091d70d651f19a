"""Orders → records, by a fork server's children or by kernels in a pool of processes."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.run.limits import Crew, Isolation
from yuechi_report.run.plan import Order


def make_orders(orders: Sequence[Order], crew: Crew, held: tuple[int, ...] = ()) -> Iterator[JobRecord]:
    """The records of the orders as they end; an order whose worker died is a record, too.

    `held` are the descriptors of the run's locks: whoever publishes holds them, too.
    """
    if not orders:
        return
    if crew.scheduler:
        from yuechi_report.run.cluster import make_on_cluster  # noqa: PLC0415 - an extra

        yield from make_on_cluster(crew.scheduler, orders, crew.limits)
    elif crew.isolation is Isolation.FORK:
        yield from _by_forks(orders, crew, held)
    else:
        yield from _by_kernels(orders, crew)


def _by_forks(orders: Sequence[Order], crew: Crew, held: tuple[int, ...]) -> Iterator[JobRecord]:
    from yuechi_report.run.forks import ForkServer, ServerLost  # noqa: PLC0415 - POSIX only

    left = {order.cache_key: order for order in orders}
    try:
        with ForkServer({order.notebook: None for order in orders}, held) as server:
            for record in server.make(orders, crew.limits, workers=crew.workers):
                del left[record.cache_key]
                yield record
    except ServerLost:
        yield from map(_not_started, left.values())


def _by_kernels(orders: Sequence[Order], crew: Crew) -> Iterator[JobRecord]:
    import multiprocessing  # noqa: PLC0415 - kernels only
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(crew.workers, len(orders)), mp_context=context) as pool:
        waiting = {pool.submit(make_with_kernel, order): order for order in orders}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield _not_started(waiting[future])


def make_with_kernel(order: Order) -> JobRecord:
    """One report, its notebook executed in an ordinary kernel."""
    from yuechi_report.run.make import make_report  # noqa: PLC0415 - heavy; only workers make reports

    with tempfile.TemporaryDirectory(prefix="yuechi-") as scratch:
        return make_report(order, Path(scratch))


def _not_started(order: Order) -> JobRecord:
    return order.record("not_started", CellError(cell=0, message="工作进程被中断，请重新运行"))
