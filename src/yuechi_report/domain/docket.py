"""One quarter's records sorted by task and unit, cut to what had happened: where `assess` looks things up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Decision, History, ProgressEntry, Role, Submission
from yuechi_report.domain.quarter import Period


@dataclass(frozen=True, slots=True)
class Docket:
    """Entries of the lead role by task, decisions by task, this quarter's workbooks by unit; oldest first.

    Holds entries of quarters up to the period's that were received by `as_of`, and decisions made by then.
    """

    period: Period
    as_of: date
    policy: StatusPolicy
    entries: Mapping[int, Sequence[ProgressEntry]]
    decisions: Mapping[int, Sequence[Decision]]
    submissions: Mapping[str, Sequence[Submission]]

    @classmethod
    def of(cls, history: History, period: Period, *, as_of: date, policy: StatusPolicy) -> "Docket":
        """One pass over the history, whatever it holds of other tasks, later days and later quarters."""
        entries: dict[int, list[ProgressEntry]] = {}
        decisions: dict[int, list[Decision]] = {}
        sent: dict[str, list[Submission]] = {}
        quarter, lead = period.quarter, Role.LEAD
        for entry in history.entries:
            if entry.role is lead and entry.source.received_at.date() <= as_of and entry.quarter <= quarter:
                entries.setdefault(entry.task_no, []).append(entry)
        for decision in history.decisions:
            if decision.decided_on <= as_of:
                decisions.setdefault(decision.task_no, []).append(decision)
        for one in history.submissions:
            if one.quarter == quarter and one.source.received_at.date() <= as_of:
                sent.setdefault(one.unit, []).append(one)
        return cls(period, as_of, policy, entries, decisions, sent)
