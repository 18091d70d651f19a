"""Blocks → PDF: Typst sets one fixed template; PDF/A-2a and PDF/UA-1, equal input gives equal bytes."""

import json
import logging
from contextlib import suppress
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from yuechi_report.errors import Place, ReportFailed
from yuechi_report.page.fonts import SANS, SERIF, font_folder
from yuechi_report.page.head import Faces
from yuechi_report.render.content import Block, split_head
from yuechi_report.render.typst import TypstDocument, typst_document

log = logging.getLogger(__name__)

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_WARMING = f"""#html.frame[#text(font: "{SERIF}")[暖]#text(font: "{SANS}")[暖]]
#include "{TEMPLATE.name}"
"""


@cache
def page_fonts(*, with_machine: bool = False) -> typst.Fonts:
    """The two families, and the machine's only where a page names some of them; read once a process.

    A warm parent may call this before it forks. It must not compile: Typst's worker threads
    do not survive a fork.
    """
    return typst.Fonts(include_system_fonts=with_machine, include_embedded_fonts=False, font_paths=[str(font_folder())])


def warm_up(blocks: tuple[Block, ...]) -> None:
    """Read the font files and evaluate the template once, so that a process forked from this one need not.

    By way of HTML, which Typst makes in the thread that asks: only its pages are laid out by threads of its
    own. A version that cannot do this is one that has more to do in the child.
    """
    with TemporaryDirectory(prefix="yuechi-typst-") as folder, suppress(typst.TypstError):
        root = Path(folder)
        _write(typst_document(*split_head(blocks)), root)
        (root / "warm.typ").write_text(_WARMING, encoding="utf-8")
        typst.Compiler(root / "warm.typ", root=root, font_paths=page_fonts()).compile(format="html")


def render_pdf(blocks: tuple[Block, ...], *, name: str = "") -> bytes:
    """The PDF of blocks whose first is the Head; `name` is the notebook's, for errors and the log."""
    head, body = split_head(blocks)
    document = typst_document(head, body)
    if document.replaced:
        codes = "、".join(f"U+{ord(char):04X}" for char in document.replaced)
        log.warning("%s：字库缺字，已改印字符编码：%s", name or "报告", codes)
    with TemporaryDirectory(prefix="yuechi-typst-") as folder:
        root = Path(folder)
        _write(document, root)
        fonts = _fonts(head.faces, name)
        return _compile(root, fonts, datetime.combine(head.document_date, time(), UTC), name)


def _fonts(faces: Faces, name: str) -> typst.Fonts:
    """The shipped fonts, or with the machine's where it has every family that is named."""
    if not faces.named:
        return page_fonts()
    fonts = page_fonts(with_machine=True)
    if missing := [family for family in faces.named if family not in set(fonts.families())]:
        problem = f"本机没有字体“{'、'.join(missing)}”"
        raise ReportFailed.at(Place(name), problem, "请安装该字体，或改正params/suite.yml中的faces，留空即用自带字体")
    return fonts


def _write(document: TypstDocument, root: Path) -> None:
    (root / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
    (root / "document.json").write_text(json.dumps(document.data, ensure_ascii=False), encoding="utf-8")
    for file_name, content in document.files.items():
        (root / file_name).write_bytes(content)


def _compile(root: Path, fonts: typst.Fonts, moment: datetime, name: str) -> bytes:
    """Typst reads files only: its bytes and dict inputs do not work from Python."""
    compiler = typst.Compiler(root / TEMPLATE.name, root=root, font_paths=fonts)
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=moment)
    except typst.TypstError as error:
        raise _failed(name, error.message) from error
    if warnings or not isinstance(pdf, bytes):
        raise _failed(name, "；".join(warning.message for warning in warnings) or "没有得到单个文件")
    return pdf


def _failed(name: str, message: str) -> Exception:
    return ReportFailed.at(Place(name), f"PDF 排版未通过（{message}）", "按提示改正笔记本中的内容或图，再重新生成")
