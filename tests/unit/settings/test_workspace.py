"""Finding the workspace, its paths, and its only notice."""

from pathlib import Path

import pytest

from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ExitCode, ParameterError
from yuechi_report.settings.opening import start_workspace
from yuechi_report.settings.workspace import Workspace


@pytest.fixture
def other(tmp_path: Path) -> Workspace:
    """A second workspace."""
    return start_workspace(tmp_path / "other")


def test_named_folder_comes_first(empty: Workspace, other: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """--workspace beats the variable and the current folder."""
    monkeypatch.chdir(other.root)
    assert Workspace.find(empty.root, {"YUECHI_WORKSPACE": str(other.root)}) == empty


def test_variable_comes_before_the_current_folder(
    empty: Workspace, other: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """YUECHI_WORKSPACE beats the current folder."""
    monkeypatch.chdir(other.root)
    monkeypatch.setenv("YUECHI_WORKSPACE", str(empty.root))
    assert Workspace.find() == empty


def test_environment_handed_in_is_the_only_one_asked(
    empty: Workspace, other: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty environment means no variable, whatever this process has."""
    monkeypatch.chdir(empty.root)
    monkeypatch.setenv("YUECHI_WORKSPACE", str(other.root))
    assert Workspace.find(environ={}) == empty


@pytest.mark.parametrize("below", [".", "data", "data/notices", "notebooks"])
def test_workspace_is_found_from_a_folder_below_it(
    empty: Workspace, below: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notebooks and papermill run in folders of their own."""
    monkeypatch.chdir(empty.root / below)
    assert Workspace.find() == empty


def test_nearest_workspace_upwards_is_taken(empty: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace inside another one is itself."""
    inner = start_workspace(empty.root / "reports" / "inner")
    monkeypatch.chdir(inner.root / "data")
    assert Workspace.find() == inner


def test_relative_path_is_made_absolute(empty: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The root does not depend on the working directory later on."""
    monkeypatch.chdir(empty.root.parent)
    assert Workspace.find(Path("office")).root == empty.root


def test_no_workspace_anywhere_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside every workspace the error names the folder and the ways out."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ParameterError) as caught:
        Workspace.find()
    assert (caught.value.exit_code, str(caught.value)) == (
        ExitCode.USAGE,
        (
            f"文件“{tmp_path}”：当前文件夹及其上级文件夹都不是工作区（没有params/suite.yml）。"
            "处理办法：请进入工作区，或用--workspace指定，或用“yuechi-report start 文件夹”新建。"
        ),
    )


def test_named_folder_that_is_no_workspace_is_refused(empty: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong path is an error even inside a workspace; it is not searched upwards."""
    monkeypatch.chdir(empty.root)
    with pytest.raises(ParameterError) as caught:
        Workspace.find(empty.root / "data")
    expected = f"文件“{empty.root / 'data'}”：不是工作区（没有params/suite.yml）。处理办法：请检查路径。"
    assert str(caught.value) == expected


def test_variable_that_names_no_workspace_is_refused(empty: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong variable is an error, not ignored."""
    monkeypatch.chdir(empty.root)
    with pytest.raises(ParameterError) as caught:
        Workspace.find(environ={"YUECHI_WORKSPACE": str(empty.root / "data")})
    assert [fault.problem for fault in caught.value.faults] == ["不是工作区（没有params/suite.yml）"]


def test_paths_lie_below_the_root() -> None:
    """Every path of the suite, in one place."""
    place, quarter = Workspace(Path("/w")), Quarter(2024, 4)
    found = [
        place.suite_file,
        place.policy_file,
        place.calendar_file,
        place.units_file,
        place.book_file,
        place.ledger_file,
        place.notebooks_dir,
        place.issued_dir,
        place.notice_dir("n"),
        place.request_file("n", quarter),
        place.text_file("n", quarter),
        place.inbox("receipts", "n", quarter),
        place.inbox("decisions", "n", quarter),
        place.report_dir("n", quarter),
        place.report_dir("n", quarter, "复盘"),
    ]
    assert [path.as_posix() for path in found] == [
        "/w/params/suite.yml",
        "/w/params/policy.yml",
        "/w/params/calendar.yml",
        "/w/data/units.yml",
        "/w/data/receipts/receipts.csv",
        "/w/data/ledger.db",
        "/w/notebooks",
        "/w/issued",
        "/w/data/notices/n",
        "/w/params/n/2024Q4.yml",
        "/w/data/text/n/2024Q4.md",
        "/w/data/receipts/n/2024Q4",
        "/w/data/decisions/n/2024Q4",
        "/w/reports/n/2024Q4",
        "/w/reports/n/2024Q4-复盘",
    ]


def add_notice(place: Workspace, name: str) -> None:
    """A notice's folder with a sidecar."""
    place.notice_dir(name).mkdir()
    (place.notice_dir(name) / "notice.yml").write_text("", encoding="utf-8")


def test_only_notice_needs_no_name(empty: Workspace) -> None:
    """With one notice the name may be left out; a folder without a sidecar is none."""
    add_notice(empty, "b")
    (empty.notices_dir / "draft").mkdir()
    assert (empty.only_notice(None), empty.only_notice("b"), empty.notices()) == ("b", "b", ("b",))


@pytest.mark.parametrize(
    ("notices", "named", "message"),
    [
        ((), None, "工作区里的通知不止一份，或还没有通知。处理办法：请用--notice指定；现有：（无）。"),
        (("b", "a"), None, "工作区里的通知不止一份，或还没有通知。处理办法：请用--notice指定；现有：a、b。"),
        (("a",), "c", "没有通知“c”。处理办法：请用--notice指定；现有：a。"),
    ],
    ids=["none", "several", "unknown"],
)
def test_notice_that_is_not_decided_is_asked_for(
    empty: Workspace, notices: tuple[str, ...], named: str | None, message: str
) -> None:
    """No notice, several, or an unknown name: the error lists those that are there."""
    for name in notices:
        add_notice(empty, name)
    with pytest.raises(ParameterError) as caught:
        empty.only_notice(named)
    assert str(caught.value) == f"文件“{empty.notices_dir}”：{message}"
