"""Due results (到期结果补报): one line on tasks due between submission day and quarter's end (domain.md §3)."""

from yuechi_report.domain.assessment import DueResult
from yuechi_report.domain.case import Case


def due_result(case: Case) -> DueResult:
    """Whether the line is owed, awaited, there or missing.

    Owed by the original due date. What the office has settled by then owes none: closed or ended, a new
    date, a recognised block. A declaration with evidence is the line, whenever it came.
    """
    due, period = case.task.due, case.period
    if due is None:
        return DueResult.NOT_OWED
    if not period.submission_due < due <= period.quarter.last_day or _settled(case):
        return DueResult.NOT_OWED
    if case.declared or any(one.source.received_at.date() >= due for one in case.filed):
        return DueResult.RECEIVED
    return DueResult.AWAITED if case.as_of < period.results_due else DueResult.MISSING


def _settled(case: Case) -> bool:
    standing, by = case.standing, case.period.results_due
    decided = (standing.ended, standing.closed, standing.new_due, standing.block if case.is_blocked else None)
    return any(one is not None and one.decided_on <= by for one in decided)
