"""A quarter left out, or never cut off, is said; what lies before it stays."""

from dataclasses import replace

import pytest
from quarters import NOTICE, left_out, uncut

from yuechi_report.domain.progress import History
from yuechi_report.domain.quarter import Quarter
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.county.revised import corrections_sentence
from yuechi_report.report.figures.flow import status_flow
from yuechi_report.report.why.grounds import Grounds
from yuechi_report.report.why.lines import explained_lines
from yuechi_report.settings.request import load_params, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Gap
from yuechi_report.source.unsettled import gaps_within, scope_lines

FIRST_WORDS = ("首次报告", "首个填报期")


def report_of(place: Workspace, quarter: str = "2025Q1") -> Report:
    """A quarter's report at its own moment."""
    request = load_params(place, NOTICE, quarter)
    return Report(assemble(place, request, resolve_moment(request)), LEADERS)


def said(report: Report) -> str:
    """What the report says of the quarter before."""
    flow = status_flow(report)
    return corrections_sentence(report).markdown + getattr(flow, "markdown", "")


def test_skipped_quarter_is_said_and_what_lies_before_stays(workspace: Workspace) -> None:
    """2024Q4 has no params: 2024Q3 is still known, nothing is compared with the wrong quarter."""
    left_out(workspace, "2024Q4")
    report = report_of(workspace)
    assert [past.quarter for past in report.past] == [Quarter(2024, 3)]
    assert (report.before, report.earlier, report.scope.gaps) == (None, (), (Gap(Quarter(2024, 4)),))
    text = said(report)
    assert "2024年第四季度没有参数文件，不作比较。" in text
    assert not [word for word in FIRST_WORDS if word in text]
    assert gaps_within(workspace, NOTICE) == ("2024年第四季度没有参数文件，不作比较",)
    assert scope_lines(report.scope) == ("2024年第四季度没有参数文件，不作比较",)


def test_why_keeps_the_history_before_a_gap(workspace: Workspace) -> None:
    """`why` prints the gap and the quarter before it."""
    left_out(workspace, "2024Q4")
    lines = "\n".join(explained_lines(Grounds.of_task(report_of(workspace), 16)))
    assert "2024年第四季度没有参数文件，不作比较。" in lines
    assert "2024年第三季度（状态截至2024年10月15日）" in lines


def test_quarter_never_cut_off_is_compared_by_its_last_record(workspace: Workspace, repository: Workspace) -> None:
    """2024Q4 without known_at: the same statuses as last recorded, and the report says on what they rest."""
    uncut(workspace, "2024Q4")
    report = report_of(workspace)
    assert report.scope.gaps == (Gap(Quarter(2024, 4), has_params=True, is_compared=True),)
    assert [one.headline for one in report.earlier] != []
    assert report.before is not None
    assert report.before.known_at.date() >= report.before.period.submission_due
    assert "2024年第四季度没有填写材料截止时刻，按其最后登记的材料比较。" in corrections_sentence(report).markdown
    assert gaps_within(workspace, NOTICE) == ("2024年第四季度没有填写材料截止时刻，按其最后登记的材料比较",)
    assert gaps_within(repository, NOTICE) == ()


def test_quarter_without_records_is_not_compared(workspace: Workspace) -> None:
    """Where nothing was ever recorded for it, a comparison would call everybody 未报送."""
    uncut(workspace, "2024Q4")
    history = report_of(workspace).scope.history
    kept = History.of(
        [one for one in history.entries if one.quarter != Quarter(2024, 4)],
        [one for one in history.decisions if one.quarter != Quarter(2024, 4)],
        [one for one in history.submissions if one.quarter != Quarter(2024, 4)],
    )
    from yuechi_report.notice.folder import load_register
    from yuechi_report.source.assemble import _earlier

    register = load_register(workspace.notice_dir(NOTICE))
    found, gaps = _earlier(workspace, load_params(workspace, NOTICE, "2025Q1"), register, kept)
    assert [one.period.quarter for one in found] == [Quarter(2024, 3)]
    assert gaps == (Gap(Quarter(2024, 4), has_params=True),)


def test_first_quarter_opened_late_is_no_first_report(workspace: Workspace) -> None:
    """An office that begins with the quarter after the notice does not say 首次报告."""
    left_out(workspace, "2024Q3")
    text = said(report_of(workspace, "2024Q4"))
    assert "2024年第三季度没有参数文件，不作比较。" in text
    assert not [word for word in FIRST_WORDS if word in text]


def test_doctor_names_what_the_reports_name(workspace: Workspace) -> None:
    """The quarter of the notice too, and never a comparison with a quarter of which nothing was recorded."""
    left_out(workspace, "2024Q3")
    assert gaps_within(workspace, NOTICE) == ("2024年第三季度没有参数文件，不作比较",)
    uncut(workspace, "2024Q4")
    workspace.book_file.unlink()
    workspace.book_file.with_suffix(".seal").unlink()
    assert gaps_within(workspace, NOTICE)[1] == ("2024年第四季度没有填写材料截止时刻，也没有登记材料，不作比较")


def test_flow_says_which_quarter_is_lacking(workspace: Workspace) -> None:
    """In place of the figure of changes."""
    left_out(workspace, "2024Q4")
    assert "2024年第四季度没有可比的状态，不绘状态变化图。" in said(report_of(workspace))


@pytest.mark.parametrize("quarter", ["2024Q3", "2024Q4", "2025Q1"])
def test_example_has_no_gap(repository: Workspace, quarter: str) -> None:
    """Nothing of this is part of a scope without a gap, so no check code changes."""
    scope = report_of(repository, quarter).scope
    assert (scope.gaps, scope.preview_of, scope.next_due) == ((), None, None)
    words = (b'"gaps"', b'"preview_of"', b'"next_due"', b'"filled_by"', b'"nobody_fills"')
    assert [word for word in words if word in scope.to_json()] == []


def test_next_day_given_is_the_day_that_is_told(workspace: Workspace) -> None:
    """The next quarter opened with a day of its own: sentence and calendar follow it; a day gone by is never told."""
    from yuechi_report.report.datasets.deadlines import _next_submission
    from yuechi_report.report.words.days import next_report_by

    path = workspace.request_file(NOTICE, Quarter(2025, 1))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("submission_due: 2025-03-20", "submission_due: 2025-03-27"), encoding="utf-8")
    report = report_of(workspace, "2024Q4")
    assert (next_report_by(report), str(_next_submission(report))) == ("3月27日前", "2025-03-27")
    late = Report(replace(report.scope, next_due=None, as_of=report.scope.as_of.replace(month=4)), LEADERS)
    assert next_report_by(late) == "另行通知的日期前"
