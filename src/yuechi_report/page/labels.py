"""Readers' words: the Chinese of every enumerated value, here and nowhere else but the headlines', in their table."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from yuechi_report.domain.assessment import (
    Assessment,
    CauseKind,
    Discipline,
    DueResult,
    Headline,
    OfficeItem,
    Pace,
    PaceGround,
    Suffix,
    TaskClass,
    TimeState,
    UnitDiscipline,
    Verified,
)
from yuechi_report.domain.corrections import CorrectionKind
from yuechi_report.domain.progress import Action, Reported, Role
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.reporting import UnitReport
from yuechi_report.domain.unit import DocumentKind, Ground, UnitKind
from yuechi_report.page.headlines import HEADLINES, ROW_OF

E = TypeVar("E", bound=StrEnum)

_WORDS: tuple[tuple[StrEnum, str], ...] = (
    *((row.headline, row.word) for row in HEADLINES),
    (TaskClass.FIXED, "限时类"),
    (TaskClass.MAINTAIN, "保持类"),
    (TaskClass.ADVANCE, "推进类"),
    (TaskClass.TRACK, "跟踪类"),
    (TaskClass.UNDEFINED, "待明确类"),
    (TaskClass.UNRESOLVED, "待人工确认"),
    (Suffix.ON_TIME, "按期"),
    (Suffix.ON_TIME_PROVED_LATER, "按期（补证）"),
    (Suffix.LATE, "逾期{days}天"),
    (Suffix.DONE_BEFORE_ISSUE, "印发前已完成"),
    (Suffix.DONE_AFTER_ISSUE, "印发后办结"),
    (Suffix.TO_ROUTINE, "转常态"),
    (Suffix.TO_ROUTINE_LATE, "转常态（逾期{days}天）"),
    (Suffix.EVIDENCE_PENDING, "佐证待补"),
    (Suffix.RETURNED, "退回补正"),
    (Suffix.NO_EVIDENCE, "自报完成，未填佐证"),
    (Suffix.BLOCK_NOT_RECOGNISED, "自报待上级未认定"),
    (Suffix.EXTENSION_UNANSWERED, "申请延期未批复"),
    (Suffix.REOPENED, "重新挂账"),
    (Suffix.BEHIND, "滞后"),
    (Reported.NOT_STARTED, "未启动"),
    (Reported.IN_PROGRESS, "推进中"),
    (Reported.NORMAL, "正常"),
    (Reported.NO_CHANGE, "无变化"),
    (Reported.DECLARED_COMPLETE, "已完成"),
    (Reported.AWAITING_UPPER, "待上级"),
    (Reported.EXTENSION_REQUESTED, "申请延期"),
    (Reported.ADJUSTMENT_REQUESTED, "申请调整"),
    (Role.LEAD, "牵头"),
    (Role.COUNTERSIGN, "会签"),
    (Role.COOPERATE, "配合"),
    (Action.CLOSE, "核验通过销号"),
    (Action.CLOSE_TO_ROUTINE, "销号并转常态"),
    (Action.RETURN, "退回补正"),
    (Action.RECOGNISE_BLOCK, "认定待上级"),
    (Action.REFUSE_BLOCK, "不予认定"),
    (Action.LIFT_BLOCK, "解除"),
    (Action.GRANT_EXTENSION, "准予延期"),
    (Action.REFUSE_EXTENSION, "不予延期"),
    (Action.SET_DEADLINE, "核定时限"),
    (Action.ADJUST, "调整"),
    (Action.SUCCEED, "承接"),
    (Action.TERMINATE, "终止"),
    (Action.TRANSFER, "转入新清单"),
    (Action.REOPEN, "重新挂账"),
    (Action.JUDGE_HOLLOW, "认定内容空泛"),
    (Action.JUDGE_BEHIND, "认定滞后"),
    (CauseKind.REOPENED, "重新挂账"),
    (CauseKind.RETURNED, "退回补正"),
    (CauseKind.EXTENSION_REFUSED, "不予延期"),
    (CauseKind.BLOCK_LAPSED, "制约认定已过复核日"),
    (CauseKind.BLOCK_VOID, "制约认定未生效"),
    (CauseKind.BLOCK_LIFTED, "解除受上级制约"),
    (CauseKind.BLOCK_REFUSED, "不予认定受上级制约"),
    (CauseKind.BLOCK_UNDECIDED, "自报待上级未认定"),
    (CauseKind.EXTENSION_UNANSWERED, "申请延期未批复"),
    (CauseKind.ASKED_LATE, "到期后申请延期"),
    (CauseKind.NO_EVIDENCE, "自报完成，未填佐证"),
    (Verified.UNCHECKED, "未核验"),
    (Verified.CHECKED, "已核验"),
    (Verified.RETURNED, "退回补正"),
    (Verified.CLOSED, "已销号"),
    (TimeState.NO_LIMIT, "无时限"),
    (TimeState.ROUTINE, "常态"),
    (TimeState.NOT_DUE, "未到期"),
    (TimeState.DUE_SOON, "临期"),
    (TimeState.DUE_TODAY, "今日到期"),
    (TimeState.OVERDUE, "已逾期"),
    (TimeState.PAST_LIMIT, "已超时限"),
    (TimeState.DONE_ON_TIME, "按期办结"),
    (TimeState.DONE_LATE, "逾期办结"),
    (TimeState.DUE_BEFORE_ISSUE, "印发时已到期"),
    (TimeState.DONE_AFTER_ISSUE, "印发后办结"),
    (TimeState.AWAITING_CHECK, "待核验"),
    (Pace.ON_PACE, "达序时"),
    (Pace.BEHIND, "滞后"),
    (Pace.NOT_COMPARABLE, "不可比"),
    (Discipline.ON_TIME, "按时"),
    (Discipline.LATE, "迟报"),
    (Discipline.NOT_REPORTED, "未报送"),
    (Discipline.FIRST_REPORT, "首报不评"),
    (Discipline.AWAITING_CORRECTION, "待补正"),
    (Discipline.NOT_YET_DUE, "待报送"),
    (Discipline.EXEMPT, "免报"),
    (Discipline.CALENDAR_UNPUBLISHED, "工作日历未发布"),
    (UnitDiscipline.ON_TIME, "按时"),
    (UnitDiscipline.LATE, "迟报"),
    (UnitDiscipline.PARTIAL, "部分报送"),
    (UnitDiscipline.NOT_REPORTED, "未报送"),
    (UnitDiscipline.FIRST_REPORT, "首报不评"),
    (UnitDiscipline.AWAITING_CORRECTION, "待补正"),
    (UnitDiscipline.NOT_YET_DUE, "待报送"),
    (UnitDiscipline.EXEMPT, "免报"),
    (UnitDiscipline.CALENDAR_UNPUBLISHED, "工作日历未发布"),
    (PaceGround.NONE, "不适用"),
    (PaceGround.MEASURED, "按实测目标与时间进度比较"),
    (PaceGround.PROMISE, "上季承诺的完成日期已过"),
    (PaceGround.JUDGED, "本室认定"),
    (DueResult.NOT_OWED, "不需补报"),
    (DueResult.AWAITED, "待补报"),
    (DueResult.RECEIVED, "已补报"),
    (DueResult.MISSING, "未补报"),
    (OfficeItem.CHECK, "自报完成待核验"),
    (OfficeItem.EVIDENCE, "自报完成，佐证待补"),
    (OfficeItem.REALISED, "自报已实现待核实"),
    (OfficeItem.EXTENSION, "申请延期待批"),
    (OfficeItem.ADJUSTMENT, "申请调整待定"),
    (OfficeItem.BLOCK, "自报待上级待认定"),
    (OfficeItem.DEADLINE_OPEN, "时限待核定"),
    (OfficeItem.DEADLINE_UNREADABLE, "时限写法待确认"),
    (CorrectionKind.RECORDED_LATER, "更正"),
    (CorrectionKind.RECEIVED_LATER, "补报"),
    (CorrectionKind.WITHDRAWN, "撤回"),
    (CorrectionKind.PURGED, "清除"),
    (CorrectionKind.PROVED_LATER, "补证"),
    (CorrectionKind.REOPENED, "重新挂账"),
    (UnitKind.DEPARTMENT, "县级部门"),
    (UnitKind.UPPER_BRANCH, "驻县机构"),
    (UnitKind.MUNICIPAL_BRANCH, "市属机构"),
    (UnitKind.MASS_ORGANISATION, "群团组织"),
    (UnitKind.INSTITUTION, "事业单位"),
    (UnitKind.COLLECTIVE, "统称单位"),
    (DocumentKind.SUPERVISION, "督办单"),
    (DocumentKind.INVITATION, "商请函"),
    (DocumentKind.FORWARDED, "转告单"),
    (Ground.REOPENED, "重新挂账"),
    (Ground.BLOCK_LAPSED, "受上级制约认定已过复核日"),
    (Ground.BLOCK_NOT_RECOGNISED, "逾期，自报待上级未认定"),
    (Ground.RETURNED, "逾期，退回补正"),
    (Ground.NO_EVIDENCE, "逾期，自报完成，未填佐证"),
    (Ground.OVERDUE, "逾期未完成"),
    (Ground.NOT_REPORTED, "未报送"),
    (Ground.IDLE, "两季无实质进展"),
    (Ground.INTERRUPTED, "实施中断"),
    (Ground.FORWARDED, "转告"),
    (Ground.NAMED, "专项督办"),
)

LABELS: dict[tuple[type[StrEnum], str], str] = {(type(code), code.value): word for code, word in _WORDS}
"""Words by kind and code: codes of different kinds may be the same string (a StrEnum is a string)."""

DATE_WORDS = {
    "as_of": "判定日",
    "due": "原定时限",
    "effective_due": "有效时限",
    "issued_on": "通知印发日",
    "submission_due": "应报日",
    "decided_on": "决定日",
    "completed_on": "认定完成日",
    "declared_on": "自报完成日",
    "review_on": "复核日",
    "requested_on": "申请收到日",
    "asked_for": "申请延至",
    "expected_on": "预计完成日",
    "stands_for": "进度所属日",
}
"""The days a rule looks at, by the keys of Reason.dates."""

POLICY_TEXTS = {
    "days_due_soon": "距时限{value}日以内为临期",
    "days_short_window": "自印发至时限不足{value}日的不比较进度",
    "days_measured_window": "自印发至时限满{value}日的方比较量化进度",
    "days_block_review": "受上级制约的复核日不晚于认定后{value}日",
    "day_submission": "季末月{value}日前报送",
    "working_days_check": "待办超过{value}个工作日列入本室待办",
    "working_days_correction": "退回的行{value}个工作日内补正不算迟报",
}
"""What a threshold says, by the keys of StatusPolicy."""

EXAMPLE_MARK = "示例数据：进展、完成、逾期等情况均为虚构，与所列单位实际工作无关"
RETROSPECTIVE_MARK = "追溯件，非印发件"
PREVIEW_MARK = "预览，非印发件"
_QUARTER_WORDS = ("一", "二", "三", "四")


def label(code: StrEnum) -> str:
    """The reader's word for a code."""
    return LABELS[(type(code), code.value)]


def from_label(kind: type[E], word: str) -> E:
    """The code of a word as it stands in a form; KeyError when the kind has no such word."""
    return {label(member): member for member in kind}[word]


def words_of(kind: type[E]) -> tuple[str, ...]:
    """All words of a kind, in the order of its definition."""
    return tuple(map(label, kind))


def suffix_label(code: Suffix, days: int) -> str:
    """A suffix with its days filled in."""
    return label(code).format(days=days)


def unit_report_label(one: UnitReport) -> str:
    """按时, 迟报（1项）, 部分报送（2项未报）: what a unit handed in, with the number of rows it concerns."""
    word = label(one.state)
    if one.state is UnitDiscipline.LATE:
        return f"{word}（{one.late}项）"
    return f"{word}（{one.missing}项未报）" if one.state is UnitDiscipline.PARTIAL else word


DUE_TODAY_ISSUED = f"{ROW_OF[Headline.DUE_TODAY].word}（逾期自次日起算）"


def headline_label(status: Assessment, *, is_issued: bool) -> str:
    """The headline's word; a task due on the very day has its own, issued and on a screen (domain.md §3)."""
    if not status.is_due_today:
        return label(status.headline)
    return DUE_TODAY_ISSUED if is_issued else label(TimeState.DUE_TODAY)


def date_label(day: date) -> str:
    """2024年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date_label(day: date, today: date) -> str:
    """12月31日, with the year only where it differs from today's."""
    return f"{day.month}月{day.day}日" if day.year == today.year else date_label(day)


def quarter_label(quarter: Quarter) -> str:
    """2024年第四季度."""
    return f"{quarter.year}年第{_QUARTER_WORDS[quarter.number - 1]}季度"


def page_marks(*, is_example: bool, is_retrospective: bool, is_preview: bool = False) -> tuple[str, ...]:
    """What must stand at the top of every page."""
    marks = ((EXAMPLE_MARK, is_example), (RETROSPECTIVE_MARK, is_retrospective), (PREVIEW_MARK, is_preview))
    return tuple(mark for mark, wanted in marks if wanted)


EDITION_LABELS = {"leaders": "呈阅", "circular": "印发", "unit": "单位", "sheet": "督办", "early_warning": "预警"}
