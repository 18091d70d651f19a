"""上季承诺: what the unit said last quarter it would do, beside what it reports now. Facts only, no verdict.

Whether a promise was kept is the office's to judge; machine judgements are not printed (domain.md §2.4).
"""

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.domain.progress import ProgressEntry, Role
from yuechi_report.page.headlines import SETTLED
from yuechi_report.page.labels import date_label, label, short_date_label
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import text_cell
from yuechi_report.report.context import Report
from yuechi_report.report.unit.part import led_by
from yuechi_report.report.words.sentences import clipped, short_title

_CROWDED = 4


def promised(report: Report) -> tuple[tuple[Assessment, ProgressEntry], ...]:
    """The unit's tasks that were open last quarter, each with the entry that says what it would do next."""
    open_then = {was.task_no for was in report.earlier if was.headline not in SETTLED}
    pairs = [(status, _last_quarters(report, status)) for status in led_by(report) if status.task_no in open_then]
    return tuple((status, said) for status, said in pairs if said is not None and (said.next_steps or said.expected_on))


def _last_quarters(report: Report, status: Assessment) -> ProgressEntry | None:
    """The last word on the task of whoever led it then: a promise passes on with the task."""
    before = report.before
    if before is None:
        return None
    entries = report.scope.history.of_task(status.task_no).entries
    found = [entry for entry in entries if entry.role is Role.LEAD and entry.quarter == before.period.quarter]
    return found[-1] if found else None


def wanted(report: Report) -> bool:
    """Whether the report has this part: a quarter before, and a task of the unit's own that was open then."""
    led = {status.task_no for status in led_by(report)}
    return any(was.task_no in led and was.headline not in SETTLED for was in report.earlier)


def promises(report: Report) -> Prose | Table:
    """The table, or a sentence where nothing was promised. Grain: one row a task."""
    found = promised(report)
    if not found:
        return Prose(markdown=_nothing(report))
    length = 60 if len(found) > _CROWDED else 100
    return Table(
        name="promises",
        columns=(
            Column(key="task_no", title="序号", align="center", width=2.8),
            Column(key="title", title="任务", width=8.6),
            Column(key="promise", title="上季下一步打算", width=13.2),
            Column(key="expected", title="预计完成", align="center", width=6.3),
            Column(key="fact", title="本季填报的进展", width=15.6),
        ),
        rows=tuple(_row(report, status, said, length) for status, said in found),
        compact=True,
    )


def _nothing(report: Report) -> str:
    led = {status.task_no for status in led_by(report)}
    before = report.before
    handed_in = before is not None and any(
        entry.quarter == before.period.quarter and entry.unit == report.scope.unit and entry.task_no in led
        for entry in report.scope.history.entries
    )
    return "上季度填报没有列出下一步打算。" if handed_in else "上季度没有报送，无承诺可以对照。"


def _row(report: Report, status: Assessment, said: ProgressEntry, length: int) -> tuple[Cell, ...]:
    task, day = report.task(status.task_no), report.scope.period.quarter.last_day
    expected = short_date_label(said.expected_on, day) if said.expected_on else "—"
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(short_title(task.title)),
        text_cell(clipped(said.next_steps, length) or "—"),
        text_cell(expected),
        text_cell(_fact(report, status, said, length)),
    )


def _fact(report: Report, status: Assessment, said: ProgressEntry, length: int) -> str:
    """What is reported this quarter, and a changed expected date; else that nothing is, or why none was owed."""
    entry = status.entry
    if entry is None:
        return _without_entry(status)
    text = clipped(entry.progress, length) or f"仅自报“{label(entry.reported)}”" if entry.reported else "—"
    moved = entry.expected_on is not None and entry.expected_on != said.expected_on
    if not moved or entry.expected_on is None:
        return text
    return f"{text}预计完成改为{short_date_label(entry.expected_on, report.scope.period.quarter.last_day)}。"


def _without_entry(status: Assessment) -> str:
    decision = status.reason.decision
    if status.headline in SETTLED and decision is not None:
        return f"{label(status.headline)}（{date_label(decision.decided_on)}）。"
    return "待报送。" if status.headline is Headline.AWAITING_REPORT else "本季度没有报送。"
