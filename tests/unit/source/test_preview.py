"""预览: a quarter that is not cut off is judged by today while its day is still to come."""

from dataclasses import replace
from datetime import date

import pytest
from books import seal_as_it_is
from builders import day
from quarters import NOTICE, uncut

from yuechi_report.domain.assessment import Discipline, Headline
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.loading import load_report
from yuechi_report.run.plan import Job, RunRequest
from yuechi_report.run.prepare import prepare
from yuechi_report.settings.request import load_params, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Scope
from yuechi_report.source.unsettled import scope_lines

EARLY, LATE = day("2025-03-10"), day("2025-04-02")
AS_OF = day("2025-03-31")


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    """The example whose 2025Q1 is not cut off."""
    uncut(workspace, "2025Q1")
    return workspace


def scope_of(place: Workspace, today: date | None) -> Scope:
    """2025Q1 as the command line sees it on a day."""
    request = load_params(place, NOTICE, "2025Q1")
    return assemble(place, request, resolve_moment(request, today=today))


def jobs_of(place: Workspace, today: date | None) -> tuple[Job, ...]:
    """The jobs of a run on a day."""
    return prepare(place, RunRequest(NOTICE, "2025Q1", today=today), lambda _: ()).jobs


def test_early_run_is_judged_by_today(place: Workspace) -> None:
    """Nobody is 未报送 before the submission day, no day is counted that has not passed, and the page says 预览."""
    scope = scope_of(place, EARLY)
    report = Report(scope, LEADERS)
    assert (scope.as_of, scope.preview_of) == (EARLY, AS_OF)
    assert not [one for one in report.assessments if one.headline is Headline.NOT_REPORTED]
    assert not [one for one in report.assessments if one.discipline is Discipline.NOT_REPORTED]
    late = [one for one in report.assessments if one.headline is Headline.OVERDUE and one.effective_due is not None]
    assert all(one.days_overdue == (EARLY - one.effective_due).days for one in late if one.effective_due is not None)
    assert (late != [], "预览，非印发件" in report.head.marks) == (True, True)
    assert scope_lines(scope)[0].startswith("预览：判定日2025年3月31日未到，按2025年3月10日判定")


def test_submission_day_itself_still_counts(place: Workspace) -> None:
    """On 20 March a missing report is still 待报送, on the 21st it is 未报送."""
    history = {today: scope_of(place, day(today)) for today in ("2025-03-20", "2025-03-21")}
    found = {}
    for today, scope in history.items():
        empty = replace(scope, history=type(scope.history)())
        found[today] = {one.discipline for one in Report(empty, LEADERS).assessments}
    assert Discipline.NOT_REPORTED not in found["2025-03-20"]
    assert found["2025-03-21"] == {Discipline.NOT_REPORTED}


def test_on_the_day_and_later_it_is_the_report(place: Workspace) -> None:
    """From as_of on nothing says 预览, and another day makes nothing anew."""
    on_day, later = scope_of(place, AS_OF), scope_of(place, LATE)
    assert (on_day.preview_of, on_day.as_of, on_day.to_json()) == (None, AS_OF, later.to_json())
    assert [job.cache_key for job in jobs_of(place, AS_OF)] == [job.cache_key for job in jobs_of(place, LATE)]


def test_without_today_the_last_record_is_the_day(place: Workspace) -> None:
    """Run All and nbconvert read no clock: the day is that of the last record, at most as_of."""
    recorded = scope_of(place, None)
    assert recorded.as_of == min(AS_OF, recorded.known_at.date())
    path = place.book_file
    lines = path.read_bytes().splitlines(keepends=True)
    early = [line for line in lines[1:] if b",2025Q1," not in line]
    path.write_bytes(lines[0] + b"".join(early))
    seal_as_it_is(path)
    scope = scope_of(place, None)
    assert scope.as_of == scope.known_at.date() < AS_OF
    assert scope.preview_of == AS_OF


def test_pinned_known_at_is_never_a_preview(repository: Workspace) -> None:
    """A quarter that is cut off is the report on every day, and no today is handed to its notebooks."""
    assert scope_of(repository, EARLY).preview_of is None
    assert scope_of(repository, EARLY).to_json() == scope_of(repository, LATE).to_json()
    assert "today" not in dict(jobs_of(repository, EARLY)[0].parameters)


def test_today_is_a_parameter_and_part_of_the_key(place: Workspace) -> None:
    """The manifest names the day; the same day gives the same key, another one another."""
    first, again, other = (jobs_of(place, today)[0] for today in (EARLY, EARLY, day("2025-03-11")))
    assert dict(first.parameters)["today"] == "2025-03-10"
    assert (first.cache_key, first.scope_json) == (again.cache_key, again.scope_json)
    assert first.cache_key != other.cache_key


def test_notebook_takes_the_day_by_itself(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run by hand with the parameters of the manifest, a notebook sees what the run saw."""
    monkeypatch.setenv("YUECHI_WORKSPACE", str(place.root))
    report = load_report("2025Q1", today="2025-03-10")
    assert report.scope.to_json() == scope_of(place, EARLY).to_json()


def test_preview_of_a_labelled_day_keeps_its_day(place: Workspace) -> None:
    """A day asked for that is still to come is judged by today, and its notebook is handed both days."""
    request = RunRequest(NOTICE, "2025Q1", as_of=day("2025-06-30"), label="预计", today=EARLY)
    parameters = dict(prepare(place, request, lambda _: ()).jobs[0].parameters)
    assert (parameters["as_of"], parameters["known_at"], parameters["today"]) == ("2025-06-30", "", "2025-03-10")
