"""The pages in Chromium under axe-core: no violation in light, dark or on a telephone, fold-outs open."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import browser
import nbformat
import pytest

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

ROOT = Path(__file__).parents[3]
AXE = ROOT / "tests" / "data" / "axe" / "axe.min.js"
PROBE = """<script src="{axe}"></script><script>
axe.run(document, {{resultTypes: ["violations"]}}).then(found => {{
  const said = found.violations.map(one => [one.id, one.nodes.map(node => node.target.join(" ") + ": " + node.failureSummary)]);
  const out = document.createElement("pre");
  out.id = "axe";
  out.textContent = JSON.stringify([found.passes.length, said]);
  document.body.append(out);
}})</script></body>"""
"""Runs in a copy of the page without its content security policy, which forbids scripts."""

pytestmark = [pytest.mark.browser, pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)]


def violations(page: str, folder: Path, *, dark: bool = False, width: int = 1280) -> list[object]:
    """What axe-core finds wrong; an AssertionError where it did not run."""
    relaxed = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page).replace(
        "<details>", "<details open>"
    )
    if dark:
        relaxed = relaxed.replace("@media (prefers-color-scheme: dark)", "@media all")
    (folder / "page.html").write_text(relaxed.replace("</body>", PROBE.format(axe=AXE.as_uri())), encoding="utf-8")
    shown = browser.document_after_loading(
        folder / "page.html",
        f"--window-size={width},2000",
        "--virtual-time-budget=60000",
        "--allow-file-access-from-files",
    )
    found = re.search(r'<pre id="axe">(.*?)</pre>', shown, re.DOTALL)
    assert found is not None, shown[-2000:]
    passes, said = json.loads(unescape(found[1]))
    assert passes > 10
    return list(said)


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1280), (True, 1280), (False, 500)], ids=["light", "dark", "narrow"]
)
def test_a_report_has_no_violation(html: str, dark: bool, width: int, tmp_path: Path) -> None:
    """Contrast, names, landmarks, headings, tables and lists of a report."""
    assert violations(html, tmp_path, dark=dark, width=width) == []


@pytest.mark.parametrize(
    ("name", "bytes_at_most"), [("county_quarterly", 600_000), ("unit_quarterly", 300_000)], ids=["county", "unit"]
)
def test_the_shipped_reports_have_no_violation(name: str, bytes_at_most: int, tmp_path: Path) -> None:
    """The example's pages with their fold-outs open, each within its budget."""
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    page = render_html(read_blocks(book, name=name))
    assert "<details>" in page
    assert len(page.encode()) < bytes_at_most
    assert violations(page, tmp_path) == []


@pytest.mark.parametrize("kind", ["quarter", "workspace"])
def test_index_pages_have_no_violation(kind: str, tmp_path: Path) -> None:
    """The lists of reports, with failed ones among them."""
    link = FileLink("PDF", "county.pdf", 118_193, "3f" * 32)
    reports = (
        ReportEntry("county", "全县报告（呈阅）", "呈阅", ReportOutcome.SUCCEEDED, (link,)),
        ReportEntry("unit-a", "县公安局", "单位", ReportOutcome.FAILED, (), "第7个单元格运行出错"),
    )
    index = QuarterIndex("n", "重点任务清单", "2024Q4", "2024年第四季度", date(2025, 1, 6), ("示例数据",), reports)
    page = render_quarter_index(index) if kind == "quarter" else render_index([index])
    assert violations(page, tmp_path) == []
