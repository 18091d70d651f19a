"""Why a task has its headline: each rule in words, with the day or the decision it rests on."""

from yuechi_report.domain.assessment import Assessment, Headline
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


def reason_text(judged: Assessment) -> str:
    """The rule in words with the day or decision it rests on."""
    text = RULE_TEXTS[judged.reason.rule]
    decision = judged.reason.decision
    if decision is not None:
        by = f"（{date_label(decision.decided_on)}{label(decision.action)}）"
        return f"{text}{by}"
    if judged.headline is Headline.OVERDUE and judged.effective_due is not None:
        return f"{text}（时限{date_label(judged.effective_due)}）"
    return text
