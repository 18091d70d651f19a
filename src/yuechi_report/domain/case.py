"""One task on one day with everything the rules look at, and the questions they ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.deadline import DueBy, NoDeadline, Ongoing, OngoingMode, Recurring, Tracking, Unresolved
from yuechi_report.domain.docket import Docket
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Decision, ProgressEntry, Reported, Submission
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.register import Task
from yuechi_report.domain.standing import NOTHING_DECIDED, Standing, decided_after
from yuechi_report.domain.succession import filling_units, led_by


@dataclass(frozen=True, slots=True)
class Case:
    """The task as decided, its filling unit's records, and what follows from them directly.

    `entries` are those of the filling unit and of the units that filled in before it, oldest first;
    `last` the newest of any quarter; `filed` those of this quarter; `entry` the one judged by: this
    quarter's newest, or the last accepted one where this quarter's only row is 待补正 (domain.md §2.2).
    """

    task: Task
    period: Period
    as_of: date
    policy: StatusPolicy
    decisions: Sequence[Decision]
    standing: Standing
    handed_in: Sequence[Submission]
    entries: Sequence[ProgressEntry]
    filed: Sequence[ProgressEntry]
    last: ProgressEntry | None
    entry: ProgressEntry | None
    task_class: TaskClass
    effective_due: date | None

    @classmethod
    def of(cls, task: Task, docket: Docket) -> "Case":
        """The case of one task."""
        number, unit = task.number, task.filling_unit
        decisions = docket.decisions.get(number, ())
        standing = Standing.of(decisions) if decisions else NOTHING_DECIDED
        entries = docket.entries.get(number, ())
        handed_in = docket.submissions.get(unit, ())
        if standing.lead is not None:
            fillers = filling_units(task, decisions)
            task = led_by(task, fillers[-1])
            entries = [one for one in entries if one.unit in fillers]
            handed_in = [one for each in dict.fromkeys(fillers) for one in docket.submissions.get(each, ())]
        else:
            entries = [one for one in entries if one.unit == unit]
        filed = [one for one in entries if one.quarter == docket.period.quarter]
        last = entries[-1] if entries else None
        due = standing.new_due.new_due if standing.new_due is not None else task.due
        return cls(
            task,
            docket.period,
            docket.as_of,
            docket.policy,
            decisions,
            standing,
            handed_in,
            entries,
            filed,
            last,
            filed[-1] if filed else (last if last is not None and _sent_back(number, handed_in) else None),
            class_of(task, standing),
            due,
        )

    @property
    def due_before_issue(self) -> bool:
        """Due before the notice was issued, and no new date set (domain.md §2.4)."""
        due = self.effective_due
        return due is not None and due < self.period.issued_on

    @property
    def is_past_due(self) -> bool:
        """逾期 begins the day after the effective due date."""
        due = self.effective_due
        return due is not None and self.as_of > due

    @property
    def days_left(self) -> int:
        """Days to the effective due date; 0 on the day itself, negative after it."""
        due = self.effective_due
        return (due - self.as_of).days if due is not None else 0

    @property
    def days_window(self) -> int:
        """Days from issue to the effective due date."""
        due = self.effective_due
        return (due - self.period.issued_on).days if due is not None else 0

    @property
    def sent_back_rows(self) -> tuple[Submission, ...]:
        """The quarter's workbooks in which the row of this task was sent back, oldest first."""
        return tuple(one for one in self.handed_in if one.sends_back(self.task.number))

    @property
    def awaits_correction(self) -> bool:
        """待补正: this quarter's row was sent back and nothing accepted has come for the task."""
        return not self.filed and _sent_back(self.task.number, self.handed_in)

    @property
    def says_complete(self) -> bool:
        """The newest entry says 已完成 and the office has not sent it back since."""
        last = self.last
        if last is None or last.reported is not Reported.DECLARED_COMPLETE:
            return False
        return not (decided_after(self.standing.returned, last) or decided_after(self.standing.reopened, last))

    @property
    def declared(self) -> bool:
        """Declared complete with evidence, and neither returned nor reopened since."""
        last = self.last
        return last is not None and self.says_complete and last.has_evidence

    @property
    def declared_on(self) -> date | None:
        """The day at which lateness is frozen while a declaration waits for its check."""
        last = self.last
        if last is None or not self.declared:
            return None
        return last.completed_on or last.source.received_at.date()

    @property
    def is_returned(self) -> bool:
        """Sent back, and nothing handed in since."""
        return self.last is not None and decided_after(self.standing.returned, self.last)

    @property
    def is_blocked(self) -> bool:
        """受上级制约, recognised by the office and not past its review date."""
        standing = self.standing
        return standing.block is not None and standing.block_holds(self.as_of, self.policy.days_block_review)

    @property
    def extension_pending(self) -> bool:
        """An extension asked for on or before the effective due date, and no decision since that answers it."""
        last, due = self.last, self.effective_due
        if last is None or due is None or last.reported is not Reported.EXTENSION_REQUESTED:
            return False
        in_time = last.source.received_at.date() <= due
        return in_time and not decided_after(self.standing.extension_answer, last)

    @property
    def adjustment_pending(self) -> bool:
        """申请调整, and no decision since that answers it."""
        last = self.last
        if last is None or last.reported is not Reported.ADJUSTMENT_REQUESTED:
            return False
        return not decided_after(self.standing.change_answer, last)

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


def _sent_back(number: int, handed_in: Sequence[Submission]) -> bool:
    return any(one.sends_back(number) for one in handed_in)


def class_of(task: Task, standing: Standing) -> TaskClass:
    """The office's own setting first, then a date it has set, then the notice's deadline.

    限时类 needs a date: set without one, the task waits for the date as 待明确类.
    """
    due = standing.new_due.new_due if standing.new_due is not None else task.due
    if standing.new_class is not None:
        found = TaskClass(standing.new_class.new_class)
        return TaskClass.UNDEFINED if found is TaskClass.FIXED and due is None else found
    return TaskClass.FIXED if standing.new_due is not None else _class_of_notice(task)


def _class_of_notice(task: Task) -> TaskClass:
    match task.deadline:
        case DueBy():
            return TaskClass.FIXED
        case Ongoing(mode=OngoingMode.ADVANCE):
            return TaskClass.ADVANCE
        case Ongoing() | Recurring():
            return TaskClass.MAINTAIN
        case Tracking():
            return TaskClass.TRACK
        case NoDeadline():
            return TaskClass.UNDEFINED
        case Unresolved():
            return TaskClass.UNRESOLVED
