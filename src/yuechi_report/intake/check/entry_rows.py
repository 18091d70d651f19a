"""A row of a unit's form → a progress entry: what it must say, what is odd in it, alone and after what was said before."""

import re
from datetime import date

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.evidence import Proof
from yuechi_report.domain.progress import ProgressEntry, Reported, Role
from yuechi_report.domain.register import Task
from yuechi_report.domain.standing import Standing, class_of, filling_units
from yuechi_report.domain.unit import Unit
from yuechi_report.intake.check.fields import NO_AMOUNT, to_amount, to_amount_as_taken, to_evidence, to_promise
from yuechi_report.intake.check.row import Context, RowReader
from yuechi_report.intake.door.sensitive import looks_like_id
from yuechi_report.page.labels import label, quarter_label

PROSE = ("criterion", "target", "progress", "issues", "next_steps", "coordination")

ASKED = (
    "target",
    "progress",
    "percent",
    "issues",
    "next_steps",
    "expected_on",
    "confidence",
    "reported",
    "completed_on",
    "evidence",
    "coordination",
)

_SET_PHRASE = re.compile(
    r"(正在|有序|按计划|按要求|稳步|持续|积极|扎实|加快|推进|开展|落实|实施|工作|中|已|各项|相关|正常|无|。|，|、)*"
)

_DECIDES = "由受理单位核实后决定；未经决定不在报告中出现"

_DONE = (Reported.DECLARED_COMPLETE, None)

_UNPROVED = {
    Proof.NONE: ("自报已完成，没有填写佐证材料", "请补报佐证材料（名称、文号、日期）；不补报的，到期后列为逾期"),
    Proof.UNCLEAR: (
        "佐证材料没有写明文号，也没有写明不晚于收到日的日期",
        "请补写文号或日期；补写以前，限时任务列为待核验（佐证待补）",
    ),
}
"""What is asked back of a declaration whose evidence proves nothing by itself."""


def is_untouched(row: RowReader) -> bool:
    """Nothing was typed into the row: it holds only what the form already said."""
    return all(row.row.cells.get(key) in (None, "") for key in ASKED)


def read_entry(row: RowReader, context: Context, unit: Unit, filed_on: date) -> ProgressEntry | None:
    """The row's entry; None with a fault where it is not even known whose it is."""
    task = row.task(context.register)
    role = row.word("role", Role)
    if task is None or role is None:
        return None
    _check_role(row, task, unit, role, context)
    entry = _built(row, context, unit, filed_on, task, role)
    _check_days(row, entry)
    if role is not Role.LEAD and (word := row.text("reported")):
        row.warn(
            "reported",
            f"{label(role)}行不填自报状态，所填“{word}”没有登记",
            "自报状态由牵头单位填报；本单位的情况请写在进展情况栏",
        )
    if role is Role.LEAD:
        judged = class_of(task, Standing.of(context.history.of_task(task.number).decisions))
        _warn_of_gaps(row, entry, judged)
        _propose(row, entry, judged)
    return entry


def _built(row: RowReader, context: Context, unit: Unit, filed_on: date, task: Task, role: Role) -> ProgressEntry:
    reported = row.word("reported", Reported) if role is Role.LEAD else None
    percent, measure, measured = row.read("percent", to_amount_as_taken if context.was_taken else to_amount, NO_AMOUNT)
    return ProgressEntry(
        quarter=context.quarter,
        unit=unit.name,
        task_no=task.number,
        role=role,
        reported=reported,
        source=row.at(context.source),
        filed_on=filed_on,
        percent=percent,
        measure=measure,
        measured=measured,
        expected_on=row.date("expected_on"),
        confidence=row.text("confidence"),
        completed_on=row.date("completed_on"),
        evidence=row.read("evidence", to_evidence, ()),
        promise=row.read("promise", to_promise, ""),
        **{key: row.prose(key) for key in PROSE},
    )


def _check_role(row: RowReader, task: Task, unit: Unit, role: Role, context: Context) -> None:
    allowed = {
        Role.LEAD: filling_units(task, context.history.decisions),
        Role.COUNTERSIGN: task.lead_units[1:],
        Role.COOPERATE: task.cooperating_units,
    }[role]
    if not set(allowed) & set(unit.names):
        word = label(role)
        row.fault(
            "task_no",
            f"第{task.number}项任务的{word}单位不是{unit.name}",
            f"请核对任务序号和角色；该任务{word}单位：{'、'.join(allowed) or '无'}",
        )


def _check_days(row: RowReader, entry: ProgressEntry) -> None:
    """What happened cannot lie after the day the form was filled in."""
    if entry.completed_on is not None and entry.completed_on > entry.filed_on:
        row.fault(
            "completed_on",
            f"实际完成日期{entry.completed_on}晚于填报日期{entry.filed_on}",
            "尚未完成的请填预计完成日期；日期有误的请更正",
        )
    if entry.completed_on is not None and entry.role is Role.LEAD and entry.reported not in _DONE:
        row.warn("completed_on", "填了实际完成日期，自报状态却不是已完成", "如已完成，请把自报状态改为已完成")
    for key in PROSE:
        if looks_like_id(str(row.row.cells.get(key) or "")):
            row.warn(key, "有18位数字，校验位不符，按编码放行", "如系公民身份号码，请删除后重报")


def _warn_of_gaps(row: RowReader, entry: ProgressEntry, judged: TaskClass) -> None:
    """What is missing but does not keep the row out."""
    if entry.reported is Reported.DECLARED_COMPLETE:
        if judged is TaskClass.FIXED and entry.proof in _UNPROVED:
            row.warn("evidence", *_UNPROVED[entry.proof])
        if entry.completed_on is None:
            row.warn("completed_on", "自报已完成而没有填写实际完成日期，暂按收到日期计", "请补报实际完成日期")
        if entry.percent is not None and entry.percent < 100:
            row.warn("percent", f"自报已完成，完成比例却是{entry.percent:g}%", "请核对自报状态和完成比例")
    elif entry.percent == 100 and judged is TaskClass.FIXED:
        row.warn("percent", "完成比例为100%，自报状态却不是已完成", "如已完成，请改为已完成并附佐证材料")
    if entry.reported is Reported.EXTENSION_REQUESTED and not (entry.expected_on and entry.issues.strip()):
        row.warn("expected_on", "申请延期须同时写明新的完成日期和理由", "请补填预计完成日期和存在问题")
    if entry.reported is Reported.AWAITING_UPPER and not (entry.coordination + entry.issues).strip():
        row.warn("coordination", "待上级须写明等待哪个机关的哪个环节", "请补填需协调事项或存在问题")
    if entry.expected_on is not None and entry.expected_on < entry.filed_on and entry.reported not in _DONE:
        row.warn("expected_on", f"预计完成日期{entry.expected_on}早于填报日期{entry.filed_on}", "请核对日期")


def _propose(row: RowReader, entry: ProgressEntry, judged: TaskClass) -> None:
    """Machine judgements: proposals to the office, never verdicts (domain.md §2.4)."""
    measured = judged in (TaskClass.FIXED, TaskClass.ADVANCE)
    if measured and entry.reported in (Reported.IN_PROGRESS, Reported.NORMAL) and _is_hollow(entry.progress):
        row.propose("progress", "内容空泛：进展情况没有写明何时、做了什么、结果如何", _DECIDES)


def _is_hollow(progress: str) -> bool:
    text = "".join(progress.split())
    return _SET_PHRASE.fullmatch(text) is not None or (len(text) < 15 and not re.search(r"\d", text))


def review(row: RowReader, entry: ProgressEntry, context: Context) -> None:
    """Compare an entry with the last accepted one of the same unit, task and role."""
    before = last_before(entry, context)
    if before is None:
        return
    _falling(row, entry, before)
    if before.reported is Reported.DECLARED_COMPLETE and entry.reported is not Reported.DECLARED_COMPLETE:
        row.warn(
            "reported",
            f"{quarter_label(before.quarter)}自报已完成，本次却是“{label(entry.reported) if entry.reported else ''}”",
            "请在进展情况中说明原因",
        )
    if entry.progress.strip() and entry.progress.strip() == before.progress.strip() and before.quarter < entry.quarter:
        row.propose("progress", f"进展情况与{quarter_label(before.quarter)}所报完全相同", _DECIDES)


def last_before(entry: ProgressEntry, context: Context) -> ProgressEntry | None:
    """The last accepted entry of that unit for that task, up to this quarter."""
    earlier = [
        before
        for before in context.history.entries
        if (before.unit, before.task_no, before.role) == (entry.unit, entry.task_no, entry.role)
        and before.quarter <= entry.quarter
    ]
    return earlier[-1] if earlier else None


def _falling(row: RowReader, entry: ProgressEntry, before: ProgressEntry) -> None:
    if entry.percent is not None and before.percent is not None and entry.percent < before.percent:
        problem = f"完成比例{entry.percent:g}%低于上次所报的{before.percent:g}%（{quarter_label(before.quarter)}）"
        row.warn("percent", problem, "请核对；确有回落的请在存在问题中说明")
    if entry.measure is None or before.measure is None:
        return
    same = entry.measure.denominator == before.measure.denominator
    if same and entry.measure.numerator < before.measure.numerator:
        problem = f"完成数{entry.measured}低于上次所报的{before.measured}（{quarter_label(before.quarter)}）"
        row.warn("percent", problem, "请核对；确有回落的请在存在问题中说明")
