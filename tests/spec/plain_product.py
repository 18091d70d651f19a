"""Between the plain cases and the product: cases as the product's records, its answers and the example in plain words."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

from plain_dealer import UnitQuarter
from plain_records import QuarterDays, Row, Ruling, SentBack, TaskQuarter

from yuechi_report.domain.assessment import Assessment, TaskClass
from yuechi_report.domain.deadline import Deadline, DueBy, NoDeadline, Ongoing, OngoingMode, Tracking, Unresolved
from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.progress import Action, Decision, History, ProgressEntry, Reported, Role, Source, Submission
from yuechi_report.domain.quarter import Period, Quarter
from yuechi_report.domain.register import Task
from yuechi_report.domain.status import assess
from yuechi_report.intake.check.fields import to_evidence
from yuechi_report.page.labels import from_label, headline_label, label, suffix_label

_DEADLINES: dict[str, Deadline] = {
    "推进类": Ongoing(OngoingMode.ADVANCE),
    "保持类": Ongoing(OngoingMode.MAINTAIN),
    "跟踪类": Tracking(),
    "待明确类": NoDeadline(),
    "待人工确认": Unresolved("写法无法识别"),
}


@dataclasses.dataclass(frozen=True)
class Told:
    """What is compared of one task; `owing` is the unit whose report its discipline belongs to."""

    headline: str
    suffixes: frozenset[str]
    days_overdue: int
    days_past_limit: int
    discipline: str
    owing: str


def told_by_product(case: UnitQuarter) -> list[Told]:
    """Every task of the case as the product judges it."""
    records = [
        Submission(
            quarter=Quarter.parse(book.quarter),
            unit=book.unit,
            source=Source(book.seq, "f.xlsx", 0, book.received, book.recorded, "", book.withdrawn),
            rows=1,
            faulty_rows=len(book.tasks) + book.unread,
            faulty_tasks=book.tasks,
        )
        for book in case.workbooks
    ]
    return [_told(task, number, records) for number, task in enumerate(case.tasks, start=1)]


def _told(case: TaskQuarter, number: int, workbooks: list[Submission]) -> Told:
    records = [
        *workbooks,
        *(_entry(row, number) for row in case.rows),
        *(_decision(one, number) for one in case.rulings),
    ]
    assessment = assess(
        _task(case, number),
        History.of_records(records).known_at(case.known),
        _period(case.quarter, case),
        as_of=case.as_of,
        policy=StatusPolicy(calendar=Calendar(tuple(case.calendar_years), holidays=tuple(case.holidays))),
    )
    return _in_words(assessment)


def _in_words(one: Assessment) -> Told:
    """Read by name where the product may have more to say one day: days_past_limit, owing_unit."""
    return Told(
        headline=headline_label(one, is_issued=True).removesuffix("（逾期自次日起算）"),
        suffixes=frozenset(suffix_label(code, one.days_overdue) for code in one.suffixes if label(code) != "滞后"),
        days_overdue=one.days_overdue or 0,
        days_past_limit=getattr(one, "days_past_limit", 0) or 0,
        discipline=label(one.discipline),
        owing=getattr(one, "owing_unit", one.filling_unit),
    )


def _task(case: TaskQuarter, number: int) -> Task:
    deadline = DueBy(case.due) if case.due else _DEADLINES[case.kind]
    return Task(number, 1, "示例", "示例任务", "示例任务。", "", deadline, (case.unit,))


def _period(quarter: str, case: TaskQuarter) -> Period:
    """The quarter's days, with when rows begin to count and the earlier quarters where the product asks for them."""
    days: QuarterDays = case.days[quarter]
    made = Period(Quarter.parse(quarter), case.issued, days.submission, days.results, days.first)
    more = {
        "reporting_from": lambda: days.opens,
        "earlier": lambda: tuple(_period(key, case) for key in sorted(case.days) if key < quarter),
    }
    asked = {field.name for field in dataclasses.fields(Period)}
    return dataclasses.replace(made, **{name: give() for name, give in more.items() if name in asked})


def _entry(row: Row, number: int) -> ProgressEntry:
    return ProgressEntry(
        quarter=Quarter.parse(row.quarter),
        unit=row.unit,
        task_no=number,
        role=from_label(Role, row.role),
        reported=from_label(Reported, row.said),
        source=Source(row.seq, "f.xlsx", number, row.received, row.recorded or row.received, "", row.withdrawn),
        filed_on=row.day,
        progress=row.progress,
        expected_on=row.expected,
        completed_on=row.completed,
        evidence=to_evidence(row.evidence),
    )


def _decision(ruling: Ruling, number: int) -> Decision:
    return Decision(
        quarter=Quarter.parse(ruling.quarter),
        task_no=number,
        action=from_label(Action, ruling.action),
        decided_on=ruling.day,
        source=Source(
            ruling.seq, "d.xlsx", number, ruling.received, ruling.recorded or ruling.received, "", ruling.withdrawn
        ),
        decided_by="督查室（示例）",
        reason="经核对属实",
        completed_on=ruling.completed,
        new_due=ruling.new_due,
        new_class=from_label(TaskClass, ruling.new_class).value if ruling.new_class else "",
        new_unit=ruling.new_unit,
        wording="" if ruling.new_unit else "新表述",
        review_on=ruling.review,
        upper_body=ruling.body,
        upper_step=ruling.step,
        letter_number=ruling.letter,
        letter_on=ruling.letter_day,
        approver="县政府（示例）",
        approved_on=ruling.day - timedelta(days=1),
        document_number="示例〔2024〕9号",
    )


_FAR = datetime(2099, 1, 1, tzinfo=UTC)


def in_plain_words(
    task: Task, history: History, periods: list[Period], *, as_of: date, calendar: Calendar
) -> TaskQuarter:
    """One task of a book, with what was known of it; `periods` are those of the quarters up to the one judged."""
    now = periods[-1]
    return TaskQuarter(
        unit=task.filling_unit,
        kind=_kind(task.deadline),
        due=task.due,
        issued=now.issued_on,
        quarter=str(now.quarter),
        days={str(one.quarter): _quarter_days(one) for one in periods},
        as_of=as_of,
        known=_FAR,
        rows=[_plain_row(one) for one in history.entries if one.task_no == task.number],
        rulings=[_plain_ruling(one) for one in history.decisions if one.task_no == task.number],
        sent_back=[
            SentBack(str(one.quarter), one.unit, one.source.received_at, one.source.seq)
            for one in history.submissions
            if one.faulty_rows and one.sends_back(task.number)
        ],
        holidays=calendar.holidays,
        calendar_years=calendar.years,
    )


def _kind(deadline: Deadline) -> str:
    if isinstance(deadline, DueBy):
        return "限时类"
    same = [word for word, known in _DEADLINES.items() if known == deadline]
    return same[0] if same else "待人工确认"


def _quarter_days(period: Period) -> QuarterDays:
    """Rows count from the first day of the quarter's last month, the default of reporting_from."""
    opens = period.quarter.last_day.replace(day=1)
    return QuarterDays(period.submission_due, period.results_due, opens, period.first_report)


def _plain_row(entry: ProgressEntry) -> Row:
    pieces = ("/".join(filter(None, (piece.name, piece.number, piece.dated))) for piece in entry.evidence)
    return Row(
        quarter=str(entry.quarter),
        unit=entry.unit,
        said=label(entry.reported) if entry.reported else "",
        received=entry.source.received_at,
        seq=entry.source.seq,
        role=label(entry.role),
        progress=entry.progress,
        evidence="；".join(pieces),
        expected=entry.expected_on,
        completed=entry.completed_on,
    )


def _plain_ruling(decision: Decision) -> Ruling:
    return Ruling(
        quarter=str(decision.quarter),
        action=label(decision.action),
        day=decision.decided_on,
        seq=decision.source.seq,
        received=decision.source.received_at,
        completed=decision.completed_on,
        new_due=decision.new_due,
        new_class=label(TaskClass(decision.new_class)) if decision.new_class else "",
        new_unit=decision.new_unit,
        body=decision.upper_body,
        step=decision.upper_step,
        letter=decision.letter_number,
        letter_day=decision.letter_on,
        review=decision.review_on,
    )
