"""Case: one task on one day with the records that count for it (docket), and the questions the rules ask of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.evidence import Proof
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import (
    Decision,
    History,
    ProgressEntry,
    Reported,
    Role,
    Submission,
    in_book_order,
    in_quarter_order,
)
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.register import Task
from yuechi_report.domain.standing import (
    Standing,
    class_of,
    decided_after,
    declaration,
    due_date_of,
    filling_units,
    led_by,
    unanswered,
)

Key = TypeVar("Key")
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """Entries of the lead role by task and unit, decisions by task, workbooks by unit; oldest first.

    Holds entries of quarters up to the period's that were received by `as_of`, and decisions made by then.
    Of the period's own quarter `sent_back` are the workbooks with rows that were sent back, `purged` those
    of which only the fact is left. A preview (预览) is judged on a day before the report's own.
    """

    period: Period
    as_of: date
    is_preview: bool
    policy: StatusPolicy
    entries: Mapping[tuple[int, str], Sequence[ProgressEntry]]
    decisions: Mapping[int, Sequence[Decision]]
    sent_back: Mapping[str, Sequence[Submission]]
    purged: Mapping[str, Sequence[Submission]]

    @classmethod
    def of(
        cls, history: History, period: Period, *, as_of: date, policy: StatusPolicy, is_preview: bool = False
    ) -> "Docket":
        """The records of every task, sorted out once; what came on later days or for later quarters is left out."""
        seen = history.up_to(period.quarter, as_of)
        led = [entry for entry in seen.entries if entry.role is Role.LEAD]
        workbooks = [workbook for workbook in seen.submissions if workbook.quarter == period.quarter]
        sent_back = [workbook for workbook in workbooks if workbook.faulty_rows or workbook.faulty_tasks]
        purged = [workbook for workbook in workbooks if workbook.purged_at is not None]
        return cls(
            period=period,
            as_of=as_of,
            is_preview=is_preview,
            policy=policy,
            entries=_grouped(led, lambda entry: (entry.task_no, entry.unit)),
            decisions=_grouped(seen.decisions, lambda decision: decision.task_no),
            sent_back=_grouped(sent_back, lambda workbook: workbook.unit),
            purged=_grouped(purged, lambda workbook: workbook.unit),
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

    `of_notice` is the task with the units the notice names. `timed` are the decisions that class and due
    date follow from: of a closed task those up to its closing, for what is decided later changes nothing.
    `entries` are those of the filling unit and of the units that filled in before it, as they count one
    after the other, `declaration` those among them that declare the task complete. Of this quarter's
    workbooks, oldest first, `sent_back_rows` are those in which the row of this task was sent back and
    `purged` those of which only the fact is left.
    """

    task: Task
    of_notice: Task
    period: Period
    as_of: date
    is_preview: bool
    policy: StatusPolicy
    decisions: Sequence[Decision]
    standing: Standing
    timed: Standing
    entries: Sequence[ProgressEntry]
    declaration: Sequence[ProgressEntry]
    sent_back_rows: Sequence[Submission]
    purged: Sequence[Submission]

    @classmethod
    def of(cls, task: Task, docket: Docket) -> "Case":
        """The case of one task."""
        decisions = docket.decisions.get(task.number, ())
        standing = Standing.of(decisions)
        units = filling_units(task, decisions)
        entries = _entries_of(docket, task.number, units)
        sent_back = _workbooks_of(docket.sent_back, units)
        return cls(
            task=task if standing.lead is None else led_by(task, units[-1]),
            of_notice=task,
            period=docket.period,
            as_of=docket.as_of,
            is_preview=docket.is_preview,
            policy=docket.policy,
            decisions=decisions,
            standing=standing,
            timed=_up_to_closing(decisions, standing),
            entries=entries,
            declaration=declaration(entries, standing),
            sent_back_rows=[workbook for workbook in sent_back if workbook.sends_back(task.number)],
            purged=_workbooks_of(docket.purged, units),
        )

    @property
    def filed(self) -> Sequence[ProgressEntry]:
        """The entries of this quarter."""
        return [entry for entry in self.entries if entry.quarter == self.period.quarter]

    @property
    def last(self) -> ProgressEntry | None:
        """The entry that counts as the newest, of any quarter."""
        return self.entries[-1] if self.entries else None

    @property
    def entry(self) -> ProgressEntry | None:
        """The entry judged by: this quarter's newest.

        Where this quarter's only row is 待补正 or was purged it is the last accepted one (domain.md §2.2, §3.1).
        """
        filed = self.filed
        if filed:
            return filed[-1]
        return self.last if self.sent_back_rows or self.purged else None

    @property
    def is_awaited(self) -> bool:
        """待报送 while nothing came: before the submission day, and in a preview on that day too (domain.md §3); and
        where nobody was asked (§3.1).
        """
        return self.task.nobody_fills or self.is_before(self.period.submission_due)

    def is_before(self, day: date) -> bool:
        """Whether a day up to which something is due has not passed: a preview gives the whole of it."""
        return self.as_of < day or (self.is_preview and self.as_of == day)

    @property
    def task_class(self) -> TaskClass:
        """By which rules the task is judged."""
        return class_of(self.task, self.timed)

    @property
    def due(self) -> date | None:
        """The fixed due date of the notice."""
        return self.task.due

    @property
    def effective_due(self) -> date | None:
        """The due date that counts: the office's own, else the notice's."""
        return due_date_of(self.task, self.timed)

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
        """The unit says 已完成, and the office has neither sent it back nor reopened the task since."""
        return bool(self.declaration)

    @property
    def proof(self) -> Proof:
        """The best evidence of the declaration."""
        return max((entry.proof for entry in self.declaration), default=Proof.NONE)

    @property
    def declared(self) -> bool:
        """Declared complete, and the evidence cell is not empty: whether it proves anything is the office's to say."""
        return self.proof is not Proof.NONE

    @property
    def declared_on(self) -> date | None:
        """The day at which lateness is frozen while a declaration waits for its check: the day the unit names,
        else the day the first evidence came.
        """
        if not self.declared:
            return None
        named = [entry.completed_on for entry in self.declaration if entry.completed_on is not None]
        came = (entry.source.received_on for entry in self.declaration if entry.proof is not Proof.NONE)
        return named[-1] if named else next(came)

    @property
    def extension_requests(self) -> Sequence[ProgressEntry]:
        """The extensions asked for on or before the effective due date that no decision has answered."""
        due = self.effective_due
        asked = unanswered(self.entries, Reported.EXTENSION_REQUESTED, self.standing.extension_answer)
        return [entry for entry in asked if due is not None and entry.source.received_on <= due]

    @property
    def asked_for(self) -> date | None:
        """The date that the newest of these requests names; it holds at most until then."""
        named = [entry.expected_on for entry in self.extension_requests if entry.expected_on is not None]
        return named[-1] if named else None

    @property
    def extension_pending(self) -> bool:
        """申请延期待批: asked in time, not answered, and the date asked for has not passed."""
        until = self.asked_for
        return bool(self.extension_requests) and (until is None or self.as_of <= until)

    @property
    def adjustment_requests(self) -> Sequence[ProgressEntry]:
        """Every 申请调整 that no decision has answered."""
        return unanswered(self.entries, Reported.ADJUSTMENT_REQUESTED, self.standing.change_answer)

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


def _entries_of(docket: Docket, number: int, units: Sequence[str]) -> Sequence[ProgressEntry]:
    """The task's entries of all its filling units in the order in which they count."""
    found = [entry for unit in dict.fromkeys(units) for entry in docket.entries.get((number, unit), ())]
    return sorted(found, key=in_quarter_order)


def _workbooks_of(workbooks: Mapping[str, Sequence[Submission]], units: Sequence[str]) -> Sequence[Submission]:
    """Those of all the units that have filled in, oldest first."""
    return sorted(
        (workbook for unit in dict.fromkeys(units) for workbook in workbooks.get(unit, ())), key=in_book_order
    )


def _up_to_closing(decisions: Sequence[Decision], standing: Standing) -> Standing:
    """The standing without what was decided after the closing that set the day; the same where none did."""
    closing = standing.day_set
    return standing if closing is None else Standing.of(decisions[: decisions.index(closing) + 1])
