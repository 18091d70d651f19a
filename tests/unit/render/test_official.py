"""An official document's pages: red head, number, addressee, annexes, signature; faces of the machine."""

import io
from datetime import date
from typing import Any

import docx
import pypdf
import pypdfium2
import pytest

from yuechi_report.errors import ReportFailed
from yuechi_report.page.closing import Closing
from yuechi_report.page.head import Faces
from yuechi_report.page.theme import MM_PER_POINT
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.content import Block
from yuechi_report.render.docx.body import render_docx
from yuechi_report.render.html import render_html
from yuechi_report.render.pdf import page_fonts, render_pdf

Build = Any
ORDER = (
    "秘密★1年", "岳池县人民政府办公室文件", "岳府办督〔2025〕1号", "关于落实情况的通报", "各乡镇人民政府：",
    "现通报如下。", "附件：1.清单", "2.判定方法", "岳池县人民政府办公室", "2025年1月10日",
)  # fmt: skip


@pytest.fixture(scope="module")
def official(build: Build) -> tuple[Block, ...]:
    """A signed circular."""
    head = build.head(
        layout="letter", title=("关于落实情况的通报",), byline="", draft="", marks=(), check_codes=(),
        red_head=ORDER[1], number=ORDER[2], secrecy=ORDER[0], addressee="各乡镇人民政府",
    )  # fmt: skip
    closing = Closing(attachments=("清单", "判定方法"), signatories=(ORDER[8],), signed_on=date(2025, 1, 10))
    return read_blocks(build.notebook(build.shown(head), build.markdown("现通报如下。"), build.shown(closing)))


def in_order(words: str) -> bool:
    """Whether every part of the document comes after the one before it."""
    places = [words.find(part, 0) for part in ORDER[:8]]
    return -1 not in places and places == sorted(places) and words.rfind(ORDER[8]) < words.rfind(ORDER[9])


def test_the_parts_stand_in_the_standards_order(official: tuple[Block, ...]) -> None:
    """Secrecy, red head, number, title, addressee, text, annexes, who signs, the day: in all three files."""
    pdf = pypdfium2.PdfDocument(render_pdf(official))[0].get_textpage().get_text_bounded()
    word = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(render_docx(official))).paragraphs)
    page = render_html(official).partition("<body>")[2]
    assert [in_order("".join(words.split())) for words in (pdf, word, page)] == [True, True, True]


def test_the_red_head_begins_35_mm_below_the_type_areas_top(official: tuple[Block, ...]) -> None:
    """GB/T 9704-2012, 7.2.4; it is centred and no wider than the type area."""
    page = pypdfium2.PdfDocument(render_pdf(official))[0]
    text = page.get_textpage()
    index, count = text.search(ORDER[1]).get_next() or (-1, 0)
    boxes = [text.get_charbox(number) for number in range(index, index + count)]
    top = (page.get_height() - max(box[3] for box in boxes)) * MM_PER_POINT
    left, right = min(box[0] for box in boxes) * MM_PER_POINT, max(box[2] for box in boxes) * MM_PER_POINT
    assert top == pytest.approx(37 + 35, abs=2)
    assert (left + right) / 2 == pytest.approx(28 + 78, abs=1)
    assert right - left <= 156


def test_a_signed_page_has_no_masthead_and_no_draft(official: tuple[Block, ...]) -> None:
    """The red head takes the masthead's place."""
    for words in (
        pypdfium2.PdfDocument(render_pdf(official))[0].get_textpage().get_text_bounded(),
        render_html(official),
    ):
        assert [word for word in ("督查专报", "内部资料", "送审稿") if word in words] == []


def test_a_face_the_machine_does_not_have_fails_the_report(build: Build) -> None:
    """A face that suite.yml names is never silently replaced."""
    head = build.head(faces=Faces(title="没有的小标宋"))
    with pytest.raises(ReportFailed, match="本机没有字体“没有的小标宋”"):
        render_pdf(read_blocks(build.notebook(build.shown(head), build.markdown("甲"))))


def test_a_face_of_the_machine_is_embedded(build: Build) -> None:
    """The title is set in the face named; characters it lacks come from the shipped one."""
    family = "DejaVu Serif"
    if family not in page_fonts(with_machine=True).families():
        pytest.skip("no DejaVu Serif on this machine")
    head = build.head(title=("Title 标题",), faces=Faces(title=family))
    reader = pypdf.PdfReader(
        io.BytesIO(render_pdf(read_blocks(build.notebook(build.shown(head), build.markdown("甲")))))
    )
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts}
    assert any(name.startswith("DejaVuSerif") for name in names)
    assert any(name.startswith("NotoSerifSC") for name in names)
