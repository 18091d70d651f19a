"""The index pages: every report with its files, and those that are not there with the reason."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from yuechi_report.render.site import (
    FileLink,
    QuarterIndex,
    ReportEntry,
    ReportOutcome,
    render_index,
    render_quarter_index,
)

PDF = FileLink("PDF", "unit 县公安局#1.pdf", 118_193, "3f" * 32)
INDEX = QuarterIndex(
    notice_id="yuechi-2024",
    notice_title="重点任务清单<2024年版>",
    quarter="2024Q4",
    quarter_label="2024年第四季度",
    as_of=date(2025, 1, 6),
    marks=("示例数据",),
    reports=(
        ReportEntry("unit-gaj", "县公安局", "单位", ReportOutcome.SUCCEEDED, (PDF,)),
        ReportEntry("unit-mzj", "县民政局", "单位", ReportOutcome.FAILED, (), "第7个单元格运行出错"),
        ReportEntry("unit-sgj", "县审管局", "单位", ReportOutcome.NOT_STARTED),
    ),
)


def links(page: str) -> list[str]:
    """Every address on a page."""
    return re.findall(r'href="([^"]*)"', page)


def rows(page: str) -> list[str]:
    """The words of each row of the list."""
    found = re.findall(r"<tr[ >].*?</tr>", page.partition("<tbody>")[2], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in found]


def test_a_quarter_names_every_report() -> None:
    """Reports are listed with edition, outcome and files; failed and unstarted ones with what is known."""
    assert rows(render_quarter_index(INDEX)) == [
        "县公安局 单位 已生成 PDF 116 KB",
        "县民政局 单位 生成失败 第7个单元格运行出错",
        "县审管局 单位 未生成",
    ]


def test_links_are_relative_and_encoded() -> None:
    """File names are percent-encoded; nothing points outside the folder but the way up."""
    assert links(render_quarter_index(INDEX)) == [
        "#main",
        "../../index.html",
        "unit%20%E5%8E%BF%E5%85%AC%E5%AE%89%E5%B1%80%231.pdf",
    ]


@pytest.mark.parametrize("page", [render_quarter_index(INDEX), render_index([INDEX])], ids=["quarter", "workspace"])
def test_check_sums_are_printed(page: str) -> None:
    """Each file's SHA-256 is on both pages."""
    assert re.findall(r"<code>(\w+)</code>", page) == ["3f" * 32]


def test_a_quarter_without_files_shows_no_check_sums() -> None:
    """Where nothing was made there is nothing to check."""
    empty = replace(INDEX, reports=INDEX.reports[1:])
    assert "<details>" not in render_quarter_index(empty)


def test_titles_are_escaped_and_marks_stand_first() -> None:
    """Words from files are text; the mark is the first thing on the page."""
    page = render_quarter_index(INDEX)
    words = re.sub(r"<[^>]*>", "", page.partition("跳到正文")[2])
    assert "重点任务清单&lt;2024年版&gt;" in page
    assert words.strip().startswith("示例数据")
    assert "default-src 'none'" in page.replace("&#39;", "'")


def test_the_index_lists_quarters_latest_first() -> None:
    """One row a quarter under its notice, with how its reports ended."""
    earlier = replace(INDEX, quarter="2024Q3", quarter_label="2024年第三季度", as_of=date(2024, 10, 15), reports=())
    page = render_index([earlier, INDEX])
    assert rows(page)[:2] == [
        "2024年第四季度 2025年1月6日 1 1 1 3",
        "2024年第三季度 2024年10月15日 — — — 0",
    ]
    assert links(page)[:3] == ["#main", "yuechi-2024/2024Q4/index.html", "yuechi-2024/2024Q3/index.html"]
    assert page.count("<h2>") == 2


def test_the_index_lists_all_reports_of_all_quarters() -> None:
    """Every report of every quarter with its state and its files, linked from the workspace's page."""
    page = render_index([INDEX])
    assert rows(page)[2:] == [
        "县公安局 2024年第四季度 已生成 PDF 116 KB",
        "县民政局 2024年第四季度 生成失败",
        "县审管局 2024年第四季度 未生成",
    ]
    assert links(page)[-1] == "yuechi-2024/2024Q4/unit%20%E5%8E%BF%E5%85%AC%E5%AE%89%E5%B1%80%231.pdf"


def test_statuses_stand_quarter_by_quarter() -> None:
    """The trend counts tasks by kind in the order of time; a quarter without counts is left out of it."""
    now = replace(INDEX, statuses=(8, 4, 18, 4, 3))
    before = replace(INDEX, quarter="2024Q3", quarter_label="2024年第三季度", reports=(), statuses=(0, 7, 28, 2, 0))
    labelled = replace(INDEX, quarter="2024Q4-核对", quarter_label="2024年第四季度（核对）")
    page = render_index([before, now, labelled])
    trend = page.partition("各季度任务状态（项）")[2].partition("</table>")[0]
    assert rows(trend) == ["2024年第三季度 — 7 28 2 — 37", "2024年第四季度 8 4 18 4 3 37"]
    assert "各季度任务状态（项）" not in render_index([labelled])


def test_the_bar_repeats_the_counts() -> None:
    """Parts of the bar lie side by side, as wide as their share; kinds without tasks have none."""
    assert replace(INDEX, statuses=(5, 0, 10, 0, 5)).bar == (
        ("settled", 0.0, 25.0),
        ("ordinary", 25.0, 50.0),
        ("overdue", 75.0, 25.0),
    )
    assert INDEX.bar == ()


def test_old_files_say_so() -> None:
    """A report whose last making failed shows the files of the time before, with a remark."""
    old = replace(INDEX.reports[1], links=(PDF,), remark="所列文件为上次生成")
    page = render_quarter_index(replace(INDEX, reports=(old,)))
    assert rows(page) == ["县民政局 单位 生成失败 所列文件为上次生成 PDF 116 KB 第7个单元格运行出错"]


@pytest.mark.parametrize("page", [render_quarter_index(INDEX), render_index([INDEX])], ids=["quarter", "workspace"])
def test_one_script_runs_by_its_hash_and_the_page_needs_none(page: str) -> None:
    """The filter is the only script, allowed by its hash; without it the box is hidden and all rows are shown."""
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in page.replace("&#39;", "'")
    assert re.search(r'<div class="filter"[^>]* hidden>', page) is not None
    assert re.findall(r"<tr[^>]* hidden", page) == []


def test_an_empty_workspace_says_so() -> None:
    """No quarters: a sentence, no table."""
    page = render_index([])
    assert "尚无已生成的报告。" in page
    assert rows(page) == []
    assert "<script" not in page


@pytest.mark.parametrize(
    ("size", "label"), [(0, "0 KB"), (1, "1 KB"), (1024, "1 KB"), (1025, "2 KB"), (1_572_864, "1.5 MB")]
)
def test_sizes_are_rounded_up(size: int, label: str) -> None:
    """A file that holds anything has at least 1 KB."""
    assert replace(PDF, size_bytes=size).size_label == label


def test_groups_stand_together_under_their_name() -> None:
    """Reports without a group come first; a group's name is a row of its own."""
    sheet = ReportEntry(
        "sheet-1-gaj", "县公安局　任务1督办单", "督办", ReportOutcome.SUCCEEDED, (PDF,), group="督办文书"
    )
    mixed = replace(INDEX, reports=(sheet, *INDEX.reports[:1]))
    assert rows(render_quarter_index(mixed)) == [
        "县公安局 单位 已生成 PDF 116 KB",
        "督办文书",
        "县公安局 任务1督办单 督办 已生成 PDF 116 KB",
    ]
