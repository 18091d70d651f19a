"""到期预警: the tasks that fall due soon, what each still lacks for closing, what to send by when (domain.md §3)."""

from datetime import timedelta

from yuechi_report.domain.assessment import Assessment, Headline, Verified
from yuechi_report.domain.progress import Reported
from yuechi_report.page.headlines import ROW_OF, SETTLED
from yuechi_report.page.labels import date_label, short_date_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import legend, status_cell, text_cell
from yuechi_report.report.context import Report
from yuechi_report.report.provenance import from_report
from yuechi_report.report.words.days import next_report_by
from yuechi_report.report.words.sentences import counted_list, listed_tasks, numbered, short_title
from yuechi_report.report.words.statuses import FIXED_GROUPS, counted

_DUE = (Column(key="due", title="到期", align="center", width=6.2),)
_SAID = {Reported.DECLARED_COMPLETE: "佐证材料（自报完成）", Reported.AWAITING_UPPER: "待上级的认定，或完成佐证"}
"""What closing still needs, by what the unit itself reported."""


def coming(report: Report) -> tuple[Assessment, ...]:
    """Open tasks due between as_of and `days_due_soon` days after it, both included, by unit in the notice's order."""
    last = report.as_of + timedelta(days=report.scope.policy.days_due_soon)
    found = [
        status
        for status in report.fixed
        if status.headline not in SETTLED
        and status.effective_due is not None
        and report.as_of <= status.effective_due <= last
    ]
    order = {unit.name: number for number, unit in enumerate(report.scope.units)}
    return tuple(sorted(found, key=lambda status: (order[report.task(status.task_no).filling_unit], status.task_no)))


@from_report
def summary(report: Report) -> Prose:
    """How many tasks of how many units fall due, on which days, and where they stand."""
    found, policy = coming(report), report.scope.policy
    until = short_date_label(report.as_of + timedelta(days=policy.days_due_soon), report.as_of)
    span = f"自{date_label(report.as_of)}起{policy.days_due_soon}天内（至{until}）"
    if not found:
        return Prose(markdown=f"{span}没有到期的限时任务。")
    units = list(dict.fromkeys(report.task(status.task_no).filling_unit for status in found))
    told = counted_list([(group.phrase, number) for group, number in counted(FIXED_GROUPS, found)])
    return Prose(
        markdown=f"{span}有{len(found)}项限时任务到期，涉及{len(units)}个牵头单位：{_days(report)}。**{told}。**"
    )


def _days(report: Report) -> str:
    """12月31日13项; each due day with its number of tasks and the days left."""
    found = coming(report)
    days = sorted({status.effective_due for status in found if status.effective_due is not None})
    parts = []
    for day in days:
        number = sum(status.effective_due == day for status in found)
        left = (day - report.as_of).days
        parts.append(f"{short_date_label(day, report.as_of)}{number}项（{f'还有{left}天' if left else '今日'}）")
    return "，".join(parts)


@from_report
def wanted(report: Report) -> Prose:
    """What units send, and by when: the result, an extension asked in time, three things for 受上级制约."""
    found = coming(report)
    if not found:
        return Prose(markdown="没有需要单位办理的事项。")
    review = f"复核日（认定之日起不超过{report.scope.policy.days_block_review}天）"
    lines = [
        *_results(report),
        "**需要延期的到期前申请。** 写明理由和新的完成日期，到期日当天仍算按时；到期后申请的，不改变逾期。",
        "**自报完成的附佐证。** 至少一件，写明名称和文号或日期；没有佐证的自报不销号，到期后按逾期计。",
        f"**须待上级的备齐三件。** 待哪一级机关办理哪一个环节、本县去函文号和日期、{review}；未经认定的，到期后按逾期计。",
    ]
    return Prose(markdown=numbered(lines))


def _results(report: Report) -> list[str]:
    """Due in this quarter: one line by the due-results day; due later: with the next quarter's report."""
    period = report.scope.period
    now, later = _by_quarter(report)
    lines = []
    if now:
        day = short_date_label(period.results_due, report.as_of)
        lines.append(
            f"**到期结果于{day}前报送。** {_which(now)}每项报一行（已自报完成、等待核验的除外）：是否完成、完成日期、佐证材料名称和文号（或日期）。"
        )
    if later:
        lines.append(f"**{_which(later)}的结果随下季度填报。** 于{escape_markdown(next_report_by(report))}报送。")
    return lines


def _by_quarter(report: Report) -> tuple[list[int], list[int]]:
    last = report.scope.period.quarter.last_day
    found = [status for status in coming(report) if status.headline is not Headline.AWAITING_CHECK]
    now = [status.task_no for status in found if status.effective_due is not None and status.effective_due <= last]
    return sorted(now), sorted(status.task_no for status in found if status.task_no not in now)


def _which(numbers: list[int]) -> str:
    return listed_tasks(numbers) if len(numbers) <= 4 else f"{listed_tasks(numbers[:3])}等{len(numbers)}项"


@from_report
def coming_tasks(report: Report) -> Table:
    """The tasks by unit with what each lacks; no column for a due day they all share. Grain: one row a task."""
    found = coming(report)
    due = _DUE if len({status.effective_due for status in found}) > 1 else ()
    return Table(
        name="coming",
        columns=(
            Column(key="lead", title="牵头单位", width=6.4),
            Column(key="task_no", title="序号", align="center", width=2.8),
            Column(key="title", title="任务", width=11.2),
            *due,
            Column(key="headline", title="状态", width=7.8),
            Column(key="missing", title="销号尚缺", width=11.3),
            Column(key="send", title="请报送", width=7.0),
        ),
        rows=tuple(_row(report, status, dated=bool(due)) for status in found),
        notes=(legend(report),),
        empty_text="没有即将到期的任务。",
        compact=True,
    )


def _row(report: Report, status: Assessment, *, dated: bool) -> tuple[Cell, ...]:
    task, due = report.task(status.task_no), status.effective_due or report.as_of
    return (
        text_cell(report.short_unit(task.filling_unit)),
        Cell(text=str(task.number), value=task.number),
        text_cell(short_title(task.title)),
        *([Cell(text=short_date_label(due, report.as_of), value=due.isoformat())] if dated else []),
        status_cell(report, status),
        text_cell(_missing(status)),
        text_cell(_send(report, status)),
    )


def _missing(status: Assessment) -> str:
    """What closing still needs: facts of the record, no judgement of the text."""
    if status.verified is Verified.RETURNED:
        return "按退回意见补正后重报"
    if missing := ROW_OF[status.headline].missing:
        return missing
    entry = status.entry
    if entry is not None and entry.reported in _SAID:
        return _SAID[entry.reported]
    return "完成情况、佐证" + ("、销号标准" if entry is not None and not entry.criterion else "")


def _send(report: Report, status: Assessment) -> str:
    if status.headline is Headline.AWAITING_CHECK:
        return "备好原件待查"
    if status.effective_due is not None and status.effective_due > report.scope.period.quarter.last_day:
        return "随下季度填报"
    day = report.scope.period.results_due
    return f"{day.month}月{day.day}日前\n报到期结果"


@from_report
def already_late(report: Report) -> Prose:
    """Tasks already overdue are not in the table; how many there are is said, so that nobody misses them."""
    late = [status.task_no for status in report.fixed if status.headline is Headline.OVERDUE]
    if not late:
        return Prose(markdown="")
    return Prose(markdown=f"此前已逾期{len(late)}项（{listed_tasks(late)}），不在本表，另行督办。")
