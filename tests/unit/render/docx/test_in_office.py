"""The Word file in LibreOffice: it opens, and every word of the report is on its pages."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from yuechi_report.page.fonts import font_folder
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.docx.body import render_docx

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine (soffice)")

FONTS = """<?xml version="1.0"?><fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>"""


@pytest.fixture(scope="module")
def printed(notebook: Any, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The report's Word file printed to PDF by LibreOffice, in our fonts."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "county.docx").write_bytes(render_docx(read_blocks(notebook, name="county")))
    (folder / "fonts.conf").write_text(FONTS.format(folder=font_folder(), cache=folder / "cache"))
    subprocess.run(
        [OFFICE or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "county.docx"],
        cwd=folder, check=True, capture_output=True, timeout=180,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )  # fmt: skip
    return Path(folder / "county.pdf").read_bytes()


def words(printed: bytes) -> list[str]:
    """The words of every page without any space."""
    document = pypdfium2.PdfDocument(printed)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_all_words_are_on_its_pages(printed: bytes) -> None:
    """Title, sentences, notes, cells, captions and hostile strings are printed."""
    body = "".join(words(printed))
    expected = [
        "37项川渝便捷生活重点任务2024年第四季度落实情况",
        "呈：县政府领导状态、材料均截至2025年1月6日18时",
        "15项任务：销号6项。其余继续推进。",
        "①任务27不计逾期。",
        "本季（上季）6（0）15",
        "限时任务状态",
        "本季无逾期任务。",
        "<script>alert(1)</script>#setpage(width:1cm)$x^2$`code`]]>{{head}}〔U+202E〕",
        "注：时限为通知原文。",
        "回到竖页。",
    ]
    assert [phrase for phrase in expected if phrase not in body] == []
    assert body.count("推进社会保障卡“一卡通”应用") == 40


def test_the_register_repeats_its_header_on_turned_pages(printed: bytes) -> None:
    """The annex runs over several landscape pages and each shows its column titles and the marks."""
    sizes = [page.mediabox.width > page.mediabox.height for page in pypdf.PdfReader(io.BytesIO(printed)).pages]
    pages = words(printed)
    annex = [page for page, turned in zip(pages, sizes, strict=True) if turned]
    assert len(annex) > 1
    assert [page.count("序号重点任务进展情况") for page in annex] == [1] * len(annex)
    assert all(page.startswith("示例数据：") for page in pages)


def test_pages_bear_their_numbers_outside(printed: bytes) -> None:
    """Odd pages have their number right, even pages left."""
    document = pypdfium2.PdfDocument(printed)
    sides = []
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        index, _ = text.search(f"— {number} —").get_next() or (-1, 0)
        sides.append(text.get_charbox(index)[0] > page.get_width() / 2)
    assert sides == [number % 2 == 1 for number in range(1, len(document) + 1)]
