"""The HTML in headless Chromium: no page is wider than its window; fold-outs open without a script of ours."""

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import browser
import pytest

from yuechi_report.page.table import Cell, Column, Detail, GroundLine, Table
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.html import render_html
from yuechi_report.render.site import (
    FileLink,
    QuarterIndex,
    ReportEntry,
    ReportOutcome,
    render_index,
    render_quarter_index,
)

PROBE = """<!DOCTYPE html><body><iframe width="{width}" height="900" style="border:0" srcdoc="{page}"></iframe>
<script>addEventListener("load", () => {{
  const page = document.querySelector("iframe").contentDocument.documentElement;
  const blocks = [...page.querySelectorAll("h1,h2,p,li,figure,img,.table")];
  const out = blocks.filter(e => !e.closest(".scroll") && e.getBoundingClientRect().right > {width} + 1);
  document.body.innerHTML = `MEASURED ${{page.clientWidth}} ${{page.scrollWidth}} ${{out.length}}`;
}})</script>"""
"""The page in a frame as wide as the window it is tried in: Chromium's own windows begin at 500 pixels."""
OPENED = """<!DOCTYPE html><body>
<iframe width="{width}" height="900" style="border:0" sandbox="allow-same-origin" srcdoc="{page}"></iframe>
<script>addEventListener("load", () => {{
  const page = document.querySelector("iframe").contentDocument;
  const summary = page.querySelector(".why summary"), list = page.querySelector(".why dl");
  const cell = page.querySelector("td.unfolds"), height = cell.parentElement.nextElementSibling.offsetHeight;
  const seat = summary.getBoundingClientRect(), home = cell.getBoundingClientRect();
  const inside = seat.left >= home.left - 1 && seat.right <= home.right + 1
    && seat.top >= home.top - 1 && seat.bottom <= home.bottom + 1;
  const shut = list.checkVisibility();
  summary.focus(); summary.click();
  const held = page.activeElement === summary, opened = list.getBoundingClientRect();
  const script = page.defaultView.ran === undefined;
  document.body.innerHTML = `OPENED ${{[height, inside, shut, held, list.checkVisibility(), opened.height > 20,
    opened.left >= 0 && opened.right <= {width}, Math.round(summary.getBoundingClientRect().height) >= 24, script]}}`;
}})</script>"""
"""The same with scripts forbidden inside the frame: the browser's own fold-out is tried from outside."""

pytestmark = [pytest.mark.browser, pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)]


def measured(page: str, width: int, folder: Path) -> tuple[int, int, int]:
    """The window's width, the document's, and how many elements stick out."""
    answer = answered(PROBE.format(width=width, page=escape(page)), folder)
    found = re.search(r"MEASURED (\d+) (\d+) (\d+)", answer)
    assert found is not None, answer
    return int(found[1]), int(found[2]), int(found[3])


def answered(probe: str, folder: Path) -> str:
    """The page that a probe has written when it was done."""
    (folder / "page.html").write_text(probe, encoding="utf-8")
    return browser.document_after_loading(folder / "page.html", "--window-size=1400,1000", timeout_s=60)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_report_fits_its_window(html: str, width: int, tmp_path: Path) -> None:
    """Long words, wide tables and figures stay inside; only a table's own region scrolls."""
    assert measured(html, width, tmp_path) == (width, width, 0)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_fold_out_opens_without_scripts(build: Any, width: int, tmp_path: Path) -> None:
    """Scripts forbidden: the summary sits in its cell and takes no row, can be focused and opened, is large
    enough for a finger, and what it unfolds is inside the window, also where the table itself scrolls.
    """
    columns = (("序号", 0.6), ("状态", 1.7), *((f"第{number}栏", 3.0) for number in range(1, 6)))
    detail = Detail(
        subject="任务7", grounds=tuple(GroundLine(term="填报", text="收到、登记、第27号收件；" * 9) for _ in range(5))
    )
    cells = (Cell(text="7"), Cell(text="到期受上级制约", sign="△", detail=detail), *(Cell(text="接口联调" * 6),) * 5)
    table = Table(
        name="t", rows=(cells,) * 3,
        columns=tuple(Column(key=title, title=title, width=share) for title, share in columns),
    )  # fmt: skip
    page = render_html(read_blocks(build.notebook(build.shown(build.head()), build.shown(table))))
    answer = answered(OPENED.format(width=width, page=escape(page)), tmp_path)
    assert re.search(r"OPENED ([\w,]+)", answer)[1] == "0,true,false,true,true,true,true,true,true"  # type: ignore[index]


@pytest.mark.parametrize("kind", ["quarter", "workspace"])
def test_index_pages_fit_a_telephone(kind: str, tmp_path: Path) -> None:
    """The lists of reports fit 390 pixels."""
    link = FileLink("PDF", "county.pdf", 118_193, "3f" * 32)
    report = ReportEntry("county", "市住房公积金管理中心岳池管理部", "呈阅", ReportOutcome.SUCCEEDED, (link, link))
    index = QuarterIndex(
        "n", "重点任务清单", "2024Q4", "2024年第四季度", date(2025, 1, 6), ("示例数据",), (report,) * 3
    )
    page = render_quarter_index(index) if kind == "quarter" else render_index([index])
    assert measured(page, 390, tmp_path) == (390, 390, 0)


@pytest.mark.parametrize(("find", "heads"), [("", 1), ("督办单", 1), ("没有", 0), ("民政", 0)])
def test_a_group_without_rows_left_hides_its_name(find: str, heads: int, tmp_path: Path) -> None:
    """The row 督办文书 goes when the filter leaves none of its reports."""
    reports = (
        ReportEntry("a", "县民政局", "单位", ReportOutcome.SUCCEEDED),
        ReportEntry("b", "县公安局 任务1督办单", "督办", ReportOutcome.SUCCEEDED, group="督办文书"),
    )
    page = render_quarter_index(QuarterIndex("n", "清单", "2024Q4", "2024年第四季度", date(2025, 1, 6), (), reports))
    count = '[...document.querySelectorAll("tr.group")].filter(row => row.getClientRects().length).length'
    assert shown_after(page, find, "", count, tmp_path) == [str(heads)]


@pytest.mark.parametrize(
    ("find", "state", "shown"),
    [
        ("", "", ["县公安局", "县民政局"]),
        ("公安 四季度", "", ["县公安局"]),
        ("", "failed", ["县民政局"]),
        ("x", "", []),
    ],
    ids=["all", "words", "state", "nothing"],
)
def test_the_filter_works_from_a_file(find: str, state: str, shown: list[str], tmp_path: Path) -> None:
    """With its own policy in force and no server, typing and choosing leave the rows that match."""
    reports = (
        ReportEntry("a", "县公安局", "单位", ReportOutcome.SUCCEEDED),
        ReportEntry("b", "县民政局", "单位", ReportOutcome.FAILED),
    )
    page = render_index([QuarterIndex("n", "清单", "2024Q4", "2024年第四季度", date(2025, 1, 6), (), reports)])
    rows = '[...document.querySelectorAll("tr[data-states]")].filter(row => row.getClientRects().length)'
    names = f'{rows}.map(row => row.cells[0].textContent).join(" ")'
    assert shown_after(page, find, state, names, tmp_path) == shown


def shown_after(page: str, find: str, state: str, expression: str, folder: Path) -> list[str]:
    """What an expression gives after typing and choosing, with the page's own policy in force."""
    act = f"""<script>addEventListener("load", () => {{
      const [find, state] = ["find", "state"].map(id => document.getElementById(id));
      find.value = "{find}"; state.value = "{state}"; find.dispatchEvent(new Event("input"));
      document.title = "SHOWN " + {expression};
    }})</script>"""
    digest = b64encode(sha256(act[len("<script>") : -len("</script>")].encode()).digest()).decode()
    allowed = page.replace("script-src ", f"script-src 'sha256-{digest}' ").replace("</body>", act + "</body>")
    (folder / "index.html").write_text(allowed, encoding="utf-8")
    found = re.search(r"<title>SHOWN ?(.*?)</title>", browser.document_after_loading(folder / "index.html"))
    assert found is not None
    return found[1].split()
