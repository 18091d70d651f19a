"""One task on one day with everything the rules look at, and the questions they ask of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.deadline import DueBy, NoDeadline, Ongoing, OngoingMode, Recurring, Tracking, Unresolved
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import History, ProgressEntry, Reported
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.register import Task
from yuechi_report.domain.standing import Standing, decided_after


@dataclass(frozen=True, slots=True)
class Case:
    """`history` holds only what had happened by `as_of`; `last` is the filling unit's newest entry
    of any quarter, `entry` its newest of this quarter.
    """

    task: Task
    period: Period
    as_of: date
    policy: StatusPolicy
    history: History
    standing: Standing
    last: ProgressEntry | None
    entry: ProgressEntry | None

    @classmethod
    def of(cls, task: Task, history: History, period: Period, *, as_of: date, policy: StatusPolicy) -> "Case":
        """The case of one task; records of other tasks, later days and later quarters are left out."""
        seen = history.of_task(task.number).up_to(period.quarter, as_of)
        entries = seen.lead_entries(task.filling_unit)
        current = [one for one in entries if one.quarter == period.quarter]
        return cls(
            task,
            period,
            as_of,
            policy,
            seen,
            Standing.of(seen.decisions),
            entries[-1] if entries else None,
            current[-1] if current else None,
        )

    @property
    def task_class(self) -> TaskClass:
        """The class as judged."""
        return class_of(self.task, self.standing)

    @property
    def effective_due(self) -> date | None:
        """The due date with extensions and newly set dates; the original stays in the task."""
        decision = self.standing.new_due
        return decision.new_due if decision is not None else self.task.due

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
    def declared(self) -> bool:
        """Declared complete with evidence, and neither returned nor reopened since."""
        last = self.last
        return last is not None and last.has_evidence and self.says_complete

    @property
    def says_complete(self) -> bool:
        """The newest entry says 已完成 and the office has not sent it back since."""
        last = self.last
        if last is None or last.reported is not Reported.DECLARED_COMPLETE:
            return False
        return not (decided_after(self.standing.returned, last) or decided_after(self.standing.reopened, last))

    @property
    def declared_on(self) -> date | None:
        """The day at which lateness is frozen while a declaration waits for its check."""
        if not self.declared or self.last is None:
            return None
        return self.last.completed_on or self.last.source.received_at.date()

    @property
    def is_returned(self) -> bool:
        """Sent back, and nothing handed in since."""
        return self.last is not None and decided_after(self.standing.returned, self.last)

    @property
    def is_blocked(self) -> bool:
        """受上级制约, recognised by the office and not past its review date."""
        return self.standing.block_holds(self.as_of, self.policy.days_block_review)

    @property
    def extension_pending(self) -> bool:
        """An extension asked for on or before the original due date and not decided yet."""
        last, due = self.last, self.effective_due
        if last is None or due is None or last.reported is not Reported.EXTENSION_REQUESTED:
            return False
        in_time = last.source.received_at.date() <= due
        return in_time and not decided_after(self.standing.extension, last)

    @property
    def adjustment_pending(self) -> bool:
        """申请调整, not decided yet."""
        last = self.last
        asked = last is not None and last.reported is Reported.ADJUSTMENT_REQUESTED
        return asked and last is not None and not decided_after(self.standing.adjusted, last)

    @property
    def is_hollow(self) -> bool:
        """The office found this quarter's entry empty of content."""
        hollow = self.standing.hollow
        return hollow is not None and hollow.quarter == self.period.quarter

    @property
    def owes_report(self) -> bool:
        """Closed or ended tasks owe nothing from the submission day after the decision on."""
        settled = self.standing.ended or self.standing.closed
        return settled is None or settled.decided_on > self.period.submission_due

    @property
    def days_window(self) -> int:
        """Days from issue to the effective due date."""
        due = self.effective_due
        return (due - self.period.issued_on) // timedelta(days=1) if due is not None else 0


def class_of(task: Task, standing: Standing) -> TaskClass:
    """The class as judged: the office's own setting first, then the notice's deadline."""
    if standing.new_class is not None:
        return TaskClass(standing.new_class.new_class)
    if standing.new_due is not None:
        return TaskClass.FIXED
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
