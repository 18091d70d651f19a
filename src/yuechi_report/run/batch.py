"""The run: one scope, one plan, every job made or found done, then run.json and the index pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from yuechi_report.intake.book import read_book
from yuechi_report.page.manifest import JobRecord, RunRecord
from yuechi_report.run.cache import Finding, cache_key, find_done, inputs_of, versions
from yuechi_report.run.index import publish_indexes
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.order import Order
from yuechi_report.run.plan import Job, Plan, Wanted, make_plan
from yuechi_report.run.publish import publish_text, withdraw_files
from yuechi_report.run.workers import Crew, make_orders
from yuechi_report.settings.request import Moment, RunRequest
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Scope


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run: what is wanted of a scope, by whom, whether to redo what is done, whether to wait for
    another run.
    """

    wanted: Callable[[Scope], Wanted] = lambda _: Wanted()
    crew: Crew = field(default_factory=Crew)
    force: bool = False
    wait: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One finished job, for progress: how many of how many, and whether it was already done."""

    number: int
    total: int
    record: JobRecord
    reused: bool


Watcher = Callable[[Step], None]
Clock = Callable[[], datetime]


def run_quarter(
    workspace: Workspace, request: RunRequest, moment: Moment, options: RunOptions, *, clock: Clock, watch: Watcher
) -> tuple[RunRecord, Scope]:
    """Make every report of a quarter; the record tells each one's outcome. One run a quarter at a time."""
    scope, plan = _planned(workspace, request, moment, options)
    target = plan.target
    started = clock()
    with quarter_lock(target, wait=options.wait) as held:
        records = _make_all(_orders(workspace, plan, scope), options, watch, held)
        chain_head = read_book(workspace.book_file).head_at(scope.known_at)
        run = RunRecord(
            run_id=f"{request.notice}-{request.quarter}-{started:%Y%m%dT%H%M%S}",
            notice=request.notice,
            quarter=request.quarter,
            label=moment.folder,
            ahead=moment.ahead,
            as_of=scope.as_of,
            known_at=scope.known_at,
            chain_head=chain_head,
            versions=versions(),
            started_at=started,
            finished_at=clock(),
            jobs=_with_kept(plan, records),
        )
        publish_text(run.model_dump_json(indent=1) + "\n", target / "run.json")
        publish_indexes(workspace, run)
    return run, scope


@dataclass(frozen=True, slots=True)
class Intent:
    """What a run would do about one report; an empty reason means that it is done already."""

    job: Job
    reason: str


def explain_run(workspace: Workspace, request: RunRequest, moment: Moment, options: RunOptions) -> tuple[Intent, ...]:
    """The plan with the reason why each report would be made; nothing is written."""
    scope, plan = _planned(workspace, request, moment, options)
    orders = _orders(workspace, plan, scope)
    return tuple(Intent(order.job, "要求重做" if options.force else _done(order).reason) for order in orders)


def _planned(workspace: Workspace, request: RunRequest, moment: Moment, options: RunOptions) -> tuple[Scope, Plan]:
    scope = assemble(workspace, request, moment)
    target = workspace.report_dir(request.notice, scope.period.quarter, moment.folder)
    return scope, make_plan(request, moment, scope, target=target, wanted=options.wanted(scope))


def _done(order: Order) -> Finding:
    return find_done(order.target, order.job.slug, order.cache_key, dict(order.inputs))


def _orders(workspace: Workspace, plan: Plan, scope: Scope) -> list[Order]:
    return [_order(workspace, plan.target, job, scope) for job in plan.jobs]


def _order(workspace: Workspace, target: Path, job: Job, scope: Scope) -> Order:
    own = scope.for_unit(job.unit) if job.unit else scope
    own = own.for_task(job.task_no) if job.task_no else own
    notebook = workspace.notebooks_dir / job.notebook
    inputs = inputs_of(notebook, own.digest)
    return Order(job, own.to_json(), cache_key(job, inputs), tuple(inputs.items()), workspace.root, notebook, target)


def _make_all(
    orders: Sequence[Order], options: RunOptions, watch: Watcher, held: tuple[int, ...]
) -> dict[str, JobRecord]:
    records: dict[str, JobRecord] = {}
    todo: list[Order] = []
    for order in orders:
        done = None if options.force else _done(order).record
        if done is None:
            todo.append(order)
        else:
            records[order.job.slug] = done
            watch(Step(len(records), len(orders), done, reused=True))
    _check_contracts(todo)
    for record in make_orders(todo, options.crew, held):
        records[record.slug] = record
        watch(Step(len(records), len(orders), record, reused=False))
    return records


def _check_contracts(orders: Sequence[Order]) -> None:
    """Each notebook once, and only where one will be executed: reading them takes papermill."""
    if not orders:
        return
    from yuechi_report.run.contract import check_contract  # noqa: PLC0415 - see above

    for order in {order.notebook: order for order in orders}.values():
        check_contract(order.job, order.notebook)


def _with_kept(plan: Plan, records: dict[str, JobRecord]) -> tuple[JobRecord, ...]:
    """The records in the plan's order, after those of earlier runs that this one did not touch; sheets
    that are not due any more are withdrawn.
    """
    kept: dict[str, JobRecord] = {}
    try:
        before = RunRecord.model_validate_json((plan.target / "run.json").read_bytes())
        kept = {job.slug: job for job in before.jobs}
    except (OSError, ValueError):
        pass
    for outdated in [record for record in kept.values() if plan.is_outdated(record)]:
        withdraw_files(kept.pop(outdated.slug), plan.target)
    kept.update({job.slug: records[job.slug] for job in plan.jobs})
    return tuple(kept.values())
