"""Sentences about the grounds of a status: deadlines and their changes, decisions, entries, receipts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from yuechi_report.domain.assessment import Assessment, Headline, Suffix, TaskClass
from yuechi_report.domain.case import Case
from yuechi_report.domain.deadline import DueBy, NoDeadline, Recurring, Unresolved
from yuechi_report.domain.progress import Action, Decision, Measure, ProgressEntry
from yuechi_report.page.labels import DATE_WORDS, POLICY_TEXTS, date_label, label
from yuechi_report.page.reasons import RULE_TEXTS
from yuechi_report.report.why.grounds import RulePlace

NOTICE_FILE = "notice.txt"
"""The notice's text has this name in its folder."""

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
"""What each suffix means."""

_COUNTED_TO = {Headline.CLOSED: "认定完成日", Headline.AWAITING_CHECK: "自报完成日"}


def moment_label(moment: datetime) -> str:
    """2024年12月18日09:50."""
    return f"{date_label(moment.date())}{moment:%H:%M}"


def decision_text(decision: Decision) -> str:
    """What was decided, with the day, unit or body it names: 准予延期至2025年3月31日."""
    word = label(decision.action)
    match decision.action:
        case Action.GRANT_EXTENSION:
            return f"{word}{_until(decision.new_due)}"
        case Action.SET_DEADLINE:
            return _set(decision)
        case Action.CLOSE | Action.CLOSE_TO_ROUTINE if decision.completed_on is not None:
            return f"{word}，认定{date_label(decision.completed_on)}完成"
        case Action.RECOGNISE_BLOCK:
            return "，".join([word, *_block(decision)])
        case Action.LIFT_BLOCK | Action.REFUSE_BLOCK:
            return f"{word}受上级制约"
        case _:
            return "，".join([word, *_named(decision)])


def _until(day: date | None) -> str:
    return f"至{date_label(day)}" if day is not None else ""


def _set(decision: Decision) -> str:
    parts = []
    if decision.new_due is not None:
        parts.append(f"核定时限为{date_label(decision.new_due)}")
    if decision.new_class:
        wording = f"（{decision.wording}）" if decision.wording else ""
        parts.append(f"核定为{label(TaskClass(decision.new_class))}{wording}")
    return "，".join(parts) or label(decision.action)


def _block(decision: Decision) -> Iterator[str]:
    if decision.upper_body:
        yield f"待{decision.upper_body}{decision.upper_step}"
    if decision.letter_number:
        day = f"（{date_label(decision.letter_on)}）" if decision.letter_on else ""
        yield f"请示件{decision.letter_number}{day}"
    if decision.review_on is not None:
        yield f"复核日{date_label(decision.review_on)}"


def _named(decision: Decision) -> Iterator[str]:
    if decision.new_unit:
        yield f"改由{decision.new_unit}牵头填报"
    if decision.wording:
        yield decision.wording


def approval_text(decision: Decision) -> str:
    """经县人民政府2024年12月24日批准（示例〔2024〕41号）; empty where nobody had to approve."""
    number = f"（{decision.document_number}）" if decision.document_number else ""
    if not decision.approver:
        return f"文号{decision.document_number}" if number else ""
    day = date_label(decision.approved_on) if decision.approved_on else ""
    return f"经{decision.approver}{day}批准{number}"


def deadline_remarks(case: Case) -> tuple[str, ...]:
    """How the effective due date follows from the printed deadline, and why it differs."""
    return (*printed_remarks(case), *_changed(case))


def printed_remarks(case: Case) -> tuple[str, ...]:
    """What the printed deadline means."""
    return tuple(_printed(case))


def _printed(case: Case) -> Iterator[str]:
    task = case.task
    match task.deadline:
        case DueBy(due=due, milestone=milestone):
            yield f"原定时限为{date_label(due)}，{_day_meant(task.deadline_raw)}当日仍在期限内"
            if milestone:
                yield f"时限所指为“{milestone}”这一节点，到达节点不等于任务完成"
            if "year_inferred" in task.flags:
                yield "原文未写年份，年份按通知标题或印发日期确定"
            if due < case.period.issued_on:
                yield f"原定时限早于通知印发日（{date_label(case.period.issued_on)}），不计逾期"
        case NoDeadline():
            yield "通知没有规定时限"
        case Unresolved(why=why):
            yield f"时限写法无法识别，待人工确认（{why}）"
        case Recurring(months=months):
            yield f"周期性任务，每{months}个月一次，逐季判定，不计逾期"
        case _:
            yield "没有固定时限，逐季判定，不计逾期"


def _day_meant(printed: str) -> str:
    if "日" in printed:
        return ""
    return "未写明日期的按当月最后一日计算，" if printed.endswith("月") else "按期末日计算，"


def _changed(case: Case) -> Iterator[str]:
    new_due, new_class = case.standing.new_due, case.standing.new_class
    lead = case.standing.lead
    for decision in dict.fromkeys(decision for decision in (lead, new_class, new_due) if decision is not None):
        approval = approval_text(decision)
        by = f"，{approval}" if approval else ""
        yield f"{date_label(decision.decided_on)}{decision_text(decision)}{by}"
    if new_due is not None and case.task.due is not None:
        yield "原定时限保留在册"
    refused = case.standing.extension_answer
    if refused is not None and refused.action is Action.REFUSE_EXTENSION:
        yield f"{date_label(refused.decided_on)}不予延期，时限不变"
    if case.standing.reopened is not None and case.effective_due is not None:
        yield "重新挂账后，逾期仍自该时限次日起计算"


def measure_text(entry: ProgressEntry) -> str:
    """The cell 完成比例 in words: 4/5, 80%, 4.6个工作日, or nothing."""
    if entry.measure is not None:
        return fraction_text(entry.measure)
    if entry.percent is not None:
        return f"{entry.percent:g}%"
    return entry.measured


def fraction_text(measure: Measure) -> str:
    """4/5."""
    return f"{measure.numerator:g}/{measure.denominator:g}"


def rule_text(judged: Assessment, place: RulePlace) -> str:
    """限时类规则第9条（共19条，依次判断）：已过时限未完成."""
    order = f"第{place.number}条（共{place.total}条，依次判断）"
    return f"{label(judged.task_class)}规则{order}：{RULE_TEXTS[place.rule.id]}"


def earlier_text(place: RulePlace) -> str:
    """What was asked before and did not apply; empty for the first rule."""
    if not place.earlier:
        return ""
    words = "、".join(dict.fromkeys(label(rule.headline) for rule in place.earlier))
    if place.number == 2:
        return f"第1条（{words}）不适用"
    joint = "、" if place.number == 3 else "至"
    return f"第1{joint}{place.number - 1}条（{words}）均不适用"


def dates_text(dates: tuple[tuple[str, date], ...]) -> str:
    """判定日2025年1月6日；有效时限2024年12月31日; the printed deadline's day only where another one counts."""
    days = dict(dates)
    same = days.get("due") == days.get("effective_due")
    return "；".join(f"{DATE_WORDS[key]}{date_label(day)}" for key, day in dates if not (same and key == "due"))


def threshold_text(key: str, value: int) -> str:
    """A threshold the rule looked at: 距时限30日以内为临期."""
    return POLICY_TEXTS[key].format(value=value)


def overdue_text(judged: Assessment) -> str:
    """How the days late are counted; empty where there are none."""
    due, days = judged.effective_due, judged.days_overdue
    if due is None or not days:
        return ""
    first, last = due + timedelta(days=1), due + timedelta(days=days)
    return f"自{date_label(first)}起算，至{_COUNTED_TO.get(judged.headline, '判定日')}{date_label(last)}，计{days}天"
