"""Workspace → Scope: register, history, units, policy with calendar, human text."""

from datetime import date, datetime, timedelta, timezone

from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.register import Register
from yuechi_report.domain.unit import Units
from yuechi_report.errors import ParameterError, Place
from yuechi_report.intake.book import Book, read_book
from yuechi_report.intake.ledger import load_history
from yuechi_report.intake.trade import Trade
from yuechi_report.notice.folder import load_register
from yuechi_report.settings.policy import Policy, load_calendar, load_policy, status_policy
from yuechi_report.settings.request import Moment, RunRequest, load_request
from yuechi_report.settings.suite import Suite, load_suite
from yuechi_report.settings.units import load_units
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.naming import renamed_history, renamed_register
from yuechi_report.source.scope import Earlier, Office, Scope

CHINA = timezone(timedelta(hours=8))


def load_trade(workspace: Workspace, notice: str) -> Trade:
    """What submissions of one notice are checked against; every unit of the register must be known."""
    register, units = load_register(workspace.notice_dir(notice)), load_units(workspace.units_file)
    unknown = [name for name in register.unit_names if not _known(units, name)]
    if unknown:
        raise ParameterError.at(
            Place(str(workspace.units_file)), f"单位名录缺少：{'、'.join(unknown)}", "请在单位名录中补充这些单位"
        )
    return Trade(register, units, load_suite(workspace).data_nature.value, workspace.root)


def assemble(workspace: Workspace, request: RunRequest, moment: Moment) -> Scope:
    """The county's scope of one quarter at one moment; cut it with `for_unit`."""
    trade = load_trade(workspace, request.notice)
    book = read_book(workspace.book_file)
    as_of = moment.as_of or request.day_judged(_dues(trade.register))
    known_at = moment.known_at or last_recorded(book, request.notice, as_of)
    suite, policy = load_suite(workspace), load_policy(workspace)
    notice, units = trade.register.notice, trade.units.called_on(as_of)
    history = load_history(book, trade, workspace.ledger_file).known_at(known_at)
    return Scope(
        register=renamed_register(trade.register, units),
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
        earlier=_earlier(workspace, request, trade.register),
    )


def last_recorded(book: Book, notice: str, as_of: date) -> datetime:
    """The fallback of known_at: when the last row was recorded; the end of as_of for an empty book."""
    rows = book.of_notice(notice)
    if rows:
        return rows[-1].recorded_at
    return datetime.combine(as_of, datetime.max.time().replace(microsecond=0), CHINA)


def _known(units: Units, name: str) -> bool:
    try:
        units.named(name)
    except KeyError:
        return False
    return True


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
    )


def _text(workspace: Workspace, request: RunRequest) -> str:
    path = workspace.text_file(request.notice, Quarter.parse(request.quarter))
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _earlier(workspace: Workspace, request: RunRequest, register: Register) -> tuple[Earlier, ...]:
    """The quarters before that have a file with its own known_at, back to the first gap; oldest first."""
    issued_on = register.notice.issued_on
    found: list[Earlier] = []
    quarter = Quarter.parse(request.quarter).previous
    while quarter.last_day >= issued_on and workspace.request_file(request.notice, quarter).is_file():
        before = load_request(workspace, request.notice, str(quarter))
        if before.known_at is None:
            break
        found.append(Earlier(before.period(issued_on), before.day_judged(_dues(register)), before.known_at))
        quarter = quarter.previous
    return tuple(reversed(found))
