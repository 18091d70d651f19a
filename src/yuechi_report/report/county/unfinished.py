"""Tables of what is past due or stands still: overdue, 受上级制约 with what it rests on, extensions and changes."""

from datetime import date

from yuechi_report.domain.assessment import Assessment, TaskClass
from yuechi_report.domain.case import Case
from yuechi_report.domain.evidence import Proof
from yuechi_report.domain.progress import Action, Decision, once
from yuechi_report.page.headlines import SETTLED
from yuechi_report.page.labels import label
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import LEAD, NUMBER, task_cells, text_cell, title_column
from yuechi_report.report.context import Report
from yuechi_report.report.county.leaders import OVERDUE_ROWS, longest_overdue
from yuechi_report.report.county.sections import caption
from yuechi_report.report.county.tasks import first_rows
from yuechi_report.report.past import is_new
from yuechi_report.report.provenance import from_report
from yuechi_report.report.words.causes import cause_of, issues_of, overdue_reason
from yuechi_report.report.words.days import day_word
from yuechi_report.report.words.sentences import clipped

_CHANGES = (
    Action.GRANT_EXTENSION,
    Action.REFUSE_EXTENSION,
    Action.SET_DEADLINE,
    Action.ADJUST,
    Action.SUCCEED,
    Action.TERMINATE,
    Action.TRANSFER,
)


@from_report
def overdue_in_full(report: Report) -> Table:
    """Overdue tasks, in page one's order, with what the unit says and what it handed in. Grain: one row a task."""
    found = longest_overdue(report)
    shown, notes = first_rows(report, found)
    length = 16 if len(found) <= OVERDUE_ROWS else 0
    return Table(
        name="overdue_in_full",
        caption=caption("overdue_in_full"),
        columns=(
            NUMBER,
            title_column(7.8),
            LEAD,
            Column(key="days", title="逾期", align="center", width=4.4),
            Column(key="reason", title="原因", width=17.2),
            Column(key="evidence", title="最近一次佐证", width=6.9),
        ),
        rows=tuple(_overdue_row(report, status, length) for status in shown),
        notes=notes,
        empty_text="本季没有逾期任务。",
        compact=True,
    )


def _overdue_row(report: Report, status: Assessment, length: int) -> tuple[Cell, ...]:
    """What the unit says beside the office's reason takes at most `length` characters."""
    last = status.reason.entry
    reason = overdue_reason(report, status, 48)
    said = issues_of(last) if length and last is not None and cause_of(report, status) is not None else ""
    return (
        *task_cells(report, status),
        Cell(text=f"{status.days_overdue}天", value=status.days_overdue, strong=True),
        text_cell(_joined(reason, clipped(said, length))),
        text_cell(_evidence(report, status)),
    )


def _joined(reason: str, said: str) -> str:
    head = reason if reason.endswith("。") else f"{reason}。"
    return f"{head}单位反映：{said}" if said else head


def _evidence(report: Report, status: Assessment) -> str:
    """The first piece of the last row that names any, with the day it came."""
    entries = Case.of(report.scope.register.task(status.task_no), report.docket).entries
    last = next((entry for entry in reversed(entries) if entry.proof is not Proof.NONE), None)
    pieces = [piece for piece in last.evidence if piece.name] if last is not None else []
    if last is None or not pieces:
        return "未附"
    more = f"等{len(pieces)}件" if len(pieces) > 1 else ""
    return f"{clipped(pieces[0].name, 18)}{more}（{_day(report, last.source.received_on)}）"


@from_report
def blocked(report: Report) -> Table:
    """Recognised dependences on higher levels, and those whose review day has passed. Grain: one row a task."""
    return Table(
        name="blocked",
        caption=caption("blocked"),
        columns=(
            NUMBER,
            title_column(7.4),
            LEAD,
            Column(key="step", title="上级单位和环节", width=14.4),
            Column(key="letter", title="本县去函", width=7.3),
            Column(key="review", title="复核日", align="center", width=5.8),
        ),
        rows=tuple(_blocked_row(report, status, decision) for status, decision in _blocks(report)),
        empty_text="没有认定受上级制约的任务。",
        compact=True,
    )


def _blocks(report: Report) -> list[tuple[Assessment, Decision]]:
    found = []
    for status in report.assessments:
        decision = report.standing(status.task_no).block
        if decision is not None and status.headline not in SETTLED:
            found.append((status, decision))
    return found


def _blocked_row(report: Report, status: Assessment, decision: Decision) -> tuple[Cell, ...]:
    review = decision.review_on
    shown = day_word(report, review) if review else "—"
    lapsed = review is not None and review < report.as_of
    letter = f"{decision.letter_number}\n{day_word(report, decision.letter_on)}" if decision.letter_on else "—"
    return (
        *task_cells(report, status),
        text_cell(f"{decision.upper_body}：{clipped(decision.upper_step, 36)}"),
        Cell(text=letter, value=decision.letter_number),
        Cell(text=f"{shown}\n已失效" if lapsed else shown, value=review.isoformat() if review else "", strong=lapsed),
    )


@from_report
def changes(report: Report) -> Table:
    """Extensions and adjustments decided since the last report. Grain: one row a decision."""
    decided = report.scope.history.up_to(report.scope.period.quarter, report.as_of).decisions
    numbers = {status.task_no: status for status in report.assessments}
    found = [
        decision
        for decision in once(decided)
        if decision.action in _CHANGES and is_new(report, decision) and decision.task_no in numbers
    ]
    return Table(
        name="changes",
        caption=caption("changes"),
        columns=(
            NUMBER,
            title_column(8.6),
            LEAD,
            Column(key="decision", title="决定", align="center", width=4.8),
            Column(key="content", title="内容", width=10.5),
            Column(key="approval", title="批准", width=11.0),
        ),
        rows=tuple(_change_row(report, numbers[decision.task_no], decision) for decision in found),
        empty_text="本季没有批准的延期和调整。",
        compact=True,
    )


def _change_row(report: Report, status: Assessment, decision: Decision) -> tuple[Cell, ...]:
    approved = _day(report, decision.approved_on or decision.decided_on)
    approval = f"{decision.approver}{approved}" if decision.approver else f"{decision.decided_by}{approved}"
    number = f"，{decision.document_number}" if decision.document_number else ""
    return (
        *task_cells(report, status),
        text_cell(label(decision.action)),
        text_cell(_content(report, status, decision)),
        text_cell(f"{approval}{number}"),
    )


def _content(report: Report, status: Assessment, decision: Decision) -> str:
    original = f"原时限{_day(report, status.due)}" if status.due else ""
    kept = "现行时限" + _day(report, status.effective_due) if status.effective_due != status.due else original
    if decision.new_due is not None:
        return f"{original}{'，' if original else ''}新时限{_day(report, decision.new_due)}"
    if decision.new_class:
        return f"按{_class_words(decision)}管理"
    if decision.action is Action.REFUSE_EXTENSION:
        return f"{kept}不变" if kept else "时限不变"
    return clipped(decision.wording or decision.reason, 62)


def _class_words(decision: Decision) -> str:
    """推进类（持续配合）."""
    wording = f"（{decision.wording}）" if decision.wording else ""
    return f"{label(TaskClass(decision.new_class))}{wording}"


def _day(report: Report, day: date | None) -> str:
    return day_word(report, day) if day is not None else ""
