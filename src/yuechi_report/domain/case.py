"""Case: one task on one day with the records that count for it (docket), and the questions the rules ask of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.deadline import DueBy, NoDeadline, Ongoing, OngoingMode, Recurring, Tracking, Unresolved
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Decision, History, ProgressEntry, Reported, Role, Submission, in_book_order
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.register import Task
from yuechi_report.domain.standing import Standing, decided_after, filling_units, led_by

Key = TypeVar("Key")
Kept = TypeVar("Kept")

_CLASS_OF_DEADLINE = {
    DueBy: TaskClass.FIXED,
    Recurring: TaskClass.MAINTAIN,
    Tracking: TaskClass.TRACK,
    NoDeadline: TaskClass.UNDEFINED,
    Unresolved: TaskClass.UNRESOLVED,
}

_CLASS_OF_MODE = {OngoingMode.ADVANCE: TaskClass.ADVANCE, OngoingMode.MAINTAIN: TaskClass.MAINTAIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """Entries of the lead role by task and unit, decisions by task, workbooks by unit; oldest first.

    Holds entries of quarters up to the period's that were received by `as_of`, and decisions made by then;
    `sent_back` are the workbooks of the period's own quarter with rows that were sent back.
    """

    period: Period
    as_of: date
    policy: StatusPolicy
    entries: Mapping[tuple[int, str], Sequence[ProgressEntry]]
    decisions: Mapping[int, Sequence[Decision]]
    sent_back: Mapping[str, Sequence[Submission]]

    @classmethod
    def of(cls, history: History, period: Period, *, as_of: date, policy: StatusPolicy) -> "Docket":
        """The records of every task, sorted out once; what came on later days or for later quarters is left out."""
        seen = history.up_to(period.quarter, as_of)
        led = [entry for entry in seen.entries if entry.role is Role.LEAD]
        sent_back = [workbook for workbook in seen.submissions if workbook.faulty_rows or workbook.faulty_tasks]
        return cls(
            period=period,
            as_of=as_of,
            policy=policy,
            entries=_grouped(led, lambda entry: (entry.task_no, entry.unit)),
            decisions=_grouped(seen.decisions, lambda decision: decision.task_no),
            sent_back=_grouped(
                [workbook for workbook in sent_back if workbook.quarter == period.quarter],
                lambda workbook: workbook.unit,
            ),
        )


def _grouped(records: Iterable[Kept], key: Callable[[Kept], Key]) -> dict[Key, list[Kept]]:
    """The records of each key, in their order."""
    groups: dict[Key, list[Kept]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The task as decided, its filling unit's records, and what follows from them directly.

    `entries` are those of the filling unit and of the units that filled in before it, oldest first;
    `sent_back_rows` this quarter's workbooks in which the row of this task was sent back, oldest first.
    """

    task: Task
    period: Period
    as_of: date
    policy: StatusPolicy
    decisions: Sequence[Decision]
    standing: Standing
    entries: Sequence[ProgressEntry]
    sent_back_rows: Sequence[Submission]

    @classmethod
    def of(cls, task: Task, docket: Docket) -> "Case":
        """The case of one task."""
        decisions = docket.decisions.get(task.number, ())
        standing = Standing.of(decisions)
        units = filling_units(task, decisions)
        return cls(
            task=task if standing.lead is None else led_by(task, units[-1]),
            period=docket.period,
            as_of=docket.as_of,
            policy=docket.policy,
            decisions=decisions,
            standing=standing,
            entries=_entries_of(docket, task.number, units),
            sent_back_rows=_sent_back_rows(docket, task.number, units),
        )

    @property
    def filed(self) -> Sequence[ProgressEntry]:
        """The entries of this quarter."""
        return [entry for entry in self.entries if entry.quarter == self.period.quarter]

    @property
    def last(self) -> ProgressEntry | None:
        """The newest entry of any quarter."""
        return self.entries[-1] if self.entries else None

    @property
    def entry(self) -> ProgressEntry | None:
        """The entry judged by: this quarter's newest.

        Where this quarter's only row is 待补正 it is the last accepted one (domain.md §2.2).
        """
        filed = self.filed
        if filed:
            return filed[-1]
        return self.last if self.sent_back_rows else None

    @property
    def awaits_correction(self) -> bool:
        """待补正: this quarter's row was sent back and nothing accepted has come for the task."""
        return bool(self.sent_back_rows) and not self.filed

    @property
    def task_class(self) -> TaskClass:
        """By which rules the task is judged."""
        return class_of(self.task, self.standing)

    @property
    def due(self) -> date | None:
        """The fixed due date of the notice."""
        return self.task.due

    @property
    def effective_due(self) -> date | None:
        """The due date that counts: the office's own, else the notice's."""
        return _effective_due(self.task, self.standing)

    @property
    def due_before_issue(self) -> bool:
        """Due before the notice was issued, and no new date set (domain.md §2.4)."""
        due = self.effective_due
        return due is not None and due < self.period.issued_on

    @property
    def days_left(self) -> int:
        """Days to the effective due date; 0 on the day itself, negative after it, 0 where there is none."""
        due = self.effective_due
        return (due - self.as_of).days if due is not None else 0

    @property
    def is_past_due(self) -> bool:
        """逾期 begins the day after the effective due date."""
        return self.days_left < 0

    @property
    def days_window(self) -> int:
        """Days from issue to the effective due date."""
        due = self.effective_due
        return (due - self.period.issued_on).days if due is not None else 0

    @property
    def is_blocked(self) -> bool:
        """受上级制约, recognised by the office and not past its review date."""
        return self.standing.block_holds(self.as_of, self.policy.days_block_review)

    @property
    def is_returned(self) -> bool:
        """Sent back, and nothing handed in since."""
        return self.last is not None and decided_after(self.standing.returned, self.last)

    @property
    def says_complete(self) -> bool:
        """The newest entry says 已完成, and the office has neither sent it back nor reopened the task since."""
        last = self.last
        if last is None or last.reported is not Reported.DECLARED_COMPLETE or self.is_returned:
            return False
        return not decided_after(self.standing.reopened, last)

    @property
    def declared(self) -> bool:
        """Declared complete with evidence, and neither returned nor reopened since."""
        return self.last is not None and self.last.has_evidence and self.says_complete

    @property
    def declared_on(self) -> date | None:
        """The day at which lateness is frozen while a declaration waits for its check."""
        last = self.last
        if last is None or not self.declared:
            return None
        return last.completed_on or last.source.received_on

    @property
    def extension_pending(self) -> bool:
        """An extension asked for on or before the effective due date, and no decision since that answers it."""
        last, due = self.last, self.effective_due
        if last is None or due is None or last.reported is not Reported.EXTENSION_REQUESTED:
            return False
        return last.source.received_on <= due and not decided_after(self.standing.extension_answer, last)

    @property
    def adjustment_pending(self) -> bool:
        """申请调整, and no decision since that answers it."""
        last = self.last
        if last is None or last.reported is not Reported.ADJUSTMENT_REQUESTED:
            return False
        return not decided_after(self.standing.change_answer, last)

    @property
    def block_pending(self) -> bool:
        """待上级, not recognised, and no decision since that answers it."""
        last = self.last
        if last is None or last.reported is not Reported.AWAITING_UPPER or self.is_blocked:
            return False
        return not decided_after(self.standing.block_answer, last)

    @property
    def is_hollow(self) -> bool:
        """The office found the entry judged by empty of content; a better one handed in after that counts."""
        hollow, entry = self.standing.hollow, self.entry
        if hollow is None or entry is None or not decided_after(hollow, entry):
            return False
        return hollow.quarter in (entry.quarter, self.period.quarter)

    @property
    def owes_report(self) -> bool:
        """Closed or ended tasks owe nothing from the submission day after the decision on."""
        settled = self.standing.ended or self.standing.closed
        return settled is None or settled.decided_on > self.period.submission_due


def _entries_of(docket: Docket, number: int, units: Sequence[str]) -> Sequence[ProgressEntry]:
    """The task's entries of all its filling units in the order in which they count."""
    found = [entry for unit in dict.fromkeys(units) for entry in docket.entries.get((number, unit), ())]
    return sorted(found, key=in_book_order)


def _sent_back_rows(docket: Docket, number: int, units: Sequence[str]) -> Sequence[Submission]:
    """The workbooks of all its filling units in which the task's row was sent back."""
    found = [workbook for unit in dict.fromkeys(units) for workbook in docket.sent_back.get(unit, ())]
    return [workbook for workbook in found if workbook.sends_back(number)]


def _effective_due(task: Task, standing: Standing) -> date | None:
    """The office's own date first, then the notice's."""
    return standing.new_due.new_due if standing.new_due is not None else task.due


def class_of(task: Task, standing: Standing) -> TaskClass:
    """The office's own setting first, then a date it has set, then the notice's deadline.

    限时类 needs a date: set without one, the task waits for the date as 待明确类.
    """
    if standing.new_class is not None:
        set_class = TaskClass(standing.new_class.new_class)
        has_no_date = _effective_due(task, standing) is None
        return TaskClass.UNDEFINED if set_class is TaskClass.FIXED and has_no_date else set_class
    return TaskClass.FIXED if standing.new_due is not None else _class_of_notice(task)


def _class_of_notice(task: Task) -> TaskClass:
    deadline = task.deadline
    if isinstance(deadline, Ongoing):
        return _CLASS_OF_MODE[deadline.mode]
    return _CLASS_OF_DEADLINE[type(deadline)]
