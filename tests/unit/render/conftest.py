"""Small notebooks built by hand, and the pages made of them, each made once."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import matplotlib as mpl
import nbformat
import pypdf
import pypdfium2
import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure as Drawing
from nbformat import NotebookNode

from yuechi_report.page.figure import Figure
from yuechi_report.page.fonts import font_files
from yuechi_report.page.head import CheckCode, Head
from yuechi_report.page.model import Shown
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.html import render_html
from yuechi_report.render.pdf import render_pdf

MARK = "示例数据：进展、完成、逾期等情况均为虚构，与所列单位实际工作无关"
HOSTILE = (
    "<script>alert(1)</script>",
    "#set page(width: 1cm)",
    "$x^2$",
    "\\`code\\`",
    "]]>",
    "{{ head }}",
    "\u202e",
    "😀",
)
LONG = "W" * 300


@dataclass(frozen=True)
class Build:
    """The pieces of a notebook."""

    mark: str = MARK
    long: str = LONG

    def head(self, **changes: Any) -> Head:
        """The head of a county report."""
        head = Head(
            title=("37项川渝便捷生活重点任务", "2024年第四季度落实情况"),
            masthead="督查专报（示例）第×期",
            classification="内部资料　注意保存",
            byline="呈：县政府领导　状态、材料均截至2025年1月6日18时",
            office="县政府督查室（示例）",
            notice_id="yuechi-2024",
            quarter="2024Q4",
            edition="呈阅",
            document_date=date(2025, 1, 6),
            marks=(MARK,),
            draft="送审稿第2稿（未签发）",
            check_codes=(CheckCode(label="台账校验码", value="3f9a1c02"),),
        )
        return head.model_copy(update=changes)

    def table(self, titles: tuple[str, ...], *rows: tuple[str, ...], **options: Any) -> Table:
        """A table of plain cells."""
        columns = tuple(Column(key=f"c{number}", title=title) for number, title in enumerate(titles))
        return Table(
            name="t", columns=columns, rows=tuple(tuple(Cell(text=text) for text in row) for row in rows), **options
        )

    def markdown(self, source: str, *tags: str) -> NotebookNode:
        """A Markdown cell."""
        return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)})

    def shown(self, *records: Shown, tags: tuple[str, ...] = ()) -> NotebookNode:
        """A code cell whose outputs are our records."""
        return self.code(*({"data": record.bundle()} for record in records), tags=tags)

    def code(self, *outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> NotebookNode:
        """A code cell; an output is a display unless it names its type."""
        nodes = [nbformat.v4.new_output(**({"output_type": "display_data"} | output)) for output in outputs]
        return nbformat.v4.new_code_cell("secret_source()", outputs=nodes, metadata={"tags": list(tags)})

    def notebook(self, *cells: NotebookNode) -> NotebookNode:
        """A notebook with stable cell ids, run from top to bottom."""
        for number, cell in enumerate(cells):
            cell["id"] = f"cell-{number}"
        for number, cell in enumerate((cell for cell in cells if cell.cell_type == "code"), start=1):
            cell["execution_count"] = number
        return nbformat.v4.new_notebook(cells=list(cells))

    def figure(self) -> Figure:
        """Two bars drawn by matplotlib, their words kept as text."""
        return Figure(
            name="bars", caption="限时任务状态", alt="已销号6项，逾期3项", width_mm=140, height_mm=47, svg=_drawing()
        )


def _drawing() -> str:
    for path in font_files():
        font_manager.fontManager.addfont(path)
    with mpl.rc_context({"svg.fonttype": "none", "font.family": "Noto Sans SC", "svg.hashsalt": "tests"}):
        drawing = Drawing(figsize=(6, 2))
        drawing.add_subplot().barh(["逾期", "已销号"], [3, 6])
        target = io.StringIO()
        drawing.savefig(target, format="svg", metadata={"Date": None})
    return target.getvalue()


@pytest.fixture(scope="session")
def build() -> Build:
    """The builder."""
    return Build()


@pytest.fixture(scope="session")
def notebook(build: Build) -> NotebookNode:
    """A report with everything a page can hold, hostile strings among it."""
    register = build.table(
        ("序号", "重点任务", "进展情况"),
        *((str(number), "推进社会保障卡“一卡通”应用", "完成接口联调；" * 8) for number in range(1, 41)),
        caption="附件　重点任务台账",
        compact=True,
        landscape=True,
        header_column=True,
        notes=("注：时限为通知原文。",),
    )
    small = build.table(
        ("限时任务", "已销号", "合计"), ("本季（上季）", "6（0）", "15"), ("<b>甲</b>", LONG, "#x"), compact=True
    )
    return build.notebook(
        build.shown(build.head()),
        build.markdown("分析人员看的说明", "analyst"),
        build.markdown("## 一、结论\n\n15项任务：**销号6项。**其余*继续*推进。\n\n①任务27不计逾期。"),
        build.shown(small),
        build.markdown("### （一）图\n\n- 第一条\n- 第二条\n\n见[通知](https://example.org/n)。"),
        build.shown(build.figure()),
        build.shown(build.table(("单位", "任务"), empty_text="本季无逾期任务。")),
        build.markdown("## 二、其他", "new-page"),
        build.markdown("　".join(HOSTILE) + "\n\n" + LONG + "\n\n" + "！" * 120),
        build.markdown("## 附件"),
        build.shown(register),
        build.markdown("## 三、附后\n\n回到竖页。"),
    )


@pytest.fixture(scope="session")
def pdf(notebook: NotebookNode) -> bytes:
    """The report as PDF."""
    return render_pdf(read_blocks(notebook, name="county"), name="county")


@pytest.fixture(scope="session")
def reader(pdf: bytes) -> pypdf.PdfReader:
    """The PDF's structure."""
    return pypdf.PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="session")
def pages(pdf: bytes) -> list[str]:
    """The words of every page without any space."""
    document = pypdfium2.PdfDocument(pdf)
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return texts


@pytest.fixture(scope="session")
def html(notebook: NotebookNode) -> str:
    """The report as HTML."""
    return render_html(read_blocks(notebook, name="county"))
