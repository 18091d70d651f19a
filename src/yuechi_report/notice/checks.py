"""Doubts beyond one layout: broken sequences of numbers, days that disagree, deadlines nobody can read."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from yuechi_report.domain.deadline import Unresolved
from yuechi_report.domain.register import Task
from yuechi_report.notice.deadline_text import DUE_BEFORE_ISSUE, WHY_BY_HAND
from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Finding, Severity
from yuechi_report.notice.layout.reading import CategoryHeading, Reading
from yuechi_report.notice.unit_text import BRACKET_OPEN, BY_DUTY, OPEN_LIST


def sequence_findings(document: Document, reading: Reading) -> tuple[Finding, ...]:
    """Every doubt about numbering, at the line where the sequence breaks."""
    return (*_task_numbers(document, reading), *_headings(document, reading), *_empty_headings(document, reading))


def issue_day_findings(document: Document, printed: date | None, issued_on: date | None) -> tuple[Finding, ...]:
    """A warning where the day printed in the notice is not the day it was given as issued."""
    if printed in (None, issued_on):
        return ()
    text = f"通知落款日期{printed}与给定的印发日期{issued_on}不同，按给定的算"
    return (Finding(Severity.WARNING, "issue_date_differs", document.place(), text),)


def task_findings(document: Document, task: Task) -> tuple[Finding, ...]:
    """What a reviewer must know about one understood task."""
    why = task.deadline.why if isinstance(task.deadline, Unresolved) else WHY_BY_HAND
    both = "、".join(name for name in task.lead_units if name in task.cooperating_units)
    found = (
        (why != WHY_BY_HAND, Severity.ERROR, "deadline_unresolved", f"完成时限待人工确认，{why}"),
        (DUE_BEFORE_ISSUE in task.flags, Severity.INFO, DUE_BEFORE_ISSUE, f"完成时限{task.due}早于印发日期"),
        (not task.lead_units, Severity.ERROR, "lead_missing", "没有找到牵头单位"),
        (bool(both), Severity.WARNING, "unit_twice", f"“{both}”既是牵头单位又是配合单位"),
        (BRACKET_OPEN in task.flags, Severity.WARNING, BRACKET_OPEN, "单位名称中的括号不成对，没有拆分"),
        (OPEN_LIST in task.flags, Severity.INFO, OPEN_LIST, "单位以“等”收尾，没有列全"),
        (BY_DUTY in task.flags, Severity.INFO, BY_DUTY, "单位之后写有“按职责分工负责”"),
    )
    place = document.place(task.source_lines[0])
    return tuple(
        Finding(severity, code, place, f"任务（{task.number}）：{text}")
        for present, severity, code, text in found
        if present
    )


def _task_numbers(document: Document, reading: Reading) -> Iterator[Finding]:
    first = reading.rows[0]
    if first.number != 1:
        place = document.place(first.lines[0])
        yield Finding(Severity.INFO, "numbers_start", place, f"任务编号从（{first.number}）开始")
    seen = {first.number}
    for before, row in pairwise(reading.rows):
        place = document.place(row.lines[0])
        if row.number in seen:
            yield Finding(Severity.ERROR, "number_repeated", place, f"任务编号（{row.number}）重复出现")
        elif row.number != before.number + 1:
            text = f"任务编号从（{before.number}）跳到（{row.number}），请核对有无漏项"
            yield Finding(Severity.ERROR, "number_gap", place, text)
        seen.add(row.number)


def _headings(document: Document, reading: Reading) -> Iterator[Finding]:
    """A heading printed again with the same name is a page break (quirk 1), anything else a doubt."""
    names: dict[int, str] = {}
    before = 0
    for heading in reading.headings:
        place = document.place(heading.line)
        if names.setdefault(heading.number, heading.name) != heading.name:
            text = f"事项{heading.number}前后名称不同：“{names[heading.number]}”与“{heading.name}”"
            yield Finding(Severity.ERROR, "category_name", place, text)
        if heading.number not in (before, before + 1):
            text = f"事项编号从{before}跳到{heading.number}，请核对有无漏项"
            yield Finding(Severity.ERROR, "category_gap", place, text)
        before = heading.number


def _empty_headings(document: Document, reading: Reading) -> Iterator[Finding]:
    filled = {row.category_number for row in reading.rows}
    for heading in _first_of_each(reading.headings):
        if heading.number not in filled:
            text = f"事项{heading.number}“{heading.name}”之下没有任务，清单可能不完整"
            yield Finding(Severity.ERROR, "category_empty", document.place(heading.line), text)


def _first_of_each(headings: tuple[CategoryHeading, ...]) -> list[CategoryHeading]:
    first: dict[int, CategoryHeading] = {}
    for heading in headings:
        first.setdefault(heading.number, heading)
    return list(first.values())
