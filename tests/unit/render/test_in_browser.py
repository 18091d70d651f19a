"""The HTML in headless Chromium: no page is wider than its window."""

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html import escape
from pathlib import Path

import browser
import pytest

from yuechi_report.render.site import FileLink, Outcome, QuarterIndex, ReportEntry, render_index, render_quarter_index

PROBE = """<!DOCTYPE html><body><iframe width="{width}" height="900" style="border:0" srcdoc="{page}"></iframe>
<script>addEventListener("load", () => {{
  const page = document.querySelector("iframe").contentDocument.documentElement;
  const blocks = [...page.querySelectorAll("h1,h2,p,li,figure,img,.table")];
  const out = blocks.filter(e => !e.closest(".scroll") && e.getBoundingClientRect().right > {width} + 1);
  document.body.innerHTML = `MEASURED ${{page.clientWidth}} ${{page.scrollWidth}} ${{out.length}}`;
}})</script>"""
"""The page in a frame as wide as the window it is tried in: Chromium's own windows begin at 500 pixels."""

pytestmark = [pytest.mark.browser, pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)]


def measured(page: str, width: int, folder: Path) -> tuple[int, int, int]:
    """The window's width, the document's, and how many elements stick out."""
    probe = PROBE.format(width=width, page=escape(page))
    (folder / "page.html").write_text(probe, encoding="utf-8")
    shown = browser.document_after_loading(folder / "page.html", "--window-size=1400,1000", timeout_s=60)
    found = re.search(r"MEASURED (\d+) (\d+) (\d+)", shown)
    assert found is not None, shown
    return int(found[1]), int(found[2]), int(found[3])


@pytest.mark.parametrize("width", [390, 1280])
def test_a_report_fits_its_window(html: str, width: int, tmp_path: Path) -> None:
    """Long words, wide tables and figures stay inside; only a table's own region scrolls."""
    assert measured(html, width, tmp_path) == (width, width, 0)


@pytest.mark.parametrize("kind", ["quarter", "workspace"])
def test_index_pages_fit_a_telephone(kind: str, tmp_path: Path) -> None:
    """The lists of reports fit 390 pixels."""
    link = FileLink("PDF", "county.pdf", 118_193, "3f" * 32)
    report = ReportEntry("county", "市住房公积金管理中心岳池管理部", "呈阅", Outcome.SUCCEEDED, (link, link))
    index = QuarterIndex(
        "n", "重点任务清单", "2024Q4", "2024年第四季度", date(2025, 1, 6), ("示例数据",), (report,) * 3
    )
    page = render_quarter_index(index) if kind == "quarter" else render_index([index])
    assert measured(page, 390, tmp_path) == (390, 390, 0)


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
        ReportEntry("a", "县公安局", "单位", Outcome.SUCCEEDED),
        ReportEntry("b", "县民政局", "单位", Outcome.FAILED),
    )
    page = render_index([QuarterIndex("n", "清单", "2024Q4", "2024年第四季度", date(2025, 1, 6), (), reports)])
    act = f"""<script>addEventListener("load", () => {{
      const [find, state] = ["find", "state"].map(id => document.getElementById(id));
      find.value = "{find}"; state.value = "{state}"; find.dispatchEvent(new Event("input"));
      const rows = [...document.querySelectorAll("tr[data-states]")].filter(row => row.getClientRects().length);
      document.title = "SHOWN " + rows.map(row => row.cells[0].textContent).join(" ");
    }})</script>"""
    digest = b64encode(sha256(act[len("<script>") : -len("</script>")].encode()).digest()).decode()
    allowed = page.replace("script-src ", f"script-src 'sha256-{digest}' ").replace("</body>", act + "</body>")
    (tmp_path / "index.html").write_text(allowed, encoding="utf-8")
    found = re.search(r"<title>SHOWN ?(.*?)</title>", browser.document_after_loading(tmp_path / "index.html"))
    assert found is not None
    assert found[1].split() == shown
