"""更正: what earlier reports said and what is known now; the printed figure stays (domain.md §3)."""

from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Discipline
from yuechi_report.domain.corrections import Correction, CorrectionKind
from yuechi_report.domain.corrections import corrections as found_in
from yuechi_report.domain.progress import Decision
from yuechi_report.page.labels import label, quarter_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import NUMBER, headline_lines, task_cells, text_cell, title_column
from yuechi_report.report.context import Past, Report
from yuechi_report.report.county.sections import CORRECTIONS, part
from yuechi_report.report.provenance import from_report
from yuechi_report.report.words.days import day_word
from yuechi_report.report.words.sentences import clipped, listed_tasks
from yuechi_report.source.scope import gap_words

_NAMED = 3

_BASES = {
    CorrectionKind.RECORDED_LATER: "{day}登记的填报",
    CorrectionKind.RECEIVED_LATER: "判定日后收到的填报",
    CorrectionKind.WITHDRAWN: "{day}撤回的填报",
}
"""What a correction rests on that no decision caused."""


@dataclass(frozen=True, slots=True)
class Revised:
    """One correction and the quarter whose report it corrects."""

    past: Past
    correction: Correction


def revised(report: Report) -> tuple[Revised, ...]:
    """What has become known of earlier quarters since the last report, the newest quarter first."""
    last = report.last
    if last is None:
        return ()
    return tuple(
        Revised(past, correction)
        for past in reversed(report.past)
        for correction in _of(report, past)
        if correction.is_news(last.as_of, last.known_at)
    )


def _of(report: Report, past: Past) -> tuple[Correction, ...]:
    scope, earlier = report.scope, past.earlier
    seen = scope.history.up_to(scope.period.quarter, report.as_of)
    return found_in(
        scope.register, seen, earlier.period, as_of_then=earlier.as_of, known_then=earlier.known_at, policy=scope.policy
    )


def revised_note(report: Report) -> str:
    """上期数已修订：补证1项（任务15）、重新挂账1项（任务16）…, for the foot of page one; escaped."""
    before = report.before
    found = [revision.correction for revision in revised(report) if before and revision.past.earlier == before]
    if not found:
        return ""
    kinds = [
        (kind, list(dict.fromkeys(correction.task_no for correction in found if correction.kind is kind)))
        for kind in CorrectionKind
    ]
    told = "、".join(f"{label(kind)}{len(numbers)}项（{_some(numbers)}）" for kind, numbers in kinds if numbers)
    purged = len(dict(kinds)[CorrectionKind.PURGED])
    but = f"，内容已清除的{purged}项按此前填报列示" if purged else ""
    return escape_markdown(f"上期数已修订：{told}，见{part(CORRECTIONS)}；括号内上季数仍按当时所列{but}。")


def _some(numbers: list[int]) -> str:
    return listed_tasks(numbers) if len(numbers) <= _NAMED else f"{listed_tasks(numbers[:_NAMED])}等"


@from_report
def corrections_sentence(report: Report) -> Prose:
    """How many corrections, or that there are none; nothing in a first report."""
    gaps = escape_markdown("".join(f"{gap}。" for gap in gap_words(report.scope.gaps)))
    if report.last is None:
        return Prose(markdown=gaps or "本期为首次报告，没有上期数需要更正。")
    number = len(_lines(report))
    basis = "上期报告未印发，以下按台账比较。"
    return Prose(markdown=(f"更正{number}项。{basis}" if number else "上期数没有更正。") + gaps)


@from_report
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
        rows=tuple(_row(report, line) for line in _lines(report)),
        empty_text="",
        compact=True,
    )


def _lines(report: Report) -> list[list[Revised]]:
    """What stands on one line: each correction; all tasks of one purged form together."""
    lines: dict[tuple[object, ...], list[Revised]] = {}
    for revision in revised(report):
        correction = revision.correction
        is_purge = correction.kind is CorrectionKind.PURGED
        which = correction.cause.source.seq if is_purge else correction.task_no
        lines.setdefault((revision.past.quarter, correction.kind, which), []).append(revision)
    return list(lines.values())


def _row(report: Report, line: list[Revised]) -> tuple[Cell, ...]:
    revision = line[0]
    correction = revision.correction
    if correction.kind is CorrectionKind.PURGED:
        return _purged_row(report, line)
    return (
        *task_cells(report, correction.now)[:2],
        text_cell(label(correction.kind)),
        text_cell(_state(report, correction, correction.then)),
        text_cell(_state(report, correction, correction.now)),
        text_cell(_basis(report, revision)),
    )


def _purged_row(report: Report, line: list[Revised]) -> tuple[Cell, ...]:
    """What the tasks were said to be then rested on what is gone: the form is named, and that it came stays."""
    correction = line[0].correction
    owed = [revision.correction.now for revision in line]
    owed = [status for status in owed if status.discipline is not Discipline.EXEMPT] or owed
    unit, numbers = report.short_unit(owed[0].owing_unit), [status.task_no for status in owed]
    came = label(owed[0].discipline)
    known_on = day_word(report, correction.known_from.date())
    return (
        text_cell("—"),
        text_cell(f"{unit}的填报（{listed_tasks(numbers)}）"),
        text_cell(label(correction.kind)),
        text_cell(came),
        text_cell(f"{came}，内容已清除"),
        text_cell(f"{known_on}经批准清除{_of_quarter(report, line[0])}"),
    )


def _state(report: Report, correction: Correction, status: Assessment) -> str:
    """The headline; where only the report's discipline changed, that."""
    if correction.changed == ("discipline",):
        return label(status.discipline)
    return headline_lines(report, status)


def _basis(report: Report, revision: Revised) -> str:
    cause, quarter = revision.correction.cause, _of_quarter(report, revision)
    if isinstance(cause, Decision):
        return f"{day_word(report, cause.decided_on)}{label(cause.action)}{quarter}"
    known_on = day_word(report, revision.correction.known_from.date())
    return clipped(f"{_BASES[revision.correction.kind].format(day=known_on)}{quarter}", 30)


def _of_quarter(report: Report, revision: Revised) -> str:
    """（2024年第三季度） where it is not the quarter just before."""
    is_last = revision.past.quarter == report.scope.period.quarter.previous
    return "" if is_last else f"（{quarter_label(revision.past.quarter)}）"
