"""The run: every job of every request, made or found done, then run.json and the index pages."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime

from yuechi_report.intake.book.chain import read_book
from yuechi_report.page.manifest import JobRecord, RunRecord
from yuechi_report.run.digest import versions
from yuechi_report.run.entrance import publish_run
from yuechi_report.run.fitness import check_machine
from yuechi_report.run.limits import RunOptions
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.plan import Job, Plan, RunRequest
from yuechi_report.run.prepare import SheetsDue, finding, prepare
from yuechi_report.run.publish import published_sheets, read_record, withdraw_files, withdraw_published
from yuechi_report.run.workers import make_jobs
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import Scope


@dataclass(frozen=True, slots=True)
class Wing:
    """What a run asks the report wing, which it does not import: the sheets that a scope calls for, and the
    lines that say what needs a person; these are asked for only where the quarter has changed.
    """

    sheets_due: SheetsDue
    attention: Callable[[Scope], tuple[str, ...]]


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
Begin = Callable[[int, int], None]
"""Hears, once and only where anything is to be made, how many reports of how many."""
Clock = Callable[[], datetime]


def explain_run(workspace: Workspace, requests: Sequence[RunRequest], *, force: bool, wing: Wing) -> tuple[Intent, ...]:
    """The plan with the reason why each report would be made; nothing is written."""
    check_machine()
    return tuple(
        Intent(request.notice, job, finding(job, force=force).reason)
        for request in requests
        for job in prepare(workspace, request, wing.sheets_due).jobs
    )


def run_quarters(  # noqa: PLR0913 - two of them hear what happens
    workspace: Workspace,
    requests: Sequence[RunRequest],
    options: RunOptions,
    *,
    wing: Wing,
    clock: Clock,
    watch: Watcher,
    begin: Begin = lambda *_: None,
) -> tuple[RunRecord, ...]:
    """Make every report of these requests in one batch, holding the locks of all quarters; a record each."""
    check_machine()
    plans = [prepare(workspace, request, wing.sheets_due) for request in requests]
    started = clock()
    with ExitStack() as stack:
        held = tuple(stack.enter_context(quarter_lock(plan.occasion.target, wait=options.wait)) for plan in plans)
        made = _make_all([job for plan in plans for job in plan.jobs], options, watch, begin=begin, held=held)
        return tuple(_close(plan, made, wing, times=(started, clock())) for plan in plans)


def _make_all(
    jobs: Sequence[Job], options: RunOptions, watch: Watcher, *, begin: Begin, held: tuple[int, ...]
) -> dict[str, JobRecord]:
    """Records by cache key."""
    records: dict[str, JobRecord] = {}
    todo: list[Job] = []
    for job in jobs:
        found = finding(job, force=options.force).record
        if found is None:
            todo.append(job)
        else:
            records[job.cache_key] = found
            watch(Step(len(records), len(jobs), found, reused=True))
    if todo:
        begin(len(todo), len(jobs))
        from yuechi_report.run.execute import check_contract  # noqa: PLC0415 - takes papermill

        for job in {job.notebook: job for job in todo}.values():
            check_contract(job)
    with closing(make_jobs(todo, options, held)) as ended:
        for record in ended:
            records[record.cache_key] = record
            watch(Step(len(records), len(jobs), record, reused=False))
    return records


def _close(plan: Plan, made: dict[str, JobRecord], wing: Wing, *, times: tuple[datetime, datetime]) -> RunRecord:
    """Write run.json and the index pages of one notice's quarter."""
    occasion = plan.occasion
    params, moment, scope = occasion.params, occasion.moment, occasion.scope
    before = read_record(occasion.target / "run.json", RunRecord)
    same = before is not None and before.state_key == occasion.state_key
    run = RunRecord(
        run_id=f"{params.notice}-{params.quarter}-{times[0]:%Y%m%dT%H%M%S}",
        notice=params.notice,
        quarter=params.quarter,
        label=moment.folder,
        ahead=moment.ahead,
        as_of=scope.as_of,
        preview_of=scope.preview_of,
        known_at=scope.known_at,
        chain_head=read_book(occasion.workspace.book_file).head_at(scope.known_at),
        state_key=occasion.state_key,
        attention=before.attention if before is not None and same else wing.attention(scope),
        versions=versions(),
        started_at=times[0],
        finished_at=times[1],
        jobs=_with_kept(plan, before, made),
        made=tuple(job.slug for job in plan.jobs),
    )
    return publish_run(occasion.workspace, run)


def _with_kept(plan: Plan, before: RunRecord | None, made: dict[str, JobRecord]) -> tuple[JobRecord, ...]:
    """The records in the plan's order, after those of earlier runs that this one did not touch; sheets
    that are not due any more are withdrawn.
    """
    kept = {job.slug: job for job in before.jobs} if before is not None else {}
    for outdated in [record for record in kept.values() if plan.is_outdated(record)]:
        withdraw_files(kept.pop(outdated.slug), plan.occasion.target)
    if plan.every_sheet:  # what an earlier run's record lost sight of
        for slug in published_sheets(plan.occasion.target) - {job.slug for job in plan.jobs}:
            withdraw_published(slug, plan.occasion.target)
    kept.update({job.slug: made[job.cache_key] for job in plan.jobs})
    return tuple(kept.values())
