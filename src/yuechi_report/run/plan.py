"""Request → jobs: the county's two editions, one report per unit, and sheets or the early warning where asked for."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from yuechi_report.domain.unit import SheetMatter
from yuechi_report.page.labels import label
from yuechi_report.page.manifest import CellError, JobRecord, Outcome
from yuechi_report.run.digest import cache_key, code_digest, inputs_of
from yuechi_report.settings.opening import notebook_of
from yuechi_report.settings.request import Moment, QuarterParams
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import Scope

COUNTY_NOTEBOOK = "county_quarterly.ipynb"
UNIT_NOTEBOOK = "unit_quarterly.ipynb"
SHEET_NOTEBOOK = "supervision_sheet.ipynb"
EARLY_WARNING_NOTEBOOK = "early_warning.ipynb"

NOTEBOOKS = {
    COUNTY_NOTEBOOK: {"notice", "quarter", "edition", "today"},
    UNIT_NOTEBOOK: {"notice", "quarter", "unit", "today"},
    SHEET_NOTEBOOK: {"notice", "quarter", "unit", "task_no", "today"},
    EARLY_WARNING_NOTEBOOK: {"notice", "quarter", "as_of", "today"},
}
"""Every notebook that makes a report, and the parameters it must declare."""

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is asked for: a notice's quarter, at which moment, and which of its reports.

    `units` are any of their names; empty means all units and the county. `early_warning` is made alone.
    `today` is the day of looking: a report of a quarter that is not cut off is a preview before its day.
    """

    notice: str
    quarter: str
    as_of: date | None = None
    known_at: datetime | None = None
    label: str = ""
    units: tuple[str, ...] = ()
    sheets: bool = False
    early_warning: bool = False
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be made: what of, with which parameters, from which scope, and where everything is.

    Paths are absolute; a job carries all that a worker needs. `media` limits what is made of the notebook
    to these suffixes; all of them where it is empty.
    """

    slug: str
    title: str
    parameters: Parameters
    cache_key: str
    scope_json: bytes
    inputs: tuple[tuple[str, str], ...]
    workspace: Path
    notebook: Path
    target: Path
    unit: str = ""
    """The official name, empty for the county."""
    media: tuple[str, ...] = ()
    faces: tuple[str, ...] = ()
    """Families of the machine that the page is set in."""

    def record(self, outcome: Outcome, error: CellError | None = None) -> JobRecord:
        """The job's record without what it cost."""
        return JobRecord(
            slug=self.slug,
            title=self.title,
            notebook=self.notebook.name,
            parameters=dict(self.parameters),
            cache_key=self.cache_key,
            outcome=outcome,
            error=error,
            inputs=dict(self.inputs),
        )

    def not_started(self) -> JobRecord:
        """The record of a job whose worker was lost before it answered."""
        return self.record("not_started", CellError(cell=0, message="工作进程被中断，请重新运行"))


@dataclass(frozen=True, slots=True)
class Occasion:
    """One notice's quarter at one moment: what its jobs have in common."""

    workspace: Workspace
    params: QuarterParams
    moment: Moment
    scope: Scope

    @property
    def target(self) -> Path:
        """The folder its reports are published to."""
        return self.workspace.report_dir(self.params.notice, self.scope.period.quarter, self.moment.folder)

    @property
    def parameters(self) -> Parameters:
        """Those that every notebook gets: the moment only where it differs from the quarter's own params, and
        while nothing pins what is known the day of looking, which stops at the day judged.
        """
        named: Parameters = (("notice", self.params.notice), ("quarter", self.params.quarter))
        as_of = (self.scope.preview_of or self.scope.as_of).isoformat()
        if self.moment.ahead:
            named = (*named, ("as_of", as_of), ("known_at", ""), ("label", ""))
        elif self.moment.label:
            known_at = "" if self.scope.preview_of else self.scope.known_at.isoformat()
            named = (*named, ("as_of", as_of), ("known_at", known_at), ("label", self.moment.label))
        return named if self.moment.today is None else (*named, ("today", self.scope.as_of.isoformat()))

    def job(self, slug: str, title: str, notebook: str, more: Parameters, *, scope: Scope, unit: str = "") -> Job:
        """A job whose notebook sees that scope and takes some parameters more."""
        path, parameters = notebook_of(self.workspace, notebook), (*self.parameters, *more)
        faces = tuple(dict(scope.office.faces).values())
        inputs = inputs_of(path, scope.digest, faces)
        return Job(
            slug=slug,
            title=title,
            parameters=parameters,
            cache_key=cache_key(slug, parameters, inputs),
            scope_json=scope.to_json(),
            inputs=tuple(inputs.items()),
            workspace=self.workspace.root,
            notebook=path,
            target=self.target,
            unit=unit,
            faces=faces,
        )

    @property
    def state_key(self) -> str:
        """Names what the whole quarter looks like: the county's data and this program."""
        return hashlib.sha256(f"{self.scope.digest} {code_digest()}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Plan:
    """All jobs of one notice's quarter, in order; with `every_sheet` the sheets among them are all that are due."""

    occasion: Occasion
    jobs: tuple[Job, ...]
    every_sheet: bool = False

    def is_outdated(self, record: JobRecord) -> bool:
        """Whether a record of an earlier run is a sheet that is not due any more."""
        current = {job.slug for job in self.jobs}
        return self.every_sheet and record.notebook == SHEET_NOTEBOOK and record.slug not in current


def make_plan(occasion: Occasion, request: RunRequest, *, sheets: Sequence[SheetMatter] = ()) -> Plan:
    """The jobs of a quarter, in the order of its index page; `sheets` are those due, where the request wants them."""
    if request.early_warning:
        job = occasion.job("early-warning", "到期预警", EARLY_WARNING_NOTEBOOK, (), scope=occasion.scope)
        return Plan(occasion, (job,))
    names = tuple(dict.fromkeys(occasion.scope.unit_named(name).name for name in request.units))
    due = [sheet for sheet in sheets if not names or sheet.unit in names]
    jobs = (*_reports(occasion, names), *(_sheet(occasion, matter) for matter in due))
    return Plan(occasion, jobs, every_sheet=request.sheets and not names)


def _reports(occasion: Occasion, names: Sequence[str]) -> Iterator[Job]:
    scope = occasion.scope
    if not names:
        leaders, circular = (("edition", "leaders"),), (("edition", "circular"),)
        yield occasion.job("county", "全县报告（呈阅）", COUNTY_NOTEBOOK, leaders, scope=scope)
        yield occasion.job("county-circular", "全县报告（印发）", COUNTY_NOTEBOOK, circular, scope=scope)
        names = [unit.name for unit in scope.units if unit.name in scope.decided.unit_names]
    for name in names:
        slug = f"unit-{scope.units.named(name).slug}"
        yield occasion.job(slug, name, UNIT_NOTEBOOK, (("unit", name),), scope=scope.for_unit(name), unit=name)


def _sheet(occasion: Occasion, matter: SheetMatter) -> Job:
    title = f"{occasion.scope.units.named(matter.unit).short}　任务{matter.task_no}{label(matter.document)}"
    parameters = (("task_no", str(matter.task_no)), ("unit", matter.unit))
    scope = occasion.scope.for_unit(matter.unit).for_task(matter.task_no)
    return occasion.job(matter.slug, title, SHEET_NOTEBOOK, parameters, scope=scope, unit=matter.unit)
