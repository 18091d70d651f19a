"""A collective that leads alone (各科室): its liaison fills in; without one it is said, and nothing is 未报送."""

from builders import day, moment
from quarters import NOTICE, led_by_collective

from yuechi_report.domain.assessment import Discipline, Headline
from yuechi_report.domain.progress import History
from yuechi_report.domain.reporting import unit_reports
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.settings.request import Moment, load_params
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble, load_against
from yuechi_report.source.prefill import prefilled_forms
from yuechi_report.source.reminders import reminders
from yuechi_report.source.scope import Scope
from yuechi_report.source.unsettled import nobody_fills

TASK = 13


def scope_of(place: Workspace) -> Scope:
    """The example's fourth quarter with nothing received."""
    place.book_file.unlink()
    place.book_file.with_suffix(".seal").unlink()
    request = load_params(place, NOTICE, "2024Q4")
    return assemble(place, request, Moment(request.as_of, moment("2025-01-06", 23)))


def test_liaison_has_the_rows_and_the_reminder(workspace: Workspace) -> None:
    """县公安局's form carries 各科室's row as 牵头, the reminder says for whom, and its report has the task."""
    led_by_collective(workspace, TASK, liaison="县公安局")
    scope = scope_of(workspace)
    rows = {form.unit.name: {row["task_no"]: row["role"] for row in form.rows} for form in prefilled_forms(scope)}
    assert (rows["县公安局"][str(TASK)], "各科室" in rows) == ("牵头", False)
    [reminder] = [one for one in reminders(scope, day("2024-12-23")) if one.unit == "县公安局"]
    assert "（各科室牵头，由本单位代报）" in next(line for line in reminder.text.splitlines() if f"任务{TASK}" in line)
    assert TASK in {task.number for task in scope.for_unit("县公安局").register}
    [judged] = [one for one in Report(scope, LEADERS).assessments if one.task_no == TASK]
    assert (judged.owing_unit, nobody_fills(scope.register)) == ("县公安局", ())


def test_liaison_may_hand_the_row_in(workspace: Workspace) -> None:
    """What a submission is checked against names the liaison as the one who fills in."""
    led_by_collective(workspace, TASK, liaison="县公安局")
    task = load_against(workspace, NOTICE).register.task(TASK)
    assert (task.lead_units, task.filling_unit, task.nobody_fills) == (("各科室",), "县公安局", False)


def test_without_a_liaison_it_is_said_and_nothing_is_missing(workspace: Workspace) -> None:
    """Nobody was asked: 待报送 on every day, exempt, and 各科室 is in no list of units that owe."""
    led_by_collective(workspace, TASK)
    scope = scope_of(workspace)
    assert scope.history == History()
    assessments = Report(scope, LEADERS).assessments
    [judged] = [one for one in assessments if one.task_no == TASK]
    assert (judged.headline, judged.discipline) == (Headline.AWAITING_REPORT, Discipline.EXEMPT)
    assert "各科室" not in {report.unit for report in unit_reports(assessments)}
    assert nobody_fills(scope.register) == (
        f"各科室牵头的任务{TASK}没有单位填报：各科室在单位名录中没有填写liaison（联络单位）",
    )


def test_another_lead_with_a_form_goes_before_the_liaison(workspace: Workspace) -> None:
    """各科室 and 县商务局 lead together: 县商务局 fills in."""
    led_by_collective(workspace, TASK, liaison="县公安局")
    path = workspace.notice_dir(NOTICE) / "register.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",各科室,", ",各科室;县商务局,"), encoding="utf-8", newline=""
    )
    assert load_against(workspace, NOTICE).register.task(TASK).filling_unit == "县商务局"
