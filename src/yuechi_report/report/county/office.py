"""本室待办: what waits for this office, since when, and what has waited longer than it should (domain.md §2.4)."""

from collections.abc import Iterator
from datetime import date

from yuechi_report.domain.assessment import Headline, OfficeItem
from yuechi_report.domain.policy import CalendarNotPublished
from yuechi_report.domain.waiting import Waiting, office_waits
from yuechi_report.page.headlines import BLOCKED
from yuechi_report.page.labels import label, short_date_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import text_cell
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.county.coordination import Addressee, Wish, listed_wishes, wishes
from yuechi_report.report.county.sections import caption
from yuechi_report.report.provenance import from_report
from yuechi_report.report.words.days import day_word, due_next, next_report_by, quarter_word, reply_by
from yuechi_report.report.words.sentences import counted_list, listed_tasks, numbered

_MANY = 8

_COORDINATED = {Addressee.UNIT: "单位间待协调", Addressee.UNKNOWN: "需协调对象待核实"}
"""What this office does about a request that is not the leaders'."""

Step = tuple[date, str, str, str]
"""The day it is sorted by, the time as printed, what is to be done, and by whom."""


def waits(report: Report) -> tuple[Waiting, ...]:
    """Everything that waits for this office, in the register's order."""
    return office_waits(report.assessments, as_of=report.as_of, policy=report.scope.policy)


def waits_by_kind(report: Report) -> list[tuple[OfficeItem, list[Waiting]]]:
    """The same by kind, in the order in which the office deals with them; no empty kind."""
    found = waits(report)
    kinds = [(kind, [waiting for waiting in found if waiting.item is kind]) for kind in OfficeItem]
    return [(kind, members) for kind, members in kinds if members]


def office_sentence(report: Report, *, brief: bool = False) -> str:
    """**本室待办**：待核验3项、申请调整待定1项，1月20日前办结。 And which waited too long; in brief 共4项 alone."""
    kinds = [(label(kind).removeprefix("自报完成"), len(members)) for kind, members in waits_by_kind(report)]
    kinds += [(word, len(found)) for word, found in coordinated(report)]
    if not kinds:
        return "**本室待办**：无。"
    counts = f"共{sum(number for _, number in kinds)}项" if brief else counted_list(kinds)
    late = late_tasks(report)
    tail = f"，其中{listed_tasks(late)}已超{report.scope.policy.working_days_check}个工作日" if late else ""
    return f"**本室待办**：{counts}，{reply_by(report)}办结{tail}。"


def coordinated(report: Report) -> list[tuple[str, list[Wish]]]:
    """What units ask of one another, and of somebody nobody knows; for the leaders only, for nothing is decided."""
    if report.edition != LEADERS:
        return []
    found = [(word, [wish for wish in wishes(report) if wish.to is to]) for to, word in _COORDINATED.items()]
    return [(word, members) for word, members in found if members]


def late_tasks(report: Report) -> list[int]:
    """The tasks that have waited longer than the office gives itself."""
    return [waiting.task_no for waiting in waits(report) if waiting.is_long]


@from_report
def office_items(report: Report) -> Prose:
    """What waits for this office, by kind, each task with the day since when; what waited too long is named."""
    lines = [
        escape_markdown(f"{label(kind)}{len(members)}项：{'、'.join(_words(report, waiting) for waiting in members)}。")
        for kind, members in waits_by_kind(report)
    ]
    lines += [f"{word}{len(found)}项：{listed_wishes(report, found)}" for word, found in coordinated(report)]
    if not lines:
        return Prose(markdown="本室没有待办事项。")
    late = late_tasks(report)
    if late:
        days = report.scope.policy.working_days_check
        lines.append(f"等待超过{days}个工作日的：{listed_tasks(late)}，本室{reply_by(report)}优先办结。")
    return Prose(markdown=numbered(lines))


def _words(report: Report, waiting: Waiting) -> str:
    """任务30（县住建局，12月24日起）."""
    lead = report.short_unit(report.task(waiting.task_no).filling_unit)
    return f"任务{waiting.task_no}（{lead}，{day_word(report, waiting.since)}起）"


@from_report
def next_steps(report: Report) -> Table:
    """Grain: one row a day or period; what is to be done by then, and by whom."""
    rows = sorted(_steps(report), key=lambda step: step[0])
    return Table(
        name="next_steps",
        caption=caption("next_steps"),
        columns=(
            Column(key="by", title="时间", align="center", width=6.8),
            Column(key="step", title="事项", width=30.9),
            Column(key="who", title="责任单位", align="center", width=8.8),
        ),
        rows=tuple(
            (Cell(text=by, value=day.isoformat()), text_cell(step), text_cell(who)) for day, by, step, who in rows
        ),
        compact=True,
    )


def _steps(report: Report) -> Iterator[Step]:
    reply, label_ = _working_day(report), reply_by(report)
    overdue = _numbers(report, Headline.OVERDUE)
    missing = _numbers(report, Headline.NOT_REPORTED) + _numbers(report, Headline.FIRST_REPORT_MISSING)
    if overdue:
        sent = "督办文书发出后，" if report.edition == LEADERS else ""
        yield reply, label_, f"{sent}{listed_tasks(overdue, _MANY)}书面报告整改情况和完成日期。", "牵头单位"
    if missing:
        yield reply, label_, f"{listed_tasks(missing, _MANY)}补报进展情况。", "牵头单位"
    if waits(report):
        kinds = "、".join(label(kind) for kind, _ in waits_by_kind(report))
        yield reply, label_, f"办结本室待办{len(waits(report))}项（{kinds}）。", "本室"
    for word, found in coordinated(report):
        tasks = listed_tasks(list(dict.fromkeys(wish.task_no for wish in found)), _MANY)
        yield reply, label_, f"办理{word}（{tasks}）。", "本室"
    for day, numbers in sorted(_reviews(report).items()):
        when, tasks = short_date_label(day, report.as_of), listed_tasks(numbers, _MANY)
        yield day, when, f"复核{tasks}受上级制约情况，过期未复核的自动失效。", "本室、牵头单位"
    for day, numbers in sorted(_dues(report).items()):
        when, tasks = short_date_label(day, report.as_of), listed_tasks(numbers, _MANY)
        yield day, when, f"{tasks}到期；需延期的，到期前书面申请。", "牵头单位"
    following = report.scope.period.quarter.next
    submit = date(following.last_day.year, following.last_day.month, report.scope.policy.day_submission)
    yield submit, next_report_by(report), f"报送{quarter_word(following)}进展情况。", "各牵头单位"


def _numbers(report: Report, headline: Headline) -> list[int]:
    return [status.task_no for status in report.assessments if status.headline is headline]


def _working_day(report: Report) -> date:
    policy = report.scope.policy
    try:
        return policy.calendar.add_working_days(report.as_of, policy.working_days_check)
    except CalendarNotPublished:
        return report.as_of


def _reviews(report: Report) -> dict[date, list[int]]:
    """Review days to come; one on the report's own day still holds."""
    found: dict[date, list[int]] = {}
    for status in report.assessments:
        block = report.standing(status.task_no).block
        held = status.headline in BLOCKED
        if held and block is not None and block.review_on is not None:
            found.setdefault(block.review_on, []).append(status.task_no)
    return found


def _dues(report: Report) -> dict[date, list[int]]:
    found: dict[date, list[int]] = {}
    for status in due_next(report):
        found.setdefault(status.effective_due or report.as_of, []).append(status.task_no)
    return found
