"""Pending: what a unit has declared or asked for and the office has not answered (domain.md §2.4).

The office's silence is never the unit's fault: no row, or a row that repeats it, ends nothing.
"""

from collections.abc import Sequence

from yuechi_report.domain.progress import Decision, ProgressEntry, Reported
from yuechi_report.domain.standing import Standing, decided_after


def declaration(entries: Sequence[ProgressEntry], standing: Standing) -> Sequence[ProgressEntry]:
    """The unbroken run of entries at the end that say 已完成, as they count one after the other.

    It reaches back to an entry that says something else, or that was returned or came before a reopening.
    """
    run: list[ProgressEntry] = []
    for entry in reversed(entries):
        undone = decided_after(standing.returned, entry) or decided_after(standing.reopened, entry)
        if entry.reported is not Reported.DECLARED_COMPLETE or undone:
            break
        run.append(entry)
    return run[::-1]


def unanswered(entries: Sequence[ProgressEntry], asked: Reported, answer: Decision | None) -> Sequence[ProgressEntry]:
    """Every request of that kind that no decision has answered; reporting something else meanwhile ends none."""
    return [entry for entry in entries if entry.reported is asked and not decided_after(answer, entry)]
