"""What open, run, status, submit and doctor say of a quarter that is early, late, left out or not filled in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import moment
from quarters import led_by_collective, left_out, uncut
from quick_reports import make_lines

from yuechi_report.domain.quarter import Quarter
from yuechi_report.page.manifest import RunRecord
from yuechi_report.run import batch
from yuechi_report.settings.request import load_params
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[3]
COMMANDS = ("run", "status", "why", "submit", "forms", "remind", "workspace", "doctor")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the one clock, and make reports that are a line of text."""

    def set_clock(text: str) -> None:
        monkeypatch.setattr(batch, "make_jobs", make_lines)
        for name in COMMANDS:
            monkeypatch.setattr(f"yuechi_report.cli.{name}.now", lambda: moment(text))

    return set_clock


def run_of(place: Workspace, quarter: str) -> RunRecord:
    """The record of the quarter's last run."""
    path = place.report_dir("yuechi-2024", Quarter.parse(quarter)) / "run.json"
    return RunRecord.model_validate_json(path.read_bytes())


def test_run_and_status_say_preview(command: Command, workspace: Workspace, at: Callable[[str], None]) -> None:
    """Before as_of both say 预览 and by which day; from as_of on neither does."""
    uncut(workspace, "2025Q1")
    at("2025-03-10")
    out = command("run", "--quarter", "2025Q1", "--workspace", workspace.root)[1]
    assert "预览，2025-03-31判定，今按2025-03-10。" in out
    assert "预览：判定日2025年3月31日未到" in out
    record = run_of(workspace, "2025Q1")
    assert (str(record.preview_of), record.jobs[0].parameters["today"]) == ("2025-03-31", "2025-03-10")
    assert "预览：" in command("status", "--quarter", "2025Q1", "--workspace", workspace.root)[1]
    at("2025-04-01")
    assert "预览" not in command("run", "--quarter", "2025Q1", "--workspace", workspace.root)[1]
    assert run_of(workspace, "2025Q1").preview_of is None
    assert "预览" not in command("status", "--quarter", "2025Q1", "--workspace", workspace.root)[1]


def test_run_and_doctor_name_the_gap(command: Command, workspace: Workspace, at: Callable[[str], None]) -> None:
    """A skipped quarter is named where the report is made and where the workspace is looked at."""
    left_out(workspace, "2024Q4")
    at("2025-04-01")
    out = command("run", "--quarter", "2025Q1", "--workspace", workspace.root)[1]
    assert "· 2024年第四季度没有参数文件，不作比较" in out
    code, out, _ = command("doctor", "--workspace", workspace.root)
    assert (code, "✗ 通知yuechi-2024：2024年第四季度没有参数文件，不作比较" in out) == (5, True)


def test_collective_without_liaison_is_named_everywhere(
    command: Command, workspace: Workspace, at: Callable[[str], None]
) -> None:
    """doctor, open and run say that nobody fills in for 各科室."""
    led_by_collective(workspace, 13)
    at("2025-06-01")
    said = "各科室牵头的任务13没有单位填报"
    place = ("--workspace", workspace.root)
    assert said in command("doctor", *place)[1]
    assert said in command("open", "--quarter", "2025Q2", "--no-forms", *place)[1]
    assert said in command("run", "--quarter", "2025Q1", *place)[1]


def test_mark_that_is_not_understood_ends_with_3(
    command: Command, workspace: Workspace, at: Callable[[str], None]
) -> None:
    """仅呈阅 outside a marked heading: file, line and words are told at the end of a run; mended, it ends with 0."""
    at("2025-04-01")
    text = workspace.text_file("yuechi-2024", Quarter(2024, 4))
    whole = text.read_text(encoding="utf-8")
    place = ("--quarter", "2024Q4", "--workspace", workspace.root)
    text.write_text(whole.replace("# 领导要求（仅呈阅）", "**领导要求（仅呈阅）**"), encoding="utf-8")
    code, out, _ = command("run", *place)
    assert (code, "· data/text/yuechi-2024/2024Q4.md第9行写有“仅呈阅”" in out) == (3, True)
    assert "（**领导要求（仅呈阅）**）：它所在的部分不进入印发版" in out
    text.write_text(whole.replace("# 领导要求（仅呈阅）", "＃领导要求(仅 呈阅)。"), encoding="utf-8-sig")
    code, out, _ = command("run", *place)
    assert (code, "写有“仅呈阅”" in out) == (0, False)


def test_text_that_cannot_be_read_stops_the_run(
    command: Command, workspace: Workspace, at: Callable[[str], None]
) -> None:
    """It is said what to do; no report is made of half a text."""
    at("2025-04-01")
    text = workspace.text_file("yuechi-2024", Quarter(2024, 4))
    text.write_bytes(b"\x81\xff\xff")
    code, _, err = command("run", "--quarter", "2024Q4", "--workspace", workspace.root)
    assert (code, "不是UTF-8编码，也不是GB18030编码" in err, "另存为UTF-8" in err) == (2, True, True)


@pytest.fixture
def started(command: Command, tmp_path: Path) -> Workspace:
    """A real workspace as start and init leave it."""
    root = tmp_path / "county"
    command("start", root)
    command("init", ROOT / "data/notices/yuechi-2024/notice.txt", "--id", "yuechi-2024", "--workspace", root)
    return Workspace(root)


def test_open_writes_everything_and_lists_what_is_missing(
    command: Command, started: Workspace, at: Callable[[str], None]
) -> None:
    """Params and forms are there; exit 3 with the office's placeholder and the units nobody has reviewed."""
    at("2024-12-01")
    code, out, _ = command("open", "--quarter", "2024Q4", "--workspace", started.root)
    assert (code, out.count(".xlsx") > 10) == (3, True)
    assert load_params(started, "yuechi-2024", "2024Q4").draft == 1
    assert "· params/suite.yml：office还没有填写（现为“（请填写）县政府督查室”）" in out
    assert "· data/units.yml：有20家还没有核对（slug以unit-开头）" in out


def test_run_makes_drafts_that_print_what_is_missing(
    command: Command, started: Workspace, at: Callable[[str], None]
) -> None:
    """〔待填写〕 stands where the placeholder was, nothing is signed, and the run ends with 3."""
    at("2025-01-07")
    command("open", "--quarter", "2024Q4", "--no-forms", "--submission-due", "2024-12-20", "--workspace", started.root)
    path = started.request_file("yuechi-2024", Quarter(2024, 4))
    path.write_text(path.read_text(encoding="utf-8") + "signed_on: 2025-01-07\n", encoding="utf-8")
    code, out, _ = command("run", "--quarter", "2024Q4", "--workspace", started.root)
    assert (code, "office还没有填写" in out, "页面印〔待填写〕" in out) == (3, True, True)
    from yuechi_report.report.context import LEADERS, Report
    from yuechi_report.settings.request import resolve_moment
    from yuechi_report.source.assemble import assemble

    request = load_params(started, "yuechi-2024", "2024Q4")
    head = Report(assemble(started, request, resolve_moment(request)), LEADERS).head
    assert (head.office, head.draft, "请填写" in head.byline) == ("〔待填写〕", "送审稿第1稿（未签发）", False)


def test_open_says_which_days_have_passed(command: Command, workspace: Workspace, at: Callable[[str], None]) -> None:
    """Opened after the quarter: moved forward and said; results before submissions end with 2."""
    at("2025-07-10")
    place = ("--no-forms", "--workspace", workspace.root)
    wrong = command(
        "open", "--quarter", "2025Q2", "--submission-due", "2025-07-15", "--results-due", "2025-06-30", *place
    )
    assert (wrong[0], workspace.request_file("yuechi-2024", Quarter(2025, 2)).exists()) == (2, False)
    code, out, _ = command("open", "--quarter", "2025Q2", *place)
    request = load_params(workspace, "yuechi-2024", "2025Q2")
    assert (code, str(request.submission_due), "按规则推算的报送截止日2025-06-20已过" in out) == (0, "2025-07-15", True)
    assert request.submission_due <= request.results_due <= (request.as_of or request.results_due)


def test_quarter_before_the_notice_is_not_advised(command: Command, repository: Workspace) -> None:
    """`run 2024Q2` does not send a person to an `open` that refuses."""
    every = command("run", "--quarter", "2024Q2", "--all-notices", "--workspace", repository.root)
    assert (every[0], "最早的填报期是2024Q3" in every[2], "open" in every[2]) == (2, True, False)
    assert command("run", "--quarter", "2024-2", "--all-notices", "--workspace", repository.root)[0] == 2
    code, _, err = command("run", "--quarter", "2024Q2", "--workspace", repository.root)
    assert (code, "在通知印发（2024-09-23）之前" in err, "最早的填报期是2024Q3" in err, "open" in err) == (
        2,
        True,
        True,
        False,
    )


def test_form_after_the_day_judged_is_said_by_submit_and_run(
    command: Command, workspace: Workspace, at: Callable[[str], None], tmp_path: Path
) -> None:
    """A row that came on 1 April changes nothing of a report judged on 31 March: both commands say so."""
    from yuechi_report.intake.form.columns import FORM
    from yuechi_report.intake.form.write import write_form

    uncut(workspace, "2025Q1")
    labels = {"填报单位": "县商务局", "填报季度": "2025Q1", "数据性质": "示例", "填报日期": "2025-04-01"}
    row = {"task_no": "13", "role": "牵头", "progress": "3月28日完成商务协作台账，共12户。", "reported": "正常"}
    write_form(tmp_path / "late.xlsx", FORM, labels, [row])
    at("2025-04-01")
    place = ("--quarter", "2025Q1", "--workspace", workspace.root)
    assert (
        "不改变本期报告的状态和报送情况，列入下一期报告的更正（判定日2025-03-31）"
        in command("submit", tmp_path / "late.xlsx", *place)[1]
    )
    out = command("run", *place)[1]
    [line] = [line for line in out.splitlines() if "列入下一期报告的更正" in line]
    assert "（commerce，2025-04-01收到）" in line
