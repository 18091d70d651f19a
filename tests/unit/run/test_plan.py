"""Request → jobs."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from yuechi_report.errors import ParameterError
from yuechi_report.run.plan import Plan, make_plan
from yuechi_report.settings.request import load_request, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble

UNIT_SLUGS = [
    "unit-development-reform",
    "unit-transport",
    "unit-economy-it",
    "unit-telecom-operators",
    "unit-public-security",
    "unit-human-resources",
    "unit-tax",
    "unit-culture-tourism",
    "unit-business-environment",
    "unit-medical-insurance",
    "unit-commerce",
    "unit-education",
    "unit-health",
    "unit-market-regulation",
    "unit-civil-affairs",
    "unit-disabled-federation",
    "unit-housing-fund",
    "unit-housing",
    "unit-financial-regulation",
    "unit-admin-approval",
]


def plan_of(workspace: Workspace, units: tuple[str, ...] = (), **moment: Any) -> Plan:
    """The plan of the example's 2024Q4."""
    request = load_request(workspace, "yuechi-2024", "2024Q4")
    resolved = resolve_moment(request, **moment)
    return make_plan(request, resolved, assemble(workspace, request, resolved), target=Path("x"), units=units)


def test_quarter_has_two_county_editions_and_twenty_units(repository: Workspace) -> None:
    """The county's two editions come first, then the units in the order of the notice."""
    assert [job.slug for job in plan_of(repository).jobs] == ["county", "county-circular", *UNIT_SLUGS]


def test_county_job_passes_only_what_differs_from_the_request(repository: Workspace) -> None:
    """Without a label the moment is the request's own and is not passed."""
    assert plan_of(repository).jobs[1].parameters == (
        ("notice", "yuechi-2024"),
        ("quarter", "2024Q4"),
        ("edition", "circular"),
    )


def test_retrospective_job_passes_its_moment(repository: Workspace) -> None:
    """A labelled run hands its day, its moment of knowledge and its label to every notebook."""
    known_at = datetime(2024, 12, 20, 12, tzinfo=UTC)
    plan = plan_of(repository, as_of=date(2024, 12, 20), known_at=known_at, label="check")
    assert plan.jobs[0].parameters == (
        ("notice", "yuechi-2024"),
        ("quarter", "2024Q4"),
        ("as_of", "2024-12-20"),
        ("known_at", "2024-12-20T12:00:00+00:00"),
        ("label", "check"),
        ("edition", "leaders"),
    )


def test_units_by_short_or_official_name_once(repository: Workspace) -> None:
    """--unit takes any of a unit's names and makes its report once."""
    plan = plan_of(repository, units=("县人社局", "县人力资源和社会保障局", "县残联"))
    assert [job.slug for job in plan.jobs] == ["unit-human-resources", "unit-disabled-federation"]


def test_unknown_unit_is_refused_with_the_known_names(repository: Workspace) -> None:
    """A misspelt unit is a parameter error that lists the register."""
    with pytest.raises(ParameterError, match=r"没有单位“县教育局”.*县公安局"):
        plan_of(repository, units=("县教育局",))
