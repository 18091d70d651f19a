"""Heads, tables and figures: frozen, complete, escaped."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from yuechi_report.page.figure import Figure
from yuechi_report.page.head import CheckCode, Head
from yuechi_report.page.model import Shown
from yuechi_report.page.table import Cell, Column, Detail, GroundLine, Table

HOSTILE = '<script>alert("1")</script>&\'<b>'
ESCAPED = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#x27;&lt;b&gt;"
TWO = (Column(key="a", title="甲"), Column(key="b", title="乙"))


def head(**fields: Any) -> Head:
    """A head with the fields that matter."""
    values = {
        "title": ("重点任务", "2024年第四季度落实情况"),
        "masthead": "督查专报",
        "byline": "呈：县政府领导",
        "office": "县政府督查室",
        "notice_id": "n",
        "quarter": "2024Q4",
        "edition": "呈阅",
        "document_date": date(2025, 1, 6),
        "draft": "送审稿第1稿（未签发）",
        "check_codes": (CheckCode(label="数据校验码", value="3f9a1c02"),),
    }
    return Head(**(values | fields))


def figure(**fields: Any) -> Figure:
    """A figure with its data."""
    values = {"name": "f", "caption": "图1", "alt": "2项", "data": ({"n": 2},), "width_mm": 156, "height_mm": 40}
    return Figure(**(values | fields), svg="<svg/>")


@pytest.mark.parametrize(("cells", "count"), [(1, 1), (3, 3), (0, 0)], ids=["short", "long", "empty"])
def test_ragged_row_is_refused(cells: int, count: int) -> None:
    """A row with too few or too many cells is an error that names the row."""
    good, bad = (Cell(text="1"), Cell(text="2")), tuple(Cell(text="x") for _ in range(cells))
    with pytest.raises(ValidationError) as caught:
        Table(name="t", columns=TWO, rows=(good, bad))
    assert [error["msg"] for error in caught.value.errors()] == [f"Value error, row 2 has {count} cells for 2 columns"]


def test_unknown_field_is_refused() -> None:
    """A page never drops what it was given."""
    with pytest.raises(ValidationError) as caught:
        Table(name="t", columns=TWO, rows=(), title="x")  # type: ignore[call-arg]
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [("extra_forbidden", ("title",))]


@pytest.mark.parametrize(
    "record", [head(), figure(), Table(name="t", columns=TWO, rows=())], ids=lambda record: type(record).__name__
)
def test_records_are_frozen(record: Shown) -> None:
    """What was shown cannot be changed afterwards."""
    with pytest.raises(ValidationError) as caught:
        record.name = "x"  # type: ignore[attr-defined]
    assert [error["type"] for error in caught.value.errors()] == ["frozen_instance"]


def test_cell_shows_sign_text_and_note() -> None:
    """In that order; the value is for data files."""
    assert Cell(text="3", value=3, note="①", sign="×").shown == "×3①"


def test_table_is_html_with_every_string_escaped() -> None:
    """Titles, caption, cells, signs and notes: none of them can open a tag."""
    table = Table(
        name=HOSTILE,
        caption=HOSTILE,
        columns=(Column(key="a", title=HOSTILE),),
        rows=((Cell(text=HOSTILE, sign="<", note=">"),),),
        notes=(HOSTILE,),
    )
    assert table.to_html() == (
        f"<table><caption>{ESCAPED}</caption><thead><tr><th>{ESCAPED}</th></tr></thead>"
        f"<tbody><tr><td>&lt;{ESCAPED}&gt;</td></tr></tbody></table><p><small>{ESCAPED}</small></p>"
    )


def test_a_detail_is_html_with_every_string_escaped() -> None:
    """JupyterLab unfolds it beside the cell's text; terms and texts cannot open a tag."""
    cell = Cell(
        text="逾期", sign="×", detail=Detail(subject=HOSTILE, grounds=(GroundLine(term=HOSTILE, text=HOSTILE),))
    )
    table = Table(name="t", columns=TWO[:1], rows=((cell,),))
    fold = f"<details><summary>依据</summary><dl><dt>{ESCAPED}</dt><dd>{ESCAPED}</dd></dl></details>"
    assert f"<td>×逾期{fold}</td>" in table.to_html()
    assert Table.model_validate(table.bundle()[Table.mime]) == table


def test_table_without_rows_says_so() -> None:
    """The empty text is shown instead, escaped."""
    table = Table(name="t", columns=TWO, rows=(), empty_text=f"无{HOSTILE}")
    assert table.to_html() == f"<p>无{ESCAPED}</p>"


def test_head_is_html_with_every_string_escaped() -> None:
    """Marks, title lines and byline."""
    html = head(title=(HOSTILE, "二"), marks=(HOSTILE,), byline=HOSTILE).to_html()
    assert html == f"<p><strong>{ESCAPED}</strong></p><h1>{ESCAPED}<br>二</h1><p>{ESCAPED}</p>"


def test_figure_is_html_with_every_string_escaped() -> None:
    """Caption and alternative text."""
    assert figure(caption=HOSTILE, alt=HOSTILE).to_html() == f"<p>{ESCAPED}：{ESCAPED}</p>"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=30))
def test_no_text_opens_a_tag_in_a_bundle(text: str) -> None:
    """Whatever a cell holds, the HTML has the tags of an empty table and no others."""
    columns = (Column(key="a", title="甲"),)
    filled = Table(name="t", columns=columns, rows=((Cell(text=text),),)).bundle()["text/html"]
    plain = Table(name="t", columns=columns, rows=((Cell(text=""),),)).bundle()["text/html"]
    assert [filled.count(sign) for sign in "<>"] == [plain.count(sign) for sign in "<>"]


def test_table_and_head_bundles_carry_json_and_html() -> None:
    """Our JSON for our exporters, HTML for everyone else; the JSON reads back as the record."""
    table = Table(name="t", columns=TWO, rows=((Cell(text="1", value=1), Cell(text="—", value=None)),))
    for record in (table, head()):
        bundle = record.bundle()
        assert list(bundle) == [record.mime, "text/html"]
        assert type(record).model_validate(bundle[record.mime]) == record


def test_figure_bundle_carries_json_and_svg_apart() -> None:
    """The drawing travels as its own medium, not inside the JSON."""
    drawn = figure()
    bundle = drawn.bundle()
    assert (list(bundle), bundle["image/svg+xml"]) == ([drawn.mime, "image/svg+xml"], "<svg/>")
    assert bundle[drawn.mime] == {
        "schema_version": 1,
        "name": "f",
        "caption": "图1",
        "alt": "2项",
        "data": [{"n": 2}],
        "width_mm": 156.0,
        "height_mm": 40.0,
    }


def test_media_types_are_those_of_the_contract() -> None:
    """Exporters find our outputs by these names."""
    assert [kind.mime for kind in (Head, Table, Figure)] == [
        "application/vnd.yuechi.head+json",
        "application/vnd.yuechi.table+json",
        "application/vnd.yuechi.figure+json",
    ]
