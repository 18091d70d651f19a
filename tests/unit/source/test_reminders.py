"""Reminders: who owes which rows, and a message that can be sent as it stands."""

from dataclasses import replace

import pytest
from builders import day, moment, source

from yuechi_report.domain.progress import History, Submission
from yuechi_report.domain.quarter import Quarter
from yuechi_report.settings.request import Moment, load_params
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.reminders import Reminder, reminders
from yuechi_report.source.scope import Scope

UNIT = "县市场监管局"


@pytest.fixture
def scope(repository: Workspace) -> Scope:
    """The example's fourth quarter as known on 23 December: 县市场监管局 has sent nothing."""
    request = load_params(repository, "yuechi-2024", "2024Q4")
    return assemble(repository, request, Moment(request.as_of, moment("2024-12-23", 23)))


def of_unit(scope: Scope, unit: str = UNIT, today: str = "2024-12-23") -> list[Reminder]:
    """The unit's reminder, if it gets one."""
    return [one for one in reminders(scope, day(today)) if one.unit == unit]


def sent(scope: Scope, *tasks: int) -> Scope:
    """The scope in which the unit's workbook came with the rows of these tasks at fault."""
    one = Submission(Quarter(2024, 4), UNIT, source("2024-12-18", seq=900), 0, len(tasks), tasks)
    history = scope.history
    return replace(scope, history=History.of(history.entries, history.decisions, (*history.submissions, one)))


def test_only_units_that_owe_rows_are_reminded(scope: Scope) -> None:
    """Who has sent everything, countersigns or cooperates gets none; units stand in the register's order."""
    units = [one.unit for one in reminders(scope, day("2024-12-23"))]
    assert UNIT in units
    assert not {"县公安局", "县行政审批局", "县残联", "各电信运营商"} & set(units)
    assert units == [unit.name for unit in scope.units if unit.name in units]


def test_message_says_what_is_missing_and_what_was_said_last(scope: Scope) -> None:
    """The message names unit, quarter, number of rows and the office; each task its deadline and last progress."""
    [one] = of_unit(scope)
    first, *lines = one.text.splitlines()
    assert first.startswith(f"{UNIT}：")
    assert "2024年第四季度填报表，尚未收到（1项）" in first
    assert first.endswith(f"至{scope.office.name}。")
    assert (one.state, one.rows_owed, len(one.rows_missing), len(lines)) == ("未报", 1, 1, 1)
    assert "时限：" in lines[0]
    assert "上次报送：" in lines[0]


@pytest.mark.parametrize(
    ("today", "until"),
    [("2024-12-20", "请于12月20日前报送"), ("2024-12-21", "报送期限12月20日已过，请尽快报送")],
    ids=["on the day", "the day after"],
)
def test_message_knows_whether_the_day_has_passed(scope: Scope, today: str, until: str) -> None:
    """The submission day itself still counts."""
    [one] = of_unit(scope, today=today)
    assert until in one.text


@pytest.mark.parametrize("faulty", [True, False], ids=["row sent back", "row left out"])
def test_row_sent_back_is_told_apart_from_one_left_out(scope: Scope, faulty: bool) -> None:
    """待补正 where the row came with a fault, 部分未报 where the workbook came without it."""
    [before] = of_unit(scope)
    number = before.rows_missing[0].task_no
    [one] = of_unit(sent(scope, *([number] if faulty else [])))
    assert (one.state, one.rows_missing[0].sent_back) == (("待补正", True) if faulty else ("部分未报", False))


def test_file_sent_back_whole_is_not_called_missing(scope: Scope) -> None:
    """Who has sent something that was refused is told so; a unit that sent part keeps its own state."""
    slug = next(unit.slug for unit in scope.units if unit.name == UNIT)
    [one] = [one for one in reminders(scope, day("2024-12-23"), {slug}) if one.unit == UNIT]
    assert (one.state, "已整份退回，尚未收到改正后的表（1项）" in one.text) == ("已退回", True)
    [other] = [one for one in reminders(sent(scope), day("2024-12-23"), {slug}) if one.unit == UNIT]
    assert other.state == "部分未报"


def test_deadline_is_the_one_that_counts(repository: Workspace) -> None:
    """A granted extension stands beside the notice's own words, in one line."""
    request = load_params(repository, "yuechi-2024", "2025Q1")
    scope = assemble(repository, request, Moment(request.as_of, moment("2025-03-01")))
    [row] = [row for one in reminders(scope, day("2025-03-01")) for row in one.rows_missing if row.task_no == 2]
    assert row.deadline == "2024年12月（延至2025-03-31）"
