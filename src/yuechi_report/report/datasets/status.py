"""Register and status: the status contract (docs/architecture.md) with what the register adds."""

from yuechi_report.domain.assessment import Assessment
from yuechi_report.page.dataset import Dataset, Field
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.status_table import STATUS_COLUMNS, status_rows

_FIELDS = (
    Field(key="task_no", title="序号", kind="integer", width=6, meaning="通知中的任务编号"),
    Field(key="category", title="类别", width=16, meaning="通知中的事项"),
    Field(key="title", title="重点任务", width=24, meaning="任务名称"),
    Field(key="lead_units", title="牵头单位", width=18, meaning="规范名称，以分号隔开；第一个为填报单位"),
    Field(key="cooperating_units", title="配合单位", width=16, meaning="规范名称，以分号隔开"),
    Field(key="deadline_raw", title="完成时限", width=14, meaning="通知原文"),
    Field(key="due_date", title="原时限", kind="date", width=11, meaning="通知时限换算的日期，当日有效"),
    Field(key="effective_due_date", title="有效时限", kind="date", width=11, meaning="经批准延期或核定后的日期"),
    Field(key="headline", title="状态", width=14, meaning="判定的状态，每项任务一个"),
    Field(key="suffix", title="状态说明", width=14, meaning="状态后的说明"),
    Field(key="days_overdue", title="逾期天数", kind="integer", width=9, meaning="自有效时限次日起算"),
    Field(key="completed_on", title="认定完成日", kind="date", width=11, meaning="督查室核验认定的日期"),
    Field(key="reason", title="判定理由", width=30, meaning="所依据的规则及决定"),
    Field(key="reported", title="自报状态", width=9, meaning="牵头单位本季填报"),
    Field(key="percent_complete", title="完成比例（%）", kind="number", width=10, meaning="计数目标换算或单位自估"),
    Field(key="progress", title="进展情况", width=42, meaning="牵头单位本季填报，照录"),
    Field(key="issues", title="存在问题", width=26, meaning="牵头单位本季填报，照录"),
    Field(key="next_steps", title="下一步打算", width=26, meaning="牵头单位本季填报，照录"),
    Field(key="verified", title="核验", width=9, meaning="督查室核验情况"),
    Field(key="time_state", title="时间状态", width=10, meaning="对照有效时限"),
    Field(key="pace", title="序时进度", width=9, meaning="只比较计数目标"),
    Field(key="discipline", title="报送", width=9, meaning="本季报送情况"),
    Field(key="class", title="任务分类", width=9, meaning="判定所用的分类"),
    Field(key="text", title="任务内容", width=48, meaning="通知原文", printed=False),
    Field(key="source_lines", title="通知行号", width=10, meaning="通知文本中的起止行", printed=False),
    Field(key="notice", title="通知编号", width=13, meaning="本系统中的通知编号", printed=False),
    Field(key="quarter", title="填报期", width=9, meaning="年份和季度", printed=False),
)
_DAYS = tuple(field.key for field in _FIELDS if field.kind == "date")


def status_data(report: Report) -> Dataset:
    """Grain: one row a task, in the register's order. The CSV has the status contract's columns."""
    judged = zip(status_rows(report.scope, report.assessments), report.assessments, strict=True)
    return Dataset(
        name="status",
        title="清单与状态",
        grain="一行为一项任务",
        fields=_FIELDS,
        rows=tuple(_row(report, row, status) for row, status in judged),
        csv_keys=STATUS_COLUMNS,
    )


def _row(report: Report, contract: dict[str, object], status: Assessment) -> tuple[Value, ...]:
    task, entry = report.task(status.task_no), status.entry
    values: dict[str, Value] = {key: _value(key, value) for key, value in contract.items()}
    values["percent_complete"] = status.percent_complete
    values |= {
        "category": task.category,
        "cooperating_units": ";".join(task.cooperating_units),
        "text": task.text,
        "source_lines": "-".join(map(str, task.source_lines)),
        "progress": entry.progress if entry is not None else "",
        "issues": entry.issues if entry is not None else "",
        "next_steps": entry.next_steps if entry is not None else "",
    }
    return tuple(values[field.key] for field in _FIELDS)


def _value(key: str, value: object) -> Value:
    if key in _DAYS and value == "":
        return None
    return int(value) if isinstance(value, int) else value if isinstance(value, float) else str(value)
