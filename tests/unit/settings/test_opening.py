"""open: the days of a new quarter by domain.md §3, or asked for; start: an empty workspace for real data."""

from datetime import date
from pathlib import Path

import pytest

from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.unit import Units
from yuechi_report.errors import ParameterError
from yuechi_report.settings.opening import Days, Rules, new_request, notebooks_folder, start_workspace, write_request
from yuechi_report.settings.policy import load_calendar, load_policy, status_policy
from yuechi_report.settings.request import load_params
from yuechi_report.settings.suite import DataNature, load_suite
from yuechi_report.settings.units import load_units
from yuechi_report.settings.workspace import Workspace

DUES = (date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31))


@pytest.fixture
def rules(empty: Workspace) -> Rules:
    """The example notice's issue day and due dates, with the published years."""
    return Rules(20, load_calendar(empty, range(2024, 2030)), date(2024, 9, 23), DUES)


@pytest.mark.parametrize(
    ("quarter", "submission", "results", "as_of"),
    [
        ("2024Q4", "2024-12-20", "2025-01-06", "2025-01-06"),
        ("2025Q1", "2025-03-20", "2025-03-31", "2025-03-31"),
        ("2025Q3", "2025-09-22", "2025-09-30", "2025-09-30"),
        ("2025Q4", "2025-12-22", "2025-12-31", "2025-12-31"),
    ],
    ids=["due results", "nothing due late", "a Saturday", "another Saturday"],
)
def test_days_are_computed(rules: Rules, quarter: str, submission: str, results: str, as_of: str) -> None:
    """The 20th or the next working day; the third working day after the quarter where something falls due late."""
    request = new_request("n", Quarter.parse(quarter), rules, Days())
    assert (str(request.submission_due), str(request.results_due), str(request.as_of), request.first_report) == (
        submission,
        results,
        as_of,
        False,
    )


def test_first_report_asks_for_its_day(rules: Rules) -> None:
    """Issued on 23 September: the third quarter is a first report, due on a day that a person gives."""
    with pytest.raises(ParameterError, match="请用--submission-due写明首报截止日"):
        new_request("n", Quarter(2024, 3), rules, Days())
    request = new_request("n", Quarter(2024, 3), rules, Days(date(2024, 10, 15)))
    assert (request.first_report, request.results_due, request.as_of) == (True, date(2024, 10, 15), date(2024, 10, 15))


def test_year_without_calendar_is_said_and_asked_for(rules: Rules) -> None:
    """工作日历未发布 is never guessed over; a given day goes."""
    with pytest.raises(ParameterError, match="2029年工作日历未发布，算不出报送截止日"):
        new_request("n", Quarter(2029, 2), rules, Days())
    assert new_request("n", Quarter(2029, 2), rules, Days(date(2029, 6, 20))).submission_due == date(2029, 6, 20)


def test_quarter_before_the_notice_is_refused(rules: Rules) -> None:
    """There was nothing to report."""
    with pytest.raises(ParameterError, match="之前"):
        new_request("n", Quarter(2024, 2), rules, Days())


def test_written_request_is_read_back_and_never_overwritten(empty: Workspace, rules: Rules) -> None:
    """What `open` writes, `run` reads; a second time is refused and the file stays."""
    request = new_request("n", Quarter(2024, 4), rules, Days())
    write_request(empty, request)
    assert load_params(empty, "n", "2024Q4") == request
    path = empty.request_file("n", Quarter(2024, 4))
    before = path.read_bytes()
    with pytest.raises(ParameterError, match="已有参数文件"):
        write_request(empty, request)
    assert path.read_bytes() == before


def test_new_workspace_is_found_and_holds_real_data(empty: Workspace) -> None:
    """What `start` writes can be read: real data, no units, the documented thresholds."""
    suite, policy = load_suite(empty), load_policy(empty)
    assert Workspace.find(empty.root) == empty
    assert (suite.data_nature, suite.is_example) == (DataNature.OFFICIAL, False)
    assert load_units(empty.units_file) == Units(())
    assert status_policy(policy, Calendar()) == StatusPolicy()
    assert load_calendar(empty, range(2024, 2025)).years == (2024,)


def test_new_workspace_has_every_folder_and_the_notebooks(empty: Workspace) -> None:
    """Folders for data, params, notebooks, reports and issued documents; the shipped notebooks unchanged."""
    folders = {path.relative_to(empty.root).as_posix() for path in empty.root.rglob("*") if path.is_dir()}
    shipped = {path.name: path.read_bytes() for path in notebooks_folder().glob("*.ipynb")}
    copied = {path.name: path.read_bytes() for path in empty.notebooks_dir.iterdir()}
    assert folders == {
        "data",
        "data/notices",
        "data/receipts",
        "data/decisions",
        "data/text",
        "params",
        "notebooks",
        "reports",
        "issued",
    }
    assert "county_quarterly.ipynb" in copied
    assert copied == shipped


def test_empty_folder_may_be_used(tmp_path: Path) -> None:
    """A folder that exists and holds nothing is taken."""
    (tmp_path / "new").mkdir()
    assert start_workspace(tmp_path / "new") == Workspace((tmp_path / "new").resolve())


@pytest.mark.parametrize("name", ["notes.txt", ".hidden"])
def test_folder_that_holds_anything_is_refused_untouched(tmp_path: Path, name: str) -> None:
    """Nothing is written beside a file that was there, hidden ones included."""
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        start_workspace(tmp_path)
    assert str(caught.value) == f"文件“{tmp_path}”：文件夹已有内容。处理办法：请另选一个空文件夹，原有内容没有改动。"
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_workspace_is_not_started_twice(empty: Workspace) -> None:
    """A workspace is a folder that holds something."""
    empty.suite_file.write_text("changed", encoding="utf-8")
    with pytest.raises(ParameterError):
        start_workspace(empty.root)
    assert empty.suite_file.read_text(encoding="utf-8") == "changed"
