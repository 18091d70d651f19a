"""What a run is about to make: for each notice its scope, its plan, its orders, and which are done already."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

import yuechi_report
from yuechi_report.page.manifest import FileRecord, JobRecord
from yuechi_report.run.digest import code_digest, digest_of, fonts_digest
from yuechi_report.run.plan import Job, Order, Plan, Wanted, make_plan
from yuechi_report.settings.request import Moment, RunRequest
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Scope

LIBRARIES = (
    "papermill",
    "pandas",
    "matplotlib",
    "nbconvert",
    "ipykernel",
    "typst",
    "markdown-it-py",
    "pydantic",
    "python-docx",
    "xlsxwriter",
)


@cache
def versions() -> dict[str, str]:
    """Versions of what decides an output."""
    return {"yuechi-report": yuechi_report.__version__} | {name: version(name) for name in LIBRARIES}


def inputs_of(notebook: Path, scope_digest: str, faces: Iterable[str] = ()) -> dict[str, str]:
    """What a report is made from, by name and hash; `faces` are families of the machine that it is set in."""
    return {
        "notebook": digest_of(notebook),
        "scope": scope_digest,
        "code": code_digest(),
        "fonts": fonts_digest(frozenset(family for family in faces if family)),
    }


def cache_key(job: Job, inputs: dict[str, str]) -> str:
    """sha256 over parameters, inputs and library versions."""
    body = json.dumps([job.slug, job.parameters, inputs, versions()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a report is done: its published record, or the reason why it must be made (Chinese), with the record
    of the last one that succeeded.
    """

    record: JobRecord | None
    reason: str = ""
    last: JobRecord | None = None


_INPUT_WORDS = {"notebook": "笔记本", "scope": "数据", "code": "程序", "fonts": "字体"}


def find_done(folder: Path, slug: str, key: str, inputs: dict[str, str]) -> Finding:
    """Done is a published record that parses, has that key, and whose outputs are all intact."""
    path = folder / f"{slug}.json"
    if not path.is_file():
        return Finding(None, "尚未生成")
    try:
        record = JobRecord.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return Finding(None, "生成记录不完整")
    if record.outcome != "succeeded":
        return Finding(None, _changed(record, inputs))
    if record.cache_key != key:
        return Finding(None, _changed(record, inputs), record)
    broken = [one.name for one in record.outputs if not is_intact(folder, one)]
    return Finding(None, f"文件缺失或已改动：{'、'.join(broken)}", record) if broken else Finding(record)


def _changed(record: JobRecord, inputs: dict[str, str]) -> str:
    changed = [word for name, word in _INPUT_WORDS.items() if record.inputs.get(name) != inputs.get(name)]
    return f"{'、'.join(changed)}有变化" if changed else "参数或程序库版本有变化"


def is_intact(folder: Path, record: FileRecord) -> bool:
    """Whether the file is there with the recorded size and hash."""
    path = folder / record.name
    return path.is_file() and path.stat().st_size == record.size and digest_of(path) == record.sha256


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
