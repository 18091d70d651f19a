"""Request → jobs."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from yuechi_report.domain.unit import DocumentKind, Ground, SheetMatter
from yuechi_report.errors import ParameterError
from yuechi_report.page.manifest import JobRecord
from yuechi_report.run.plan import Occasion, Plan, RunRequest, make_plan
from yuechi_report.settings.request import load_params, resolve_ahead, resolve_moment
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


def plan_of(
    workspace: Workspace, *units: str, sheets: Sequence[SheetMatter] | None = None, early: bool = False, **moment: Any
) -> Plan:
    """The plan of the example's 2024Q4."""
    params = load_params(workspace, "yuechi-2024", "2024Q4")
    resolved = resolve_moment(params, **moment)
    occasion = Occasion(workspace, params, resolved, assemble(workspace, params, resolved))
    request = RunRequest("yuechi-2024", "2024Q4", units=units, sheets=sheets is not None, early_warning=early)
    return make_plan(occasion, request, sheets=sheets or ())


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
    plan = plan_of(repository, "县人社局", "县人力资源和社会保障局", "县残联")
    assert [job.slug for job in plan.jobs] == ["unit-human-resources", "unit-disabled-federation"]


def test_unknown_unit_is_refused_with_the_names_that_look_alike(repository: Workspace) -> None:
    """A misspelt unit is a parameter error that asks for the name which was meant."""
    with pytest.raises(ParameterError, match=r"没有单位“县教育局”.*是否应为“县教育科技和体育局”"):
        plan_of(repository, "县教育局")


SHEETS = (
    SheetMatter(23, "县市场监管局", DocumentKind.SUPERVISION, Ground.NOT_REPORTED, "sheet-23-market-regulation"),
    SheetMatter(
        29,
        "市住房公积金管理中心岳池管理部",
        DocumentKind.INVITATION,
        Ground.BLOCK_NOT_RECOGNISED,
        "sheet-29-housing-fund",
    ),
)


def test_sheets_come_after_the_reports(repository: Workspace) -> None:
    """Each sheet is a job of its own with task and unit; its title says what it is."""
    jobs = plan_of(repository, sheets=SHEETS).jobs
    assert [job.slug for job in jobs] == ["county", "county-circular", *UNIT_SLUGS, *(sheet.slug for sheet in SHEETS)]
    last = jobs[-1]
    assert (last.title, last.notebook.name, dict(last.parameters)["task_no"]) == (
        "公积金岳池管理部　任务29商请函",
        "supervision_sheet.ipynb",
        "29",
    )
    assert last.parameters[-2:] == (("task_no", "29"), ("unit", "市住房公积金管理中心岳池管理部"))


def test_sheets_of_named_units_only(repository: Workspace) -> None:
    """--unit keeps those units' sheets too; then others in the folder are not out of date."""
    plan = plan_of(repository, "县市场监管局", sheets=SHEETS)
    assert [job.slug for job in plan.jobs] == ["unit-market-regulation", "sheet-23-market-regulation"]
    assert not plan.is_outdated(record("sheet-29-housing-fund", "supervision_sheet.ipynb"))


def test_sheet_no_longer_due_is_out_of_date(repository: Workspace) -> None:
    """Where all sheets were asked for, an earlier one that is not among them is; a report never is."""
    plan = plan_of(repository, sheets=SHEETS[:1])
    assert plan.is_outdated(record("sheet-29-housing-fund", "supervision_sheet.ipynb"))
    assert not plan.is_outdated(record("sheet-23-market-regulation", "supervision_sheet.ipynb"))
    assert not plan.is_outdated(record("unit-x", "unit_quarterly.ipynb"))
    assert not plan_of(repository).is_outdated(record("sheet-29-housing-fund", "supervision_sheet.ipynb"))


def record(slug: str, notebook: str) -> JobRecord:
    """A record of an earlier run."""
    return JobRecord(slug=slug, title="", notebook=notebook, parameters={}, cache_key="", outcome="succeeded")


def test_early_warning_is_made_alone(repository: Workspace) -> None:
    """One job with the moment it is judged at."""
    moment = {"as_of": date(2024, 12, 20), "label": "check"}
    (job,) = plan_of(repository, early=True, **moment).jobs
    assert (job.slug, job.notebook.name, dict(job.parameters)["as_of"]) == (
        "early-warning",
        "early_warning.ipynb",
        "2024-12-20",
    )


def test_early_warning_of_an_open_quarter_has_no_label(repository: Workspace) -> None:
    """The notebook's own defaults must not come through: moment and label are passed, empty where there is none."""
    params = load_params(repository, "yuechi-2024", "2024Q4").model_copy(update={"known_at": None})
    moment = resolve_ahead(params, date(2024, 12, 16))
    occasion = Occasion(repository, params, moment, assemble(repository, params, moment))
    (job,) = make_plan(occasion, RunRequest("yuechi-2024", "2024Q4", early_warning=True)).jobs
    assert job.parameters == (
        ("notice", "yuechi-2024"),
        ("quarter", "2024Q4"),
        ("as_of", "2024-12-16"),
        ("known_at", ""),
        ("label", ""),
    )
