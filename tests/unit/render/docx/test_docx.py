"""The Word file: styles, outline, tables, pictures, marks and numbers, and the same bytes for the same input."""

import hashlib
import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import nbformat
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from yuechi_report.errors import ReportFailed
from yuechi_report.page import theme
from yuechi_report.page.figure import Figure
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.docx.body import render_docx
from yuechi_report.render.docx.runs import safe_address, written
from yuechi_report.render.exporters import YuechiDocxExporter

Build = Any
FACES = {
    "Title": "方正小标宋简体", "公文正文": "仿宋_GB2312", "Heading 1": "黑体",
    "Heading 2": "楷体_GB2312", "Heading 3": "仿宋_GB2312", "表格栏目": "黑体",
}  # fmt: skip


@pytest.fixture(scope="session")
def word(notebook: Any) -> bytes:
    """The report as a Word file."""
    return render_docx(read_blocks(notebook, name="county"), name="county")


@pytest.fixture(scope="session")
def document(word: bytes) -> Document:
    """The file, opened."""
    return docx.Document(io.BytesIO(word))


def opened(build: Build, *cells: Any, **head: Any) -> Document:
    """A small report, opened."""
    notebook = build.notebook(build.shown(build.head(**head)), *cells)
    return docx.Document(io.BytesIO(render_docx(read_blocks(notebook))))


def parts(word: bytes) -> dict[str, bytes]:
    """The members of the file."""
    with ZipFile(io.BytesIO(word)) as package:
        return {name: package.read(name) for name in package.namelist()}


def face(document: Document, style: str) -> str | None:
    """The Chinese face of a style."""
    return document.styles[style].element.rPr.rFonts.get(qn("w:eastAsia"))


def test_the_outline_is_the_headings(document: Document) -> None:
    """The built-in headings, which Word's navigation reads, are the blocks' headings with their levels."""
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert found == [
        ("Heading 1", "一、结论"),
        ("Heading 2", "（一）图"),
        ("Heading 1", "二、其他"),
        ("Heading 1", "附件"),
        ("Heading 1", "三、附后"),
    ]
    levels = [document.styles[f"Heading {n}"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) for n in (1, 2)]
    assert levels == ["0", "1"]


def test_styles_have_the_faces_of_official_documents(document: Document) -> None:
    """标题小标宋，一级黑体，二级楷体，正文仿宋, as names: nothing is embedded."""
    assert {style: face(document, style) for style in FACES} == FACES
    assert [name for name in parts_of(document) if "font" in name.lower()] == ["/word/fontTable.xml"]


def parts_of(document: Document) -> list[str]:
    """Names of all parts."""
    return sorted(str(part.partname) for part in document.part.package.iter_parts())


@pytest.mark.parametrize(("layout", "size"), [("brief", 12.0), ("letter", 16.0)])
def test_the_layout_chooses_the_size(build: Build, layout: str, size: float) -> None:
    """Reports are set in 小四, letters in 三号, 28.95 points from line to line."""
    style = opened(build, build.markdown("甲"), layout=layout).styles["公文正文"]
    assert style.font.size.pt == size
    if layout == "letter":
        assert style.paragraph_format.line_spacing.pt * 22 * 25.4 / 72 <= theme.TYPE_HEIGHT_MM


def test_pages_are_a4_with_the_standards_margins(document: Document) -> None:
    """Top 37 mm and left 28 mm leave 156 × 225 mm; the annex is the same page turned."""
    sizes = [(section.page_width.mm, section.page_height.mm) for section in document.sections]
    areas = [
        (
            round((section.page_width - section.left_margin - section.right_margin) / Mm(1)),
            round((section.page_height - section.top_margin - section.bottom_margin) / Mm(1)),
        )
        for section in document.sections
    ]
    assert [tuple(map(round, size)) for size in sizes] == [(210, 297), (297, 210), (210, 297)]
    assert areas == [(156, 225), (225, 156), (156, 225)]
    assert (round(document.sections[0].top_margin.mm), round(document.sections[0].left_margin.mm)) == (37, 28)


def test_no_section_ends_in_an_empty_line_of_text_size(document: Document) -> None:
    """A break after a table is in a line of one point, so that it never opens a page of its own."""
    holders = [p for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.find(qn("w:sectPr")) is not None]
    assert [holder.style.name for holder in holders if not holder.text] == []
    assert len(holders) == 2


def test_header_rows_repeat_and_rows_stay_whole(document: Document) -> None:
    """Every table's first row is its heading on each page, and no row is split."""
    for table in document.tables:
        repeated = [bool(list(row.iter(qn("w:tblHeader")))) for row in table._tbl.tr_lst]
        assert repeated == [True] + [False] * (len(repeated) - 1)
    register = document.tables[-1]._tbl.tr_lst
    assert len(register) == 41
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in register)


def test_a_row_taller_than_a_page_may_be_split(build: Build) -> None:
    """A cell of several pages has no page it would fit on."""
    table = opened(build, build.shown(build.table(("甲", "乙"), ("国" * 4000, "县")))).tables[0]
    assert table._tbl.tr_lst[1].trPr is None


def test_tables_fill_the_type_area(document: Document) -> None:
    """Column widths are fixed and add up to 156 mm, in the turned annex to 225 mm."""
    widths = [sum(column.width for column in table.columns) / Mm(1) for table in document.tables]
    assert [round(width) for width in widths] == [156, 225]


def test_cells_say_what_the_blocks_say(document: Document) -> None:
    """Words of cells come through, with markup as it was written."""
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[:2] == [["限时任务", "已销号", "合计"], ["本季（上季）", "6（0）", "15"]]
    assert (cells[2][0], cells[2][2]) == ("<b>甲</b>", "#x")


def test_an_empty_table_says_so(document: Document) -> None:
    """A table without rows is its sentence."""
    assert "本季无逾期任务。" in [paragraph.text for paragraph in document.paragraphs]


def test_marks_stand_in_every_header(document: Document, build: Build) -> None:
    """Odd, even and first pages of every section begin with the marks."""
    headers = [header.paragraphs[0].text for section in document.sections for header in headers_of(section)]
    assert headers == [build.mark] * 7
    assert document.settings.odd_and_even_pages_header_footer is True
    assert document.sections[0].first_page_header.paragraphs[1].text == "督查专报（示例）第×期\t内部资料　注意保存"


def headers_of(section: Any) -> list[Any]:
    """The headers a section shows."""
    first = [section.first_page_header] if section.different_first_page_header_footer else []
    return [section.header, section.even_page_header, *first]


def test_footers_bear_draft_codes_and_number(document: Document) -> None:
    """The number is right on odd pages and left on even ones, next to draft and check code."""
    small = "送审稿第2稿（未签发）　台账校验码3f9a1c02"
    for section in document.sections:
        assert section.footer.paragraphs[0].text == f"{small}\t— 1 —　"
        assert section.even_page_footer.paragraphs[0].text == f"　— 1 —\t{small}"
        for footer in (section.footer, section.even_page_footer):
            assert [code.text for code in footer._element.iter(qn("w:instrText"))] == ["PAGE"]


def test_a_picture_has_words_and_its_size(document: Document) -> None:
    """A figure is a PNG of 300 dots an inch with its alternative text."""
    (shape,) = document.inline_shapes
    (image,) = [part for part in document.part.package.iter_parts() if str(part.partname).endswith(".png")]
    assert shape._inline.docPr.get("descr") == "已销号6项，逾期3项"
    assert (round(shape.width.mm), round(shape.height.mm)) == (140, 47)
    assert int.from_bytes(image.blob[16:20]) == pytest.approx(140 / 25.4 * 300, abs=2)


def test_properties_name_no_person_and_no_machine(document: Document) -> None:
    """Title, language and the day the status is judged; author and last editor are empty."""
    found = document.core_properties
    assert (found.title, found.language) == ("37项川渝便捷生活重点任务2024年第四季度落实情况", "zh-CN")
    assert (found.created, found.modified) == (datetime(2025, 1, 6, tzinfo=UTC),) * 2
    assert (found.author, found.last_modified_by) == ("", "")


def test_lists_are_real_lists(build: Build) -> None:
    """A list that begins at 3 says so, a second list counts anew, and a list in a list is one level deeper."""
    found = opened(build, build.markdown("3. 甲\n   - 乙\n4. 丙\n\n文\n\n1. 丁"))
    items = [p for p in found.paragraphs if p.style.name == "公文列项"]
    places = [(p.text, p._p.pPr.numPr.ilvl.val, p._p.pPr.numPr.numId.val) for p in items]
    numbering = found.part.numbering_part.element
    starts = {
        num.numId: [start.get(qn("w:val")) for start in num.iter(qn("w:startOverride"))] for num in numbering.num_lst
    }
    assert [(text, level) for text, level, _ in places] == [("甲", 0), ("乙", 1), ("丙", 0), ("丁", 0)]
    assert places[0][2] == places[2][2] != places[3][2]
    assert (starts[places[0][2]][0], starts[places[1][2]], starts[places[3][2]][0]) == ("3", [], "1")


def test_links_lead_out_or_to_a_heading(build: Build) -> None:
    """A web address and a heading are linked; a link to nowhere is its words alone."""
    source = "## 甲\n\n[外](https://example.org/a?b=c&d=1)[内](#heading-1)[无](#heading-9)"
    found = opened(build, build.markdown(source))
    paragraph = next(p for p in found.paragraphs if p.text == "外内无")
    links = [(link.text, link.address, link.fragment) for link in paragraph.hyperlinks]
    names = [start.get(qn("w:name")) for start in found.element.iter(qn("w:bookmarkStart"))]
    assert links == [("外", "https://example.org/a?b=c&d=1", ""), ("内", "", "heading_1")]
    assert names == ["heading_1"]


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://example.org:8443/表?x=%20", "https://example.org:8443/%E8%A1%A8?x=%20"),
        ("http://[x", ""), ("http://%5Bx/", ""), ("http://a b/", ""), ("http://h:99999/", ""),
        ("http://h/%zz", ""), ("javascript:alert(1)", ""), ("http://user@h/", ""), ("http://h/" + "x" * 3000, ""),
    ],
)  # fmt: skip
def test_addresses_word_would_stumble_over_are_left_out(target: str, address: str) -> None:
    """Word calls a whole file damaged for one malformed address."""
    assert safe_address(target) == address


def test_hostile_text_is_only_text(build: Build) -> None:
    """Field codes, markup and what XML cannot hold are printed; no field but the page number exists."""
    text = 'PAGE { DDEAUTO c:\\x "y" } ]]> </w:t> \x07\x0b\x00 \ufffe \ud800 \u202e'
    found = opened(
        build, build.shown(build.table((text,), (text,), caption=text, notes=(text,))), title=(text,), marks=(text,)
    )
    body = found.tables[0].rows[1].cells[0].text
    assert (
        body == 'PAGE { DDEAUTO c:\\x "y" } ]]> </w:t> 〔U+0007〕〔U+000B〕〔U+0000〕 〔U+FFFE〕 〔U+D800〕 〔U+202E〕'
    )
    assert found.tables[0].rows[0].cells[0].text == body == found.sections[0].header.paragraphs[0].text
    assert list(found.element.iter(qn("w:instrText"), qn("w:fldSimple"))) == []


def test_line_ends_and_tabs_are_made_one_kind() -> None:
    """Windows' line ends are line ends, a tab is a space."""
    assert written("a\r\nb\rc\td") == "a\nb\nc d"


def test_neither_code_nor_analyst_prose_is_shown(word: bytes) -> None:
    """What is not for readers is in no part of the file."""
    everything = b"".join(parts(word).values()).decode(errors="ignore")
    assert [found for found in ("secret_source", "分析人员", "python-docx") if found in everything] == []


def test_another_process_makes_the_same_bytes(word: bytes, notebook: Any, tmp_path: Path) -> None:
    """Elsewhere, in another time zone and with another hash seed, the same file comes out, without a clock."""
    source = tmp_path / "other.ipynb"
    nbformat.write(notebook, source)
    code = (
        "import sys, nbformat; from pathlib import Path\n"
        "from yuechi_report.render.exporters import YuechiDocxExporter\n"
        "book = nbformat.read(sys.argv[1], as_version=4)\n"
        "out, _ = YuechiDocxExporter().from_notebook_node(book, {'metadata': {'name': 'county'}})\n"
        "Path(sys.argv[2]).write_bytes(out)"
    )
    environment = os.environ | {"TZ": "America/Lima", "PYTHONHASHSEED": "7"}
    made = tmp_path / "other.docx"
    subprocess.run([sys.executable, "-c", code, source, made], env=environment, check=True, timeout=60)
    assert hashlib.sha256(made.read_bytes()).hexdigest() == hashlib.sha256(word).hexdigest()
    with ZipFile(made) as package:
        assert {member.date_time[0] for member in package.infolist()} == {1980}


def test_the_exporter_names_its_output(notebook: Any, word: bytes) -> None:
    """The exporter gives the bytes and a .docx extension."""
    output, resources = YuechiDocxExporter().from_notebook_node(notebook, {"metadata": {"name": "county"}})
    assert (output, resources["output_extension"]) == (word, ".docx")


def test_a_broken_drawing_fails_the_report(build: Build) -> None:
    """What cannot be drawn is a report's failure, not a traceback."""
    figure = Figure(name="f", caption="", alt="a", width_mm=10, height_mm=10, svg="<svg")
    with pytest.raises(ReportFailed, match="不能画入 Word 文件"):
        opened(build, build.shown(figure))


def test_every_style_used_exists(word: bytes) -> None:
    """No paragraph, run or table names a style the file does not define."""
    members = parts(word)
    defined = set(re.findall(rb'w:styleId="([^"]+)"', members["word/styles.xml"]))
    used = {
        name
        for member, content in members.items()
        if member.startswith("word/")
        for name in re.findall(rb'<w:(?:p|r|tbl)Style w:val="([^"]+)"', content)
    }
    assert used - defined == set()
