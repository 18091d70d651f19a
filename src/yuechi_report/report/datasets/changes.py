"""Changes: what became of each task since the quarter before, and why."""

from yuechi_report.domain.assessment import Assessment
from yuechi_report.page.dataset import Dataset, Field
from yuechi_report.page.labels import date_label, label
from yuechi_report.page.reasons import reason_text
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.status_table import suffix_words

_FIELDS = (
    Field(key="task_no", title="序号", kind="integer", width=6, meaning="通知中的任务编号"),
    Field(key="title", title="重点任务", width=30, meaning="任务名称"),
    Field(key="lead_units", title="牵头单位", width=24, meaning="规范名称，以分号隔开"),
    Field(key="then", title="上季状态", width=26, meaning="上季判定日的状态和说明"),
    Field(key="now", title="本季状态", width=26, meaning="本季判定日的状态和说明"),
    Field(key="cause", title="变化原因", width=50, meaning="其间作出的决定；没有决定的为判定理由"),
)


def changes_data(report: Report) -> Dataset:
    """Grain: one row a task whose headline or suffix differs from the quarter before; none in the first."""
    then = {status.task_no: status for status in report.earlier}
    return Dataset(
        name="changes",
        title="变化",
        grain="一行为一项状态与上季不同的任务",
        fields=_FIELDS,
        rows=tuple(
            _row(report, then[status.task_no], status)
            for status in report.assessments
            if status.task_no in then and _words(then[status.task_no]) != _words(status)
        ),
    )


def _row(report: Report, then: Assessment, now: Assessment) -> tuple[Value, ...]:
    task = report.task(now.task_no)
    return now.task_no, task.title, ";".join(task.lead_units), _words(then), _words(now), _cause(report, now)


def _words(status: Assessment) -> str:
    suffix = suffix_words(status)
    return label(status.headline) + (f"（{suffix}）" if suffix else "")


def _cause(report: Report, now: Assessment) -> str:
    before = report.before
    if before is None:
        return ""
    decided = [
        f"{date_label(decision.decided_on)}{label(decision.action)}"
        for decision in report.scope.history.decisions
        if decision.task_no == now.task_no and before.as_of < decision.decided_on <= report.as_of
    ]
    return "；".join(decided) or reason_text(now)
