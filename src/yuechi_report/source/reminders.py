"""Reminders: who has not sent what, what they last reported, until when, and the text to send them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.progress import ProgressEntry, Role
from yuechi_report.domain.unit import Unit
from yuechi_report.page.labels import label, quarter_label
from yuechi_report.source.prefill import PrefilledForm, prefilled_forms
from yuechi_report.source.scope import Scope

_PROGRESS_MAX = 60
_ASKED = {
    "待补正": "有内容退回待补正",
    "部分未报": "尚有任务未报",
    "已退回": "已整份退回，尚未收到改正后的表",
    "未报": "尚未收到",
}
"""What the message says of a unit, by its state."""


@dataclass(frozen=True, slots=True)
class MissingRow:
    """One task that still lacks its entry of the quarter."""

    task_no: int
    title: str
    deadline: str
    last_progress: str
    sent_back: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """One unit that still owes rows. `text` may be pasted into a message."""

    unit: str
    state: str
    due: date
    rows_owed: int
    rows_missing: tuple[MissingRow, ...]
    text: str


def reminders(scope: Scope, today: date, refused: Collection[str] = ()) -> tuple[Reminder, ...]:
    """The units whose lead rows are not all in, in the order of the unit register.

    `refused` are the slugs of units whose file was sent back whole: they have sent something, not nothing.
    """
    found = (_reminder(scope, form, today, form.unit.slug in refused) for form in prefilled_forms(scope))
    return tuple(reminder for reminder in found if reminder is not None)


def _reminder(scope: Scope, form: PrefilledForm, today: date, was_refused: bool) -> Reminder | None:
    unit = form.unit
    owed = {int(row["task_no"]): row["deadline"] for row in form.rows if row["role"] == label(Role.LEAD)}
    missing = tuple(
        _missing(scope, unit, number, deadline) for number, deadline in owed.items() if not _has_entry(scope, number)
    )
    if not missing:
        return None
    due = scope.period.submission_due
    state = _state(scope, unit, missing, was_refused)
    return Reminder(unit.name, state, due, len(owed), missing, _text(scope, unit, missing, state=state, today=today))


def _lead_entries(scope: Scope, number: int) -> list[ProgressEntry]:
    """What leads have said of a task, whoever led it then, oldest first."""
    return [entry for entry in scope.history.of_task(number).entries if entry.role is Role.LEAD]


def _has_entry(scope: Scope, number: int) -> bool:
    return any(entry.quarter == scope.period.quarter for entry in _lead_entries(scope, number))


def _missing(scope: Scope, unit: Unit, number: int, deadline: str) -> MissingRow:
    task = scope.register.task(number)
    before = _lead_entries(scope, number)
    progress = before[-1].progress if before else ""
    handed_in = scope.history.submissions_of(unit.name, scope.period.quarter)
    is_faulty = any(number in submission.faulty_tasks for submission in handed_in)
    return MissingRow(number, task.title, deadline.replace("\n", ""), progress, is_faulty)


def _state(scope: Scope, unit: Unit, missing: tuple[MissingRow, ...], was_refused: bool) -> str:
    if any(row.sent_back for row in missing):
        return "待补正"
    if scope.history.submissions_of(unit.name, scope.period.quarter):
        return "部分未报"
    return "已退回" if was_refused else "未报"


def _text(scope: Scope, unit: Unit, missing: tuple[MissingRow, ...], *, state: str, today: date) -> str:
    """The message; one line per task with what was last reported."""
    quarter, due = scope.period.quarter, scope.period.submission_due
    asked = _ASKED[state]
    until = (
        f"请于{due.month}月{due.day}日前报送" if today <= due else f"报送期限{due.month}月{due.day}日已过，请尽快报送"
    )
    asks = (
        f"{unit.name}：{scope.register.notice.short_title}{quarter_label(quarter)}填报表，"
        f"{asked}（{len(missing)}项），{until}至{scope.office.name}。"
    )
    return "\n".join([asks, *(_task_line(row) for row in missing)])


def _task_line(row: MissingRow) -> str:
    last = row.last_progress.strip().replace("\n", " ")
    reported = (
        f"上次报送：{last[:_PROGRESS_MAX]}{'……' if len(last) > _PROGRESS_MAX else ''}" if last else "此前没有报送"
    )
    mark = "（退回待补正）" if row.sent_back else ""
    return f"  任务{row.task_no}　{row.title}{mark}。时限：{row.deadline}。{reported.rstrip('。')}。"
