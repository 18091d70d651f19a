"""Figures as pictures that look the same in Word, WPS and LibreOffice: PNG drawn by Typst in our own fonts.

Word also takes SVG, but sets its words in whatever font the machine has, so labels would run into each other.
"""

import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from yuechi_report.errors import Place, ReportFailed
from yuechi_report.page.fonts import replace_uncovered
from yuechi_report.render.content import FigureBlock
from yuechi_report.render.pdf import page_fonts

DOTS_PER_INCH = 300.0
_SOURCE = '#set page(width: {width}mm, height: auto, margin: 0pt)\n#image("figure.svg", width: 100%)\n'


def png_of(block: FigureBlock, name: str) -> bytes:
    """The figure's picture; ReportFailed where its drawing is broken."""
    if block.suffix == "png":
        return block.content
    drawing, _ = replace_uncovered(block.content.decode("utf-8-sig"))
    with TemporaryDirectory(prefix="yuechi-picture-") as folder:
        root = Path(folder)
        (root / "figure.svg").write_text(drawing, encoding="utf-8")
        (root / "page.typ").write_text(_SOURCE.format(width=block.figure.width_mm), encoding="utf-8")
        return _drawn(root, name)


def _drawn(root: Path, name: str) -> bytes:
    compiler = typst.Compiler(root / "page.typ", root=root, font_paths=page_fonts())
    try:
        picture = compiler.compile(format="png", ppi=DOTS_PER_INCH)
    except typst.TypstError as error:
        problem = f"图不能画入 Word 文件（{error.message}）"
        raise ReportFailed.at(Place(name), problem, "改正笔记本中的图，再重新生成") from error
    if not isinstance(picture, bytes):
        raise ReportFailed.at(Place(name), "图不能画入 Word 文件（没有得到单个文件）", "改正笔记本中的图")
    return picture


def shape(png: bytes) -> float:
    """Height over width of a PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return float(height / width)
