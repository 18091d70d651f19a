"""Submissions: every workbook taken in for the quarter, and the units that sent none."""

from yuechi_report.domain.progress import Submission
from yuechi_report.domain.reporting import unit_reports
from yuechi_report.page.dataset import Dataset, Field
from yuechi_report.page.labels import unit_report_label
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.unit.part import concerned

_FIELDS = (
    Field(key="unit", title="单位", width=24, meaning="规范名称"),
    Field(key="owed", title="应报任务", kind="integer", width=9, meaning="本季应报送进展的任务"),
    Field(key="received_on", title="收到日期", kind="date", width=11, meaning="该份材料收到的日期"),
    Field(key="channel", title="渠道", width=14, meaning="收到的途径"),
    Field(key="rows", title="受理行数", kind="integer", width=9, meaning="该份材料中受理的行"),
    Field(key="faulty_rows", title="退回行数", kind="integer", width=9, meaning="待补正的行"),
    Field(key="state", title="报送", width=9, meaning="该单位本季的报送情况；空白为不需报送"),
)


def submissions_data(report: Report) -> Dataset:
    """Grain: one row an accepted workbook received by as_of, or a unit that owes a report and sent none."""
    owing = {one.unit: (one.tasks, unit_report_label(one)) for one in unit_reports(report.assessments)}
    seen = report.scope.history.up_to(report.scope.period.quarter, report.as_of)
    received: dict[str, list[Submission]] = {}
    for submission in seen.submissions:
        if submission.quarter == report.scope.period.quarter:
            received.setdefault(submission.unit, []).append(submission)
    rows: list[tuple[Value, ...]] = []
    for name in concerned(report):
        tasks, state = owing.get(name, (0, ""))
        sent = [_sent(submission) for submission in received.get(name, [])]
        rows += [(name, tasks, *values, state) for values in sent or ([_NOTHING] if name in owing else [])]
    return Dataset(
        name="submissions",
        title="报送",
        grain="一行为一份受理的材料，未报送的单位一行",
        fields=_FIELDS,
        rows=tuple(rows),
    )


_NOTHING: tuple[Value, ...] = (None, "", None, None)


def _sent(submission: Submission) -> tuple[Value, ...]:
    return (
        submission.source.received_at.date().isoformat(),
        submission.source.channel or "未注明",
        submission.rows,
        submission.faulty_rows,
    )
