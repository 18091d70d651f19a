"""What tables count: the units that owe a report, and each task with its category, unit and headline."""

import pandas as pd

from yuechi_report.domain.reporting import unit_reports
from yuechi_report.page.labels import label, unit_report_label
from yuechi_report.report.context import Report

SUBMISSION_COLUMNS = ("unit", "tasks", "received_on", "kind", "state")
"""tasks: owed; received_on: the latest of its rows' days, ISO text, empty when nothing came; kind: 按时, 迟报,
部分报送, 未报送, 首报不评, 待补正, 待报送; state: the same with its number, 迟报（1项）, 部分报送（2项未报）."""


def submission_rows(report: Report) -> list[dict[str, object]]:
    """Grain: one row a unit that owes a report this quarter, in the notice's order."""
    return [
        {
            "unit": handed_in.unit,
            "tasks": handed_in.tasks,
            "received_on": handed_in.handed_in_on.isoformat() if handed_in.handed_in_on is not None else "",
            "kind": label(handed_in.state),
            "state": unit_report_label(handed_in),
        }
        for handed_in in unit_reports(report.assessments)
    ]


def tally_frame(report: Report) -> pd.DataFrame:
    """Grain: one row a task; what tables by category and by unit are counted from.

    Columns: task_no, category_no, category, unit (which fills in on the day judged), headline (code).
    """
    rows = []
    for status in report.assessments:
        task = report.task(status.task_no)
        rows.append(
            {
                "task_no": task.number,
                "category_no": task.category_number,
                "category": task.category,
                "unit": status.filling_unit,
                "headline": status.headline.value,
            }
        )
    return pd.DataFrame(rows)


def submission_frame(report: Report) -> pd.DataFrame:
    """Grain: one row a filling unit that owes a report; columns SUBMISSION_COLUMNS."""
    return pd.DataFrame(submission_rows(report), columns=list(SUBMISSION_COLUMNS))
