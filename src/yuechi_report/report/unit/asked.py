"""What a unit's report asks of it, most pressing first; every item says until when."""

from yuechi_report.domain.assessment import Assessment, DueResult, Headline
from yuechi_report.domain.progress import Role
from yuechi_report.domain.unit import DocumentKind
from yuechi_report.page.headlines import ROW_OF, SETTLED
from yuechi_report.page.labels import date_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import Report
from yuechi_report.report.unit.part import helped_by, led_by, own_entry, role_of
from yuechi_report.report.words.days import day_word, next_report_by, reply_by
from yuechi_report.report.words.sentences import numbered, quoted, short_title
from yuechi_report.report.words.statuses import suffix_text


def requests(report: Report) -> Prose:
    """A numbered list: the unit's own tasks, then what it countersigns, then the next report."""
    asked = [(status, words) for status in led_by(report) if (words := ROW_OF[status.headline].asked)]
    asked.sort(key=lambda pair: pair[1].place)
    lines = [_request(report, status, words.text) for status, words in asked]
    if report.unit.document is DocumentKind.FORWARDED:
        liaison = escape_markdown(report.unit.liaison)
        lines.append(f"请各企业按{liaison}的统一安排提供服务开通情况，由其汇总报送。")
    lines += [line for status in helped_by(report) if (line := _help_request(report, status))]
    if any(status.headline is not Headline.CLOSED for status in led_by(report)):
        lines.append(f"下季度进展情况于{next_report_by(report)}报送，已销号任务不再报送。")
    if not lines:
        return Prose(markdown="本季度没有需要办理的事项。")
    return Prose(markdown=numbered(lines))


def _request(report: Report, status: Assessment, words: str) -> str:
    suffix = suffix_text(report, status)
    decision = status.reason.decision
    review = date_label(decision.review_on) if decision is not None and decision.review_on else ""
    text = words.format(
        days=status.days_overdue,
        suffix=f"（{suffix}）" if suffix else "",
        by=reply_by(report),
        review=review,
        due=date_label(status.effective_due) if status.effective_due else "",
    )
    return f"{_reference(report, status)}{text}{_due_result(report, status)}"


def _due_result(report: Report, status: Assessment) -> str:
    """The one line owed on a task due between the submission day and the quarter's end (domain.md §3)."""
    if status.due_result is DueResult.AWAITED:
        return f"到期结果请于{day_word(report, report.scope.period.results_due)}前补报。"
    return "到期结果尚未补报。" if status.due_result is DueResult.MISSING else ""


def _reference(report: Report, status: Assessment) -> str:
    return f"**任务{status.task_no}{escape_markdown(quoted(short_title(report.task(status.task_no).title)))}：**"


def _help_request(report: Report, status: Assessment) -> str:
    if status.headline in SETTLED or not report.unit.has_form:
        return ""
    task = report.task(status.task_no)
    if role_of(report, task) is Role.COUNTERSIGN and own_entry(report, status) is None:
        lead = escape_markdown(report.short_unit(task.filling_unit))
        return f"{_reference(report, status)}本季度未反馈会签意见，请与{lead}对接后反馈。"
    return ""
