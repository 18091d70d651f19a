"""A notebook becomes a head and blocks; what no page can show is refused by name."""

import logging
from base64 import b64encode
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from yuechi_report.errors import Fault, Place, ReportFailed
from yuechi_report.page.figure import Figure
from yuechi_report.page.head import Head
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.content import (
    FigureBlock,
    Heading,
    PageBreak,
    PageTurn,
    Paragraph,
    Preformatted,
    Span,
    TableBlock,
)

Build = Any


def refusal(notebook: Any) -> tuple[Fault, ...]:
    """The faults with which a notebook is refused."""
    with pytest.raises(ReportFailed) as caught:
        read_blocks(notebook, name="county")
    return caught.value.faults


def test_the_head_comes_first_and_the_rest_in_order(build: Build) -> None:
    """Records and prose become blocks in the order of the cells, the head before all."""
    table = build.table(("单位",), ("县公安局",))
    figure = build.figure()
    notebook = build.notebook(
        build.markdown("甲"), build.shown(build.head()), build.shown(table, figure), build.markdown("乙")
    )
    assert read_blocks(notebook) == (
        build.head(),
        Paragraph((Span("甲"),)),
        TableBlock(table),
        FigureBlock(figure.model_copy(update={"svg": ""}), figure.svg.encode()),
        Paragraph((Span("乙"),)),
    )


def test_analyst_cells_are_left_out_but_for_the_head(build: Build) -> None:
    """Prose and outputs tagged analyst are not shown; a head is needed wherever it is."""
    notebook = build.notebook(
        build.shown(build.head(), build.table(("a",)), tags=("analyst",)), build.markdown("说明", "analyst")
    )
    assert read_blocks(notebook) == (build.head(),)


def test_tags_turn_pages(build: Build) -> None:
    """new-page, landscape and portrait become flow blocks before the cell's own."""
    notebook = build.notebook(
        build.shown(build.head()),
        build.markdown("甲", "landscape", "new-page"),
        build.markdown("乙", "portrait"),
    )
    assert read_blocks(notebook)[1:] == (
        PageBreak(),
        PageTurn(landscape=True),
        Paragraph((Span("甲"),)),
        PageTurn(landscape=False),
        Paragraph((Span("乙"),)),
    )


def test_heading_levels_have_no_gaps(build: Build) -> None:
    """Levels 2, 4, 3, 2 are read as 1, 2, 2, 1: none is skipped on the way down."""
    notebook = build.notebook(build.shown(build.head()), build.markdown("## a\n\n#### b\n\n### c\n\n## d"))
    levels = [block.level for block in read_blocks(notebook) if isinstance(block, Heading)]
    assert levels == [1, 2, 2, 1]


def test_an_error_output_names_its_cell(build: Build) -> None:
    """A cell that failed stops the report, without colour codes."""
    error = {"output_type": "error", "ename": "ValueError", "evalue": "\x1b[31m坏\x1b[0m", "traceback": []}
    assert refusal(build.notebook(build.shown(build.head()), build.code(error))) == (
        Fault(Place("county", cell="2"), "单元格运行出错（ValueError：坏）", "改正后重新运行笔记本，再生成报告"),
    )


@pytest.mark.parametrize(
    ("output", "kind"),
    [
        ({"data": {"application/x-unknown": "x", "text/html": "<p>"}}, "application/x-unknown、text/html"),
        ({"data": {"text/plain": "x"}}, "text/plain"),
        ({"data": {}}, "空"),
        ({"output_type": "stream", "name": "stdout", "text": "x"}, "stdout"),
    ],
)
def test_our_notebooks_show_only_our_types(build: Build, output: dict[str, Any], kind: str) -> None:
    """An output that is no head, table, figure or Markdown is refused by its name."""
    faults = refusal(build.notebook(build.shown(build.head()), build.code(output)))
    assert [(fault.place.cell, fault.problem) for fault in faults] == [("2", f"输出类型“{kind}”不能排入报告")]


def test_standard_error_is_logged_and_left_out(build: Build, caplog: pytest.LogCaptureFixture) -> None:
    """A library's warning neither stops a report nor appears in it."""
    stream = {"output_type": "stream", "name": "stderr", "text": "warned\n"}
    with caplog.at_level(logging.WARNING):
        blocks = read_blocks(build.notebook(build.shown(build.head()), build.code(stream)), name="county")
    assert blocks == (build.head(),)
    assert caplog.messages == ["文件“county” 单元格2：标准错误输出未排入报告：warned"]


def test_a_record_of_another_version_is_refused(build: Build) -> None:
    """JSON that does not fit the page type names the first field that is wrong."""
    broken = {"data": {"application/vnd.yuechi.table+json": {"name": "t", "columns": [], "rows": [], "new": 1}}}
    faults = refusal(build.notebook(build.shown(build.head()), build.code(broken)))
    assert [fault.problem.split("（")[1][:4] for fault in faults] == ["new："]


def test_two_different_heads_are_refused(build: Build) -> None:
    """A page has one head; the same head twice is one."""
    other = build.head(draft="送审稿第3稿")
    assert read_blocks(build.notebook(build.shown(build.head(), build.head()))) == (build.head(),)
    assert [fault.problem for fault in refusal(build.notebook(build.shown(build.head(), other)))] == [
        "笔记本中有两个不同的报告首部"
    ]


@pytest.mark.parametrize(
    ("svg", "problem"),
    [
        ("", "图“f”没有图形（image/svg+xml）"),
        ("<svg><text style=\"font: 10px 'Arial'\">a</text></svg>", "图“f”用了未安装的字体（Arial）"),
        ('<svg><text font-family="Comic">a</text></svg>', "图“f”用了未安装的字体（Comic）"),
    ],
)
def test_a_figure_needs_a_drawing_in_our_fonts(build: Build, svg: str, problem: str) -> None:
    """A figure without its SVG, or with a font that would be guessed, is refused."""
    figure = Figure(name="f", caption="", alt="a", width_mm=10, height_mm=10, svg=svg)
    faults = refusal(build.notebook(build.shown(build.head()), build.shown(figure)))
    assert [fault.problem for fault in faults] == [problem]


def test_a_foreign_notebook_is_shown_as_it_is(build: Build) -> None:
    """Without our head: title from the first heading, text preformatted, pictures as figures."""
    target = BytesIO()
    Image.new("RGB", (96, 48)).save(target, "PNG")
    png = target.getvalue()
    notebook = build.notebook(
        build.markdown("# 别处的笔记本\n\n甲"),
        build.code(
            {"output_type": "stream", "name": "stdout", "text": "\x1b[1m1  2\x1b[0m\n"},
            {"data": {"image/png": b64encode(png).decode(), "text/plain": "<Figure>"}},
            {"data": {"text/html": "<table>", "text/plain": "  a\n0 1"}},
            {"output_type": "stream", "name": "stdout", "text": "\n"},
        ),
    )
    head = Head(
        title=("别处的笔记本",),
        masthead="",
        byline="",
        office="",
        notice_id="",
        quarter="",
        edition="",
        document_date=date(1970, 1, 1),
        draft="由笔记本直接导出，非印发件",
    )
    figure = Figure(name="foreign", caption="", alt="原笔记本中的图，未附文字说明", width_mm=25.4, height_mm=12.7)
    assert read_blocks(notebook) == (
        head,
        Paragraph((Span("甲"),)),
        Preformatted("1  2"),
        FigureBlock(figure, png, "png"),
        Preformatted("  a\n0 1"),
    )


@pytest.mark.parametrize(("name", "title"), [("desk", "desk"), ("", "未命名笔记本")])
def test_a_foreign_notebook_without_heading_is_named_by_its_file(build: Build, name: str, title: str) -> None:
    """The file name is the title, and there is always one."""
    head, *_ = read_blocks(build.notebook(build.markdown("甲")), name=name)
    assert isinstance(head, Head)
    assert head.title == (title,)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ('width="72pt" height="36pt"', (25.4, 12.7)),
        ('width="400mm" height="100mm"', (156.0, 39.0)),
        ("", (156.0, 93.6)),
    ],
)
def test_a_foreign_drawing_keeps_its_size_within_the_page(
    build: Build, size: str, expected: tuple[float, float]
) -> None:
    """An SVG's own size counts, at most the type width; without one the full width is taken."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}></svg>'
    _, block = read_blocks(build.notebook(build.code({"data": {"image/svg+xml": svg}})))
    assert isinstance(block, FigureBlock)
    assert (block.figure.width_mm, block.figure.height_mm) == expected
