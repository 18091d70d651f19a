"""The run: one scope, one plan, every job made or found done, then run.json and the index pages."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yuechi_report.intake.book import read_book
from yuechi_report.page.manifest import CellError, JobRecord, RunRecord
from yuechi_report.run.cache import cache_key, done_record, inputs_of, versions
from yuechi_report.run.contract import check_contract
from yuechi_report.run.index import publish_indexes
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.make import Order, make_report
from yuechi_report.run.plan import Job, Plan, Wanted, make_plan
from yuechi_report.run.publish import publish_text, withdraw_files
from yuechi_report.settings.request import Moment, RunRequest
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Scope


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run: what is wanted of a scope, how many workers, whether to redo what is done."""

    wanted: Callable[[Scope], Wanted] = lambda _: Wanted()
    workers: int = 2
    force: bool = False


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
    scope = assemble(workspace, request, moment)
    target = workspace.report_dir(request.notice, scope.period.quarter, moment.folder)
    plan = make_plan(request, moment, scope, target=target, wanted=options.wanted(scope))
    for job in {job.notebook: job for job in plan.jobs}.values():
        check_contract(job, workspace.notebooks_dir / job.notebook)
    started = clock()
    with quarter_lock(target):
        records = _make_all(_orders(workspace, plan, scope), options, watch)
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


def _orders(workspace: Workspace, plan: Plan, scope: Scope) -> list[Order]:
    return [_order(workspace, plan.target, job, scope) for job in plan.jobs]


def _order(workspace: Workspace, target: Path, job: Job, scope: Scope) -> Order:
    own = scope.for_unit(job.unit) if job.unit else scope
    own = own.for_task(job.task_no) if job.task_no else own
    notebook = workspace.notebooks_dir / job.notebook
    inputs = inputs_of(notebook, own.digest, dict(own.office.faces).values())
    return Order(job, own.to_json(), cache_key(job, inputs), tuple(inputs.items()), workspace.root, notebook, target)


def _make_all(orders: Sequence[Order], options: RunOptions, watch: Watcher) -> dict[str, JobRecord]:
    records: dict[str, JobRecord] = {}
    todo: list[Order] = []
    for order in orders:
        done = None if options.force else done_record(order.target, order.job.slug, order.cache_key)
        if done is None:
            todo.append(order)
        else:
            records[order.job.slug] = done
            watch(Step(len(records), len(orders), done, reused=True))
    for record in _make_in_workers(todo, options.workers):
        records[record.slug] = record
        watch(Step(len(records), len(orders), record, reused=False))
    return records


def _make_in_workers(orders: Sequence[Order], workers: int) -> Iterator[JobRecord]:
    if not orders:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(orders)), mp_context=context) as pool:
        waiting = {pool.submit(make_report, order): order for order in orders}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield _not_finished(waiting[future])


def _not_finished(order: Order) -> JobRecord:
    return JobRecord(
        slug=order.job.slug,
        title=order.job.title,
        notebook=order.job.notebook,
        parameters=dict(order.job.parameters),
        cache_key=order.cache_key,
        outcome="not_started",
        error=CellError(cell=0, message="工作进程被中断，请重新运行"),
        inputs=dict(order.inputs),
    )


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
