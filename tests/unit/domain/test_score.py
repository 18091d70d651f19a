"""Scores of units: what costs points, what never does, and that no unit is worse for leading more."""

from dataclasses import replace

import pytest
from builders import UNIT, blocked, closed, day, entry, judged, task

from yuechi_report.domain.assessment import Assessment, Discipline
from yuechi_report.domain.deadline import DueBy
from yuechi_report.domain.policy import ScorePolicy
from yuechi_report.domain.score import Score, is_scored, score_units
from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind

ISSUED = day("2024-09-23")
DEPARTMENT = Unit("human-resources", UNIT, UnitKind.DEPARTMENT, DocumentKind.SUPERVISION)


def scored(*found: Assessment, unit: Unit = DEPARTMENT) -> tuple[Score, ...]:
    """The scores of one unit's assessments by the default points."""
    return score_units(found, [unit], issued_on=ISSUED, policy=ScorePolicy())


@pytest.mark.parametrize(
    ("found", "value"),
    [
        ([judged(closed(), entry())], 100),
        ([judged(entry())], 80),
        ([judged(entry(), as_of="2025-01-30")], 80),
        ([judged(entry(), as_of="2025-01-31")], 60),
        ([judged(entry()), judged(closed(), entry())], 90),
        ([judged(entry("2024-12-23"))], 75),
        ([judged()], 70),
        ([judged(), judged()], 70),
        ([judged(), judged(closed(), entry("2024-12-23"))], 85),
        ([judged(entry()), judged(entry(), blocked())], 80),
    ],
    ids=[
        "all closed",
        "overdue",
        "overdue thirty days",
        "overdue thirty-one days",
        "one of two overdue",
        "late report and overdue",
        "no report and overdue",
        "two tasks cost no more than one",
        "one report late, one missing",
        "recognised as stuck above counts in no way",
    ],
)
def test_points_are_taken_off_a_hundred(found: list[Assessment], value: float) -> None:
    """Overdue points are shared among the unit's tasks, reporting points taken once."""
    assert [one.value for one in scored(*found)] == [value]


def test_task_due_before_the_notice_never_counts() -> None:
    """Neither costs it points nor stands it among the tasks, even with a date newly set."""
    assert scored(judged(entry(), of=task(DueBy(day("2024-06-30"))))) == ()


def test_first_report_costs_nothing() -> None:
    """A first report has no discipline."""
    late = judged(closed())._replace(discipline=Discipline.FIRST_REPORT)
    assert [one.value for one in scored(late)] == [100]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(kind, kind.value in ("department", "mass_organisation", "institution")) for kind in UnitKind],
    ids=[kind.value for kind in UnitKind],
)
def test_branches_and_collectives_are_never_scored(kind: UnitKind, wanted: bool) -> None:
    """Whatever the unit register says of `scored`."""
    assert is_scored(replace(DEPARTMENT, kind=kind)) is wanted
    assert is_scored(replace(DEPARTMENT, kind=kind, scored=False)) is False


def test_score_never_falls_below_zero() -> None:
    """Points may add up to more than a hundred; the score does not show it."""
    points = ScorePolicy(points_overdue=100, points_long_overdue=100, points_not_reported=50)
    assert [one.value for one in score_units([judged()], [DEPARTMENT], issued_on=ISSUED, policy=points)] == [0]
