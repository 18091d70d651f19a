"""Why a task has its headline: each rule in words, with the day or the decision it rests on.

A cause is never made up: it is a dated fact, or the office's decision in its own words (domain.md §2.4).
"""

from collections.abc import Callable
from datetime import date

from yuechi_report.domain.assessment import Assessment, Cause, CauseKind, Headline
from yuechi_report.page.labels import date_label, label

RULE_TEXTS = {
    "all.terminated": "已经批准终止",
    "all.transferred": "已经批准转入新清单",
    "all.closed": "已核验销号",
    "all.awaiting_report": "未到报送日，尚待报送",
    "all.first_report_missing": "首次报送尚未收到",
    "all.not_reported": "本季度没有收到牵头单位的填报",
    "fixed.awaiting_check": "牵头单位自报完成并附佐证，尚待核验",
    "fixed.due_before_issue": "通知时限早于印发日，不计逾期，待核实",
    "fixed.blocked_past_due": "已过时限，经认定受上级制约，未过复核日",
    "fixed.blocked": "已认定受上级制约，未过复核日",
    "fixed.extension_pending": "到期前申请延期，尚未批复",
    "fixed.overdue": "已过时限未完成",
    "fixed.due_today": "今日到期未完成，逾期自次日起算",
    "fixed.expected_late": "牵头单位预计的完成日期晚于时限",
    "fixed.due_soon": "距时限不足规定天数",
    "fixed.extended": "经批准延期，未到新时限",
    "fixed.not_started": "牵头单位自报未启动",
    "fixed.in_progress": "按期推进，未到时限",
    "advance.blocked": "已认定受上级制约，未过复核日",
    "advance.adjustment": "牵头单位申请调整，尚未决定",
    "advance.action": "本季度有具体进展",
    "advance.no_action": "本季度没有具体进展",
    "track.unchanged": "跟踪事项本季度无变化",
    "track.changed": "跟踪事项本季度有变化",
    "maintain.realised": "牵头单位自报已实现，尚待核实",
    "maintain.interrupted": "牵头单位自报未启动",
    "maintain.normal": "常态化工作正常实施",
    "undefined.realised": "牵头单位自报已实现，尚待核实",
    "undefined.open": "通知没有规定时限，待办公室明确",
    "unresolved.person": "时限写法无法识别，待人工确认",
}
"""What each rule says, by its id (domain/rules.py)."""


_QUOTED = (
    CauseKind.REOPENED,
    CauseKind.RETURNED,
    CauseKind.EXTENSION_REFUSED,
    CauseKind.BLOCK_LIFTED,
    CauseKind.BLOCK_REFUSED,
)
"""The causes that are a decision against the task: its own reason is the cause."""

_UNDECIDED = (CauseKind.BLOCK_UNDECIDED, CauseKind.EXTENSION_UNANSWERED, CauseKind.ASKED_LATE)


def told_causes(judged: Assessment, *, decided_only: bool = False) -> tuple[Cause, ...]:
    """The causes, newest first; with `decided_only` nothing of a request that waits for its answer."""
    return tuple(cause for cause in judged.reason.causes if not (decided_only and cause.kind in _UNDECIDED))


def own_reason(cause: Cause) -> str:
    """The reason of the decision that is the cause, as the office wrote it; empty where it is no decision's."""
    return cause.decision.reason.strip() if cause.decision is not None and cause.kind in _QUOTED else ""


def cause_fact(cause: Cause, day: Callable[[date], str]) -> str:
    """12月26日退回补正; 12月30日认定受上级制约，3月20日复核日已过: what happened, each with its day."""
    on = day(cause.on)
    match cause.kind:
        case CauseKind.BLOCK_LAPSED if cause.decision is not None:
            return f"{day(cause.decision.decided_on)}认定受上级制约，{on}复核日已过"
        case CauseKind.BLOCK_VOID:
            return f"{on}认定待上级，缺少要件或复核日超期，未生效"
        case CauseKind.BLOCK_UNDECIDED:
            return f"{on}自报待上级{'，去函在案' if cause.has_letter else ''}，尚未认定"
        case CauseKind.EXTENSION_UNANSWERED:
            return f"{on}申请延期{f'至{day(cause.until)}' if cause.until else ''}，尚未批复"
        case CauseKind.ASKED_LATE:
            return f"{on}到期后申请延期，尚未批复"
        case _:
            return f"{on}{label(cause.kind)}"


def asked_and_refused(cause: Cause, day: Callable[[date], str]) -> str:
    """1月3日到期后申请延期，1月6日不予延期; without the first half where the book holds no request."""
    if cause.kind is not CauseKind.EXTENSION_REFUSED or cause.entry is None:
        return cause_fact(cause, day)
    when = "到期前" if cause.asked_in_time else "到期后"
    return f"{day(cause.entry.source.received_on)}{when}申请延期，{cause_fact(cause, day)}"


def reason_text(judged: Assessment, *, decided_only: bool = False) -> str:
    """The rule in words with the day or decision it rests on; of an overdue task with its newest cause."""
    text = RULE_TEXTS[judged.reason.rule]
    if causes := told_causes(judged, decided_only=decided_only):
        own = own_reason(causes[0]).split("。")[0]
        return f"{text}（{asked_and_refused(causes[0], date_label)}{f'：{own}' if own else ''}）"
    decision = judged.reason.decision
    if judged.headline is Headline.OVERDUE and judged.effective_due is not None:
        until = "时限" if judged.effective_due == judged.due else "经批准的时限"
        return f"{text}（{until}{date_label(judged.effective_due)}）"
    if decision is not None:
        by = f"（{date_label(decision.decided_on)}{label(decision.action)}）"
        return f"{text}{by}"
    return text
