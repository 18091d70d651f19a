"""The PDF: geometry, fonts, words, outline, standards, and the same bytes for the same input."""

import hashlib
import io
import logging
import os
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import nbformat
import pypdf
import pypdfium2
import pytest
from pypdf.generic import ContentStream

from yuechi_report.errors import ReportFailed
from yuechi_report.page.figure import Figure
from yuechi_report.page.theme import LAYOUTS, MM_PER_POINT, TYPE_HEIGHT_MM, TYPE_WIDTH_MM
from yuechi_report.render import pdf as pdf_room
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.exporters import YuechiPdfExporter
from yuechi_report.render.pdf import render_pdf

Build = Any
A4 = (210, 297)
BODY_MM = (30.0, 267.0)
"""Between the marks above and the page number below."""


def boxes_mm(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of every visible character, from the page's upper left corner."""
    height = page.get_height()
    text = page.get_textpage()
    printed = (index for index in range(text.count_chars()) if text.get_text_range(index, 1).strip())
    found = map(text.get_charbox, printed)
    return [
        (
            left * MM_PER_POINT,
            (height - top) * MM_PER_POINT,
            right * MM_PER_POINT,
            (height - bottom) * MM_PER_POINT,
        )
        for left, bottom, right, top in found
    ]


def fonts_of(reader: pypdf.PdfReader) -> list[Any]:
    """The font dictionaries of all pages."""
    fonts = [page["/Resources"].get("/Font", {}) for page in reader.pages]
    return [font.get_object() for page in fonts for font in page.values()]


def test_every_page_is_a4(reader: pypdf.PdfReader) -> None:
    """Upright pages and the turned annex are A4."""
    sizes = [
        (round(page.mediabox.width * MM_PER_POINT), round(page.mediabox.height * MM_PER_POINT)) for page in reader.pages
    ]
    turned = [size != A4 for size in sizes]
    assert set(sizes) == {A4, A4[::-1]}
    assert turned == [*sorted(turned[:-1]), False]


def test_upright_text_stands_in_the_type_area(pdf: bytes) -> None:
    """156 × 225 mm at 28 mm from the left and 37 mm from the top, hostile words included."""
    document = pypdfium2.PdfDocument(pdf)
    upright = [page for page in document if page.get_height() > page.get_width()]
    body = [box for page in upright[1:] for box in boxes_mm(page) if BODY_MM[0] < box[1] < BODY_MM[1]]
    left, top, right, bottom = (
        pick(side) for pick, side in zip((min, min, max, max), zip(*body, strict=True), strict=True)
    )
    assert (round(left), round(top)) == (28, 37)
    assert right <= 28 + TYPE_WIDTH_MM + 0.3
    assert bottom <= 37 + TYPE_HEIGHT_MM


def test_the_letter_has_22_lines_of_28_characters(build: Build) -> None:
    """A letter's full page holds the lines and characters of GB/T 9704-2012."""
    notebook = build.notebook(
        build.shown(build.head(layout="letter", title=("函",), byline="")), build.markdown("国" * 28 * 60)
    )
    document = pypdfium2.PdfDocument(render_pdf(read_blocks(notebook)))
    body = [box for box in boxes_mm(document[1]) if BODY_MM[0] < box[1] < BODY_MM[1]]
    rows = {round(top) for _, top, _, _ in body}
    assert (len(rows), len(body)) == (22, 22 * 28)


def test_long_words_stay_in_their_column(build: Build) -> None:
    """A word of 300 letters is broken inside its cell and never reaches the next."""
    table = build.table(("甲", "乙"), (build.long, "国" * 40))
    document = pypdfium2.PdfDocument(
        render_pdf(read_blocks(build.notebook(build.shown(build.head(title=("表",), byline="")), build.shown(table))))
    )
    text = document[0].get_textpage()
    shown = [(text.get_text_range(index, 1), text.get_charbox(index)) for index in range(text.count_chars())]
    letters = [box for char, box in shown if char == "W"]
    neighbours = [box for char, box in shown if char == "国"]
    assert (len(letters), len(neighbours)) == (300, 40)
    assert max(box[2] for box in letters) < min(box[0] for box in neighbours)


def test_only_the_two_families_are_embedded(reader: pypdf.PdfReader) -> None:
    """Every font is a subset of ours, embedded, in its one weight."""
    fonts = fonts_of(reader)
    embedded = ["/FontFile3" in font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    names = {str(font["/BaseFont"]).partition("+")[2].removesuffix("-Identity-H") for font in fonts}
    assert (names, set(embedded)) == ({"NotoSerifSC-Regular", "NotoSansSC-Regular"}, {True})


def test_no_glyph_is_missing(reader: pypdf.PdfReader) -> None:
    """No text operator shows glyph 0, the box of a missing character."""
    shown: list[int] = []
    for page in reader.pages:
        contents = page.get_contents()
        assert isinstance(contents, ContentStream)
        for operands, operator in contents.operations:
            if operator in (b"Tj", b"TJ"):
                strings = operands[0] if operator == b"TJ" else operands
                shown += chain.from_iterable(
                    _codes(string) for string in strings if not isinstance(string, (int, float))
                )
    assert len(shown) > 1000
    assert 0 not in shown


def _codes(string: Any) -> list[int]:
    raw = string if isinstance(string, bytes) else string.original_bytes
    return [int.from_bytes(raw[index : index + 2]) for index in range(0, len(raw), 2)]


def test_words_come_out_as_they_went_in(build: Build) -> None:
    """Copied text is the text put in, every span, cell, note and mark of a page, in order of reading."""
    table = build.table(("单位", "任务"), ("县公安局", "居住证互通“双向”"), caption="分单位", notes=("注：牵头口径。",))
    notebook = build.notebook(
        build.shown(build.head()), build.markdown("## 一、结论\n\n15项：**销号6项。**office *fi*x"), build.shown(table)
    )
    page = pypdfium2.PdfDocument(render_pdf(read_blocks(notebook)))[0]
    words = "".join(page.get_textpage().get_text_bounded().split())
    expected = [
        build.mark,
        "督查专报（示例）第×期内部资料注意保存",
        "37项川渝便捷生活重点任务2024年第四季度落实情况",
        "呈：县政府领导状态、材料均截至2025年1月6日18时",
        "一、结论15项：销号6项。officefix",
        "分单位单位任务县公安局居住证互通“双向”注：牵头口径。",
        "送审稿第2稿（未签发）台账校验码3f9a1c02—1—",
    ]
    assert words == "".join(expected)


def test_hostile_strings_are_only_text(pages: list[str]) -> None:
    """Markup of three languages is printed as it was written; what no font has, as its code."""
    body = "".join(pages)
    expected = "<script>alert(1)</script>#setpage(width:1cm)$x^2$`code`]]>{{head}}〔U+202E〕〔U+1F600〕"
    assert expected in body
    assert "<b>甲</b>" in body


def test_figure_text_can_be_searched(pages: list[str]) -> None:
    """The words of an SVG stay words, and its caption is set under it."""
    page = next(page for page in pages if "限时任务状态" in page)
    assert page.index("已销号") < page.index("限时任务状态")


def test_nothing_for_the_analyst_is_printed(pages: list[str]) -> None:
    """Neither code nor prose tagged analyst reaches the page."""
    body = "".join(pages)
    assert [word for word in ("secret_source", "分析人员") if word in body] == []


def test_marks_and_draft_stand_on_every_page(pages: list[str], build: Build) -> None:
    """Each page begins with the marks and bears draft, check code and its number."""
    last = len(pages)
    signs = [
        page.startswith(build.mark) and "送审稿第2稿（未签发）台账校验码3f9a1c02" in page and f"—{number}—" in page
        for number, page in enumerate(pages, 1)
    ]
    assert signs == [True] * last


def test_page_numbers_stand_on_the_outer_side(pdf: bytes) -> None:
    """Odd pages have their number right, even pages left."""
    document = pypdfium2.PdfDocument(pdf)
    sides = []
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        index, _ = text.search(f"— {number} —").get_next() or (-1, 0)
        sides.append(text.get_charbox(index)[0] > page.get_width() / 2)
    assert sides == [number % 2 == 1 for number in range(1, len(document) + 1)]


def test_header_rows_are_repeated(pages: list[str]) -> None:
    """The register runs over several pages and each shows its column titles."""
    annex = [page for page in pages if "推进社会保障卡" in page]
    assert len(annex) > 1
    assert [page.count("序号重点任务进展情况") for page in annex] == [1] * len(annex)
    assert sum(page.count("推进社会保障卡“一卡通”应用") for page in annex) == 40


def test_an_empty_table_says_so(pages: list[str]) -> None:
    """A table without rows prints its sentence and no column titles."""
    body = "".join(pages)
    assert "本季无逾期任务。" in body
    assert "单位任务" not in body


def test_the_outline_is_the_headings(reader: pypdf.PdfReader) -> None:
    """Bookmarks are the headings, level 2 under level 1."""

    def titles(items: Any) -> list[Any]:
        return [titles(item) if isinstance(item, list) else item.title for item in items]

    assert titles(reader.outline) == ["一、结论", ["（一）图"], "二、其他", "附件", "三、附后"]


def test_the_standards_are_declared(reader: pypdf.PdfReader) -> None:
    """XMP says PDF/A-2a and PDF/UA-1; the catalogue says tagged and Chinese; title and date are the head's."""
    catalogue: Any = reader.root_object
    xmp = catalogue["/Metadata"].get_data().decode()
    declared = [
        "<pdfaid:part>2</pdfaid:part>" in xmp,
        "<pdfaid:conformance>A</pdfaid:conformance>" in xmp,
        "<pdfuaid:part>1</pdfuaid:part>" in xmp,
    ]
    assert declared == [True, True, True]
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == ("zh-CN", True)
    assert reader.metadata is not None
    assert reader.metadata.title == "37项川渝便捷生活重点任务2024年第四季度落实情况"
    assert str(reader.metadata.get("/CreationDate")).startswith("D:20250106")


def test_figures_have_their_words(reader: pypdf.PdfReader) -> None:
    """The alternative text of a figure is in the structure tree."""

    def alternatives(node: Any) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [text for child in node for text in alternatives(child)]
        if not isinstance(node, dict):
            return []
        own = [str(node["/Alt"])] if "/Alt" in node else []
        return own + alternatives(node.get("/K", []))

    root: Any = reader.root_object
    assert "已销号6项，逾期3项" in alternatives(root["/StructTreeRoot"]["/K"])


def test_another_process_makes_the_same_bytes(pdf: bytes, notebook: Any, tmp_path: Path) -> None:
    """`jupyter nbconvert --to yuechi-pdf` elsewhere, in another time zone, gives the same file."""
    source = tmp_path / "other.ipynb"
    nbformat.write(notebook, source)
    temporary = tmp_path / "another place"
    temporary.mkdir()
    environment = os.environ | {"TMPDIR": str(temporary), "TZ": "America/Lima", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "yuechi-pdf", source.name],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        timeout=60,
    )
    made = (tmp_path / "other.pdf").read_bytes()
    assert hashlib.sha256(made).hexdigest() == hashlib.sha256(pdf).hexdigest()
    assert list(temporary.iterdir()) == []


def test_the_exporter_names_its_output(notebook: Any, pdf: bytes) -> None:
    """The exporter gives the bytes and a .pdf extension."""
    output, resources = YuechiPdfExporter().from_notebook_node(notebook, {"metadata": {"name": "county"}})
    assert (output, resources["output_extension"]) == (pdf, ".pdf")


def test_missing_characters_are_logged(build: Build, caplog: pytest.LogCaptureFixture) -> None:
    """A character no font has is a warning that names report and code, and stops nothing."""
    notebook = build.notebook(build.shown(build.head()), build.markdown("甲😀"))
    with caplog.at_level(logging.WARNING):
        render_pdf(read_blocks(notebook), name="county")
    assert caplog.messages == ["county：字库缺字，已改印字符编码：U+1F600"]


def test_a_broken_drawing_fails_the_report(build: Build) -> None:
    """What Typst cannot set is a report's failure with Typst's words, not a traceback."""
    figure = Figure(name="f", caption="", alt="a", width_mm=10, height_mm=10, svg="<svg")
    with pytest.raises(ReportFailed, match="PDF 排版未通过"):
        render_pdf(read_blocks(build.notebook(build.shown(build.head()), build.shown(figure))), name="county")


def test_an_unknown_font_fails_the_report(build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst only warns of a font it does not have; here a warning is an error."""
    template = tmp_path / "report.typ"
    template.write_text(
        pdf_room.TEMPLATE.read_text().replace("#let sans = doc.fonts.sans", '#let sans = "No Such Font"')
    )
    monkeypatch.setattr(pdf_room, "TEMPLATE", template)
    with pytest.raises(ReportFailed, match="unknown font family"):
        render_pdf(read_blocks(build.notebook(build.shown(build.head()), build.markdown("甲"))))


def test_a_row_taller_than_a_page_is_split(build: Build) -> None:
    """A cell of several pages is printed whole."""
    table = build.table(("甲", "乙"), ("国" * 4000, "县"))
    pdf = render_pdf(read_blocks(build.notebook(build.shown(build.head()), build.shown(table))))
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) > 1
    assert sum(page.extract_text().count("国") for page in pages) == 4000


def test_sizes_derive_from_the_base() -> None:
    """A brief's line is 28 mm from the left to 36 characters, a letter's 28 characters."""
    characters = {name: int(TYPE_WIDTH_MM / MM_PER_POINT / layout.base) for name, layout in LAYOUTS.items()}
    assert characters == {"brief": 36, "letter": 28}
