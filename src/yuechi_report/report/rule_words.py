"""A rule's place in its order, what each suffix means, and how days late are counted, in words."""

from datetime import timedelta

from yuechi_report.domain.assessment import Assessment, Headline, Suffix
from yuechi_report.page.labels import date_label, label
from yuechi_report.report.explanation import DateFact, RuleFacts

SUFFIX_TEXTS = {
    Suffix.ON_TIME: "认定完成日不晚于有效时限",
    Suffix.ON_TIME_PROVED_LATER: "曾退回补正，补齐佐证后认定的完成日不晚于有效时限",
    Suffix.LATE: "认定完成日晚于有效时限",
    Suffix.DONE_BEFORE_ISSUE: "认定完成日早于通知印发日",
    Suffix.DONE_AFTER_ISSUE: "原定时限早于通知印发日，印发后办结，不计逾期",
    Suffix.TO_ROUTINE: "销号后转为日常工作，不再按本清单报送",
    Suffix.RETURNED: "自报完成后被退回补正，尚未重新报送",
    Suffix.NO_EVIDENCE: "自报完成，但没有一份佐证材料写明名称和文号（或日期）",
    Suffix.BLOCK_NOT_RECOGNISED: "自报待上级，未获认定，照常计算逾期",
    Suffix.REOPENED: "销号后重新挂账",
    Suffix.BEHIND: "进度低于序时进度、所报节点未按时到达或经认定滞后",
}

_COUNTED_TO = {Headline.CLOSED: "认定完成日", Headline.AWAITING_CHECK: "自报完成日"}


def rule_place(one: Assessment, rule: RuleFacts) -> str:
    """限时类规则第9条（共19条，依次判断）：已过时限未完成."""
    return f"{label(one.task_class)}规则第{rule.number}条（共{rule.total}条，依次判断）：{rule.text}"


def earlier_text(rule: RuleFacts) -> str:
    """What was asked before and did not apply; empty for the first rule."""
    if not rule.earlier:
        return ""
    words = "、".join(dict.fromkeys(one.word for one in rule.earlier))
    if rule.number == 2:
        return f"第1条（{words}）不适用"
    joint = "、" if rule.number == 3 else "至"
    return f"第1{joint}{rule.number - 1}条（{words}）均不适用"


def dates_text(facts: tuple[DateFact, ...]) -> str:
    """判定日2025年1月6日；有效时限2024年12月31日; the printed deadline's day only where another one counts."""
    days = {fact.key: fact.value for fact in facts}
    same = days.get("due") == days.get("effective_due")
    return "；".join(f"{fact.word}{date_label(fact.value)}" for fact in facts if not (same and fact.key == "due"))


def overdue_text(one: Assessment) -> str:
    """How the days late are counted; empty where there are none."""
    due, days = one.effective_due, one.days_overdue
    if due is None or not days:
        return ""
    first, last = due + timedelta(days=1), due + timedelta(days=days)
    return f"自{date_label(first)}起算，至{_COUNTED_TO.get(one.headline, '判定日')}{date_label(last)}，计{days}天"
