"""What tables count: the units that owe a report, and each task with its category, unit and headline."""

import pandas as pd

from yuechi_report.page.labels import label
from yuechi_report.report.context import Report

SUBMISSION_COLUMNS = ("unit", "tasks", "received_on", "state")
"""tasks: owed; received_on: ISO text, empty when nothing came; state: 按时, 迟报, 未报送, 首报不评, 待补正, 待报送."""


def submission_rows(report: Report) -> list[dict[str, object]]:
    """Grain: one row a filling unit that owes a report this quarter, in the notice's order."""
    rows: dict[str, dict[str, object]] = {}
    for status in report.assessments:
        unit = status.filling_unit
        if status.discipline.value == "exempt":
            continue
        row = rows.setdefault(unit, {"unit": unit, "tasks": 0, "received_on": "", "state": label(status.discipline)})
        row["tasks"] = int(str(row["tasks"])) + 1
        if status.entry is not None and not row["received_on"]:
            received = report.scope.history.submissions_of(unit, report.scope.period.quarter)
            source = received[0].source if received else status.entry.source
            row["received_on"] = source.received_at.date().isoformat()
            row["state"] = label(status.discipline)
    return list(rows.values())


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
