"""What a run is about to make: for each notice its scope, its plan, its orders, and which are done already."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from yuechi_report.run.cache import Finding, cache_key, find_done, inputs_of
from yuechi_report.run.digest import code_digest
from yuechi_report.run.order import Order
from yuechi_report.run.plan import Job, Plan, Wanted, make_plan
from yuechi_report.settings.request import Moment, RunRequest
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Scope


@dataclass(frozen=True, slots=True)
class Errand:
    """One notice's quarter at one moment, as it was asked for."""

    request: RunRequest
    moment: Moment


@dataclass(frozen=True, slots=True)
class Prepared:
    """An errand with the county's scope, its plan and one order a job."""

    errand: Errand
    scope: Scope
    plan: Plan
    orders: tuple[Order, ...]

    @property
    def state_key(self) -> str:
        """Names what the whole quarter looks like: the county's data and this program."""
        return hashlib.sha256(f"{self.scope.digest} {code_digest()}".encode()).hexdigest()


def prepare(workspace: Workspace, errand: Errand, wanted: Callable[[Scope], Wanted]) -> Prepared:
    """Read what is needed and plan; nothing is written."""
    request, moment = errand.request, errand.moment
    scope = assemble(workspace, request, moment)
    target = workspace.report_dir(request.notice, scope.period.quarter, moment.folder)
    plan = make_plan(request, moment, scope, target=target, wanted=wanted(scope))
    return Prepared(errand, scope, plan, tuple(_order(workspace, plan, job, scope) for job in plan.jobs))


def _order(workspace: Workspace, plan: Plan, job: Job, scope: Scope) -> Order:
    own = scope.for_unit(job.unit) if job.unit else scope
    own = own.for_task(job.task_no) if job.task_no else own
    notebook = workspace.notebooks_dir / job.notebook
    inputs = inputs_of(notebook, own.digest, dict(own.office.faces).values())
    return Order(
        job, own.to_json(), cache_key(job, inputs), tuple(inputs.items()), workspace.root, notebook, plan.target
    )


def finding(order: Order, *, force: bool) -> Finding:
    """Whether an order is done, or why it must be made."""
    if force:
        return Finding(None, "要求重做")
    return find_done(order.target, order.job.slug, order.cache_key, dict(order.inputs))
