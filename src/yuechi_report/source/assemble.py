"""Workspace → Scope: register, history, units, policy with calendar, human text; units under the names of the day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from yuechi_report.domain.progress import Decision, History, ProgressEntry, Submission
from yuechi_report.domain.quarter import CHINA, Quarter
from yuechi_report.domain.register import Register
from yuechi_report.domain.unit import Units
from yuechi_report.errors import ParameterError, Place
from yuechi_report.intake.book.ledger import open_ledger
from yuechi_report.intake.check.against import Against
from yuechi_report.notice.folder import load_register
from yuechi_report.settings.policy import Policy, load_calendar, load_policy, status_policy
from yuechi_report.settings.request import Moment, QuarterParams, load_params
from yuechi_report.settings.suite import Suite, load_suite
from yuechi_report.settings.units import load_units
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import Earlier, Office, Scope, Signed

R = TypeVar("R", ProgressEntry, Decision, Submission, ProgressEntry | Decision | Submission)


def load_against(workspace: Workspace, notice: str) -> Against:
    """What submissions of one notice are checked against; every unit of the register must be known."""
    register, units = load_register(workspace.notice_dir(notice)), load_units(workspace.units_file)
    unknown = [name for name in register.unit_names if units.find(name) is None]
    if unknown:
        raise ParameterError.at(
            Place(str(workspace.units_file)), f"单位名录缺少：{'、'.join(unknown)}", "请在单位名录中补充这些单位"
        )
    return Against(register, units, load_suite(workspace).data_nature.value, workspace.root)


def assemble(workspace: Workspace, request: QuarterParams, moment: Moment) -> Scope:
    """The county's scope of one quarter at one moment; cut it with `for_unit`."""
    against = load_against(workspace, request.notice)
    as_of = moment.as_of or request.day_judged(_dues(against.register))
    with open_ledger(workspace.book_file, workspace.ledger_file, against) as ledger:
        known_at = moment.known_at or ledger.last_recorded() or _end_of(as_of)
        history = ledger.history(known_at, Quarter.parse(request.quarter))
    suite, policy = load_suite(workspace), load_policy(workspace)
    notice, units = against.register.notice, against.units.called_on(as_of)
    return Scope(
        register=renamed_register(against.register, units),
        units=units,
        history=renamed_history(history, units),
        period=request.period(notice.issued_on),
        as_of=as_of,
        known_at=known_at,
        label=moment.label,
        policy=status_policy(policy, load_calendar(workspace, range(notice.issued_on.year, as_of.year + 2))),
        office=_office(suite, policy),
        draft=request.draft,
        text=_text(workspace, request),
        earlier=_earlier(workspace, request, against.register),
        signed=_signed(suite, request, moment),
    )


def _end_of(day: date) -> datetime:
    """The fallback of known_at where nothing was ever recorded."""
    return datetime.combine(day, datetime.max.time().replace(microsecond=0), CHINA)


def _dues(register: Register) -> list[date]:
    return [task.due for task in register if task.due is not None]


def _office(suite: Suite, policy: Policy) -> Office:
    return Office(
        name=suite.office,
        county_leaders=suite.county_leaders,
        masthead=suite.masthead,
        classification=suite.classification,
        is_example=suite.is_example,
        signs=tuple(policy.signs.model_dump().items()),
        secrecy=suite.secrecy,
        faces=tuple(suite.faces.model_dump().items()),
        addressee=suite.addressee.rstrip("：:"),
        signatory=suite.signatory or suite.office,
    )


def _signed(suite: Suite, request: QuarterParams, moment: Moment) -> Signed | None:
    """What a signed report bears; a retrospective page is never the signed one, fictional data never signed."""
    if request.signed_on is None or moment.is_retrospective:
        return None
    if suite.is_example:
        raise ParameterError.at(
            Place(f"{request.quarter}.yml"), "示例数据不能签发", "请删去signed_on和number；正式数据请另建工作区"
        )
    if request.number and not suite.red_head:
        raise ParameterError.at(
            Place("suite.yml"), "有发文字号，没有发文机关标志", "请填写red_head，或删去本期参数中的number"
        )
    return Signed(request.signed_on, suite.red_head, request.number)


def _text(workspace: Workspace, request: QuarterParams) -> str:
    path = workspace.text_file(request.notice, Quarter.parse(request.quarter))
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _earlier(workspace: Workspace, request: QuarterParams, register: Register) -> tuple[Earlier, ...]:
    """The quarters before that have a file with its own known_at, back to the first gap; oldest first."""
    issued_on = register.notice.issued_on
    found: list[Earlier] = []
    quarter = Quarter.parse(request.quarter).previous
    while quarter.last_day >= issued_on and workspace.request_file(request.notice, quarter).is_file():
        before = load_params(workspace, request.notice, str(quarter))
        if before.known_at is None:
            break
        found.append(Earlier(before.period(issued_on), before.day_judged(_dues(register)), before.known_at))
        quarter = quarter.previous
    return tuple(reversed(found))


def renamed_register(register: Register, units: Units) -> Register:
    """The register with every unit under the name it bears in `units`."""
    names = units.renamed
    if not names:
        return register
    tasks = tuple(
        replace(
            task,
            lead_units=tuple(names.get(name, name) for name in task.lead_units),
            cooperating_units=tuple(names.get(name, name) for name in task.cooperating_units),
        )
        for task in register
    )
    return replace(register, tasks=tasks)


def renamed_history(history: History, units: Units) -> History:
    """The history with every unit under the name it bears in `units`."""
    names = units.renamed
    if not names:
        return history
    return replace(
        history,
        entries=tuple(_renamed(record, names) for record in history.entries),
        decisions=tuple(_renamed(record, names) for record in history.decisions),
        submissions=tuple(_renamed(record, names) for record in history.submissions),
        withdrawn=tuple(_renamed(record, names) for record in history.withdrawn),
    )


def _renamed(record: R, names: Mapping[str, str]) -> R:
    if isinstance(record, Decision):
        return replace(record, new_unit=names.get(record.new_unit, record.new_unit))
    return replace(record, unit=names.get(record.unit, record.unit))
