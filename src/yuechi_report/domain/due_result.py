"""Due results (到期结果补报): one line on tasks due between submission day and quarter's end (domain.md §3)."""

from yuechi_report.domain.assessment import DueResult
from yuechi_report.domain.case import Case

_NOT_OWED, _AWAITED = DueResult.NOT_OWED, DueResult.AWAITED
_RECEIVED, _MISSING = DueResult.RECEIVED, DueResult.MISSING


def due_result(case: Case) -> DueResult:
    """Whether the line is owed, awaited, there or missing.

    Owed by the original due date. What the office has settled by then owes none: closed or ended, a new
    date, a recognised block. A declaration with evidence is the line, whenever it came.
    """
    due, period = case.due, case.period
    if due is None or not period.submission_due < due <= case.quarter_end or _settled(case):
        return _NOT_OWED
    if case.declared or any(one.source.received_at.date() >= due for one in case.filed):
        return _RECEIVED
    return _AWAITED if case.as_of < period.results_due else _MISSING


def _settled(case: Case) -> bool:
    standing, by = case.standing, case.period.results_due
    decided = (standing.ended, standing.closed, standing.new_due, standing.block if case.is_blocked else None)
    return any(one is not None and one.decided_on <= by for one in decided)
