"""Scores of units (评分): off unless the policy turns them on, and never a ranking (docs/adr/0029)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from yuechi_report.domain.assessment import Assessment, Discipline, Headline
from yuechi_report.domain.policy import ScorePolicy
from yuechi_report.domain.unit import Unit, UnitKind

FULL = 100
_SCORED = (UnitKind.DEPARTMENT, UnitKind.MASS_ORGANISATION, UnitKind.INSTITUTION)
_ORDER = tuple(Discipline)
_NOT_ITS_DOING = (Headline.BLOCKED, Headline.BLOCKED_PAST_DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One unit's score with what it is made of: tasks counted, those overdue within and over the band, points."""

    unit: str
    tasks: int
    overdue: int
    long_overdue: int
    discipline: Discipline
    points_overdue: float
    points_discipline: int

    @property
    def value(self) -> float:
        """100 less the points taken off, never below 0, to one decimal place."""
        return max(0.0, round(FULL - self.points_overdue - self.points_discipline, 1))


def score_units(
    assessments: Iterable[Assessment], units: Iterable[Unit], *, issued_on: date, policy: ScorePolicy
) -> tuple[Score, ...]:
    """The scored units in the order of their tasks; a unit without a task that counts has none.

    Points for overdue tasks are shared among the unit's tasks, so that eight tasks are no worse than one;
    points for a report that is late or missing are taken once per unit.
    """
    scored = {unit.name for unit in units if is_scored(unit)}
    led: dict[str, list[Assessment]] = {}
    for judged in assessments:
        if judged.filling_unit in scored:
            led.setdefault(judged.filling_unit, []).append(judged)
    return tuple(_scores(led, issued_on, policy))


def is_scored(unit: Unit) -> bool:
    """Never a branch of a higher or municipal level nor a collective, whatever `scored` says."""
    return unit.scored and unit.kind in _SCORED


def counts(judged: Assessment, issued_on: date) -> bool:
    """Whether a task may cost points: not one due before the notice, nor one recognised as stuck above."""
    return judged.headline not in _NOT_ITS_DOING and (judged.due is None or judged.due >= issued_on)


def _scores(led: dict[str, list[Assessment]], issued_on: date, policy: ScorePolicy) -> Iterator[Score]:
    for unit, tasks in led.items():
        counted = [judged for judged in tasks if counts(judged, issued_on)]
        if counted:
            yield _score(unit, counted, _discipline(tasks), policy)


def _score(unit: str, tasks: list[Assessment], discipline: Discipline, policy: ScorePolicy) -> Score:
    late = [judged.days_overdue for judged in tasks if judged.headline is Headline.OVERDUE]
    long = sum(days > policy.days_long_overdue for days in late)
    points = (len(late) - long) * policy.points_overdue + long * policy.points_long_overdue
    missed = {Discipline.LATE: policy.points_late, Discipline.NOT_REPORTED: policy.points_not_reported}
    return Score(
        unit=unit,
        tasks=len(tasks),
        overdue=len(late) - long,
        long_overdue=long,
        discipline=discipline,
        points_overdue=points / len(tasks),
        points_discipline=missed.get(discipline, 0),
    )


def _discipline(tasks: list[Assessment]) -> Discipline:
    """未报送 where nothing owed came, 迟报 where any came late; all else costs nothing."""
    owed = [judged.discipline for judged in tasks if judged.discipline is not Discipline.EXEMPT]
    if not owed:
        return Discipline.EXEMPT
    came = [discipline for discipline in owed if discipline is not Discipline.NOT_REPORTED]
    if not came:
        return Discipline.NOT_REPORTED
    return Discipline.LATE if Discipline.LATE in came else min(came, key=_ORDER.index)
