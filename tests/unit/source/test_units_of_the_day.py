"""Scopes of a workspace whose units were renamed or replaced: the day judged decides what they say."""

from dataclasses import replace
from datetime import date

import pytest
from builders import day, decision

from yuechi_report.domain.progress import Action, History
from yuechi_report.domain.reporting import unit_reports
from yuechi_report.report.context import LEADERS, UNIT, Report
from yuechi_report.settings.request import load_params, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.prefill import prefilled_forms
from yuechi_report.source.scope import Scope

OLD, NEW = "县经济和信息化局", "县经济信息化和科技局"
OLD_ROW = f"name: {OLD}, short_names: [县经信局],"
NEW_ROW = f"name: {NEW}, short_names: [县经科局], former_names: [{{name: {OLD}, until: 2025-01-14, short_names: [县经信局]}}],"


def scope_of(place: Workspace, quarter: str) -> Scope:
    """The county's scope of a quarter at its own moment."""
    request = load_params(place, "yuechi-2024", quarter)
    return assemble(place, request, resolve_moment(request))


@pytest.fixture
def renamed(workspace: Workspace) -> Workspace:
    """The example after 县经信局 was renamed on 15 January 2025."""
    text = workspace.units_file.read_text(encoding="utf-8")
    assert OLD_ROW in text
    workspace.units_file.write_text(text.replace(OLD_ROW, NEW_ROW), encoding="utf-8")
    return workspace


@pytest.mark.parametrize(("quarter", "name"), [("2024Q4", OLD), ("2025Q1", NEW)])
def test_report_calls_a_renamed_unit_as_it_was_called(renamed: Workspace, quarter: str, name: str) -> None:
    """The quarter before the renaming keeps the old name, the one after it has the new, both with every record."""
    scope = scope_of(renamed, quarter)
    frame = Report(scope, LEADERS).frame().set_index("task_no")
    assert (frame.loc[3, "lead_units"].split(";")[0], frame.loc[3, "headline"]) == (name, "正常实施")
    assert scope.units.named(OLD).slug == scope.units.named(NEW).slug == "economy-it"


def test_statuses_do_not_change_by_a_renaming(renamed: Workspace, repository: Workspace) -> None:
    """A new name moves no figure of any task."""
    one, other = (Report(scope_of(place, "2025Q1"), LEADERS).frame() for place in (renamed, repository))
    assert one.drop(columns="lead_units").equals(other.drop(columns="lead_units"))


def succeeded(scope: Scope, decided_on: str) -> Scope:
    """The scope in which 县医保局 takes over task 10 on that day."""
    moved = decision(Action.SUCCEED, decided_on, new_unit="县医保局", seq=900)
    history = scope.history
    return replace(scope, history=History.of(history.entries, [*history.decisions, moved], history.submissions))


def test_new_unit_leads_in_the_register_the_unit_page_and_the_form(repository: Workspace) -> None:
    """From the day of the decision on the successor has the task, its page and its row; the former has not."""
    scope = succeeded(scope_of(repository, "2024Q4"), "2024-12-19")
    cut = scope.for_unit("县医保局")
    assert 10 in {task.number for task in cut.register}
    assert 10 not in {task.number for task in scope.for_unit("县人力资源和社会保障局").register}
    report = Report(cut, UNIT)
    assert report.task(10).filling_unit == "县医保局"
    [form] = prefilled_forms(scope, ["县医保局"])
    assert "牵头" in {row["role"] for row in form.rows if row["task_no"] == "10"}
    assert "县医保局" in {one.unit for one in unit_reports(report.assessments)}


def test_task_taken_over_keeps_its_status(repository: Workspace) -> None:
    """What the former unit handed in still counts."""
    scope = scope_of(repository, "2024Q4")
    before, after = (
        {one.task_no: one.headline for one in Report(each, LEADERS).assessments}
        for each in (scope, succeeded(scope, "2024-12-19"))
    )
    assert before == after


def test_report_of_an_earlier_day_keeps_the_former_unit(repository: Workspace) -> None:
    """The day before the decision the notice's unit still leads."""
    scope = replace(succeeded(scope_of(repository, "2024Q4"), "2024-12-19"), as_of=day("2024-12-18"))
    assert scope.decided.task(10).filling_unit == "县人力资源和社会保障局"
    assert scope.as_of < date(2024, 12, 19)
