"""Who owes a report this quarter and what came, one row a filling unit; without pandas."""

from yuechi_report.page.labels import label
from yuechi_report.report.context import Report

SUBMISSION_COLUMNS = ("unit", "tasks", "received_on", "state")
"""tasks: owed; received_on: ISO text, empty when nothing came; state: 按时, 迟报, 未报送, 首报不评, 待补正, 待报送."""


def submission_rows(report: Report) -> list[dict[str, object]]:
    """Grain: one row a filling unit that owes a report this quarter, in the notice's order."""
    rows: dict[str, dict[str, object]] = {}
    for one in report.assessments:
        unit = one.filling_unit
        if one.discipline.value == "exempt":
            continue
        row = rows.setdefault(unit, {"unit": unit, "tasks": 0, "received_on": "", "state": label(one.discipline)})
        row["tasks"] = int(str(row["tasks"])) + 1
        if one.entry is not None and not row["received_on"]:
            received = report.scope.history.submissions_of(unit, report.scope.period.quarter)
            source = received[0].source if received else one.entry.source
            row["received_on"] = source.received_at.date().isoformat()
            row["state"] = label(one.discipline)
    return list(rows.values())
