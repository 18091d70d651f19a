"""Progress, as stored: what units say (entries), what the office decides (decisions), when it was known.

Everything else is derived from these (domain.md §2.1).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from yuechi_report.domain.evidence import Evidence, Proof, proof_of
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

    @property
    def received_on(self) -> date:
        """The day on which it was received: lateness counts in days."""
        return self.received_at.date()

    def seen_at(self, moment: datetime) -> "Source":
        """As it was known at that moment: a later withdrawal was not known yet."""
        later = self.withdrawn_at is not None and self.withdrawn_at > moment
        return replace(self, withdrawn_at=None) if later else self


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
    def proof(self) -> Proof:
        """What its evidence was worth on the day it was received."""
        return proof_of(self.evidence, self.source.received_on)


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

    def says_the_same(self, other: "Decision") -> bool:
        """Whether the other one is this decision sent again, in whatever file."""
        if (self.task_no, self.action, self.decided_on) != (other.task_no, other.action, other.decided_on):
            return False
        return replace(self, source=other.source, quarter=other.quarter) == other


@dataclass(frozen=True, slots=True)
class Submission:
    """One accepted workbook of a unit for a quarter: lateness counts by its received_at.

    `faulty_rows` were sent back for correction; `faulty_tasks` are their task numbers, one for each row
    whose number could be read. Of a workbook purged at `purged_at` only the fact that it came is left: it
    may have held any row of the unit.
    """

    quarter: Quarter
    unit: str
    source: Source
    rows: int
    faulty_rows: int = 0
    faulty_tasks: tuple[int, ...] = ()
    purged_at: datetime | None = None

    def sends_back(self, task_no: int) -> bool:
        """Whether the task's row was sent back; a row whose number could not be read may be any task's."""
        return task_no in self.faulty_tasks or self.faulty_rows > len(self.faulty_tasks)


Record = ProgressEntry | Decision | Submission


def in_book_order(record: Record) -> tuple[datetime, int, int]:
    """The key by which records came one after the other."""
    return record.source.received_at, record.source.seq, record.source.row


def in_quarter_order(entry: ProgressEntry) -> tuple[Quarter, datetime, int, int]:
    """The key by which entries count: one for an older quarter never overrides what a newer one says."""
    return entry.quarter, *in_book_order(entry)


def in_decided_order(decision: Decision) -> tuple[date, int, int]:
    """The key by which decisions count: those of one day in the order in which they were entered."""
    return decision.decided_on, decision.source.seq, decision.source.row


def once(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Each decision once, the first of those that say the same."""
    kept: list[Decision] = []
    for decision in decisions:
        if not any(decision.says_the_same(before) for before in kept):
            kept.append(decision)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class History:
    """Everything received for one notice: decisions as they count one after the other, all else as it came.

    `withdrawn` is what counted once and was taken back since; only `known_at` looks at it.
    """

    entries: tuple[ProgressEntry, ...] = ()
    decisions: tuple[Decision, ...] = ()
    submissions: tuple[Submission, ...] = ()
    withdrawn: tuple[Record, ...] = ()

    @classmethod
    def of(
        cls, entries: Iterable[ProgressEntry], decisions: Iterable[Decision], submissions: Iterable[Submission]
    ) -> "History":
        """The history of these records, whatever order they come in."""
        return cls.of_records([*entries, *decisions, *submissions])

    @classmethod
    def of_records(cls, records: Iterable[Record]) -> "History":
        """The same of records of all kinds mixed; those withdrawn are kept apart."""
        ordered = sorted(records, key=in_book_order)
        known = [record for record in ordered if record.source.withdrawn_at is None]
        decisions = [record for record in known if isinstance(record, Decision)]
        return cls(
            entries=tuple(record for record in known if isinstance(record, ProgressEntry)),
            decisions=tuple(sorted(decisions, key=in_decided_order)),
            submissions=tuple(record for record in known if isinstance(record, Submission)),
            withdrawn=tuple(record for record in ordered if record.source.withdrawn_at is not None),
        )

    def known_at(self, moment: datetime) -> "History":
        """What had been recorded by that moment and not withdrawn by then (domain.md §3)."""
        taken_back = (replace(record, source=record.source.seen_at(moment)) for record in self.withdrawn)
        records = (*self.entries, *self.decisions, *self.submissions, *taken_back)
        return History.of_records(record for record in records if record.source.recorded_at <= moment)

    def up_to(self, quarter: Quarter, as_of: date) -> "History":
        """What concerns quarters up to `quarter` and had happened by `as_of`."""

        def had_come(record: ProgressEntry | Submission) -> bool:
            return record.quarter <= quarter and record.source.received_on <= as_of

        def had_happened(record: Record) -> bool:
            return record.decided_on <= as_of if isinstance(record, Decision) else had_come(record)

        return History(
            entries=tuple(filter(had_come, self.entries)),
            decisions=tuple(filter(had_happened, self.decisions)),
            submissions=tuple(filter(had_come, self.submissions)),
            withdrawn=tuple(filter(had_happened, self.withdrawn)),
        )

    def of_tasks(self, numbers: Iterable[int]) -> "History":
        """The records of those tasks; submissions stay, they belong to units."""
        wanted = frozenset(numbers)

        def is_wanted(record: Record) -> bool:
            return isinstance(record, Submission) or record.task_no in wanted

        return replace(
            self,
            entries=tuple(filter(is_wanted, self.entries)),
            decisions=tuple(filter(is_wanted, self.decisions)),
            withdrawn=tuple(filter(is_wanted, self.withdrawn)),
        )

    def of_task(self, number: int) -> "History":
        """The records of one task."""
        return self.of_tasks((number,))

    def submissions_of(self, unit: str, quarter: Quarter) -> tuple[Submission, ...]:
        """A unit's accepted workbooks for a quarter, oldest first."""
        return tuple(workbook for workbook in self.submissions if workbook.unit == unit and workbook.quarter == quarter)
