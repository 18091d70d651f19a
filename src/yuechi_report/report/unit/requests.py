"""What a unit's report asks of it, most pressing first; every item says until when."""

from yuechi_report.domain.assessment import Assessment, DueResult, Headline
from yuechi_report.domain.progress import Role
from yuechi_report.domain.unit import DocumentKind
from yuechi_report.page.labels import date_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import Report
from yuechi_report.report.unit.part import helped_by, led_by, own_entry, role_of
from yuechi_report.report.words.days import day_word, next_report_by, reply_by
from yuechi_report.report.words.sentences import numbered, quoted, short_title
from yuechi_report.report.words.statuses import suffix_text

_ASKED = {
    Headline.OVERDUE: "已逾期{days}天{suffix}。请于{by}书面报告整改情况和完成日期。",
    Headline.DUE_TODAY: "今日到期，尚未完成，逾期自次日起算。请于{by}报告完成情况和佐证。",
    Headline.NOT_REPORTED: "本季度未报送进展。请于{by}补报。",
    Headline.FIRST_REPORT_MISSING: "首次报送尚未收到。请于{by}补报。",
    Headline.INTERRUPTED: "自报未启动，请于{by}说明原因和恢复日期。",
    Headline.NO_ADVANCE: "本季无实质进展。请下季度至少报送一项具体行动：何时、做什么、结果如何。",
    Headline.EXPECTED_LATE: "预计完成日期晚于时限。如需延期，请在到期前书面申请。",
    Headline.DUE_SOON: "将于{due}到期。如需延期，请在到期前书面申请。",
    Headline.DUE_BEFORE_ISSUE: "通知时限早于印发日，不计逾期。请于{by}报告实际进展。",
    Headline.REALISED_UNCHECKED: "自报已实现，请于{by}提供可核实的材料。",
    Headline.UNDEFINED: "通知没有规定时限，请提出建议时限和销号标准。",
    Headline.BLOCKED_PAST_DUE: "已认定受上级制约，复核日为{review}。请在复核日前对接一次并书面报告结果。",
    Headline.BLOCKED: "已认定受上级制约，复核日为{review}。请在复核日前对接一次并书面报告结果。",
    Headline.EXTENDED: "已批准延期至{due}，请按计划推进，按期完成。",
    Headline.EXTENSION_PENDING: "延期申请尚未批复，请继续推进，批复结果另行通知。",
    Headline.AWAITING_CHECK: "已自报完成，本室正在核验。请备好佐证材料原件。",
    Headline.ADJUSTMENT_REQUESTED: "调整申请尚未批复，批复前继续列管。",
    Headline.UNRESOLVED: "通知时限的写法待本室确认，确认后另行通知。",
}
_URGENCY = {headline: number for number, headline in enumerate(_ASKED)}


def requests(report: Report) -> Prose:
    """A numbered list: the unit's own tasks, then what it countersigns, then the next report."""
    pressing = sorted((one for one in led_by(report) if one.headline in _ASKED), key=lambda one: _URGENCY[one.headline])
    lines = [_request(report, one) for one in pressing]
    if report.unit.document is DocumentKind.FORWARDED:
        liaison = escape_markdown(report.unit.liaison)
        lines.append(f"请各企业按{liaison}的统一安排提供服务开通情况，由其汇总报送。")
    lines += [line for one in helped_by(report) if (line := _help_request(report, one))]
    if any(one.headline is not Headline.CLOSED for one in led_by(report)):
        lines.append(f"下季度进展情况于{next_report_by(report)}报送，已销号任务不再报送。")
    if not lines:
        return Prose(markdown="本季度没有需要办理的事项。")
    return Prose(markdown=numbered(lines))


def _request(report: Report, one: Assessment) -> str:
    suffix = suffix_text(report, one)
    decision = one.reason.decision
    review = date_label(decision.review_on) if decision is not None and decision.review_on else ""
    text = _ASKED[one.headline].format(
        days=one.days_overdue,
        suffix=f"（{suffix}）" if suffix else "",
        by=reply_by(report),
        review=review,
        due=date_label(one.effective_due) if one.effective_due else "",
    )
    return f"{_reference(report, one)}{text}{_due_result(report, one)}"


def _due_result(report: Report, one: Assessment) -> str:
    """The one line owed on a task due between the submission day and the quarter's end (domain.md §3)."""
    if one.due_result is DueResult.AWAITED:
        return f"到期结果请于{day_word(report, report.scope.period.results_due)}前补报。"
    return "到期结果尚未补报。" if one.due_result is DueResult.MISSING else ""


def _reference(report: Report, one: Assessment) -> str:
    return f"**任务{one.task_no}{escape_markdown(quoted(short_title(report.task(one.task_no).title)))}：**"


def _help_request(report: Report, one: Assessment) -> str:
    if one.headline in (Headline.CLOSED, Headline.TERMINATED, Headline.TRANSFERRED) or not report.unit.has_form:
        return ""
    task = report.task(one.task_no)
    if role_of(report, task) is Role.COUNTERSIGN and own_entry(report, one) is None:
        lead = escape_markdown(report.short_unit(task.filling_unit))
        return f"{_reference(report, one)}本季度未反馈会签意见，请与{lead}对接后反馈。"
    return ""
