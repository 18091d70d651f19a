"""下一步安排: what is to happen by when, and by whom."""

from collections.abc import Iterator
from datetime import date

from yuechi_report.domain.assessment import Headline
from yuechi_report.domain.policy import CalendarNotPublished
from yuechi_report.page.labels import label, short_date_label
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import text_cell
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.days import due_next, next_report_by, quarter_word, reply_by
from yuechi_report.report.office import waits, waits_by_kind
from yuechi_report.report.unfinished import standing
from yuechi_report.report.wording import listed_tasks

_MANY = 8


def next_steps(report: Report) -> Table:
    """Grain: one row a day or period; what is to be done by then, and by whom."""
    rows = sorted(_steps(report), key=lambda step: step[0])
    return Table(
        name="next_steps",
        caption="表9　下一步安排",
        columns=(
            Column(key="by", title="时间", align="center", width=8.0),
            Column(key="step", title="事项", width=29.5),
            Column(key="who", title="责任单位", align="center", width=9.0),
        ),
        rows=tuple(
            (Cell(text=by, value=day.isoformat()), text_cell(step), text_cell(who)) for day, by, step, who in rows
        ),
        compact=True,
    )


Step = tuple[date, str, str, str]


def _steps(report: Report) -> Iterator[Step]:
    reply, label_ = _working_day(report), reply_by(report)
    overdue = _numbers(report, Headline.OVERDUE)
    missing = _numbers(report, Headline.NOT_REPORTED) + _numbers(report, Headline.FIRST_REPORT_MISSING)
    if overdue:
        sent = "督办文书发出后，" if report.edition == LEADERS else ""
        yield reply, label_, f"{sent}{_some(overdue)}书面报告整改情况和完成日期。", "牵头单位"
    if missing:
        yield reply, label_, f"{_some(missing)}补报进展情况。", "牵头单位"
    if waits(report):
        kinds = "、".join(label(kind) for kind, _ in waits_by_kind(report))
        yield reply, label_, f"办结本室待办{len(waits(report))}项（{kinds}）。", "本室"
    for day, numbers in sorted(_reviews(report).items()):
        yield (
            day,
            short_date_label(day, report.as_of),
            f"复核{_some(numbers)}受上级制约情况，过期未复核的自动失效。",
            "本室、牵头单位",
        )
    for day, numbers in sorted(_dues(report).items()):
        yield (
            day,
            short_date_label(day, report.as_of),
            f"{_some(numbers)}到期；需延期的，到期前书面申请。",
            "牵头单位",
        )
    following = report.scope.period.quarter.next
    submit = date(following.last_day.year, following.last_day.month, report.scope.policy.day_submission)
    yield submit, next_report_by(report), f"报送{quarter_word(following)}进展情况。", "各牵头单位"


def _numbers(report: Report, headline: Headline) -> list[int]:
    return [one.task_no for one in report.assessments if one.headline is headline]


def _some(numbers: list[int]) -> str:
    return listed_tasks(numbers) if len(numbers) <= _MANY else f"{listed_tasks(numbers[:_MANY])}等{len(numbers)}项"


def _working_day(report: Report) -> date:
    policy = report.scope.policy
    try:
        return policy.calendar.add_working_days(report.as_of, policy.working_days_check)
    except CalendarNotPublished:
        return report.as_of


def _reviews(report: Report) -> dict[date, list[int]]:
    """Review days to come; one on the report's own day still holds."""
    found: dict[date, list[int]] = {}
    for one in report.assessments:
        block = standing(report, one).block
        held = one.headline in (Headline.BLOCKED, Headline.BLOCKED_PAST_DUE)
        if held and block is not None and block.review_on is not None:
            found.setdefault(block.review_on, []).append(one.task_no)
    return found


def _dues(report: Report) -> dict[date, list[int]]:
    found: dict[date, list[int]] = {}
    for one in due_next(report):
        found.setdefault(one.effective_due or report.as_of, []).append(one.task_no)
    return found
