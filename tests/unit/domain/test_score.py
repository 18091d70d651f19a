"""Scores of units: what a score is made of, and the units' order; what costs points is in the rulebook."""

from dataclasses import replace

from builders import ISSUED, UNIT, closed, entry, judged, task

from yuechi_report.domain.assessment import Discipline
from yuechi_report.domain.deadline import DueBy
from yuechi_report.domain.policy import ScorePolicy
from yuechi_report.domain.score import Score, score_units
from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind

DEPARTMENT = Unit(slug="human-resources", name=UNIT, kind=UnitKind.DEPARTMENT, document=DocumentKind.SUPERVISION)
OTHER = replace(DEPARTMENT, slug="public-security", name="县公安局")


def test_score_holds_what_it_is_made_of() -> None:
    """Six days late, a hundred and five, and closed: shared among the three tasks that count; the report came late."""
    late = entry("2024-12-23")
    tasks = [judged(late), judged(late, of=task(DueBy(ISSUED))), judged(late, closed())]
    assert score_units(tasks, [DEPARTMENT], issued_on=ISSUED, policy=ScorePolicy()) == (
        Score(
            unit=UNIT,
            tasks=3,
            overdue=1,
            long_overdue=1,
            discipline=Discipline.LATE,
            points_overdue=20.0,
            points_discipline=5,
        ),
    )


def test_units_keep_the_order_of_their_tasks() -> None:
    """Whatever the order of the unit register or the scores: this is no ranking."""
    tasks = [judged(entry()), judged(entry(unit=OTHER.name), closed(), of=task(lead_units=(OTHER.name,)))]
    for units in ([DEPARTMENT, OTHER], [OTHER, DEPARTMENT]):
        found = score_units(tasks, units, issued_on=ISSUED, policy=ScorePolicy())
        assert [(score.unit, score.value) for score in found] == [(UNIT, 80.0), (OTHER.name, 100.0)]
