"""A unit's calendar: the days that lie ahead of it, each with an id that stays the same."""

from collections.abc import Iterator
from datetime import date

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.policy import CalendarNotPublished
from yuechi_report.domain.quarter import Quarter
from yuechi_report.page.dataset import Dataset, Field
from yuechi_report.page.headlines import BLOCKED, SETTLED
from yuechi_report.page.labels import date_label, label, quarter_label
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.words.sentences import short_title

_FIELDS = (
    Field(key="on", title="日期", kind="date", width=11, meaning="全天事项的日期"),
    Field(key="task_no", title="序号", kind="integer", width=6, meaning="任务编号；报送日没有"),
    Field(key="summary", title="事项", width=40, meaning="日历中显示的标题"),
    Field(key="description", title="说明", width=60, meaning="日历中显示的说明"),
    Field(key="uid", title="标识", width=40, meaning="同一事项各季相同，日期变动时日历更新"),
)
_EXAMPLE = "（示例）"


def deadlines_data(report: Report) -> Dataset:
    """Grain: one row an all-day event on as_of or later: effective due dates and review dates of open tasks,
    submission days of units that fill in. A day whose working-day table is not published is left out.
    """
    rows = [*_task_days(report), *_submission_days(report)]
    return Dataset(
        name="deadlines",
        title="时限日历",
        use="calendar",
        grain="一行为一个日期",
        fields=_FIELDS,
        rows=tuple(sorted(rows, key=lambda row: (str(row[0]), str(row[4])))),
    )


def _task_days(report: Report) -> Iterator[tuple[Value, ...]]:
    for status in report.assessments:
        if status.headline in SETTLED:
            continue
        due, review = status.effective_due, _review_day(status)
        if status.is_fixed and due is not None and due >= report.as_of:
            yield _event(report, status, due, what="完成时限", kind="due")
        if review is not None and review >= report.as_of:
            yield _event(report, status, review, what="受上级制约复核日", kind="review")


def _review_day(status: Assessment) -> date | None:
    if status.headline not in BLOCKED or status.reason.decision is None:
        return None
    return status.reason.decision.review_on


def _event(report: Report, status: Assessment, on: date, *, what: str, kind: str) -> tuple[Value, ...]:
    task = report.task(status.task_no)
    summary = f"{_mark(report)}{what}：任务{task.number}{short_title(task.title)}{_role(report, status)}"
    moved = f"通知原时限{task.deadline_raw}。" if status.due != status.effective_due else ""
    description = f"牵头单位：{report.lead_names(task)}。{moved}{date_label(report.as_of)}状态：{label(status.headline)}。{_told(report)}"
    return on.isoformat(), task.number, summary, description, _uid(report, f"task-{task.number}.{kind}")


def _role(report: Report, status: Assessment) -> str:
    if report.scope.unit == status.filling_unit:
        return ""
    task = report.task(status.task_no)
    return "（会签）" if report.scope.unit in task.lead_units else "（配合）"


def _submission_days(report: Report) -> Iterator[tuple[Value, ...]]:
    owes = any(
        status.filling_unit == report.scope.unit and status.headline not in SETTLED for status in report.assessments
    )
    if not owes or not report.unit.has_form:
        return
    period = report.scope.period
    for quarter, on in ((period.quarter, period.submission_due), (period.quarter.next, _next_submission(report))):
        if on is not None and on >= report.as_of:
            summary = f"{_mark(report)}报送{quarter_label(quarter)}进展情况截止"
            uid = _uid(report, f"submission.{str(quarter).lower()}")
            yield on.isoformat(), None, summary, f"报送至{report.scope.office.name}。{_told(report)}", uid


def _next_submission(report: Report) -> date | None:
    """The policy's day in the next quarter's last month, moved to a working day; None where unpublished."""
    following: Quarter = report.scope.period.quarter.next
    policy = report.scope.policy
    try:
        return policy.calendar.working_day_from(following.last_day.replace(day=policy.day_submission))
    except CalendarNotPublished:
        return None


def _mark(report: Report) -> str:
    return _EXAMPLE if report.scope.office.is_example else ""


def _told(report: Report) -> str:
    return "".join(f"{mark}。" for mark in report.head.marks)


def _uid(report: Report, name: str) -> str:
    return f"{report.scope.register.notice.id}.{report.unit.slug}.{name}@yuechi-report"
