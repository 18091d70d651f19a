"""Records of the fourth quarter of 2024, each with defaults, so that a test names only what it is about.

Days are ISO text. The book's order is the order in which records are handed to `history`.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.deadline import Deadline, DueBy
from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.progress import (
    Action,
    Decision,
    Evidence,
    History,
    ProgressEntry,
    Reported,
    Role,
    Source,
    Submission,
)
from yuechi_report.domain.quarter import CHINA, Period, Quarter
from yuechi_report.domain.register import Task
from yuechi_report.domain.status import assess

UNIT = "县人力资源和社会保障局"
ISSUED = date(2024, 9, 23)
DUE = date(2024, 12, 31)
AS_OF = date(2025, 1, 6)
TASK_NO = 10
NEW_YEAR = Calendar((2024, 2025), holidays=(date(2025, 1, 1),))
PROOF = (Evidence("《办理规程（示例）》", "示例〔2024〕1号"),)
DATES = ("filed_on", "expected_on", "completed_on", "new_due", "review_on", "letter_on", "approved_on")

Record = ProgressEntry | Decision | Submission


def day(text: str) -> date:
    """2024-12-31 → date."""
    return date.fromisoformat(text)


def moment(text: str, hour: int = 10) -> datetime:
    """2024-12-31 → that day in China at the hour."""
    return datetime.combine(day(text), datetime.min.time().replace(hour=hour), CHINA)


def source(received: str, *, recorded: str = "", seq: int = 0, row: int = 6) -> Source:
    """A receipt of that day, recorded the same day unless said otherwise; `history` fills in seq 0."""
    return Source(
        seq=seq,
        file="f.xlsx",
        row=row,
        received_at=moment(received),
        recorded_at=moment(recorded or received, 11),
        channel="政务内网",
    )


def task(deadline: Deadline | None = None, number: int = TASK_NO, **fields: Any) -> Task:
    """A task due on 2024-12-31 that 县人社局 fills in."""
    values: dict[str, Any] = {
        "category_number": 3,
        "category": "社会保障便捷行动事项",
        "title": "推进社保卡“一卡一码通”",
        "text": "推进社保卡“一卡一码通”。",
        "deadline_raw": "2024年12月",
        "lead_units": (UNIT,),
        "source_lines": (70, 72),
    }
    return Task(number=number, deadline=deadline or DueBy(DUE), **(values | fields))


def period(quarter: str = "2024Q4", **fields: Any) -> Period:
    """The fourth quarter's days; other quarters as in the example's params."""
    days = {
        "2024Q3": ("2024-10-15", "2024-10-15", True),
        "2024Q4": ("2024-12-20", "2025-01-06", False),
        "2025Q1": ("2025-03-20", "2025-03-31", False),
    }
    submission_due, results_due, first = days[quarter]
    made = Period(
        quarter=Quarter.parse(quarter),
        issued_on=ISSUED,
        submission_due=day(submission_due),
        results_due=day(results_due),
        first_report=first,
    )
    return replace(made, **_typed(fields, ("issued_on", "submission_due", "results_due")))


def entry(
    received: str = "2024-12-18",
    reported: Reported | None = Reported.IN_PROGRESS,
    *,
    recorded: str = "",
    seq: int = 0,
    row: int = 6,
    quarter: str = "2024Q4",
    **fields: Any,
) -> ProgressEntry:
    """One row of the filling unit's form, filed on the day it was received."""
    values: dict[str, Any] = {
        "unit": UNIT,
        "task_no": TASK_NO,
        "role": Role.LEAD,
        "filed_on": day(received),
        "progress": "12条公交线路已开通8条。",
    }
    return ProgressEntry(
        quarter=Quarter.parse(quarter),
        reported=reported,
        source=source(received, recorded=recorded, seq=seq, row=row),
        **(values | _typed(fields, DATES)),
    )


def declared(received: str = "2024-12-18", **fields: Any) -> ProgressEntry:
    """A declaration of completion with evidence that counts."""
    return entry(received, Reported.DECLARED_COMPLETE, **({"evidence": PROOF} | fields))


def decision(
    action: Action, decided: str, *, recorded: str = "", seq: int = 0, row: int = 6, **fields: Any
) -> Decision:
    """One decision of the office, received on the day it was made."""
    values: dict[str, Any] = {"task_no": TASK_NO, "decided_by": "督查室（示例）", "reason": "经核对属实"}
    quarter = Quarter.parse(fields.pop("quarter", "2024Q4"))
    return Decision(
        quarter=quarter,
        action=action,
        decided_on=day(decided),
        source=source(decided, recorded=recorded, seq=seq, row=row),
        **(values | _typed(fields, DATES)),
    )


def closed(decided: str = "2024-12-26", completed_on: str = "2024-12-16", **fields: Any) -> Decision:
    """核验通过销号 with the day of completion."""
    return decision(Action.CLOSE, decided, completed_on=completed_on, **fields)


def returned(decided: str = "2024-12-26", **fields: Any) -> Decision:
    """退回补正."""
    return decision(Action.RETURN, decided, **fields)


def reopened(decided: str = "2025-01-03", **fields: Any) -> Decision:
    """重新挂账."""
    return decision(Action.REOPEN, decided, **fields)


def blocked(decided: str = "2024-12-30", review_on: str = "2025-03-20", **fields: Any) -> Decision:
    """认定待上级 with the three things: body and step, the county's letter, a review date."""
    values = {
        "review_on": review_on,
        "upper_body": "广安市民政局",
        "upper_step": "转发评定标准",
        "letter_number": "示例〔2024〕30号",
        "letter_on": "2024-12-13",
    }
    return decision(Action.RECOGNISE_BLOCK, decided, **(values | fields))


def extended(decided: str = "2024-12-24", new_due: str = "2025-03-31", **fields: Any) -> Decision:
    """准予延期 to a new date."""
    return decision(Action.GRANT_EXTENSION, decided, new_due=new_due, **fields)


def submission(
    received: str = "2024-12-18", *, faulty_rows: int = 0, faulty_tasks: tuple[int, ...] = (), **fields: Any
) -> Submission:
    """One workbook of the filling unit with one row; rows sent back count at least the tasks named."""
    quarter = Quarter.parse(fields.pop("quarter", "2024Q4"))
    unit = fields.pop("unit", UNIT)
    return Submission(
        quarter=quarter,
        unit=unit,
        source=source(received, **fields),
        rows=1,
        faulty_rows=max(faulty_rows, len(faulty_tasks)),
        faulty_tasks=faulty_tasks,
    )


def history(*records: Record) -> History:
    """The history of these records; their order here is their order in the book where they name no seq."""
    return History.of_records(
        record if record.source.seq else replace(record, source=replace(record.source, seq=number))
        for number, record in enumerate(records, start=1)
    )


def judged(
    *records: Record,
    of: Task | None = None,
    as_of: str = "2025-01-06",
    quarter: str = "2024Q4",
    policy: StatusPolicy | None = None,
) -> Assessment:
    """The task judged on that day with these records."""
    policy = policy or StatusPolicy(calendar=NEW_YEAR)
    return assess(of or task(), history(*records), period(quarter), as_of=day(as_of), policy=policy)


def _typed(fields: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Fields that hold days may be given as ISO text."""
    return {key: day(value) if key in names and isinstance(value, str) else value for key, value in fields.items()}
