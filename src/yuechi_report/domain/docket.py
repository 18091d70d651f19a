"""One quarter's records sorted by task and unit, cut to what had happened: where `assess` looks things up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Decision, History, ProgressEntry, Role, Submission
from yuechi_report.domain.quarter import Period


@dataclass(frozen=True, slots=True)
class Docket:
    """Entries of the lead role by task and unit, decisions by task, workbooks by unit; oldest first.

    Holds entries of quarters up to the period's that were received by `as_of`, and decisions made by then;
    `filed` are the entries of the period's own quarter, which ends on `quarter_end`, and `sent_back` its
    workbooks with rows that were sent back.
    """

    period: Period
    as_of: date
    policy: StatusPolicy
    entries: Mapping[tuple[int, str], Sequence[ProgressEntry]]
    filed: Mapping[tuple[int, str], Sequence[ProgressEntry]]
    decisions: Mapping[int, Sequence[Decision]]
    sent_back: Mapping[str, Sequence[Submission]]
    quarter_end: date

    @classmethod
    def of(cls, history: History, period: Period, *, as_of: date, policy: StatusPolicy) -> "Docket":
        """One pass over the history, whatever it holds of other tasks, later days and later quarters."""
        entries: dict[tuple[int, str], list[ProgressEntry]] = defaultdict(list)
        filed: dict[tuple[int, str], list[ProgressEntry]] = {}
        decisions: dict[int, list[Decision]] = {}
        sent_back: dict[str, list[Submission]] = {}
        now, lead = period.quarter.ordinal, Role.LEAD
        for entry in history.entries:
            if entry.role is lead and entry.source.received_at.date() <= as_of:
                quarter, key = entry.quarter.ordinal, (entry.task_no, entry.unit)
                if quarter <= now:
                    entries[key].append(entry)
                if quarter == now:
                    filed.setdefault(key, []).append(entry)
        for decision in history.decisions:
            if decision.decided_on <= as_of:
                decisions.setdefault(decision.task_no, []).append(decision)
        for one in history.submissions:
            has_faults = one.faulty_rows or one.faulty_tasks
            if has_faults and one.quarter.ordinal == now and one.source.received_at.date() <= as_of:
                sent_back.setdefault(one.unit, []).append(one)
        return cls(period, as_of, policy, entries, filed, decisions, sent_back, period.quarter.last_day)
