"""A row of the office's form → a decision, with what each kind of decision must say (domain.md §3, §6)."""

from datetime import date, timedelta

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Action, Decision
from yuechi_report.domain.register import Task
from yuechi_report.domain.unit import Units
from yuechi_report.intake.check.row import Context, RowReader, known_units
from yuechi_report.intake.form.columns import EITHER, needed_keys
from yuechi_report.page.labels import from_label, label, words_of

CLASSES = words_of(TaskClass)[:4]

_TAKES_UNIT = (Action.SUCCEED, Action.ADJUST)

_NOT_AFTER = ("completed_on", "letter_on")

_DAYS_REVIEW = StatusPolicy().days_block_review


def read_decision(row: RowReader, context: Context) -> Decision | None:
    """The row's decision; None with a fault where task, kind or day cannot be read."""
    task = row.task(context.register)
    action = row.word("action", Action)
    decided_on = row.date("decided_on")
    if task is None or action is None:
        return None
    if decided_on is None:
        if not row.faults:
            row.fault("decided_on", "没有填写决定日期", "请填写作出决定的日期")
        return None
    _check_needed(row, action)
    decision = Decision(
        quarter=context.quarter,
        task_no=task.number,
        action=action,
        decided_on=decided_on,
        source=row.at(context.source),
        decided_by=row.text("decided_by"),
        reason=row.prose("reason"),
        completed_on=row.date("completed_on"),
        new_due=row.date("new_due"),
        new_class=_class_code(row),
        wording=row.prose("wording"),
        new_unit=_new_unit(row, context.units, action),
        review_on=row.date("review_on"),
        upper_body=row.text("upper_body"),
        upper_step=row.prose("upper_step"),
        letter_number=row.text("letter_number"),
        letter_on=row.date("letter_on"),
        approver=row.text("approver"),
        approved_on=row.date("approved_on"),
        document_number=row.text("document_number"),
    )
    _check_days(row, decision)
    _doubt_days(row, decision, task, context.source.received_at.date())
    return decision


def _check_needed(row: RowReader, action: Action) -> None:
    titles = {column.key: column.title for column in row.sheet.spec.columns}
    for key in needed_keys(action):
        if not row.text(key) and not (key == "new_unit" and action is Action.SUCCEED):
            row.fault(key, f"“{label(action)}”没有填写{titles[key]}", f"请补填{titles[key]}")
    either = EITHER.get(action, ())
    if either and not any(row.text(key) for key in either):
        words = "或".join(titles[key] for key in either)
        row.fault(either[0], f"“{label(action)}”没有填写{words}", "请填写其中一项")
    if row.text("new_class") == label(TaskClass.FIXED) and not row.text("new_due"):
        row.fault("new_due", "核定为限时类而没有填写新时限", "请填写新时限")


def _check_days(row: RowReader, decision: Decision) -> None:
    titles = {column.key: column.title for column in row.sheet.spec.columns}
    for key in _NOT_AFTER:
        day = getattr(decision, key)
        if day is not None and day > decision.decided_on:
            row.fault(key, f"{titles[key]}{day}晚于决定日期{decision.decided_on}", "请核对两个日期")
    review = decision.review_on
    if decision.action is not Action.RECOGNISE_BLOCK or review is None:
        return
    if review < decision.decided_on:
        row.fault("review_on", f"复核日期{review}早于决定日期{decision.decided_on}", "请核对两个日期")
    elif review > decision.decided_on + timedelta(days=_DAYS_REVIEW):
        row.warn("review_on", f"复核日期超过决定之日起{_DAYS_REVIEW}天，按规则认定不生效", "请改为期限以内的日期")


def _doubt_days(row: RowReader, decision: Decision, task: Task, received: date) -> None:
    """Days that are hardly meant: a warning, and taken as written."""
    decided_on, approved_on, new_due = decision.decided_on, decision.approved_on, decision.new_due
    if decided_on > received:
        row.warn("decided_on", f"决定日期{decided_on}晚于收到日期{received}", "请核对；决定自该日起计")
    if approved_on is not None and approved_on > decided_on:
        row.warn("approved_on", f"批准日期{approved_on}晚于决定日期{decided_on}", "请核对两个日期")
    is_extension = decision.action is Action.GRANT_EXTENSION
    if is_extension and new_due is not None and task.due is not None and new_due <= task.due:
        row.warn("new_due", f"准予延期的新时限{new_due}不晚于原时限{task.due}", "请核对新时限")


def _new_unit(row: RowReader, units: Units, action: Action) -> str:
    """The official name of the unit that takes over; only 承接 and 调整 may name one, 承接 must."""
    text = row.text("new_unit")
    if not text:
        if action is Action.SUCCEED:
            row.fault("new_unit", "“承接”没有填写新牵头单位", "请补填新牵头单位")
        return ""
    if action not in _TAKES_UNIT:
        row.fault("new_unit", f"“{label(action)}”不改变牵头单位", "请清空新牵头单位，或改用“承接”“调整”")
        return ""
    unit = units.find(text)
    if unit is None:
        row.fault("new_unit", f"单位“{text}”不在单位名录中", known_units(units, text))
        return ""
    return unit.name


def _class_code(row: RowReader) -> str:
    text = row.text("new_class")
    try:
        return from_label(TaskClass, text).value if text else ""
    except KeyError:
        row.fault("new_class", f"核定类别“{text}”不在可选范围内", f"请选填：{'、'.join(CLASSES)}")
        return ""
