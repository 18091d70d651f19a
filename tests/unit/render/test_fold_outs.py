"""Fold-outs in HTML, and none on paper: where they are, what they are called, that they are only text."""

from html.parser import HTMLParser
from typing import Any

import pytest
from nbformat import NotebookNode

from yuechi_report.page.table import Cell, Column, Detail, GroundLine, Table
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.html import render_html
from yuechi_report.render.pdf import render_pdf

Build = Any
HOSTILE = "</dd></details><script>alert(1)</script>\u202e{{ head }}"


def unfolding(*texts: str, subject: str = "任务7", landscape: bool = False, details: bool = True) -> Table:
    """Three columns; the status in the second unfolds, one row a text."""
    columns = tuple(
        Column(key=key, title=title) for key, title in (("no", "序号"), ("status", "状态"), ("said", "进展"))
    )
    rows = []
    for text in texts:
        detail = Detail(
            subject=subject, grounds=(GroundLine(term="规则", text=text), GroundLine(term="通知", text="第1行"))
        )
        status = Cell(text="逾期未完成", sign="×", strong=True, detail=detail if details else None)
        rows.append((Cell(text="7"), status, Cell(text="接口联调")))
    return Table(name="t", columns=columns, rows=tuple(rows), landscape=landscape, compact=True)


class Rows(HTMLParser):
    """The body's rows, each with its tags in order and its words."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.rows: list[tuple[dict[str, str | None], list[str], str]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row begins, or a tag inside one."""
        if tag == "tr":
            self.rows.append((dict(attrs), [], ""))
        elif self.rows:
            self.rows[-1][1].append(tag)

    def handle_data(self, data: str) -> None:
        """Words inside a row."""
        if self.rows:
            attributes, tags, words = self.rows[-1]
            self.rows[-1] = (attributes, tags, words + data)


def notebook_of(build: Build, table: Table) -> NotebookNode:
    """A report with that table alone."""
    return build.notebook(build.shown(build.head()), build.shown(table))


def page_of(build: Build, table: Table) -> str:
    """Its HTML."""
    return render_html(read_blocks(notebook_of(build, table)))


def test_a_fold_out_is_a_row_of_its_own_below_the_cell(build: Build) -> None:
    """Every row is followed by one that spans the table and holds details, summary and a list of terms."""
    found = Rows(page_of(build, unfolding("甲", "乙"))).rows
    assert [row[0].get("class") for row in found] == [None, None, "why", None, "why"]
    assert found[2][1] == ["td", "details", "summary", "span", "dl", "dt", "dd", "dt", "dd"]
    assert "".join(found[2][2].split()) == "依据：任务7规则甲通知第1行"


def test_a_fold_out_is_closed_and_needs_no_script(build: Build) -> None:
    """Closed until it is opened, by the browser's own means; it spans all columns."""
    page = page_of(build, unfolding("甲"))
    assert '<tr class="why"><td colspan="3"><details><summary>依据' in page
    assert ("<script" in page, "onclick" in page, "<details open" in page) == (False, False, False)


def test_every_summary_has_a_name_of_its_own(build: Build) -> None:
    """Read aloud, 依据 is followed by its subject, so that a list of controls keeps them apart."""
    page = page_of(build, unfolding("甲", subject="任务27"))
    assert '<summary>依据<span class="unseen">：任务27</span></summary>' in page


def test_the_summary_stands_in_its_column(build: Build) -> None:
    """The style lifts it into the cell: it begins where the columns before it end, and is no wider."""
    page = page_of(build, unfolding("甲"))
    rules = [line for line in page.splitlines() if ".why summary{" in line]
    first = next(line for line in page.splitlines() if "col:nth-child(1)" in line)
    second = next(line for line in page.splitlines() if "col:nth-child(2)" in line)
    share = {line: line.partition("width:")[2].rstrip("%}") for line in (first, second)}
    assert rules == [f"#tableblock-1 .why summary{{left:{share[first]}%;max-width:{share[second]}%}}"]


def test_hostile_grounds_are_only_text(build: Build) -> None:
    """They cannot close the fold-out, start a script or turn the line."""
    page = page_of(build, unfolding(HOSTILE, subject=HOSTILE))
    assert "&lt;/dd&gt;&lt;/details&gt;&lt;script&gt;alert(1)&lt;/script&gt;〔U+202E〕{{ head }}" in page
    assert ("<script" in page, page.count("</details>")) == (False, 1)


def test_a_table_without_details_has_no_rows_for_them(build: Build) -> None:
    """Nothing is added where there is nothing to unfold."""
    page = page_of(build, unfolding("甲", details=False))
    assert ('class="why"' in page, ".why summary{left" in page) == (False, False)


@pytest.mark.parametrize("landscape", [False, True], ids=["upright", "turned"])
def test_paper_leaves_fold_outs_out(build: Build, landscape: bool) -> None:
    """A PDF with details is byte for byte the PDF without them."""
    with_details, without = (
        render_pdf(
            read_blocks(notebook_of(build, unfolding("甲", landscape=landscape, details=details)), name="t"), name="t"
        )
        for details in (True, False)
    )
    assert with_details == without
