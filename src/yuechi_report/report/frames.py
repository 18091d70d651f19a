"""pandas frames of a report: the one room where their columns are named.

status: one row a task; columns of the status contract (docs/architecture.md), as report/status_rows gives them.
submission: one row a filling unit, as report/submission_rows gives them.
"""

import pandas as pd

from yuechi_report.report.context import Report
from yuechi_report.report.status_rows import STATUS_COLUMNS, status_rows
from yuechi_report.report.submission_rows import SUBMISSION_COLUMNS, submission_rows


def status_frame(report: Report) -> pd.DataFrame:
    """Grain: one row a task of the scope; columns STATUS_COLUMNS."""
    return pd.DataFrame(status_rows(report), columns=list(STATUS_COLUMNS))


def tally_frame(report: Report) -> pd.DataFrame:
    """Grain: one row a task; what tables by category and by unit are counted from.

    Columns: task_no, category_no, category, unit (which fills in on the day judged), headline (code).
    """
    rows = []
    for one in report.assessments:
        task = report.task(one.task_no)
        rows.append(
            {
                "task_no": task.number,
                "category_no": task.category_number,
                "category": task.category,
                "unit": one.filling_unit,
                "headline": one.headline.value,
            }
        )
    return pd.DataFrame(rows)


def submission_frame(report: Report) -> pd.DataFrame:
    """Grain: one row a filling unit that owes a report; columns SUBMISSION_COLUMNS."""
    return pd.DataFrame(submission_rows(report), columns=list(SUBMISSION_COLUMNS))
