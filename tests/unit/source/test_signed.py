"""A signed report: no draft any more, red head and number on the county's pages; never with fictional data."""

import re
from datetime import date

import pytest

from yuechi_report.errors import ParameterError
from yuechi_report.report.context import CIRCULAR, LEADERS, UNIT, Report
from yuechi_report.report.county.annexes import closing
from yuechi_report.settings.request import Moment, load_params, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Scope, Signed

SIGNED = {"signed_on": date(2025, 1, 10), "number": "岳府办督〔2025〕1号"}


def scope_of(workspace: Workspace, *, moment: Moment | None = None, **changes: object) -> Scope:
    """The scope of 2024Q4 with a changed request."""
    request = load_params(workspace, "yuechi-2024", "2024Q4").model_copy(update=changes)
    return assemble(workspace, request, moment or resolve_moment(request))


def make_official(workspace: Workspace, more: str) -> None:
    """The example's workspace as if its data were real; its book of fictional data is emptied."""
    suite = workspace.suite_file
    suite.write_text(re.sub("data_nature: 示例", "data_nature: 正式", suite.read_text("utf-8")) + more, "utf-8")
    header, _, _ = workspace.book_file.read_text("utf-8-sig").partition("\n")
    workspace.book_file.write_text(header + "\n", "utf-8-sig")
    workspace.book_file.with_suffix(".seal").unlink()


def test_fictional_data_are_never_signed(repository: Workspace) -> None:
    """A 示例 workspace refuses signed_on."""
    with pytest.raises(ParameterError, match="示例数据不能签发"):
        scope_of(repository, **SIGNED)


def test_a_signed_report_is_no_draft(workspace: Workspace) -> None:
    """The county's pages get red head and number, a unit's pages only lose the draft mark."""
    make_official(workspace, "red_head: 岳池县人民政府办公室文件\nsecrecy: 秘密★1年\n")
    scope = scope_of(workspace, **SIGNED)
    county = Report(scope, CIRCULAR).head
    unit = Report(scope.for_unit("县公安局"), UNIT).head
    assert scope.signed == Signed(date(2025, 1, 10), "岳池县人民政府办公室文件", "岳府办督〔2025〕1号")
    assert (county.draft, county.red_head, county.number, county.secrecy) == (
        "", "岳池县人民政府办公室文件", "岳府办督〔2025〕1号", "秘密★1年",
    )  # fmt: skip
    assert (unit.draft, unit.red_head, unit.number) == ("", "", "")


def test_a_signed_report_ends_with_who_signs(workspace: Workspace) -> None:
    """The annexes by name, then 署名 and the day; the issued edition is addressed, the leaders' is not."""
    make_official(
        workspace, "red_head: 文件\nsignatory: 岳池县人民政府办公室\naddressee: 各乡镇人民政府，县级各部门：\n"
    )
    scope = scope_of(workspace, **SIGNED)
    ends = closing(Report(scope, CIRCULAR))
    heads = [Report(scope, edition).head for edition in (CIRCULAR, LEADERS)]
    assert ends.signature_lines == ("岳池县人民政府办公室", "2025年1月10日")
    assert ends.attachment_lines[0] == "附件：1.重点任务清单及状态"
    assert [head.addressee for head in heads] == ["各乡镇人民政府，县级各部门", ""]
    assert ["发：" in head.byline or "呈：" in head.byline for head in heads] == [False, True]


def test_a_draft_shows_no_signature(repository: Workspace) -> None:
    """Its annexes are named, nobody signs, and without a setting the byline says whom it goes to."""
    report = Report(scope_of(repository), CIRCULAR)
    assert closing(report).signature_lines == ()
    assert [line.strip("　") for line in closing(report).attachment_lines] == [
        "附件：1.重点任务清单及状态", "2.判定方法", "3.图表",
    ]  # fmt: skip
    assert (report.head.addressee, report.head.byline.partition("　")[0]) == ("", "发：各牵头、配合单位")


def test_without_a_signatory_the_office_signs(workspace: Workspace) -> None:
    """Signatory may be left out."""
    make_official(workspace, "")
    report = Report(scope_of(workspace, signed_on=date(2025, 1, 10)), LEADERS)
    assert closing(report).signatories == ("县政府督查室（示例）",)


def test_a_retrospective_page_is_never_the_signed_one(workspace: Workspace) -> None:
    """A run with a label keeps its draft mark."""
    make_official(workspace, "red_head: 文件\n")
    moment = Moment(date(2025, 1, 6), None, label="核对")
    head = Report(scope_of(workspace, moment=moment, **SIGNED), CIRCULAR).head
    assert (head.red_head, head.draft) == ("", "送审稿第1稿（未签发）")


def test_a_number_without_red_head_is_refused(workspace: Workspace) -> None:
    """A number has nowhere to stand where the office has no red head."""
    make_official(workspace, "")
    with pytest.raises(ParameterError, match="没有发文机关标志"):
        scope_of(workspace, **SIGNED)


def test_faces_of_the_machine_reach_the_page(workspace: Workspace) -> None:
    """The families of suite.yml are those of the head."""
    suite = workspace.suite_file
    suite.write_text(suite.read_text("utf-8") + "faces: {title: 方正小标宋简体, body: 仿宋_GB2312}\n", "utf-8")
    assert Report(scope_of(workspace), CIRCULAR).head.faces.named == ("方正小标宋简体", "仿宋_GB2312")
