"""What is stored: what units say (entries), what the office decides (decisions), when it was known.

Everything else is derived from these (domain.md §2.1).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from yuechi_report.domain.quarter import Quarter


class Reported(StrEnum):
    """自报状态: what the unit says of the task."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    NORMAL = "normal"
    NO_CHANGE = "no_change"
    DECLARED_COMPLETE = "declared_complete"
    AWAITING_UPPER = "awaiting_upper"
    EXTENSION_REQUESTED = "extension_requested"
    ADJUSTMENT_REQUESTED = "adjustment_requested"


class Role(StrEnum):
    """角色: in which role a unit fills in a row."""

    LEAD = "lead"
    COUNTERSIGN = "countersign"
    COOPERATE = "cooperate"


class Action(StrEnum):
    """What the office decides about a task (domain.md §6)."""

    CLOSE = "close"
    CLOSE_TO_ROUTINE = "close_to_routine"
    RETURN = "return"
    RECOGNISE_BLOCK = "recognise_block"
    REFUSE_BLOCK = "refuse_block"
    LIFT_BLOCK = "lift_block"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    SET_DEADLINE = "set_deadline"
    ADJUST = "adjust"
    SUCCEED = "succeed"
    TERMINATE = "terminate"
    TRANSFER = "transfer"
    REOPEN = "reopen"
    JUDGE_HOLLOW = "judge_hollow"
    JUDGE_BEHIND = "judge_behind"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from: the receipt's number and times, the file and the sheet's row.

    `withdrawn_at` is set where the office has taken the file back: from then on the record is not known.
    """

    seq: int
    file: str
    row: int
    received_at: datetime
    recorded_at: datetime
    channel: str = ""
    withdrawn_at: datetime | None = None

    def seen_at(self, moment: datetime) -> "Source":
        """As it stood at that moment: a later withdrawal was not known yet."""
        later = self.withdrawn_at is not None and self.withdrawn_at > moment
        return replace(self, withdrawn_at=None) if later else self


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence (佐证材料); it counts when it has a name and a number or a date."""

    name: str
    number: str = ""
    dated: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is enough to declare a task complete (domain.md §2.2 rule 3)."""
        return bool(self.name and (self.number or self.dated))


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value as reported: numerator of denominator; percent is derived."""

    numerator: float
    denominator: float

    @property
    def percent(self) -> float:
        """0–100."""
        return 100.0 * self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """One accepted row of a unit's form. Who filled it in is deliberately not here.

    `percent` is the unit's own estimate (0–100), `measure` a fraction it counted, `measured` the cell
    as written where it is neither (4.6个工作日).
    """

    quarter: Quarter
    unit: str
    task_no: int
    role: Role
    reported: Reported | None
    source: Source
    filed_on: date
    criterion: str = ""
    promise: str = ""
    target: str = ""
    progress: str = ""
    percent: float | None = None
    measure: Measure | None = None
    measured: str = ""
    issues: str = ""
    next_steps: str = ""
    expected_on: date | None = None
    confidence: str = ""
    completed_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    coordination: str = ""

    @property
    def has_evidence(self) -> bool:
        """At least one piece of evidence that counts."""
        evidence = self.evidence
        return bool(evidence) and any(piece.counts for piece in evidence)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of the supervising office about one task.

    `new_unit` (official name) leads and fills in from `decided_on` on (承接, 调整牵头单位).
    """

    quarter: Quarter
    task_no: int
    action: Action
    decided_on: date
    source: Source
    decided_by: str = ""
    reason: str = ""
    completed_on: date | None = None
    new_due: date | None = None
    new_class: str = ""
    new_unit: str = ""
    wording: str = ""
    review_on: date | None = None
    upper_body: str = ""
    upper_step: str = ""
    letter_number: str = ""
    letter_on: date | None = None
    approver: str = ""
    approved_on: date | None = None
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One accepted workbook of a unit for a quarter: lateness counts by its received_at.

    `faulty_rows` were sent back for correction; `faulty_tasks` are their task numbers, one for each row
    whose number could be read.
    """

    quarter: Quarter
    unit: str
    source: Source
    rows: int
    faulty_rows: int = 0
    faulty_tasks: tuple[int, ...] = ()

    def sends_back(self, task_no: int) -> bool:
        """Whether the task's row was sent back; a row whose number could not be read may be any task's."""
        return task_no in self.faulty_tasks or self.faulty_rows > len(self.faulty_tasks)


Record = ProgressEntry | Decision | Submission


def in_book_order(record: Record) -> tuple[datetime, int, int]:
    """The key by which records count one after the other."""
    return record.source.received_at, record.source.seq, record.source.row


@dataclass(frozen=True, slots=True)
class History:
    """Everything received for one notice, in the order in which it counts (received_at, then seq).

    `withdrawn` is what counted once and was taken back since; only `known_at` looks at it.
    """

    entries: tuple[ProgressEntry, ...] = ()
    decisions: tuple[Decision, ...] = ()
    submissions: tuple[Submission, ...] = ()
    withdrawn: tuple[Record, ...] = ()

    @classmethod
    def of(
        cls,
        entries: Iterable[ProgressEntry],
        decisions: Iterable[Decision],
        submissions: Iterable[Submission],
    ) -> "History":
        """The history of these records, whatever order they come in."""
        return cls(
            tuple(sorted(entries, key=in_book_order)),
            tuple(sorted(decisions, key=lambda one: (one.decided_on, *in_book_order(one)))),
            tuple(sorted(submissions, key=in_book_order)),
        )

    @classmethod
    def of_records(cls, records: Iterable[Record]) -> "History":
        """The history of these records, whatever order they come in; those withdrawn stand apart."""
        return cls.in_order(sorted(records, key=in_book_order))

    @classmethod
    def in_order(cls, records: Iterable[Record]) -> "History":
        """The same of records of which each kind comes in the book's order."""
        entries: list[ProgressEntry] = []
        decisions: list[Decision] = []
        submissions: list[Submission] = []
        withdrawn: list[Record] = []
        for one in records:
            if one.source.withdrawn_at is not None:
                withdrawn.append(one)
            elif isinstance(one, ProgressEntry):
                entries.append(one)
            elif isinstance(one, Decision):
                decisions.append(one)
            else:
                submissions.append(one)
        decisions.sort(key=lambda one: one.decided_on)
        withdrawn.sort(key=in_book_order)
        return cls(tuple(entries), tuple(decisions), tuple(submissions), tuple(withdrawn))

    def known_at(self, moment: datetime) -> "History":
        """What had been recorded by that moment and not withdrawn by then (domain.md §3)."""
        taken_back = [one for one in self.withdrawn if one.source.recorded_at <= moment]
        return History.of_records(
            [
                *(one for one in self.entries if one.source.recorded_at <= moment),
                *(one for one in self.decisions if one.source.recorded_at <= moment),
                *(one for one in self.submissions if one.source.recorded_at <= moment),
                *(replace(one, source=one.source.seen_at(moment)) for one in taken_back),
            ]
        )

    def up_to(self, quarter: Quarter, as_of: date) -> "History":
        """What concerns quarters up to `quarter` and had happened by `as_of`."""
        return History(
            tuple(e for e in self.entries if e.quarter <= quarter and e.source.received_at.date() <= as_of),
            tuple(d for d in self.decisions if d.decided_on <= as_of),
            tuple(s for s in self.submissions if s.quarter <= quarter and s.source.received_at.date() <= as_of),
        )

    def of_tasks(self, numbers: Iterable[int]) -> "History":
        """The records of those tasks; submissions stay, they belong to units."""
        wanted = frozenset(numbers)
        return replace(
            self,
            entries=tuple(one for one in self.entries if one.task_no in wanted),
            decisions=tuple(one for one in self.decisions if one.task_no in wanted),
            withdrawn=tuple(one for one in self.withdrawn if isinstance(one, Submission) or one.task_no in wanted),
        )

    def of_task(self, number: int) -> "History":
        """The records of one task."""
        return self.of_tasks((number,))

    def submissions_of(self, unit: str, quarter: Quarter) -> tuple[Submission, ...]:
        """A unit's accepted workbooks for a quarter, oldest first."""
        return tuple(one for one in self.submissions if one.unit == unit and one.quarter == quarter)
