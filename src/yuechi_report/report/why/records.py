"""What `why --json` prints of the domain's records: names, order and types of docs/schemas/why.schema.json.

Codes never change, words are the readers'. Who filled a form in is deliberately nowhere in it.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, model_validator

from yuechi_report.page.labels import label
from yuechi_report.page.model import Frozen

QuarterName = Annotated[str, BeforeValidator(str)]
"""A quarter as it is written: 2024Q4."""


class Facts(Frozen):
    """A printed record, taken from one of the domain's."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, record: object, **given: object) -> Self:
        """What is given, and for every other field without a default what the record has under the same name."""
        asked = [name for name, field in cls.model_fields.items() if field.is_required() and name not in given]
        return cls.model_validate({name: getattr(record, name) for name in asked} | given)


class Word(Facts):
    """A code with its reader's word."""

    code: str
    word: str

    @model_validator(mode="before")
    @classmethod
    def _of_code(cls, code: Any) -> Any:
        """A member of an enum is printed as its code and the word of page/labels."""
        return {"code": code.value, "word": label(code)} if isinstance(code, StrEnum) else code


class Origin(Facts):
    """Where a record came from: the receipt's number and times, the archived file, the sheet's row."""

    receipt: int
    file: str
    row: int
    channel: str
    received_at: datetime
    recorded_at: datetime


class NoticeFacts(Facts):
    """The notice and the lines of its file in which the task stands (1-based, inclusive)."""

    id: str
    title: str
    issuer: str
    issued_on: date
    file: str
    first_line: int
    last_line: int
    lines: tuple[str, ...]


class TaskFacts(Facts):
    """The task as the notice has it, with the units that lead it now and the class it is judged by.

    `adjusted_text` is what an approved 调整 words the task as.
    """

    number: int
    title: str
    text: str
    category: str
    task_class: Word
    filling_unit: str
    lead_units: tuple[str, ...]
    cooperating_units: tuple[str, ...]
    adjusted_text: str


class DeadlineFacts(Facts):
    """The deadline as printed, the effective one, and sentences that tell how one follows from the other."""

    printed: str
    kind: str
    due: date | None
    effective_due: date | None
    remarks: tuple[str, ...]


class StatusFacts(Facts):
    """The headline with its suffixes, and the axes beside it.

    `text` is what a screen shows, `counted` how the days late are counted; `office_item` is what waits for
    the office itself, and since when.
    """

    text: str
    sign: str
    headline: Word
    suffixes: tuple[Word, ...]
    reported: Word | None
    verified: Word
    time_state: Word
    office_item: Word | None
    office_since: date | None
    days_overdue: int
    counted: str
    completed_on: date | None


class RuleFacts(Facts):
    """The rule that applied: `number` of `total` in the order of its class; `earlier` did not apply."""

    id: str
    number: int
    total: int
    text: str
    earlier: tuple[Word, ...]


class DateFact(Facts):
    """A day the rule looked at."""

    key: str
    word: str
    value: date


class PolicyFact(Facts):
    """A threshold the rule looked at, and what it says."""

    key: str
    value: int
    text: str


class EvidenceFacts(Facts):
    """One piece of evidence; `counts` when it has a name and a number or a date."""

    name: str
    number: str
    dated: str
    counts: bool


class EntryFacts(Facts):
    """One row of a form. `basis` marks the one the headline rests on; `measure` is the cell in words."""

    basis: bool
    quarter: QuarterName
    unit: str
    role: Word
    reported: Word | None
    measure: str
    progress: str
    issues: str
    next_steps: str
    coordination: str
    expected_on: date | None
    completed_on: date | None
    evidence: tuple[EvidenceFacts, ...]
    origin: Origin


class DecisionFacts(Facts):
    """One decision of the office. `basis` marks those the headline or the due date rests on."""

    basis: bool
    action: Word
    text: str
    decided_on: date
    decided_by: str
    reason: str
    approver: str
    approved_on: date | None
    document_number: str
    approval: str
    origin: Origin


class CriterionFacts(Facts):
    """The completion criterion (销号标准) as first filled in, and as it reads now where it was changed since."""

    text: str
    quarter: QuarterName
    unit: str
    first_text: str
    first_quarter: QuarterName


class QuarterFacts(Facts):
    """An earlier quarter as it was judged then; what corrects it, why, and the day of that record.

    `now` is empty and `correction` null where nothing corrects it.
    """

    quarter: QuarterName
    as_of: date
    known_at: datetime
    then: str
    correction: Word | None
    now: str
    corrected_on: date | None


class DisciplineFacts(Facts):
    """Whether this quarter's report came, and when; `days_late` counts from the submission day.

    `due_result` is the one line owed on a task due after the submission day (到期结果补报).
    """

    state: Word
    submission_due: date
    received_at: datetime | None
    days_late: int
    due_result: Word


class PaceFacts(Facts):
    """Whether the task keeps up with time, and on what ground; a number that was not used is null."""

    state: Word
    ground: Word
    measure: str
    percent: float | None
    expected_percent: float | None
    stands_for: date | None
    days_window: int | None
    promised_on: date | None
    promised_in: QuarterName


class Explanation(Facts):
    """Everything one task's status rests on, on one day, with what was known at one moment."""

    schema_version: Literal[1] = 1
    quarter: QuarterName
    as_of: date
    known_at: datetime
    label: str
    marks: tuple[str, ...]
    notice: NoticeFacts
    task: TaskFacts
    deadline: DeadlineFacts
    status: StatusFacts
    rule: RuleFacts
    dates: tuple[DateFact, ...]
    policy: tuple[PolicyFact, ...]
    entries: tuple[EntryFacts, ...]
    decisions: tuple[DecisionFacts, ...]
    criterion: CriterionFacts | None
    history: tuple[QuarterFacts, ...]
    discipline: DisciplineFacts
    pace: PaceFacts
