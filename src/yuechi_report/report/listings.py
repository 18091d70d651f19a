"""Tables that list tasks one by one: closed, blocked and extended, ongoing, and the register annex."""

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.domain.progress import Action, Decision
from yuechi_report.page.labels import date_label, label, short_date_label, suffix_label
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import headline_cell, legend, text_cell
from yuechi_report.report.context import Report
from yuechi_report.report.wording import clipped, short_title, told_progress


def closed(report: Report) -> Table:
    """Tasks closed by a decision since the last report. Grain: one row a task."""
    since = report.before.as_of if report.before is not None else report.scope.period.issued_on
    found = [
        one
        for one in report.assessments
        if one.headline is Headline.CLOSED
        and one.reason.decision is not None
        and one.reason.decision.decided_on > since
    ]
    return Table(
        name="closed",
        caption="表3　本季销号",
        columns=(
            Column(key="task_no", title="序号", align="center", width=0.6),
            Column(key="title", title="任务", width=2.6),
            Column(key="lead", title="牵头单位", width=1.6),
            Column(key="completed", title="认定完成", align="center", width=1.6),
            Column(key="result", title="结果", align="center", width=1.4),
            Column(key="basis", title="核验情况", width=4.2),
        ),
        rows=tuple(_closed_row(report, one) for one in found),
        empty_text="本季没有销号任务。",
        compact=True,
    )


def _closed_row(report: Report, one: Assessment) -> tuple[Cell, ...]:
    task, decision = report.task(one.task_no), one.reason.decision
    done = short_date_label(one.completed_on, report.scope.period.quarter.first_day) if one.completed_on else "—"
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(short_title(task.title)),
        text_cell(report.lead_names(task)),
        text_cell(done),
        text_cell("、".join(suffix_label(code, one.days_overdue) for code in one.suffixes) or "—"),
        text_cell(clipped(decision.reason if decision is not None else "", 46)),
    )


def blocked_and_extended(report: Report) -> Table:
    """Recognised dependences on higher levels, extensions and new dates, with numbers. One row a decision."""
    found = []
    for one in report.assessments:
        decision = one.reason.decision
        if decision is not None and one.headline in (Headline.BLOCKED, Headline.BLOCKED_PAST_DUE, Headline.EXTENDED):
            found.append((one, decision))
    return Table(
        name="blocked_and_extended",
        caption="表4　受上级制约和延期",
        columns=(
            Column(key="task_no", title="序号", align="center", width=0.6),
            Column(key="title", title="任务", width=2.4),
            Column(key="lead", title="牵头单位", width=1.5),
            Column(key="headline", title="状态", width=1.7),
            Column(key="basis", title="依据", width=3.8),
            Column(key="until", title="至", align="center", width=1.4),
        ),
        rows=tuple(_basis_row(report, one, decision) for one, decision in found),
        empty_text="没有受上级制约或延期的任务。",
        compact=True,
    )


def _basis_row(report: Report, one: Assessment, decision: Decision) -> tuple[Cell, ...]:
    task = report.task(one.task_no)
    if decision.action is Action.RECOGNISE_BLOCK:
        basis = f"待{decision.upper_body}{clipped(decision.upper_step, 40)}；本县去函{decision.letter_number}"
        until = decision.review_on
    else:
        approved = date_label(decision.approved_on) if decision.approved_on else ""
        basis = f"{decision.approver}{approved}批准，{decision.document_number}；原时限{task.deadline_raw}"
        until = decision.new_due
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(short_title(task.title)),
        text_cell(report.lead_names(task)),
        headline_cell(report, one),
        text_cell(basis),
        text_cell(short_date_label(until, report.as_of) if until else "—"),
    )


def ongoing(report: Report) -> Table:
    """The tasks without a fixed deadline by class, with one line of progress. Grain: one row a task."""
    order = {code: number for number, code in enumerate(("advance", "maintain", "track", "undefined", "unresolved"))}
    found = sorted(report.others, key=lambda one: (order.get(one.task_class.value, 9), one.task_no))
    return Table(
        name="ongoing",
        caption="表5　持续类和其他任务",
        columns=(
            Column(key="class", title="类别", align="center", width=0.9),
            Column(key="task_no", title="序号", align="center", width=0.6),
            Column(key="title", title="任务", width=2.4),
            Column(key="lead", title="牵头单位", width=1.5),
            Column(key="headline", title="状态", width=1.6),
            Column(key="progress", title="本季进展", width=4.4),
        ),
        rows=tuple(_ongoing_row(report, one) for one in found),
        notes=(legend(report),),
        compact=True,
    )


def _ongoing_row(report: Report, one: Assessment) -> tuple[Cell, ...]:
    task = report.task(one.task_no)
    return (
        text_cell(label(one.task_class)),
        Cell(text=str(task.number), value=task.number),
        text_cell(short_title(task.title)),
        text_cell(report.lead_names(task)),
        headline_cell(report, one),
        text_cell(told_progress(report, one.entry, 46)),
    )


def register_annex(report: Report) -> Table:
    """Annex 1, landscape: every task with its deadline, units and status. Grain: one row a task."""
    return Table(
        name="register",
        columns=(
            Column(key="task_no", title="序号", align="center", width=0.5),
            Column(key="category", title="类别", width=1.5),
            Column(key="title", title="重点任务", width=3.0),
            Column(key="deadline", title="完成时限", align="center", width=1.3),
            Column(key="lead", title="牵头单位", width=1.9),
            Column(key="helping", title="配合单位", width=1.9),
            Column(key="headline", title="状态", width=2.0),
            Column(key="progress", title="进展或说明", width=5.0),
        ),
        rows=tuple(_register_row(report, one) for one in report.assessments),
        notes=(legend(report),),
        compact=True,
        landscape=True,
    )


def _register_row(report: Report, one: Assessment) -> tuple[Cell, ...]:
    task = report.task(one.task_no)
    helping = "、".join(report.short_unit(name) for name in task.cooperating_units)
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(task.category.removesuffix("便捷行动事项")),
        text_cell(task.title),
        text_cell(task.deadline_raw),
        text_cell(report.lead_names(task)),
        text_cell(helping or "—"),
        headline_cell(report, one),
        text_cell(told_progress(report, one.reason.entry, 52)),
    )
