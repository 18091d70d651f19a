"""Request → jobs: the county's two editions and one report a unit, each with its parameters."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.errors import ParameterError, Place
from yuechi_report.settings.request import Moment, RunRequest
from yuechi_report.source.scope import Scope

COUNTY_NOTEBOOK = "county_quarterly.ipynb"
UNIT_NOTEBOOK = "unit_quarterly.ipynb"


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be made. `unit` is the official name, empty for the county."""

    slug: str
    title: str
    notebook: str
    parameters: tuple[tuple[str, str], ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All jobs of a run, in order, and where they are published."""

    jobs: tuple[Job, ...]
    target: Path


def make_plan(request: RunRequest, moment: Moment, scope: Scope, *, target: Path, units: Sequence[str] = ()) -> Plan:
    """The jobs of a quarter; `units` (official or short names) keeps only those units' reports."""
    common = _common(request, moment, scope)
    if units:
        wanted = [unit_name(scope, name) for name in units]
        return Plan(tuple(_unit_job(scope, name, common) for name in dict.fromkeys(wanted)), target)
    county = (
        Job("county", "全县报告（呈阅）", COUNTY_NOTEBOOK, (*common, ("edition", "leaders"))),
        Job("county-circular", "全县报告（印发）", COUNTY_NOTEBOOK, (*common, ("edition", "circular"))),
    )
    names = scope.decided.unit_names
    ordered = [unit.name for unit in scope.units if unit.name in names]
    return Plan((*county, *(_unit_job(scope, name, common) for name in ordered)), target)


def _common(request: RunRequest, moment: Moment, scope: Scope) -> tuple[tuple[str, str], ...]:
    parameters = [("notice", request.notice), ("quarter", request.quarter)]
    if moment.label:
        parameters += [
            ("as_of", scope.as_of.isoformat()),
            ("known_at", scope.known_at.isoformat()),
            ("label", moment.label),
        ]
    return tuple(parameters)


def unit_name(scope: Scope, name: str) -> str:
    """The official name of a unit given by any of its names; ParameterError lists the known ones."""
    try:
        unit = scope.units.named(name)
    except KeyError as error:
        known = "、".join(unit.name for unit in scope.units)
        raise ParameterError.at(Place(), f"没有单位“{name}”", f"请使用规范名称：{known}") from error
    return unit.name


def _unit_job(scope: Scope, name: str, common: tuple[tuple[str, str], ...]) -> Job:
    slug = f"unit-{scope.units.named(name).slug}"
    return Job(slug, name, UNIT_NOTEBOOK, (*common, ("unit", name)), unit=name)
