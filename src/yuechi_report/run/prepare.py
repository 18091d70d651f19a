"""What a run is about to make: for each request its plan, and which of its reports are done already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yuechi_report.domain.unit import SheetMatter
from yuechi_report.page.manifest import FileRecord, JobRecord
from yuechi_report.run.digest import digest_of
from yuechi_report.run.plan import Job, Occasion, Plan, RunRequest, make_plan
from yuechi_report.run.publish import published_sheets, read_record
from yuechi_report.settings.request import load_params, resolve_ahead, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Scope

SheetsDue = Callable[[Scope], Sequence[SheetMatter]]
"""Which sheets a scope calls for; the report wing knows, and this room does not import it."""

_INPUT_WORDS = {"notebook": "笔记本", "scope": "数据", "code": "程序", "fonts": "字体"}


def prepare(workspace: Workspace, request: RunRequest, sheets_due: SheetsDue) -> Plan:
    """Read what is needed and plan; nothing is written. ParameterError where the request does not fit.

    A whole run that was not asked for sheets renews those of an earlier run that are still due; the plan calls
    the others outdated.
    """
    params = load_params(workspace, request.notice, request.quarter)
    resolve = resolve_ahead if request.early_warning else resolve_moment
    moment = resolve(params, request.as_of, request.known_at, label=request.label, today=request.today)
    scope = assemble(workspace, params, moment)
    occasion = Occasion(workspace, params, moment, scope)
    if request.sheets:
        return make_plan(occasion, request, sheets=sheets_due(scope))
    there = published_sheets(occasion.target)
    if not there or request.units or request.early_warning:
        return make_plan(occasion, request)
    renewed = [matter for matter in sheets_due(scope) if matter.slug in there]
    return make_plan(occasion, replace(request, sheets=True), sheets=renewed)


@dataclass(frozen=True, slots=True)
class Done:
    """Whether a report is done: its published record, or the reason why it must be made (Chinese)."""

    record: JobRecord | None
    reason: str = ""


def finding(job: Job, *, force: bool) -> Done:
    """Done is a published record that parses, has the job's key, and whose outputs are all intact."""
    if force:
        return Done(None, "要求重做")
    path = job.target / f"{job.slug}.json"
    record = read_record(path, JobRecord)
    if record is None:
        return Done(None, "生成记录不完整" if path.is_file() else "尚未生成")
    if record.outcome != "succeeded" or record.cache_key != job.cache_key:
        return Done(None, _changed(record, dict(job.inputs)))
    broken = [output.name for output in record.outputs if not is_intact(job.target, output)]
    return Done(None, f"文件缺失或已改动：{'、'.join(broken)}") if broken else Done(record)


def _changed(record: JobRecord, inputs: dict[str, str]) -> str:
    changed = [word for name, word in _INPUT_WORDS.items() if record.inputs.get(name) != inputs.get(name)]
    return f"{'、'.join(changed)}有变化" if changed else "参数或程序库版本有变化"


def is_intact(folder: Path, record: FileRecord) -> bool:
    """Whether the file is there with the recorded size and hash."""
    path = folder / record.name
    return path.is_file() and path.stat().st_size == record.size and digest_of(path) == record.sha256
