"""Document → tasks and findings: recognise the layout, read the front, understand each row's cells."""

from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.deadline import Deadline, DueBy, Unresolved
from yuechi_report.domain.register import Task
from yuechi_report.notice.checks import character_findings, issue_day_findings, sequence_findings, task_findings
from yuechi_report.notice.deadline_text import (
    BASE_YEAR_DIFFERS,
    DUE_BEFORE_ISSUE,
    WHY_BY_HAND,
    YEAR_INFERRED,
    parse_deadline,
)
from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Finding
from yuechi_report.notice.front import BaseYear, Front, base_year, read_front
from yuechi_report.notice.layout import recognise
from yuechi_report.notice.layout.reading import Reading, Row
from yuechi_report.notice.unit_text import split_units

_TITLE_MAX = 30


@dataclass(frozen=True, slots=True)
class Parsed:
    """A notice understood: tasks in its order, categories once each, findings in the order of lines."""

    title: str
    notice_date: date | None
    base_year: int | None
    layout: str
    categories: tuple[str, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rows are understood by: the document for places, the base year, the day of issue."""

    document: Document
    base: BaseYear
    issued_on: date | None


def parse_notice(document: Document, *, issued_on: date | None = None) -> Parsed:
    """The tasks of a notice; InputRefused when no layout is recognised.

    `issued_on` is the day of issue where it is known from elsewhere (notice.yml, --issued-on); it goes
    before the day printed in the notice. Structural doubts never stop the parse: they are findings.
    """
    reading = recognise(document)
    front = read_front(document.lines[: reading.first_line - 1])
    issued = issued_on or front.notice_date
    context = _Context(document, base_year(front, issued, document), issued)
    tasks = tuple(_task(row, context) for row in reading.rows)
    return Parsed(
        title=front.title,
        notice_date=front.notice_date,
        base_year=context.base.year,
        layout=reading.layout,
        categories=_categories(reading),
        tasks=tasks,
        findings=_in_order(reading, front, context, tasks),
    )


def title_of(text: str, item: str = "") -> str:
    """A task's title: its text up to the first 。; else the item cell; else to the first ， or 30 characters."""
    sentence, stop, _ = text.partition("。")
    if stop and sentence:
        return sentence
    return item or text.replace(",", "，").partition("，")[0][:_TITLE_MAX]


def _task(row: Row, context: _Context) -> Task:
    deadline, deadline_flags = _deadline(row, context)
    lead, cooperating = split_units(row.lead), split_units(row.cooperating)
    return Task(
        number=row.number,
        category_number=row.category_number,
        category=row.category,
        title=title_of(row.text, row.item),
        text=row.text,
        deadline_raw=row.deadline,
        deadline=deadline,
        lead_units=lead.names,
        cooperating_units=cooperating.names,
        source_lines=row.lines,
        flags=tuple(dict.fromkeys((*deadline_flags, *lead.flags, *cooperating.flags, *row.flags))),
    )


def _deadline(row: Row, context: _Context) -> tuple[Deadline, tuple[str, ...]]:
    """The deadline with its flags, those that depend on the notice's own days included."""
    if not row.deadline_cell:
        return Unresolved(WHY_BY_HAND), ()
    deadline, flags = parse_deadline(row.deadline, base_year=context.base.year)
    if context.base.differs and YEAR_INFERRED in flags:
        flags = (*flags, BASE_YEAR_DIFFERS)
    if isinstance(deadline, DueBy) and context.issued_on is not None and deadline.due < context.issued_on:
        flags = (*flags, DUE_BEFORE_ISSUE)
    return deadline, flags


def _categories(reading: Reading) -> tuple[str, ...]:
    """Every category once, though a page break may print its heading again (quirk 1)."""
    names: dict[int, str] = {}
    for heading in reading.headings:
        names.setdefault(heading.number, heading.name)
    return tuple(names.values())


def _in_order(reading: Reading, front: Front, context: _Context, tasks: tuple[Task, ...]) -> tuple[Finding, ...]:
    document = context.document
    findings = [
        *context.base.findings,
        *character_findings(document),
        *issue_day_findings(document, front.notice_date, context.issued_on),
        *sequence_findings(document, reading),
        *reading.findings,
        *(finding for task in tasks for finding in task_findings(document, task)),
    ]
    return tuple(sorted(findings, key=lambda finding: finding.place.line))
