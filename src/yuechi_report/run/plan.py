"""Request → jobs: the county's two editions, one report a unit, and sheets or the early warning where asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.domain.unit import SheetMatter
from yuechi_report.errors import ParameterError, Place
from yuechi_report.page.labels import label
from yuechi_report.page.manifest import CellError, JobRecord, Outcome
from yuechi_report.settings.request import Moment, RunRequest
from yuechi_report.source.scope import Scope

COUNTY_NOTEBOOK = "county_quarterly.ipynb"
UNIT_NOTEBOOK = "unit_quarterly.ipynb"
SHEET_NOTEBOOK = "supervision_sheet.ipynb"
EARLY_WARNING_NOTEBOOK = "early_warning.ipynb"

NOTEBOOKS = {
    COUNTY_NOTEBOOK: {"notice", "quarter", "edition"},
    UNIT_NOTEBOOK: {"notice", "quarter", "unit"},
    SHEET_NOTEBOOK: {"notice", "quarter", "unit", "task_no"},
    EARLY_WARNING_NOTEBOOK: {"notice", "quarter", "as_of"},
}
"""Every notebook that makes a report, and the parameters it must declare."""

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be made. `unit` is the official name, empty for the county; `task_no` 0 means every task."""

    slug: str
    title: str
    notebook: str
    parameters: tuple[tuple[str, str], ...]
    unit: str = ""
    task_no: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is to make: these units only (any of their names; empty for all and the county), these
    sheets beside the reports (None where sheets were not asked for), or the early warning alone.
    """

    units: tuple[str, ...] = ()
    sheets: tuple[SheetMatter, ...] | None = None
    early_warning: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All jobs of a run, in order, and where they are published.

    With `every_sheet` the sheets among them are all that are due: others in the folder are out of date.
    """

    jobs: tuple[Job, ...]
    target: Path
    every_sheet: bool = False

    def is_outdated(self, record: JobRecord) -> bool:
        """Whether a record of an earlier run is a sheet that is not due any more."""
        current = {job.slug for job in self.jobs}
        return self.every_sheet and record.notebook == SHEET_NOTEBOOK and record.slug not in current


def make_plan(request: RunRequest, moment: Moment, scope: Scope, *, target: Path, wanted: Wanted) -> Plan:
    """The jobs of a quarter, in the order of its index page."""
    common = _common(request, moment, scope)
    if wanted.early_warning:
        return Plan((_early_warning_job(common),), target)
    names = tuple(dict.fromkeys(unit_name(scope, name) for name in wanted.units))
    due = [one for one in wanted.sheets or () if not names or one.unit in names]
    sheets = tuple(_sheet_job(scope, one, common) for one in due)
    every_sheet = wanted.sheets is not None and not names
    return Plan((*_report_jobs(scope, names, common), *sheets), target, every_sheet)


def _report_jobs(scope: Scope, names: Sequence[str], common: Parameters) -> tuple[Job, ...]:
    if names:
        return tuple(_unit_job(scope, name, common) for name in names)
    county = (
        Job("county", "全县报告（呈阅）", COUNTY_NOTEBOOK, (*common, ("edition", "leaders"))),
        Job("county-circular", "全县报告（印发）", COUNTY_NOTEBOOK, (*common, ("edition", "circular"))),
    )
    involved = scope.decided.unit_names
    ordered = [unit.name for unit in scope.units if unit.name in involved]
    return (*county, *(_unit_job(scope, name, common) for name in ordered))


def _common(request: RunRequest, moment: Moment, scope: Scope) -> Parameters:
    parameters = [("notice", request.notice), ("quarter", request.quarter)]
    if moment.label:
        parameters += [
            ("as_of", scope.as_of.isoformat()),
            ("known_at", scope.known_at.isoformat()),
            ("label", moment.label),
        ]
    elif moment.ahead:
        parameters += [("as_of", scope.as_of.isoformat()), ("known_at", ""), ("label", "")]
    return tuple(parameters)


def unit_name(scope: Scope, name: str) -> str:
    """The official name of a unit given by any of its names; ParameterError lists the known ones."""
    try:
        unit = scope.units.named(name)
    except KeyError as error:
        known = "、".join(unit.name for unit in scope.units)
        raise ParameterError.at(Place(), f"没有单位“{name}”", f"请使用规范名称：{known}") from error
    return unit.name


def _unit_job(scope: Scope, name: str, common: Parameters) -> Job:
    slug = f"unit-{scope.units.named(name).slug}"
    return Job(slug, name, UNIT_NOTEBOOK, (*common, ("unit", name)), unit=name)


def _sheet_job(scope: Scope, matter: SheetMatter, common: Parameters) -> Job:
    title = f"{scope.units.named(matter.unit).short}　任务{matter.task_no}{label(matter.document)}"
    parameters = (*common, ("task_no", str(matter.task_no)), ("unit", matter.unit))
    return Job(matter.slug, title, SHEET_NOTEBOOK, parameters, unit=matter.unit, task_no=matter.task_no)


def _early_warning_job(common: Parameters) -> Job:
    return Job("early-warning", "到期预警", EARLY_WARNING_NOTEBOOK, common)


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker gets: the job, its shipped scope, and where everything is. Paths are absolute.

    `media` limits what is made of the notebook to these suffixes; all of them where it is empty.
    """

    job: Job
    scope_json: bytes
    cache_key: str
    inputs: tuple[tuple[str, str], ...]
    workspace: Path
    notebook: Path
    target: Path
    media: tuple[str, ...] = ()

    def record(self, outcome: Outcome, error: CellError | None = None) -> JobRecord:
        """The order's record without what it cost."""
        return JobRecord(
            slug=self.job.slug,
            title=self.job.title,
            notebook=self.job.notebook,
            parameters=dict(self.job.parameters),
            cache_key=self.cache_key,
            outcome=outcome,
            error=error,
            inputs=dict(self.inputs),
        )
