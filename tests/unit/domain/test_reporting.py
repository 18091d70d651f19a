"""Reporting: what discharges a duty, the days it is counted by, purged workbooks, and a unit's state over its rows."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import (
    NEW_YEAR,
    UNIT,
    Record,
    blocked,
    closed,
    day,
    decision,
    declared,
    entry,
    history,
    judged,
    moment,
    period,
    submission,
    task,
)

from yuechi_report.domain.assessment import Assessment, Discipline, Headline, UnitDiscipline
from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Action, Submission
from yuechi_report.domain.reporting import unit_discipline, unit_reports
from yuechi_report.domain.status import assess

NEW_UNIT = "县医保局"
SUCCEED_LATE = decision(Action.SUCCEED, "2024-12-27", new_unit=NEW_UNIT)


def seen(*records: Record, as_of: str = "2025-01-06", is_preview: bool = False, **days: Any) -> Assessment:
    """The task judged with the period's days changed, or as a preview."""
    return assess(
        days.pop("of", None) or task(),
        history(*records),
        period(**days),
        as_of=day(as_of),
        policy=StatusPolicy(calendar=NEW_YEAR),
        is_preview=is_preview,
    )


def test_row_counts_from_the_day_the_params_name() -> None:
    """`reporting_from` may lie earlier or later than the first day of the quarter's last month."""
    early = entry("2024-11-20")
    assert seen(early).discipline is Discipline.NOT_REPORTED
    assert seen(early, reporting_from=date(2024, 11, 20)).discipline is Discipline.ON_TIME
    assert seen(early, reporting_from=date(2024, 11, 21)).discipline is Discipline.NOT_REPORTED
    assert seen(early).headline is Headline.OVERDUE


@pytest.mark.parametrize(
    ("rows", "handed_in_on"),
    [
        (("2024-12-05", "2024-12-18", "2024-12-27"), date(2024, 12, 18)),
        (("2024-11-20", "2024-12-27", "2024-12-30"), date(2024, 12, 27)),
        (("2024-11-20",), None),
    ],
)
def test_last_row_in_time_or_the_first_after_it_is_the_report(rows: tuple[str, ...], handed_in_on: date | None) -> None:
    """What came later still changes nothing."""
    assert judged(*map(entry, rows)).handed_in_on == handed_in_on


def test_unit_of_the_submission_day_owes_the_row() -> None:
    """A unit that takes over after it was never asked for the form."""
    assert judged(SUCCEED_LATE).owing_unit == UNIT
    late = judged(SUCCEED_LATE, entry("2024-12-28", unit=NEW_UNIT))
    assert (late.owing_unit, late.discipline, late.filling_unit) == (UNIT, Discipline.NOT_REPORTED, NEW_UNIT)


def test_task_closed_by_the_submission_day_owes_nothing_whatever_is_decided_later() -> None:
    """Decided on again, ended, reopened: the form was never asked for."""
    for later in (
        closed("2025-01-03"),
        decision(Action.TERMINATE, "2025-01-03"),
        decision(Action.REOPEN, "2025-01-03"),
    ):
        assert judged(closed("2024-12-10"), later).discipline is Discipline.EXEMPT


def purged(received: str = "2024-12-18", **fields: Any) -> Submission:
    """A workbook of which only the fact is left."""
    return replace(submission(received, **fields), purged_at=moment("2025-01-05"))


def test_purged_workbook_still_came() -> None:
    """In time by the day it came; the task is judged by its last accepted entry, never as 未报送."""
    before = entry("2024-10-10", quarter="2024Q3")
    found = judged(before, purged(), of=task(Ongoing(OngoingMode.ADVANCE)))
    assert (found.discipline, found.content_purged, found.entry) == (Discipline.ON_TIME, True, found.reason.entry)
    assert found.headline is Headline.ADVANCED
    assert judged(before, purged("2024-12-27")).discipline is Discipline.LATE


def test_purged_workbook_without_an_older_entry_is_awaited_again() -> None:
    """There is nothing to judge by, and the unit did report."""
    found = judged(purged(), of=task(Ongoing(OngoingMode.ADVANCE)))
    assert (found.headline, found.discipline) == (Headline.AWAITING_REPORT, Discipline.ON_TIME)


def test_row_that_came_again_after_a_purge_is_judged() -> None:
    """The content is there again."""
    found = judged(purged(), entry("2024-12-20"), of=task(Ongoing(OngoingMode.ADVANCE)))
    assert (found.headline, found.content_purged) == (Headline.ADVANCED, False)


def test_preview_is_judged_by_today() -> None:
    """Nothing is late that has not passed: no overdue day, and the submission day is still the unit's."""
    early = seen(as_of="2024-12-20", is_preview=True)
    assert (early.headline, early.discipline, early.days_overdue) == (
        Headline.AWAITING_REPORT,
        Discipline.NOT_YET_DUE,
        0,
    )
    after = seen(as_of="2024-12-21", is_preview=True)
    assert (after.headline, after.discipline) == (Headline.NOT_REPORTED, Discipline.NOT_REPORTED)
    assert seen(as_of="2025-01-03", is_preview=True).days_overdue == 3


def test_report_on_the_submission_day_says_what_is_missing() -> None:
    """Only a preview gives the whole of that day."""
    assert seen(as_of="2024-12-20").headline is Headline.NOT_REPORTED


def test_row_received_after_today_is_not_seen_by_a_preview() -> None:
    """A preview sees what had come by today."""
    assert seen(declared("2024-12-18"), as_of="2024-12-17", is_preview=True).entry is None


def test_days_over_the_limit_of_a_recognised_block_are_not_days_overdue() -> None:
    """Each has its own number, and only one of them is not 0."""
    held, late = judged(blocked()), judged()
    assert (held.days_overdue, held.days_past_limit, late.days_overdue, late.days_past_limit) == (0, 6, 6, 0)


IN, LATE, MISSING = Discipline.ON_TIME, Discipline.LATE, Discipline.NOT_REPORTED
BACK, NOT_YET, FREE = Discipline.AWAITING_CORRECTION, Discipline.NOT_YET_DUE, Discipline.EXEMPT


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ((IN, IN), UnitDiscipline.ON_TIME),
        ((IN, FREE), UnitDiscipline.ON_TIME),
        ((IN, LATE), UnitDiscipline.LATE),
        ((IN, MISSING, MISSING), UnitDiscipline.PARTIAL),
        ((LATE, MISSING), UnitDiscipline.PARTIAL),
        ((MISSING, MISSING), UnitDiscipline.NOT_REPORTED),
        ((BACK, MISSING), UnitDiscipline.AWAITING_CORRECTION),
        ((IN, BACK), UnitDiscipline.AWAITING_CORRECTION),
        ((IN, BACK, MISSING), UnitDiscipline.PARTIAL),
        ((IN, NOT_YET), UnitDiscipline.NOT_YET_DUE),
        ((IN, Discipline.CALENDAR_UNPUBLISHED), UnitDiscipline.CALENDAR_UNPUBLISHED),
        ((Discipline.FIRST_REPORT, FREE), UnitDiscipline.FIRST_REPORT),
        ((FREE,), UnitDiscipline.EXEMPT),
    ],
)
def test_unit_is_in_one_state_over_its_rows(rows: tuple[Discipline, ...], state: UnitDiscipline) -> None:
    """One early row of many makes no unit 按时."""
    assert unit_discipline(rows) is state


def test_unit_report_counts_its_rows_and_takes_the_latest_day() -> None:
    """In the order of the assessments; what nobody owes makes no report."""
    first, second = judged(entry("2024-12-05")), judged(entry("2024-12-27"))
    [report] = unit_reports([first, second, judged(closed("2024-12-10")), judged()])
    assert (report.unit, report.state, report.tasks) == (UNIT, UnitDiscipline.PARTIAL, 3)
    assert (report.late, report.missing, report.handed_in_on) == (1, 1, date(2024, 12, 27))
