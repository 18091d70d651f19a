"""The run: every job of every notice asked for, made or found done, then run.json and the index pages."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from yuechi_report.intake.book.chain import read_book
from yuechi_report.page.manifest import JobRecord, RunRecord
from yuechi_report.run.entrance import publish_indexes
from yuechi_report.run.limits import Crew
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.plan import Job, Order, Plan, Wanted
from yuechi_report.run.prepare import Errand, Prepared, finding, prepare, versions
from yuechi_report.run.publish import publish_text, withdraw_files
from yuechi_report.run.workers import make_orders
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import Scope


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run: what is wanted of a scope, by whom, whether to redo what is done, whether to wait for
    another run. `attend` tells what needs a person; it is asked only where the quarter has changed. `ended`
    is told each record and the reports of this run in the plan's order, when all is written and still locked.
    """

    wanted: Callable[[Scope], Wanted] = lambda _: Wanted()
    attend: Callable[[Scope], tuple[str, ...]] = lambda _: ()
    ended: Callable[[RunRecord, Sequence[JobRecord]], None] = lambda _run, _made: None
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


@dataclass(frozen=True, slots=True)
class Intent:
    """What a run would do about one report; an empty reason means that it is done already."""

    notice: str
    job: Job
    reason: str


Watcher = Callable[[Step], None]
Clock = Callable[[], datetime]


def explain_run(workspace: Workspace, errands: Sequence[Errand], options: RunOptions) -> tuple[Intent, ...]:
    """The plan with the reason why each report would be made; nothing is written."""
    return tuple(
        Intent(errand.request.notice, order.job, finding(order, force=options.force).reason)
        for errand in errands
        for order in prepare(workspace, errand, options.wanted).orders
    )


def run_quarters(
    workspace: Workspace, errands: Sequence[Errand], options: RunOptions, *, clock: Clock, watch: Watcher
) -> tuple[RunRecord, ...]:
    """Make every report of these notices' quarters in one batch; a record each tells every outcome.

    One run a quarter at a time: the locks of all are held until the last record is written.
    """
    prepared = [prepare(workspace, errand, options.wanted) for errand in errands]
    started = clock()
    with ExitStack() as stack:
        held = [fd for one in prepared for fd in stack.enter_context(quarter_lock(one.plan.target, wait=options.wait))]
        made = _make_all([order for one in prepared for order in one.orders], options, watch, held=tuple(held))
        runs = tuple(_close(workspace, one, made, options, times=(started, clock())) for one in prepared)
        for one, run in zip(prepared, runs, strict=True):
            options.ended(run, [made[order.cache_key] for order in one.orders])
        return runs


def _make_all(
    orders: Sequence[Order], options: RunOptions, watch: Watcher, *, held: tuple[int, ...]
) -> dict[str, JobRecord]:
    """Records by cache key."""
    records: dict[str, JobRecord] = {}
    todo: list[Order] = []
    last: list[JobRecord] = []
    for order in orders:
        found = finding(order, force=options.force)
        if found.record is None:
            todo.append(order)
            last += [found.last] if found.last is not None else []
        else:
            records[order.cache_key] = found.record
            watch(Step(len(records), len(orders), found.record, reused=True))
    _check_contracts(todo, last)
    for record in make_orders(todo, options.crew, held):
        records[record.cache_key] = record
        watch(Step(len(records), len(orders), record, reused=False))
    return records


def _check_contracts(orders: Sequence[Order], last: Sequence[JobRecord]) -> None:
    """Each notebook once, and only where none of its reports has been made with these parameters: reading them
    takes papermill.
    """
    kept = {(one.notebook, one.inputs.get("notebook"), frozenset(one.parameters)) for one in last}
    asked = {
        (one.job.notebook, dict(one.inputs)["notebook"], frozenset(dict(one.job.parameters))): one for one in orders
    }
    unread = [order for contract, order in asked.items() if contract not in kept]
    if not unread:
        return
    from yuechi_report.run.execute import check_contract  # noqa: PLC0415 - see above

    for order in unread:
        check_contract(order.job, order.notebook)


def _close(
    workspace: Workspace,
    one: Prepared,
    made: dict[str, JobRecord],
    options: RunOptions,
    *,
    times: tuple[datetime, datetime],
) -> RunRecord:
    """Write run.json and the index pages of one notice's quarter."""
    request, moment, scope, target = one.errand.request, one.errand.moment, one.scope, one.plan.target
    before = _before(one.plan)
    unchanged = before is not None and before.state_key == one.state_key
    run = RunRecord(
        run_id=f"{request.notice}-{request.quarter}-{times[0]:%Y%m%dT%H%M%S}",
        notice=request.notice,
        quarter=request.quarter,
        label=moment.folder,
        ahead=moment.ahead,
        as_of=scope.as_of,
        known_at=scope.known_at,
        chain_head=read_book(workspace.book_file).head_at(scope.known_at),
        state_key=one.state_key,
        attention=before.attention if before is not None and unchanged else options.attend(scope),
        versions=versions(),
        started_at=times[0],
        finished_at=times[1],
        jobs=_with_kept(one, before, made),
    )
    publish_text(run.model_dump_json(indent=1) + "\n", target / "run.json")
    publish_indexes(workspace, run)
    return run


def _before(plan: Plan) -> RunRecord | None:
    """The record of the run before; None where there is none of this version."""
    try:
        return RunRecord.model_validate_json((plan.target / "run.json").read_bytes())
    except (OSError, ValueError):
        return None


def _with_kept(one: Prepared, before: RunRecord | None, made: dict[str, JobRecord]) -> tuple[JobRecord, ...]:
    """The records in the plan's order, after those of earlier runs that this one did not touch; sheets
    that are not due any more are withdrawn.
    """
    kept = {job.slug: job for job in before.jobs} if before is not None else {}
    for outdated in [record for record in kept.values() if one.plan.is_outdated(record)]:
        withdraw_files(kept.pop(outdated.slug), one.plan.target)
    kept.update({order.job.slug: made[order.cache_key] for order in one.orders})
    return tuple(kept.values())
