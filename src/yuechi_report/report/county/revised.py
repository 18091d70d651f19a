"""更正: what earlier reports said and what is known now; the printed figure stays (domain.md §3)."""

from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.corrections import Correction, CorrectionKind
from yuechi_report.domain.corrections import corrections as found_in
from yuechi_report.domain.progress import Decision
from yuechi_report.page.labels import label, quarter_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.page.table import Column, Table
from yuechi_report.report.cells import NUMBER, headline_lines, task_cells, text_cell, title_column
from yuechi_report.report.context import Past, Report
from yuechi_report.report.county.sections import CORRECTIONS, part
from yuechi_report.report.words.days import day_word
from yuechi_report.report.words.sentences import clipped, listed_tasks

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Revised:
    """One correction and the quarter whose report it corrects."""

    past: Past
    correction: Correction


def revised(report: Report) -> tuple[Revised, ...]:
    """What has become known of earlier quarters since the last report, the newest quarter first."""
    before = report.before
    if before is None:
        return ()
    return tuple(
        Revised(past, correction)
        for past in reversed(report.past)
        for correction in _of(report, past)
        if correction.cause.source.recorded_at > before.known_at
    )


def _of(report: Report, past: Past) -> tuple[Correction, ...]:
    scope, earlier = report.scope, past.earlier
    seen = scope.history.up_to(scope.period.quarter, report.as_of)
    return found_in(
        scope.register,
        seen,
        earlier.period,
        as_of_then=earlier.as_of,
        known_then=earlier.known_at,
        policy=scope.policy,
    )


def revised_note(report: Report) -> str:
    """上期数已修订：补证1项（任务15）、重新挂账1项（任务16）…, for the foot of page one; escaped."""
    found = [revision.correction for revision in revised(report) if revision.past.quarter == report.past[-1].quarter]
    if not found:
        return ""
    kinds = [
        (label(kind), [correction.task_no for correction in found if correction.kind is kind])
        for kind in CorrectionKind
        if any(correction.kind is kind for correction in found)
    ]
    told = "、".join(f"{word}{len(numbers)}项（{_some(numbers)}）" for word, numbers in kinds)
    return escape_markdown(f"上期数已修订：{told}，见{part(CORRECTIONS)}；括号内上季数仍按当时所列。")


def _some(numbers: list[int]) -> str:
    return listed_tasks(numbers) if len(numbers) <= _NAMED else f"{listed_tasks(numbers[:_NAMED])}等"


def corrections_sentence(report: Report) -> Prose:
    """How many corrections, or that there are none; nothing in a first report."""
    if report.before is None:
        return Prose(markdown="本期为首次报告，没有上期数需要更正。")
    number = len(revised(report))
    basis = "上期报告未印发，以下按台账比较。"
    return Prose(markdown=f"更正{number}项。{basis}" if number else "上期数没有更正。")


def corrections(report: Report) -> Table:
    """Grain: one row a correction: what was said then, what holds now, and on what it rests."""
    return Table(
        name="corrections",
        columns=(
            NUMBER,
            title_column(8.6),
            Column(key="kind", title="类别", align="center", width=4.8),
            Column(key="then", title="上期列为", width=10.6),
            Column(key="now", title="现认定为", width=10.6),
            Column(key="basis", title="依据", width=9.1),
        ),
        rows=tuple(
            (
                *task_cells(report, revision.correction.now)[:2],
                text_cell(label(revision.correction.kind)),
                text_cell(_state(report, revision.correction, revision.correction.then)),
                text_cell(_state(report, revision.correction, revision.correction.now)),
                text_cell(_basis(report, revision)),
            )
            for revision in revised(report)
        ),
        empty_text="",
        compact=True,
    )


def _state(report: Report, correction: Correction, status: Assessment) -> str:
    """The headline; where only the report's discipline changed, that."""
    if correction.changed == ("discipline",):
        return label(status.discipline)
    return headline_lines(report, status)


def _basis(report: Report, revision: Revised) -> str:
    cause = revision.correction.cause
    quarter = f"（{quarter_label(revision.past.quarter)}）" if revision.past.quarter != report.past[-1].quarter else ""
    if isinstance(cause, Decision):
        return f"{day_word(report, cause.decided_on)}{label(cause.action)}{quarter}"
    return clipped(f"{day_word(report, cause.source.recorded_at.date())}登记的填报{quarter}", 30)
