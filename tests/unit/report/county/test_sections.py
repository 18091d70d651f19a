"""The outline of the county report: a number is a place in it, and whatever points to a part follows."""

import ast
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
import pytest
from builders import entry, task
from report_parts import fixed

from yuechi_report.report.context import CIRCULAR, Report
from yuechi_report.report.county import footnotes, page_one, sections, tasks, unfinished
from yuechi_report.report.county.sections import SECTIONS, TABLES, Part

Make = Callable[..., Report]
NOTEBOOK = Path(__file__).resolve().parents[4] / "notebooks" / "county_quarterly.ipynb"


def test_what_points_to_a_part_follows_when_one_is_added(
    make: Make, example: Mapping[str, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part and a table more near the top: headings, captions and the references of page one move on."""
    said = entry(task_no=1, issues="改造资金来源和承建单位在三家之间尚未商定")
    crowded = make(fixed(1, 2, 3, 4, 5, 6, 7), said)
    monkeypatch.setattr(sections, "SECTIONS", (SECTIONS[0], Part("news", "要闻"), *SECTIONS[1:]))
    monkeypatch.setattr(sections, "TABLES", (("news", "要闻"), *TABLES))
    assert page_one.overdue_heading(crowded).markdown == (
        "## 四、逾期7项（先列6项，其余见第八部分；拟限1月20日前回复）"
    )
    assert page_one.overdue(crowded).rows[0][4].text == "详见第八部分"
    assert "见第十一部分；" in footnotes.notes(example["2025Q1"]).markdown
    assert (tasks.closed(crowded).caption, unfinished.blocked(crowded).caption) == ("表4　本季销号", "表6　受上级制约")


def test_headings_of_the_notebook_are_the_outline() -> None:
    """Page breaks and empty parts apart, the committed notebook reads 一 to 十二 in its outputs, in order."""
    outputs = [
        output.data["text/markdown"]
        for cell in nbformat.read(NOTEBOOK, as_version=4).cells
        for output in cell.get("outputs", ())
        if output.output_type != "error" and "text/markdown" in output.data
    ]
    headings = [line for text in outputs for line in text.splitlines() if line.startswith("## ")]
    numbers = [line.removeprefix("## ").split("、")[0] for line in headings if "附件" not in line]
    assert numbers == [sections.part(section.key)[1:-2] for section in SECTIONS]


def test_every_part_is_asked_for_by_its_key() -> None:
    """The notebook's calls name parts that the outline has; a misspelt one is an error."""
    named = {section.key for section in SECTIONS} | {key for key, _ in sections.ANNEXES}
    calls = [
        node.args[1].value
        for cell in nbformat.read(NOTEBOOK, as_version=4).cells
        if cell.cell_type == "code"
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("county.heading", "county.annex_heading")
        if isinstance(node.args[1], ast.Constant)
    ]
    assert set(calls) <= named
    assert len(calls) == len(set(calls))


def test_titles_of_the_units_edition(make: Make) -> None:
    """What the leaders settle is for the units what is required of them."""
    assert sections.heading(make((task(),)), sections.MATTERS).markdown == "## 二、需县领导研究的事"
    assert sections.heading(make((task(),), edition=CIRCULAR), sections.MATTERS).markdown == "## 二、下一步要求"


def test_annexes_are_numbered_within_an_edition(make: Make) -> None:
    """The units get no list of documents, so the method is their second annex."""
    assert sections.annex_heading(make((task(),)), sections.METHOD).markdown == "## 附件3　判定方法"
    assert sections.annex_heading(make((task(),), edition=CIRCULAR), sections.METHOD).markdown == "## 附件2　判定方法"
