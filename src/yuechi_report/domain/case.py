"""One task on one day with everything the rules look at, and the questions they ask of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.deadline import DueBy, NoDeadline, Ongoing, OngoingMode, Recurring, Tracking, Unresolved
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Decision, History, ProgressEntry, Reported, Role, Submission, in_book_order
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.register import Task
from yuechi_report.domain.standing import Standing, decided_after, filling_units, led_by


@dataclass(frozen=True, slots=True)
class Docket:
    """Entries of the lead role by task and unit, decisions by task, workbooks by unit; oldest first.

    Holds entries of quarters up to the period's that were received by `as_of`, and decisions made by then;
    `filed` are the entries of the period's own quarter, which ends on `quarter_end`, and `sent_back` its
    workbooks with rows that were sent back.
    """

    period: Period
    as_of: date
    policy: StatusPolicy
    entries: Mapping[tuple[int, str], Sequence[ProgressEntry]]
    filed: Mapping[tuple[int, str], Sequence[ProgressEntry]]
    decisions: Mapping[int, Sequence[Decision]]
    sent_back: Mapping[str, Sequence[Submission]]
    quarter_end: date

    @classmethod
    def of(cls, history: History, period: Period, *, as_of: date, policy: StatusPolicy) -> "Docket":
        """One pass over the history, whatever it holds of other tasks, later days and later quarters."""
        entries: dict[tuple[int, str], list[ProgressEntry]] = defaultdict(list)
        filed: dict[tuple[int, str], list[ProgressEntry]] = {}
        decisions: dict[int, list[Decision]] = {}
        sent_back: dict[str, list[Submission]] = {}
        now, lead = period.quarter.ordinal, Role.LEAD
        for entry in history.entries:
            if entry.role is lead and entry.source.received_at.date() <= as_of:
                quarter, key = entry.quarter.ordinal, (entry.task_no, entry.unit)
                if quarter <= now:
                    entries[key].append(entry)
                if quarter == now:
                    filed.setdefault(key, []).append(entry)
        for decision in history.decisions:
            if decision.decided_on <= as_of:
                decisions.setdefault(decision.task_no, []).append(decision)
        for one in history.submissions:
            has_faults = one.faulty_rows or one.faulty_tasks
            if has_faults and one.quarter.ordinal == now and one.source.received_at.date() <= as_of:
                sent_back.setdefault(one.unit, []).append(one)
        return cls(period, as_of, policy, entries, filed, decisions, sent_back, period.quarter.last_day)


_FIXED, _UNDEFINED = TaskClass.FIXED, TaskClass.UNDEFINED

_COMPLETE, _EXTENSION = Reported.DECLARED_COMPLETE, Reported.EXTENSION_REQUESTED

_ADJUSTMENT = Reported.ADJUSTMENT_REQUESTED


@dataclass(slots=True)
class Case:
    """The task as decided, its filling unit's records, and what follows from them directly. Never changed once made.

    `entries` are those of the filling unit and of the units that filled in before it, oldest first;
    `last` the newest of any quarter; `filed` those of this quarter; `entry` the one judged by: this
    quarter's newest, or the last accepted one where this quarter's only row is 待补正 (domain.md §2.2).
    Answers that several rules and axes ask for are fields, worked out once; the others are properties.
    """

    task: Task
    period: Period
    as_of: date
    policy: StatusPolicy
    quarter_end: date
    decisions: Sequence[Decision]
    standing: Standing
    sent_back_rows: Sequence[Submission]
    """The quarter's workbooks in which the row of this task was sent back, oldest first."""
    entries: Sequence[ProgressEntry]
    filed: Sequence[ProgressEntry]
    last: ProgressEntry | None
    entry: ProgressEntry | None
    task_class: TaskClass
    due: date | None
    effective_due: date | None
    days_left: int
    """Days to the effective due date; 0 on the day itself, negative after it, 0 where there is none."""
    is_blocked: bool
    """受上级制约, recognised by the office and not past its review date."""
    is_returned: bool
    """Sent back, and nothing handed in since."""
    says_complete: bool
    """The newest entry says 已完成 and the office has not sent it back since."""
    declared: bool
    """Declared complete with evidence, and neither returned nor reopened since."""

    @classmethod
    def of(cls, task: Task, docket: Docket) -> "Case":
        """The case of one task."""
        number, as_of, policy = task.number, docket.as_of, docket.policy
        decisions = docket.decisions.get(number, ())
        standing = Standing.of(decisions)
        if standing.lead is None:
            unit = task.lead_units[0]
            entries = docket.entries.get((number, unit), ())
            filed = docket.filed.get((number, unit), ())
            workbooks = docket.sent_back.get(unit, ())
        else:
            fillers = filling_units(task, decisions)
            task = led_by(task, fillers[-1])
            entries = _in_order(docket.entries, number, fillers)
            filed = _in_order(docket.filed, number, fillers)
            workbooks = [one for each in dict.fromkeys(fillers) for one in docket.sent_back.get(each, ())]
        sent_back = tuple(one for one in workbooks if one.sends_back(number)) if workbooks else ()
        last = entries[-1] if entries else None
        due = task.due
        effective_due = standing.new_due.new_due if standing.new_due is not None else due
        says_complete = last is not None and last.reported is _COMPLETE and not _undone(standing, last)
        return cls(
            task,
            docket.period,
            as_of,
            policy,
            docket.quarter_end,
            decisions,
            standing,
            sent_back,
            entries,
            filed,
            last,
            filed[-1] if filed else (last if sent_back else None),
            class_of(task, standing),
            due,
            effective_due,
            (effective_due - as_of).days if effective_due is not None else 0,
            standing.block is not None and standing.block_holds(as_of, policy.days_block_review),
            standing.returned is not None and last is not None and decided_after(standing.returned, last),
            says_complete,
            says_complete and last is not None and last.has_evidence,
        )

    @property
    def due_before_issue(self) -> bool:
        """Due before the notice was issued, and no new date set (domain.md §2.4)."""
        due = self.effective_due
        return due is not None and due < self.period.issued_on

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
    def awaits_correction(self) -> bool:
        """待补正: this quarter's row was sent back and nothing accepted has come for the task."""
        return bool(self.sent_back_rows) and not self.filed

    @property
    def declared_on(self) -> date | None:
        """The day at which lateness is frozen while a declaration waits for its check."""
        last = self.last
        if last is None or not self.declared:
            return None
        return last.completed_on or last.source.received_at.date()

    @property
    def extension_pending(self) -> bool:
        """An extension asked for on or before the effective due date, and no decision since that answers it."""
        last, due = self.last, self.effective_due
        if last is None or due is None or last.reported is not _EXTENSION:
            return False
        in_time = last.source.received_at.date() <= due
        return in_time and not decided_after(self.standing.extension_answer, last)

    @property
    def adjustment_pending(self) -> bool:
        """申请调整, and no decision since that answers it."""
        last = self.last
        if last is None or last.reported is not _ADJUSTMENT:
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


def _undone(standing: Standing, last: ProgressEntry) -> bool:
    """Returned or reopened since that entry."""
    return decided_after(standing.returned, last) or decided_after(standing.reopened, last)


def _in_order(
    records: Mapping[tuple[int, str], Sequence[ProgressEntry]], number: int, units: Sequence[str]
) -> Sequence[ProgressEntry]:
    """The task's entries of several units in the order in which they count."""
    found = [one for unit in dict.fromkeys(units) for one in records.get((number, unit), ())]
    return sorted(found, key=in_book_order)


def class_of(task: Task, standing: Standing) -> TaskClass:
    """The office's own setting first, then a date it has set, then the notice's deadline.

    限时类 needs a date: set without one, the task waits for the date as 待明确类.
    """
    if standing.new_class is not None:
        found = TaskClass(standing.new_class.new_class)
        due = standing.new_due.new_due if standing.new_due is not None else task.due
        return _UNDEFINED if found is _FIXED and due is None else found
    return _FIXED if standing.new_due is not None else _class_of_notice(task)


_OF_KIND = {
    DueBy: TaskClass.FIXED,
    Recurring: TaskClass.MAINTAIN,
    Tracking: TaskClass.TRACK,
    NoDeadline: TaskClass.UNDEFINED,
    Unresolved: TaskClass.UNRESOLVED,
}

_OF_MODE = {OngoingMode.ADVANCE: TaskClass.ADVANCE, OngoingMode.MAINTAIN: TaskClass.MAINTAIN}


def _class_of_notice(task: Task) -> TaskClass:
    deadline = task.deadline
    return _OF_MODE[deadline.mode] if isinstance(deadline, Ongoing) else _OF_KIND[type(deadline)]
