"""A register of 300 tasks: nothing leaves its cell, no heading ends a page, no table head is left alone."""

import io
import re
from dataclasses import dataclass
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.pdf import render_pdf

Build = Any
TASKS = 300
SECTIONS = 120
TITLES = ("序号", "类别", "重点任务", "完成时限", "牵头单位", "配合单位", "状态", "进展或说明")
HEADING = re.compile(r"^第\d+节$")
HAIR = 1.5
"""Points: a path as thin as this is a rule of the table."""


@dataclass(frozen=True)
class Sheet:
    """One turned page: x of the column rules, y of the row rules from the top, and its characters."""

    edges: tuple[float, ...]
    rules: tuple[float, ...]
    characters: tuple[tuple[str, float, float, float], ...]

    @property
    def inside(self) -> list[tuple[str, float, float, float]]:
        """Character, left, right and middle height of those between the table's first and last rule."""
        return [character for character in self.characters if self.rules[0] < character[3] < self.rules[-1]]


def row(number: int) -> tuple[str, ...]:
    """A task: short and long texts, addresses without a break, empty cells."""
    progress = "完成接口联调，11月20日起试运行，累计办理1,204件；" * (1 + number % 4)
    address = "https://example.org/" + "a" * 60 if number % 50 == 0 else ""
    return (
        str(number), "户口迁移", "推进社会保障卡“一卡通”应用"[: 6 + number % 8],
        "2024年12月" if number % 3 else "常态化持续实施", "县公安局、县人力资源和社会保障局"[: 4 + number % 4 * 4],
        "县教育科技和体育局" if number % 2 else "—", "逾期未完成（6天、退回补正）" if number % 7 == 0 else "推进中",
        progress + address,
    )  # fmt: skip


@pytest.fixture(scope="module")
def pdf(build: Build) -> bytes:
    """Short sections whose headings fall anywhere on a page, then the register."""
    table = build.table(
        TITLES, *map(row, range(1, TASKS + 1)),
        caption="附件1　重点任务清单", compact=True, landscape=True, header_column=True, notes=("注：时限为原文。",),
    )  # fmt: skip
    sections = [build.markdown(f"## 第{n}节\n\n" + "国" * (37 * (1 + n * n % 7))) for n in range(1, SECTIONS + 1)]
    cells = [build.shown(build.head()), *sections, build.markdown("## 附件"), build.shown(table)]
    return render_pdf(read_blocks(build.notebook(*cells)))


@pytest.fixture(scope="module")
def sheets(pdf: bytes) -> list[Sheet]:
    """The turned pages."""
    document = pypdfium2.PdfDocument(pdf)
    return [_sheet(page) for page in document if page.get_width() > page.get_height()]


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    height, text = page.get_height(), page.get_textpage()
    bounds = [line.get_bounds() for line in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    edges = sorted({round((left + right) / 2, 1) for left, _, right, _ in bounds if right - left < HAIR})
    rules = sorted({round(height - (low + up) / 2, 1) for _, low, _, up in bounds if up - low < HAIR})
    found = ((text.get_text_range(index, 1), text.get_charbox(index)) for index in range(text.count_chars()))
    placed = [(char, box[0], box[2], height - (box[1] + box[3]) / 2) for char, box in found if char.strip()]
    return Sheet(tuple(edges), tuple(rules), tuple(placed))


def test_no_word_leaves_its_cell(sheets: list[Sheet]) -> None:
    """No character touches a rule between columns, not even of a word of 80 letters."""
    assert [len(sheet.edges) for sheet in sheets] == [len(TITLES) + 1] * len(sheets)
    crossing = [
        (char, left, edge)
        for sheet in sheets
        for char, left, right, _ in sheet.inside
        for edge in sheet.edges
        if left < edge < right
    ]
    outside = [
        character
        for sheet in sheets
        for character in sheet.inside
        if not sheet.edges[0] < character[1] < sheet.edges[-1]
    ]
    assert (crossing, outside) == ([], [])


def test_no_line_leaves_its_row(sheets: list[Sheet]) -> None:
    """No character's middle lies on a rule between rows, and every row has its words."""
    for sheet in sheets:
        heights = [middle for _, _, _, middle in sheet.inside]
        rows = list(zip(sheet.rules, sheet.rules[1:], strict=False))
        assert [pair for pair in rows if not any(pair[0] < middle < pair[1] for middle in heights)] == []
        assert min(abs(middle - rule) for middle in heights for rule in sheet.rules) > 2


def test_every_page_of_the_register_has_rows_below_its_head(sheets: list[Sheet]) -> None:
    """Each page repeats the column titles and shows at least two tasks; all 300 are there, in order."""
    numbers = []
    for sheet in sheets:
        first = "".join(char for char, left, _, _ in sheet.inside if left < sheet.edges[1])
        assert first.startswith("序号")
        numbers.append(first.removeprefix("序号"))
    assert "".join(numbers) == "".join(map(str, range(1, TASKS + 1)))
    assert min(len(sheet.rules) for sheet in sheets) >= 4


def test_no_heading_ends_a_page(pdf: bytes) -> None:
    """Below every heading is a line of its text."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document if page.get_height() > page.get_width()]
    lines = [["".join(line.split()) for line in text.split("\r\n")] for text in texts]
    body = [[line for line in page if line.startswith("国") or HEADING.match(line)] for page in lines]
    assert sum(bool(HEADING.match(line)) for page in body for line in page) == SECTIONS
    assert [page[-1] for page in body if HEADING.match(page[-1])] == []


def test_the_outline_names_every_section(pdf: bytes) -> None:
    """All sections and the annex can be jumped to."""
    titles = [item.title for item in pypdf.PdfReader(io.BytesIO(pdf)).outline]
    assert titles == [*(f"第{number}节" for number in range(1, SECTIONS + 1)), "附件"]
