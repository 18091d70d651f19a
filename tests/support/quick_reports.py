"""Makes reports that are one line of text, published and recorded like real ones: a whole run in a second."""

from collections.abc import Iterator, Sequence

from yuechi_report.page.manifest import CellError, JobRecord
from yuechi_report.run.limits import Crew
from yuechi_report.run.plan import Order
from yuechi_report.run.publish import describe, publish_record


def make_lines(orders: Sequence[Order], crew: Crew, held: tuple[int, ...] = ()) -> Iterator[JobRecord]:
    """Stands for run.workers.make_orders."""
    for order in orders:
        path = order.target / f"{order.job.slug}.html"
        path.write_text(f"{order.job.title} {order.inputs}", encoding="utf-8")
        record = order.record("succeeded").model_copy(update={"outputs": (describe(path),)})
        publish_record(record, order.target)
        yield record


def fail(orders: Sequence[Order], crew: Crew, held: tuple[int, ...] = ()) -> Iterator[JobRecord]:
    """Stands for it where every report fails."""
    for order in orders:
        yield order.record("failed", CellError(cell=1, message="坏了"))
