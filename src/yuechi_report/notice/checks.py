"""Doubts beyond one reading: broken sequences of numbers, days that disagree, deadlines nobody can read."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from yuechi_report.domain.deadline import NoDeadline, Unresolved
from yuechi_report.domain.register import Task
from yuechi_report.notice.deadline_text import DUE_BEFORE_ISSUE, WHY_BY_HAND, is_phrase, times_in
from yuechi_report.notice.document import Atom, Document
from yuechi_report.notice.findings import Finding, Severity, excerpt
from yuechi_report.notice.readings.account import LEFT, Account
from yuechi_report.notice.readings.item import Doubt, Item, Reading
from yuechi_report.notice.readings.marks import number_in
from yuechi_report.notice.readings.places import CategoryHeading
from yuechi_report.notice.unit_text import BRACKET_OPEN, BY_DUTY, OPEN_LIST, is_unit

_WORD = re.compile(r"\w")
_LIKE_ROWS = 3  # so many cells that could be a number, a unit or a deadline
_BLANKS_BETWEEN = 3


def sequence_findings(document: Document, reading: Reading, tasks: tuple[Task, ...]) -> tuple[Finding, ...]:
    """Every doubt about numbering, at the line where the sequence breaks."""
    return (
        *_task_numbers(document, reading, tasks),
        *_headings(document, reading),
        *_empty_headings(document, reading),
    )


def issue_day_findings(document: Document, printed: date | None, issued_on: date | None) -> tuple[Finding, ...]:
    """A warning where the day printed in the notice is not the day it was given as issued."""
    if printed in (None, issued_on):
        return ()
    text = f"通知落款日期{printed}与给定的印发日期{issued_on}不同，按给定的算"
    return (Finding(Severity.WARNING, "issue_date_differs", document.place(), text),)


def character_findings(document: Document) -> tuple[Finding, ...]:
    """One warning where the text was copied from a PDF: its characters are read as the common ones."""
    if not document.odd:
        return ()
    text = f"有{len(document.odd)}行含有{document.odd_words}，多为从PDF复制而来；已按通用字读取，请对照印发件核对"
    return (Finding(Severity.WARNING, "odd_characters", document.place(document.odd[0]), text),)


def doubt_findings(document: Document, doubts: Iterable[Doubt], task: Task | None = None) -> tuple[Finding, ...]:
    """Doubts of a reading as findings: with the task they are about, and the place in words where there is one."""
    found = []
    for doubt in doubts:
        atom = document.atoms[doubt.atom - 1]
        line = task.source_lines[0] if task is not None else atom.line
        about = f"任务（{task.key}）“{excerpt(task.text)}”：" if task is not None else ""
        where = f"（{atom.where}）" if atom.where else ""
        found.append(Finding(doubt.severity, doubt.code, document.place(line), f"{about}{doubt.text}{where}"))
    return tuple(found)


def left_findings(document: Document, account: Account) -> tuple[Finding, ...]:
    """Text behind the list that became part of nothing, a finding for each run; what looks like rows is a warning."""
    left = [
        atom for atom in document.atoms if account.uses.get(atom.id, (None, ""))[1] in LEFT and _WORD.search(atom.text)
    ]
    found = []
    for atoms in _runs(left):
        rows = [
            atom for atom in atoms if number_in(atom.text) is not None or is_phrase(atom.text) or is_unit(atom.text)
        ]
        severity = Severity.WARNING if len(rows) >= _LIKE_ROWS else Severity.INFO
        more = f"等{len(atoms)}处" if len(atoms) > 1 else ""
        text = f"清单以外的文字没有采用：“{excerpt(atoms[0].text)}”{more}"
        found.append(Finding(severity, "text_left", document.place(atoms[0].line), text))
    return tuple(found)


def _runs(atoms: list[Atom]) -> Iterator[list[Atom]]:
    """Atoms that follow one another, blank ones between them not counted."""
    run: list[Atom] = []
    for atom in atoms:
        if run and atom.id - run[-1].id > _BLANKS_BETWEEN:
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def task_findings(document: Document, task: Task) -> tuple[Finding, ...]:
    """What a reviewer must know about one understood task."""
    why = task.deadline.why if isinstance(task.deadline, Unresolved) else WHY_BY_HAND
    times = () if task.deadline_raw or not isinstance(task.deadline, NoDeadline) else times_in(task.text)
    both = "、".join(name for name in task.lead_units if name in task.cooperating_units)
    found = (
        (why != WHY_BY_HAND, Severity.ERROR, "deadline_unresolved", f"完成时限待人工确认，{why}"),
        (DUE_BEFORE_ISSUE in task.flags, Severity.INFO, DUE_BEFORE_ISSUE, f"完成时限{task.due}早于印发日期"),
        (
            bool(times),
            Severity.WARNING,
            "time_in_text",
            f"没有写完成时限；正文里的“{'、'.join(times)}”没有作为时限，请核对",
        ),
        (not task.lead_units, Severity.ERROR, "lead_missing", "没有找到牵头单位"),
        (bool(both), Severity.WARNING, "unit_twice", f"“{both}”既是牵头单位又是配合单位"),
        (BRACKET_OPEN in task.flags, Severity.WARNING, BRACKET_OPEN, "单位名称中的括号不成对，没有拆分"),
        (OPEN_LIST in task.flags, Severity.INFO, OPEN_LIST, "单位以“等”收尾，没有列全"),
        (BY_DUTY in task.flags, Severity.INFO, BY_DUTY, "单位之后写有“按职责分工负责”"),
    )
    place = document.place(task.source_lines[0])
    where = document.wheres.get(place.line, "")
    behind = f"（{where}）" if where and document.form != "txt" else ""
    return tuple(
        Finding(severity, code, place, f"任务（{task.key}）：{text}{behind}")
        for present, severity, code, text in found
        if present
    )


def _task_numbers(document: Document, reading: Reading, tasks: tuple[Task, ...]) -> Iterator[Finding]:
    numbered = [(item, task) for item, task in zip(reading.items, tasks, strict=True) if item.number is not None]
    if not numbered:
        return
    first, first_task = numbered[0]
    if first.number != 1:
        place = document.place(first_task.source_lines[0])
        yield Finding(Severity.INFO, "numbers_start", place, f"任务编号从（{first.number}）开始")
    for (before, _), (item, task) in pairwise(numbered):
        place = document.place(task.source_lines[0])
        yield from (Finding(severity, code, place, text) for severity, code, text in _step(before, item))


def _step(before: Item, item: Item) -> Iterator[tuple[Severity, str, str]]:
    """What is odd about a number after the one before it: it may begin again in a new list or under a new heading."""
    assert before.number is not None and item.number is not None  # noqa: S101, PT018 - the caller looked
    elsewhere = (before.list_number, before.headings) != (item.list_number, item.headings)
    if item.number == before.number and (item.part or before.part):
        return
    if item.number == before.number + 1 or (elsewhere and item.number == 1):
        return
    if elsewhere and item.number < before.number:
        yield Severity.INFO, "numbers_start", f"任务编号从（{item.number}）开始"
    elif item.number <= before.number:
        yield Severity.ERROR, "number_repeated", f"任务编号（{item.number}）重复出现"
    else:
        yield Severity.ERROR, "number_gap", f"任务编号从（{before.number}）跳到（{item.number}），请核对有无漏项"


def _headings(document: Document, reading: Reading) -> Iterator[Finding]:
    """A heading printed again with the same name is a page break (quirk 1), anything else a doubt."""
    names: dict[int, str] = {}
    before = 0
    for heading in _outer(reading):
        place = document.place(document.atoms[heading.atom - 1].line)
        if heading.number == 1 and before > 1:
            names, before = {}, 0
        if names.setdefault(heading.number, heading.name) != heading.name:
            text = f"事项{heading.number}前后名称不同：“{names[heading.number]}”与“{heading.name}”"
            yield Finding(Severity.ERROR, "category_name", place, text)
        if heading.number not in (before, before + 1):
            text = f"事项编号从{before}跳到{heading.number}，请核对有无漏项"
            yield Finding(Severity.ERROR, "category_gap", place, text)
        before = heading.number


def _empty_headings(document: Document, reading: Reading) -> Iterator[Finding]:
    filled = {name for item in reading.items for name in item.headings}
    for heading in {each.name: each for each in reversed(_outer(reading))}.values():
        if heading.name not in filled:
            text = f"事项{heading.number}“{heading.name}”之下没有任务，清单可能不完整"
            line = document.atoms[heading.atom - 1].line
            yield Finding(Severity.ERROR, "category_empty", document.place(line), text)


def _outer(reading: Reading) -> list[CategoryHeading]:
    """The numbered headings of the outermost level."""
    return [heading for heading in reading.headings if heading.number and heading.depth == 0]
