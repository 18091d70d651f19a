"""A supervision sheet's page: who is written to, the matter in one table, and the reply slip (domain.md §3.1, §7)."""

from dataclasses import dataclass

from yuechi_report.domain.progress import Decision, Role
from yuechi_report.domain.unit import DocumentKind, Ground
from yuechi_report.page.labels import date_label, label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.page.reasons import cause_fact, own_reason
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import headline_cell, text_cell
from yuechi_report.report.provenance import from_report
from yuechi_report.report.sheet.sheet import Sheet
from yuechi_report.report.words.causes import cause_of
from yuechi_report.report.words.days import next_report_by, reply_by
from yuechi_report.report.words.sentences import clipped, quoted

_FOUND = {
    Ground.REOPENED: "重新挂账{late}",
    Ground.BLOCK_LAPSED: "受上级制约的认定已过复核日{late}",
    Ground.BLOCK_NOT_RECOGNISED: "自报待上级，未获认定{late}",
    Ground.RETURNED: "经核验退回补正{late}",
    Ground.NO_EVIDENCE: "自报完成，未填佐证{late}",
    Ground.OVERDUE: "已逾期{days}天",
    Ground.NOT_REPORTED: "本季度未报送进展情况",
    Ground.IDLE: "连续两个季度无实质进展",
    Ground.INTERRUPTED: "自报未启动，实施中断",
    Ground.NAMED: "须专项报告进展情况",
}

_ASKED = {
    Ground.REOPENED: ("{by}按重新挂账的意见逐条整改，{tell}整改情况和完成日期", "整改完成后重新报送，并附佐证材料"),
    Ground.BLOCK_LAPSED: (
        "{by}{tell}与上级机关对接的结果",
        "仍受制约的，写明对接情况，重新提出认定；不再受制约的，报明完成日期",
    ),
    Ground.BLOCK_NOT_RECOGNISED: (
        "{by}补报请示件（文号、日期），写明待哪一级机关办理哪一个环节",
        "请示尚未发出的，报明发出日期和县级可先行办理的内容",
    ),
    Ground.RETURNED: (
        "{by}按退回意见补正，重新报送并附佐证材料（名称、文号、日期）",
        "确未完成的，同时{tell}整改情况和完成日期",
    ),
    Ground.NO_EVIDENCE: ("{by}补报佐证材料（名称、文号、日期）", "确未完成的，同时{tell}整改情况和完成日期"),
    Ground.OVERDUE: ("{by}{tell}整改情况和完成日期", "完成后随附佐证材料（名称、文号、日期），由本室核验销号"),
    Ground.NOT_REPORTED: ("{by}补报本季度进展情况", "说明未报送的原因，明确专人负责"),
    Ground.IDLE: ("{by}报送至少一项具体行动：何时、做什么、结果如何", "说明两季无进展的原因和需要协调的事项"),
    Ground.INTERRUPTED: ("{by}说明中断的原因和恢复日期", "恢复实施后一周内报告"),
    Ground.NAMED: ("{by}{tell}进展情况、存在问题和预计完成日期",),
    Ground.FORWARDED: ("{unit}按{liaison}的统一安排提供办理情况", "由{liaison}{next}汇总报送"),
}

_ASKED_WITH_LETTER = (
    "{by}{tell}与上级机关对接的结果和完成日期",
    "仍须待上级的，写明待哪一级机关办理哪一个环节，由本室研究认定",
)
"""Of a task that waits for a higher level, where the county's letter is on file already."""

_NUMBERS = "①②③④"


def findings(sheet: Sheet) -> str:
    """What was found, as the end of a sentence; never 逾期 where the task is not overdue."""
    days = sheet.assessment.days_overdue
    return _FOUND[sheet.matter.ground].format(days=days, late=f"，已逾期{days}天" if days else "")


def requirements(sheet: Sheet) -> str:
    """What is wanted and until when, one line a request; a letter between equals asks, it does not order."""
    polite = sheet.matter.document is DocumentKind.INVITATION
    words = {
        "by": f"{'请' if polite else ''}于{reply_by(sheet.report)}",
        "next": f"于{next_report_by(sheet.report)}",
        "tell": "函告" if polite else "书面报告",
        "liaison": sheet.addressee.name,
        "unit": sheet.unit.name,
    }
    lines = [text.format(**words) for text in _texts(sheet)]
    if len(lines) == 1:
        return f"{lines[0]}。"
    return "\n".join(f"{_NUMBERS[number]}{line}。" for number, line in enumerate(lines))


def _texts(sheet: Sheet) -> tuple[str, ...]:
    is_above = sheet.matter.ground is Ground.BLOCK_NOT_RECOGNISED
    has_letter = any(cause.has_letter for cause in sheet.assessment.reason.causes)
    return _ASKED_WITH_LETTER if is_above and has_letter else _ASKED[sheet.matter.ground]


@dataclass(frozen=True, slots=True)
class _Limits:
    """How many characters of the task's text, the unit's report and the office's reason are printed."""

    text: int
    progress: int
    reason: int


_WIDE, _TIGHT = _Limits(150, 60, 90), _Limits(96, 36, 50)

_LETTER_LINE, _TABLE_LINE, _LETTER_LINES_IN_TABLE_LINES = 28, 33, 2.2
"""Characters on a line of the letter and of its table, and how many of the latter's lines one of the former takes."""

_PAGE_LINES = 29
"""Table lines there are for the purpose, both tables and writing by hand; a test sets the longest texts."""

_FEWEST, _MOST = 3, 8
"""Lines for writing by hand: if there are fewer, texts are cut shorter."""

_SPACE = "　" * 12
_DAY = "　　年　　月　　日"


@from_report
def salutation(sheet: Sheet) -> Prose:
    """Who is written to, by the official name, and what for."""
    name = escape_markdown(sheet.addressee.name)
    return Prose(markdown=f"{name}：\n\n{escape_markdown(_purpose(sheet))}")


def _purpose(sheet: Sheet) -> str:
    report = sheet.report
    match sheet.matter.document:
        case DocumentKind.INVITATION:
            return (
                f"为共同做好{report.scope.register.notice.short_title}落实工作，现将贵单位{_part(sheet)}的下列任务有关情况函告如下，"
                f"商请予以支持，并于{reply_by(report)}函复为盼。"
            )
        case DocumentKind.FORWARDED if sheet.is_forwarded:
            told = sheet.unit.name
            return (
                f"请将下列任务转告{told}，并于{next_report_by(report)}将办理情况汇总报本室。"
                f"{told}不单独填报，不列入评价。"
            )
        case _:
            whose = f"{'你单位' if sheet.unit.has_form else sheet.unit.name}{_part(sheet)}的下列任务"
            return f"{whose}{findings(sheet)}。请按要求办理，于{reply_by(report)}将回执报本室。"


def _part(sheet: Sheet) -> str:
    task = sheet.task
    if sheet.unit.name in (task.filling_unit, task.lead_units[0]):
        return "牵头"
    return "共同牵头" if sheet.unit.name in task.lead_units else "配合"


@from_report
def matter(sheet: Sheet) -> Table:
    """The matter: source, deadline, where it stands, what is on record, what is wanted. One row a heading."""
    return Table(
        name="matter",
        columns=(
            Column(key="heading", title="事　项", align="center", width=6.0),
            Column(key="content", title=_subject(sheet), width=34.2),
        ),
        rows=tuple((text_cell(heading), text_cell(content)) for heading, content in _facts(sheet)),
        compact=True,
        header_column=True,
    )


def _facts(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    wide = _rows(sheet, _WIDE)
    return wide if _lines_left(sheet, wide) >= _FEWEST else _rows(sheet, _TIGHT)


def _rows(sheet: Sheet, limits: _Limits) -> tuple[tuple[str, str], ...]:
    task = sheet.task
    return (
        ("来　源", _origin(sheet)),
        ("内　容", clipped(task.text.removeprefix(task.title).lstrip("。"), limits.text) or task.title),
        ("时　限", _deadline(sheet)),
        ("现　状", _state(sheet)),
        ("在案情况", _on_record(sheet, limits)),
        ("商请事项" if sheet.matter.document is DocumentKind.INVITATION else "要　求", requirements(sheet)),
    )


def _lines_left(sheet: Sheet, rows: tuple[tuple[str, str], ...]) -> int:
    """Lines of the table's size that the purpose and these rows leave of the page."""
    letter = -(-(len(_purpose(sheet)) + 2) // _LETTER_LINE)
    parts = [_subject(sheet), _slip_title(sheet), *(line for _, content in rows for line in content.split("\n"))]
    table = sum(-(-len(part) // _TABLE_LINE) for part in parts)
    return int(_PAGE_LINES - letter * _LETTER_LINES_IN_TABLE_LINES - table)


def _subject(sheet: Sheet) -> str:
    return f"{sheet.task.title}（任务{sheet.task.number}）"


def _origin(sheet: Sheet) -> str:
    notice = sheet.report.scope.register.notice
    title = notice.title.replace("《", "〈").replace("》", "〉")
    return f"《{title}》（{date_label(notice.issued_on)}印发）第{sheet.task.number}项"


def _deadline(sheet: Sheet) -> str:
    """The deadline as printed, and the one in force where it is another."""
    status, printed = sheet.assessment, sheet.task.deadline_raw
    if status.effective_due is None:
        return f"通知时限：{printed}"
    if status.due == status.effective_due:
        return f"通知时限：{printed}，即{date_label(status.effective_due)}"
    return f"通知时限：{printed}；现行时限：{date_label(status.effective_due)}（经批准变更）"


def _state(sheet: Sheet) -> str:
    cell = headline_cell(sheet.report, sheet.assessment)
    words = cell.text.replace("\n", "")
    cause, decided = cause_of(sheet.report, sheet.assessment), _last_decision(sheet)
    is_told = cause is None or (decided is not None and own_reason(cause) != "" and cause.decision == decided)
    fact = "" if cause is None or is_told else f"；{cause_fact(cause, date_label)}"
    return f"{cell.sign}{words}，截至{date_label(sheet.report.as_of)}{fact}"


def _on_record(sheet: Sheet, limits: _Limits) -> str:
    parts = [_reported(sheet, limits), _decided(sheet, limits)]
    return "\n".join(part for part in parts if part)


def _reported(sheet: Sheet, limits: _Limits) -> str:
    """The last report of the filling unit, and this quarter's absence where there is none."""
    report = sheet.report
    entries = [entry for entry in report.seen(sheet.task.number).entries if entry.role is Role.LEAD]
    missing = sheet.assessment.entry is None and sheet.matter.ground is Ground.NOT_REPORTED
    absent = f"本季度应于{date_label(report.scope.period.submission_due)}前报送，至今未收到。" if missing else ""
    if not entries:
        return absent or "尚无报送记录。"
    entry = entries[-1]
    word = label(entry.reported) if entry.reported is not None else ""
    said = f"自报{quoted(word)}，" if word and not entry.progress.startswith(word) else ""
    day = date_label(entry.source.received_at.date())
    return f"{absent}最近一次报送（{day}）：{said}{clipped(entry.progress, limits.progress)}"


def _decided(sheet: Sheet, limits: _Limits) -> str:
    """What the office decided last on this task, with its reason."""
    decision = _last_decision(sheet)
    if decision is None:
        return ""
    return f"{date_label(decision.decided_on)}{label(decision.action)}：{clipped(decision.reason, limits.reason)}"


def _last_decision(sheet: Sheet) -> Decision | None:
    decisions = sheet.report.seen(sheet.task.number).decisions
    return decisions[-1] if decisions else None


@from_report
def reply_slip(sheet: Sheet) -> Table:
    """The slip to be filled in by hand, signed, stamped and sent back. One row a field."""
    lines = max(_FEWEST, min(_MOST, _lines_left(sheet, _facts(sheet))))
    seal = (lines - _FEWEST) // 2
    rows = (
        (_answer(sheet), "\n" * (lines - seal)),
        ("完成日期", _DAY),
        ("负责人签字", ""),
        ("加盖公章", "\n" * (1 + seal) + _SPACE + _DAY),
    )
    return Table(
        name="reply_slip",
        columns=(
            Column(key="field", title="回　执", align="center", width=6.0),
            Column(key="answer", title=_slip_title(sheet), width=34.2),
        ),
        rows=tuple((text_cell(field), Cell(text=answer)) for field, answer in rows),
        compact=True,
        header_column=True,
    )


def _answer(sheet: Sheet) -> str:
    """What is answered: nothing needs mending where the office only names the matter."""
    if sheet.matter.document is not DocumentKind.SUPERVISION:
        return "办理情况"
    return "进展情况" if sheet.matter.ground is Ground.NAMED else "整改情况"


def _slip_title(sheet: Sheet) -> str:
    """Whose slip, about what, and the day it is wanted by."""
    until = (next_report_by if sheet.is_forwarded else reply_by)(sheet.report, year=True)
    word = "函复期限" if sheet.matter.document is DocumentKind.INVITATION else "回复期限"
    return f"{sheet.addressee.short}　任务{sheet.task.number}　{word}：{until}"
