"""Document → tasks and findings: the best reading, the front, each item's fields understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.deadline import Deadline, DueBy, Unresolved
from yuechi_report.domain.register import Task
from yuechi_report.notice.checks import (
    character_findings,
    doubt_findings,
    issue_day_findings,
    left_findings,
    sequence_findings,
    task_findings,
)
from yuechi_report.notice.deadline_text import (
    BASE_YEAR_DIFFERS,
    DUE_BEFORE_ISSUE,
    WHY_BY_HAND,
    YEAR_INFERRED,
    parse_deadline,
)
from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Finding, Severity, excerpt
from yuechi_report.notice.front import BaseYear, Front, base_year, read_front
from yuechi_report.notice.keys import keys_of
from yuechi_report.notice.readings.account import Account, account_of
from yuechi_report.notice.readings.choose import recognise
from yuechi_report.notice.readings.item import Doubt, How, Item, Reading
from yuechi_report.notice.roles import persons_in, units_of
from yuechi_report.notice.vocabulary import ColumnRole

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
    account: Mapping[str, int]
    columns: tuple[tuple[str, str], ...] = ()
    confirmed: float = 1.0


@dataclass(frozen=True, slots=True)
class _Context:
    """What items are understood by: the document for places, base years by list title, the day of issue."""

    document: Document
    front: Front
    issued_on: date | None

    def base(self, list_title: str) -> BaseYear:
        """The base year of a list."""
        return base_year(self.front, self.issued_on, self.document, list_title=list_title)


def parse_notice(document: Document, *, issued_on: date | None = None) -> Parsed:
    """The tasks of a notice; InputRefused when it is no list that can be read.

    `issued_on` is the day of issue where it is known from elsewhere (notice.yml, --issued-on); it goes
    before the day printed in the notice. Structural doubts never stop the parse: they are findings.
    """
    reading = recognise(document)
    account = account_of(document, reading)
    front = _front(document, reading)
    context = _Context(document, front, issued_on or front.notice_date)
    keys = keys_of(reading.items)
    tasks = tuple(
        _task(item, number, key, context) for number, (item, key) in enumerate(zip(reading.items, keys, strict=True), 1)
    )
    return Parsed(
        title=front.title or reading.items[0].list_title,
        notice_date=front.notice_date,
        base_year=context.base(reading.items[0].list_title).year,
        layout=reading.layout,
        categories=tuple(dict.fromkeys(task.category for task in tasks if task.category)),
        tasks=tasks,
        findings=_in_order(reading, context, tasks, account),
        account=account.counts(),
        columns=tuple((word, role.value) for word, role in reading.columns),
        confirmed=round(reading.confirmed, 3),
    )


def title_of(text: str, item: str = "") -> str:
    """A task's title: its text up to the first 。; else the item cell; else to the first ， or 30 characters.

    Where the text begins with the item (its measures come below it) the item is the title.
    """
    sentence, stop, _ = text.partition("。")
    if item and text.startswith(item):
        return " ".join(item.split())
    if stop and sentence:
        return " ".join(sentence.split())
    return " ".join((item or text.replace(",", "，").partition("，")[0][:_TITLE_MAX]).split())


def _front(document: Document, reading: Reading) -> Front:
    first = reading.first_atom()
    lines = [atom for atom in document.atoms if atom.id < first]
    behind = [atom for atom in document.atoms if atom.id > first]
    return read_front(lines, behind, titles=[item.list_title for item in reading.items if item.list_title][:1])


def _task(item: Item, number: int, key: str, context: _Context) -> Task:
    deadline, deadline_flags = _deadline(item, context)
    units = units_of(item)
    text = item.text.text.strip()
    title = title_of(text, item.item)
    if item.item and title != " ".join(item.item.split()):
        text = f"{item.item}\n{text}"  # a name cell that is not the title is not lost
    return Task(
        number=number,
        category_number=item.heading_number,
        category=" / ".join(item.headings),
        title=title,
        text=text,
        deadline_raw=item.value(ColumnRole.DEADLINE),
        deadline=deadline,
        lead_units=units.lead,
        cooperating_units=units.cooperating,
        source_lines=_lines(item, context.document),
        flags=tuple(dict.fromkeys((*deadline_flags, *units.flags, *item.flags))),
        key=key,
        list=item.list_title if item.list_number > 1 else "",
        printed_number=item.printed,
        leader=persons_in(item),
        goal=_goal(item),
    )


def _goal(item: Item) -> str:
    parts = [item.value(role) for role in (ColumnRole.GOAL, ColumnRole.MILESTONE)]
    return "；".join(part.replace("\n", "；") for part in parts if part)


def _lines(item: Item, document: Document) -> tuple[int, int]:
    """First and last line of what is this item's own: a cell merged over several rows is not."""
    own = set(item.text.atoms) | {
        atom for value in item.fields.values() if value.how is not How.MERGED for atom in value.atoms
    }
    lines = [document.atoms[atom - 1].line for atom in own]
    return min(lines), max(lines)


def _deadline(item: Item, context: _Context) -> tuple[Deadline, tuple[str, ...]]:
    """The deadline with its flags, those that depend on the notice's own days included."""
    raw = item.value(ColumnRole.DEADLINE)
    if not raw and any(doubt.code == "deadline_missing" for doubt in item.doubts):
        return Unresolved(WHY_BY_HAND), ()
    base = context.base(item.list_title)
    deadline, flags = parse_deadline(raw, base_year=base.year)
    if base.differs and YEAR_INFERRED in flags:
        flags = (*flags, BASE_YEAR_DIFFERS)
    if isinstance(deadline, DueBy) and context.issued_on is not None and deadline.due < context.issued_on:
        flags = (*flags, DUE_BEFORE_ISSUE)
    return deadline, flags


def _unread_names(item: Item) -> tuple[Doubt, ...]:
    text = "单位栏里的“{}”不像单位名称，没有采用"
    return tuple(
        Doubt(Severity.ERROR, "unit_unread", item.atoms[0], text.format(excerpt(name)))
        for name in units_of(item).unread
    )


def _in_order(reading: Reading, context: _Context, tasks: tuple[Task, ...], account: Account) -> tuple[Finding, ...]:
    document = context.document
    titles = dict.fromkeys(item.list_title for item in reading.items)
    findings = [
        *dict.fromkeys(finding for title in titles for finding in context.base(title).findings),
        *character_findings(document),
        *issue_day_findings(document, context.front.notice_date, context.issued_on),
        *sequence_findings(document, reading, tasks),
        *doubt_findings(document, reading.doubts),
        *left_findings(document, account),
        *(
            finding
            for item, task in zip(reading.items, tasks, strict=True)
            for finding in doubt_findings(document, (*item.doubts, *_unread_names(item)), task)
        ),
        *(finding for task in tasks for finding in task_findings(document, task)),
    ]
    return tuple(sorted(findings, key=lambda finding: finding.place.line))


__all__ = ["Account", "Parsed", "parse_notice", "title_of"]
