"""A run that looks: errands, progress, what each quarter's run told, and that kept for the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from yuechi_report.cli.bar import Progress, tell
from yuechi_report.cli.options import now
from yuechi_report.cli.strays import take_strays_in, tell_strays
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ExitCode
from yuechi_report.intake.book.chain import open_refusals, read_book
from yuechi_report.page.manifest import JobRecord, RunRecord
from yuechi_report.run.answer import Answer, Question, inputs_digest, remember
from yuechi_report.run.batch import RunOptions, explain_run, run_quarters
from yuechi_report.run.limits import Crew
from yuechi_report.run.plan import Wanted
from yuechi_report.run.prepare import Errand
from yuechi_report.settings.request import load_request, resolve_ahead, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.index import try_refresh
from yuechi_report.source.scope import Scope


@dataclass(frozen=True, slots=True)
class Manner:
    """How to run: by whom, whether to redo what is done, to wait for another run, to take unknown files in."""

    crew: Crew
    force: bool = False
    wait: bool = False
    taking_in: bool = False


def explain(place: Workspace, questions: Sequence[Question], manner: Manner) -> None:
    """List what would be made and why."""
    if manner.taking_in:
        _take_in(place, questions)
    errands, _ = _look(place, questions)
    intents = explain_run(place, errands, RunOptions(_wanted(questions[0]), force=manner.force))
    for one in intents:
        name = one.job.title if len(errands) == 1 else f"{one.notice}　{one.job.title}"
        click.echo(f"{'生成' if one.reason else '不变'}　{name}" + (f"：{one.reason}" if one.reason else ""))
    click.echo(f"共{len(intents)}份，须生成{sum(bool(one.reason) for one in intents)}份。")


def make(place: Workspace, questions: Sequence[Question], manner: Manner) -> ExitCode:
    """Make what is not done, tell what came of it and keep that; the worst of the quarters' exit codes."""
    if manner.taking_in:
        _take_in(place, questions)
    inputs = _inputs(place)
    errands, strays = _look(place, questions)
    answers: list[Answer] = []

    def ended(run: RunRecord, made: Sequence[JobRecord]) -> None:
        number = len(answers)
        answers.append(_answer(place, run, made, strays[number]))
        if inputs:
            remember(place, questions[number], inputs, made, answers[number])

    try_refresh(place)
    options = RunOptions(_wanted(questions[0]), _attention, ended, manner.crew, manner.force, manner.wait)
    with Progress() as progress:
        runs = run_quarters(place, errands, options, clock=now, watch=progress.step)
    for run, answer in zip(runs, answers, strict=True):
        tell(place, run.notice, run.quarter, run.label, answer)
    return max(answer.code for answer in answers)


def _take_in(place: Workspace, questions: Sequence[Question]) -> None:
    for one in questions:
        request = load_request(place, one.notice, one.quarter)
        take_strays_in(place, request.notice, Quarter.parse(request.quarter))


def _inputs(place: Workspace) -> str:
    """What the run begins with, before it reads anything: what changes meanwhile, the next run sees. Empty where
    a file cannot be read: the answer is not kept then.
    """
    try:
        return inputs_digest(place)
    except OSError:
        return ""


def _look(place: Workspace, questions: Sequence[Question]) -> tuple[list[Errand], list[tuple[str, ...]]]:
    """The errands, and the lines about unknown files."""
    errands, strays = [], []
    for one in questions:
        request = load_request(place, one.notice, one.quarter)
        strays.append(tell_strays(place, request.notice, Quarter.parse(request.quarter)))
        resolve = resolve_ahead if one.early_warning else resolve_moment
        errands.append(Errand(request, resolve(request, one.as_of, one.known_at, label=one.label)))
    return errands, strays


def _wanted(question: Question) -> Callable[[Scope], Wanted]:
    def wanted(scope: Scope) -> Wanted:
        return Wanted(question.units, _sheets_due(scope) if question.sheets else None, question.early_warning)

    return wanted


def _sheets_due(scope: Scope) -> Any:
    from yuechi_report.report.context import LEADERS, Report
    from yuechi_report.report.sheet.due import sheets_due

    return sheets_due(Report(scope, LEADERS))


def _attention(scope: Scope) -> tuple[str, ...]:
    from yuechi_report.report.context import LEADERS, Report
    from yuechi_report.report.county.attention import attention_lines

    return attention_lines(Report(scope, LEADERS))


def _answer(place: Workspace, run: RunRecord, made: Sequence[JobRecord], strays: tuple[str, ...]) -> Answer:
    bad = [job for job in run.jobs if job.outcome != "succeeded"]
    refused = open_refusals(read_book(place.book_file), run.notice, run.quarter, run.known_at)
    lines = [f"第{one.seq}号收件未能全部接收，尚未补正（{one.file or one.reason}）" for one in refused]
    return Answer(
        strays,
        tuple(job.title for job in made),
        len(run.jobs) - len(bad),
        str(run.as_of),
        tuple(f"{job.title}（{job.slug}）——{job.error.message if job.error else ''}" for job in bad),
        (*run.attention, *lines),
        ExitCode.REPORTS if bad else ExitCode.INPUT if refused else ExitCode.OK,
    )
