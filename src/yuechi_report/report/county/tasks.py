"""Tables that list tasks one by one: closed, ongoing by class, due next, and the register annex.

Column widths are in characters; an upright table has 46.5 of them, a turned one 67.
"""

from collections import Counter
from collections.abc import Sequence

from yuechi_report.domain.assessment import Assessment, Headline, TaskClass
from yuechi_report.domain.progress import ProgressEntry
from yuechi_report.page.headlines import NORMAL, ROW_OF, SETTLED
from yuechi_report.page.labels import label, short_date_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import LEAD, NUMBER, headline_cell, legend, task_cells, text_cell, title_column
from yuechi_report.report.context import CIRCULAR, Report
from yuechi_report.report.county.leaders import is_crowded
from yuechi_report.report.county.sections import REGISTER, annex_number, caption
from yuechi_report.report.past import idle_twice, is_new
from yuechi_report.report.provenance import from_report
from yuechi_report.report.words.days import due_next as tasks_due_next
from yuechi_report.report.words.sentences import clipped, told_progress
from yuechi_report.report.words.statuses import suffix_text

ROWS = 16
_LONGEST = 30
_FEW = 6
"""With so few tasks due next, their next steps are printed at length."""
CLASSES = (TaskClass.ADVANCE, TaskClass.MAINTAIN, TaskClass.TRACK, TaskClass.UNDEFINED, TaskClass.UNRESOLVED)


def first_rows(report: Report, found: Sequence[Assessment]) -> tuple[Sequence[Assessment], tuple[str, ...]]:
    """The tasks a table lists, at most `ROWS`, and the note that says where the others are."""
    rest = len(found) - ROWS
    if rest <= 0:
        return found, ()
    return found[:ROWS], (f"另有{rest}项见附件{annex_number(report, REGISTER)}。",)


def ongoing_rows(report: Report, found: Sequence[Assessment]) -> tuple[Sequence[Assessment], tuple[str, ...]]:
    """All ongoing tasks; only those not in order where the quarter is crowded or the list long."""
    if len(found) <= _LONGEST and not is_crowded(report):
        return found, ()
    shown = [status for status in found if status.headline not in (*NORMAL, *SETTLED)][:_LONGEST]
    rest = len(found) - len(shown)
    return shown, (f"另有{rest}项见附件{annex_number(report, REGISTER)}。",) if rest else ()


@from_report
def closed(report: Report) -> Table:
    """Tasks closed by a decision since the last report. Grain: one row a task."""
    found = [
        status
        for status in report.assessments
        if status.headline is Headline.CLOSED
        and status.reason.decision is not None
        and is_new(report, status.reason.decision)
    ]
    shown, notes = first_rows(report, found)
    return Table(
        name="closed",
        caption=caption("closed"),
        columns=(
            NUMBER,
            title_column(8.2),
            LEAD,
            Column(key="completed", title="认定完成", align="center", width=6.9),
            Column(key="basis", title="核验情况", width=19.8),
        ),
        rows=tuple(_closed_row(report, status) for status in shown),
        notes=notes,
        empty_text="本季没有销号任务。",
        compact=True,
    )


def _closed_row(report: Report, status: Assessment) -> tuple[Cell, ...]:
    decision = status.reason.decision
    done = short_date_label(status.completed_on, report.scope.period.quarter.first_day) if status.completed_on else "—"
    shown = done.replace("年", "年\n")  # a date with its year takes two lines of this column
    result = suffix_text(report, status)
    return (
        *task_cells(report, status),
        Cell(text=f"{shown}\n{result}" if result else shown, value=f"{done}，{result}" if result else done),
        text_cell(clipped(decision.reason if decision is not None else "", 46)),
    )


@from_report
def due_next(report: Report) -> Table:
    """Open fixed tasks due by the next quarter's end. Grain: one row a task."""
    shown, notes = first_rows(report, tasks_due_next(report))
    length = 60 if len(shown) <= _FEW else 30
    return Table(
        name="due_next",
        caption=caption("due_next"),
        columns=(
            NUMBER,
            title_column(7.4),
            LEAD,
            Column(key="due", title="时限", align="center", width=5.4),
            Column(key="headline", title="状态", width=6.4),
            Column(key="next_steps", title="下一步打算", width=15.7),
        ),
        rows=tuple(_due_row(report, status, length) for status in shown),
        notes=notes,
        empty_text="下季没有到期的限时任务。",
        compact=True,
    )


def _due_row(report: Report, status: Assessment, length: int) -> tuple[Cell, ...]:
    due = status.effective_due or report.as_of
    last = status.reason.entry
    return (
        *task_cells(report, status),
        Cell(text=short_date_label(due, report.scope.period.quarter.next.first_day), value=due.isoformat()),
        headline_cell(report, status),
        text_cell(clipped(last.next_steps, length) if last is not None and last.next_steps else "—"),
    )


@from_report
def ongoing_summary(report: Report) -> Prose:
    """One sentence a class, and the attention list: 推进类 without action in two quarters running."""
    told = []
    for code in CLASSES:
        found = [status for status in report.others if status.task_class is code]
        if found:
            counts = "、".join(f"{label(headline)}{number}项" for headline, number in _counts(found))
            told.append(f"{label(code)}{len(found)}项：{counts}。")
    idle = idle_twice(report)
    names = "、".join(f"任务{number}（{report.short_unit(report.task(number).filling_unit)}）" for number in idle)
    attention = f"**关注名单：**{escape_markdown(names)}连续两季无实质进展。" if idle else ""
    return Prose(markdown=f"{''.join(told)}{attention}")


def _counts(found: list[Assessment]) -> list[tuple[Headline, int]]:
    """Good news first, then the order of the rules."""
    numbers = Counter(status.headline for status in found)
    order = dict.fromkeys((*NORMAL, *SETTLED, *Headline))
    return [(headline, numbers[headline]) for headline in order if numbers[headline]]


@from_report
def ongoing(report: Report) -> Table:
    """The tasks without a fixed deadline by class, with one line of progress. Grain: one row a task."""
    found = sorted(report.others, key=lambda status: (CLASSES.index(status.task_class), status.task_no))
    shown, notes = ongoing_rows(report, found)
    return Table(
        name="ongoing",
        caption=caption("ongoing"),
        columns=(
            Column(key="class", title="类别", align="center", width=4.2),
            NUMBER,
            title_column(8.4),
            Column(key="lead", title="牵头单位", width=6.9),
            Column(key="headline", title="状态", width=9.0),
            Column(key="progress", title="本季进展", width=15.5),
        ),
        rows=tuple(_ongoing_row(report, status) for status in shown),
        notes=(*notes, legend(report)),
        empty_text="各项均正常或已了结。" if found else "本清单没有其他任务。",
        compact=True,
    )


def _ongoing_row(report: Report, status: Assessment) -> tuple[Cell, ...]:
    told = _progress(report, status, status.entry, 26).removeprefix("正常。").removeprefix("无变化。")
    return (
        text_cell(label(status.task_class)),
        *task_cells(report, status),
        headline_cell(report, status),
        text_cell(told or label(status.headline)),
    )


def _progress(report: Report, status: Assessment, entry: ProgressEntry | None, length: int) -> str:
    """What the unit says; for the units nothing of a request that is not decided."""
    if report.edition == CIRCULAR and ROW_OF[status.headline].requested:
        return "申请事项尚未批复。"
    return told_progress(report, entry, length)


@from_report
def register_annex(report: Report) -> Table:
    """Annex 1, landscape: every task with its deadline, units and status. Grain: one row a task."""
    return Table(
        name="register",
        columns=(
            NUMBER,
            Column(key="category", title="类别", width=4.8),
            Column(key="title", title="重点任务", width=11.0),
            Column(key="deadline", title="完成时限", align="center", width=8.2),
            LEAD,
            Column(key="helping", title="配合单位", width=7.8),
            Column(key="headline", title="状态", width=9.2),
            Column(key="progress", title="进展或说明", width=14.4),
        ),
        rows=tuple(_register_row(report, status) for status in report.assessments),
        notes=(legend(report),),
        compact=True,
        landscape=True,
    )


def _register_row(report: Report, status: Assessment) -> tuple[Cell, ...]:
    task = report.task(status.task_no)
    helping = "、".join(report.short_unit(name) for name in task.cooperating_units)
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(task.category.removesuffix("便捷行动事项")),
        text_cell(task.title),
        text_cell(task.deadline_raw),
        text_cell(report.lead_names(task)),
        text_cell(helping or "—"),
        headline_cell(report, status),
        text_cell(_progress(report, status, status.reason.entry, 38)),
    )
