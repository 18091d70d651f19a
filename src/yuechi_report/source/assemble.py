"""Workspace → Scope: register, history, units, policy with calendar, human text; units under the names of the day."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from yuechi_report.domain.policy import CalendarNotPublished, StatusPolicy
from yuechi_report.domain.progress import Decision, History, ProgressEntry, Submission
from yuechi_report.domain.quarter import CHINA, Quarter
from yuechi_report.domain.register import Register, Task
from yuechi_report.domain.unit import Units
from yuechi_report.errors import ParameterError, Place
from yuechi_report.intake.book.ledger import open_ledger
from yuechi_report.intake.check.against import Against
from yuechi_report.notice.folder import load_register
from yuechi_report.settings.policy import Policy, load_calendar, load_policy, status_policy
from yuechi_report.settings.request import Moment, QuarterParams, load_params
from yuechi_report.settings.suite import UNFILLED, Suite, load_suite
from yuechi_report.settings.units import load_units
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.office_text import read_office_text
from yuechi_report.source.scope import Earlier, Gap, Office, Scope, Signed

R = TypeVar("R", ProgressEntry, Decision, Submission, ProgressEntry | Decision | Submission)


def load_against(workspace: Workspace, notice: str) -> Against:
    """What submissions of one notice are checked against; every unit of the register must be known."""
    register, units = load_register(workspace.notice_dir(notice)), load_units(workspace.units_file)
    unknown = [name for name in register.unit_names if units.find(name) is None]
    if unknown:
        raise ParameterError.at(
            Place(str(workspace.units_file)), f"单位名录缺少：{'、'.join(unknown)}", "请在单位名录中补充这些单位"
        )
    nature, days = load_suite(workspace).data_nature.value, load_policy(workspace).days_block_review
    return Against(filled_register(register, units), units, nature, workspace.root, days)


def assemble(workspace: Workspace, request: QuarterParams, moment: Moment) -> Scope:
    """The county's scope of one quarter at one moment; cut it with `for_unit`."""
    against = load_against(workspace, request.notice)
    reported_on = moment.as_of or request.day_judged(_dues(against.register))
    with open_ledger(workspace.book_file, workspace.ledger_file, against) as ledger:
        last_recorded = ledger.last_recorded()
        known_at = moment.known_at or last_recorded or _end_of(reported_on)
        history = ledger.history(known_at, Quarter.parse(request.quarter))
    as_of = moment.judged_on(reported_on, last_recorded.astimezone(CHINA).date() if last_recorded is not None else None)
    suite, policy = load_suite(workspace).printed, load_policy(workspace)
    earlier, gaps = _earlier(workspace, request, against.register, history)
    notice, units = against.register.notice, against.units.called_on(as_of)
    status = status_policy(policy, load_calendar(workspace, range(notice.issued_on.year, reported_on.year + 2)))
    return Scope(
        register=renamed_register(against.register, units),
        units=units,
        history=renamed_history(history, units),
        period=request.period(notice.issued_on, earlier=tuple(one.period for one in earlier)),
        as_of=as_of,
        known_at=known_at,
        label=moment.label,
        policy=status,
        office=_office(suite, policy),
        draft=request.draft,
        text=read_office_text(workspace.text_file(request.notice, Quarter.parse(request.quarter))),
        earlier=earlier,
        signed=_signed(suite, request, moment) if as_of == reported_on else None,
        preview_of=reported_on if as_of < reported_on else None,
        gaps=gaps,
        next_due=_next_due(workspace, request, status),
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
    """What a signed report bears; a retrospective page is never the signed one, nor one with a name to be filled
    in, and fictional data are never signed.
    """
    if request.signed_on is None or moment.is_retrospective or UNFILLED in suite.model_dump().values():
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


def _earlier(
    workspace: Workspace, request: QuarterParams, register: Register, history: History
) -> tuple[tuple[Earlier, ...], tuple[Gap, ...]]:
    """The quarters since the notice that can be compared with, and those left out or not cut off; oldest first."""
    issued_on, dues = register.notice.issued_on, _dues(register)
    found: list[Earlier] = []
    gaps: list[Gap] = []
    quarter = Quarter.parse(request.quarter).previous
    while quarter.last_day >= issued_on and not request.first_report:
        if not workspace.request_file(request.notice, quarter).is_file():
            gaps.append(Gap(quarter))
        else:
            before = load_params(workspace, request.notice, str(quarter))
            known_at = before.known_at or _last_recorded(history, quarter)
            if before.known_at is None:
                gaps.append(Gap(quarter, has_params=True, is_compared=known_at is not None))
            if known_at is not None:
                found.append(Earlier(before.period(issued_on), before.day_judged(dues), known_at))
        quarter = quarter.previous
    return _linked(reversed(found)), tuple(reversed(gaps))


def _last_recorded(history: History, quarter: Quarter) -> datetime | None:
    """When the last record of that quarter was entered; None where there is none, and nothing to compare with."""
    records: list[ProgressEntry | Decision | Submission] = [*history.entries, *history.decisions, *history.submissions]
    return max((record.source.recorded_at for record in records if record.quarter == quarter), default=None)


def _next_due(workspace: Workspace, request: QuarterParams, policy: StatusPolicy) -> date | None:
    """The next quarter's submission day where it has been opened with another one than the rule's."""
    following = Quarter.parse(request.quarter).next
    if not workspace.request_file(request.notice, following).is_file():
        return None
    given = load_params(workspace, request.notice, str(following)).submission_due
    try:
        usual = policy.calendar.working_day_from(following.last_day.replace(day=policy.day_submission))
    except CalendarNotPublished:
        return given
    return given if given != usual else None


def _linked(quarters: Iterable[Earlier]) -> tuple[Earlier, ...]:
    """Each quarter's period with those before it."""
    linked: list[Earlier] = []
    for earlier in quarters:
        periods = tuple(before.period for before in linked)
        linked.append(replace(earlier, period=replace(earlier.period, earlier=periods)))
    return tuple(linked)


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
            filled_by=names.get(task.filled_by, task.filled_by),
        )
        for task in register
    )
    return replace(register, tasks=tasks)


def filled_register(register: Register, units: Units) -> Register:
    """The register with who fills in for leads that have no form (domain.md §3.1): the next lead that has
    one, else the liaison of a collective, else nobody.
    """
    return replace(register, tasks=tuple(_filled(task, units) for task in register))


def _filled(task: Task, units: Units) -> Task:
    leads = [unit for unit in map(units.find, task.lead_units) if unit is not None]
    if not leads or leads[0].has_form:
        return task
    liaisons = [units.find(unit.liaison) for unit in leads if unit.liaison]
    able = [unit for unit in (*leads, *liaisons) if unit is not None and unit.has_form]
    return replace(task, filled_by=able[0].name if able else "", nobody_fills=not able)


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
