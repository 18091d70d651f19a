"""A cell's outputs → blocks: our typed JSON and Markdown; of a foreign notebook what can be shown."""

import logging
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from nbformat import NotebookNode
from pydantic import ValidationError

from yuechi_report.errors import Place, ReportFailed, YuechiError
from yuechi_report.page.closing import Closing
from yuechi_report.page.figure import Figure
from yuechi_report.page.head import Head
from yuechi_report.page.model import Shown
from yuechi_report.page.table import Table
from yuechi_report.render.content import Block, FigureBlock, Preformatted, TableBlock
from yuechi_report.render.markdown import markdown_blocks
from yuechi_report.render.picture import foreign_figure, unknown_families

log = logging.getLogger(__name__)

_SVG = "image/svg+xml"
_PNG = b"\x89PNG\r\n\x1a\n"
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
S = TypeVar("S", bound=Shown)
Reader = Callable[[dict[str, Any], Place], tuple[Block, ...]]
"""Reads one output's MIME bundle; the place is for errors."""


def output_blocks(output: NotebookNode, place: Place, *, foreign: bool) -> tuple[Block, ...]:
    """The blocks of one output; ReportFailed names the cell and what cannot be shown."""
    if output.output_type == "error":
        raise _error(output, place)
    if output.output_type == "stream":
        return _stream(output, place, foreign=foreign)
    data = dict(output.data)
    for mime, read in (_OWN | _FOREIGN if foreign else _OWN).items():
        if mime in data:
            return read(data, place)
    kind = "、".join(data) or "空"
    if foreign:
        return _left_out(kind)
    raise _refused(kind, place)


def _left_out(kind: str) -> tuple[Block, ...]:
    """What is printed where a foreign notebook shows something no page can: the reader sees that it is missing."""
    return (Preformatted(f"〔原笔记本此处有“{kind}”输出，未能排入〕"),)


def _error(output: NotebookNode, place: Place) -> YuechiError:
    text = _ANSI.sub("", f"{output.get('ename', '')}：{output.get('evalue', '')}")
    return ReportFailed.at(place, f"单元格运行出错（{text}）", "改正后重新运行笔记本，再生成报告")


def _refused(kind: str, place: Place) -> YuechiError:
    return ReportFailed.at(
        place, f"输出类型“{kind}”不能排入报告", "改为表、图或 Markdown 输出，或删去该单元格的这项输出"
    )


def _stream(output: NotebookNode, place: Place, *, foreign: bool) -> tuple[Block, ...]:
    if foreign:
        return _preformatted(output.text)
    if output.name == "stderr":
        log.warning("%s：标准错误输出未排入报告：%s", place, output.text.strip())
        return ()
    raise _refused(output.name, place)


def _preformatted(text: str) -> tuple[Block, ...]:
    shown = _ANSI.sub("", text).strip("\n")
    return (Preformatted(shown),) if shown.strip() else ()


def read_shown(kind: type[S], data: Mapping[str, Any], place: Place) -> S:
    """The record of that kind in an output's bundle; ReportFailed where it is malformed."""
    try:
        return kind.model_validate(data[kind.mime])
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "整体"
        problem = f"输出“{kind.mime}”不合格式（{field}：{first['msg']}）"
        raise ReportFailed.at(place, problem, "用同一版本的程序重新运行笔记本") from error


def _figure(data: dict[str, Any], place: Place) -> tuple[Block, ...]:
    figure = read_shown(Figure, data, place)
    if not data.get(_SVG):
        raise ReportFailed.at(place, f"图“{figure.name}”没有图形（{_SVG}）", "重新运行该单元格")
    if families := unknown_families(data[_SVG]):
        raise ReportFailed.at(
            place, f"图“{figure.name}”用了未安装的字体（{'、'.join(families)}）", "改用思源宋体或思源黑体"
        )
    return (FigureBlock(figure, data[_SVG].encode()),)


def _foreign_png(data: dict[str, Any], _: Place) -> tuple[Block, ...]:
    try:
        content = b64decode(data["image/png"])
    except ValueError:
        content = b""
    if not content.startswith(_PNG):
        return _left_out("image/png")
    return (FigureBlock(foreign_figure(content, "png"), content, "png"),)


_OWN: dict[str, Reader] = {
    Head.mime: lambda data, place: (read_shown(Head, data, place),),
    Table.mime: lambda data, place: (TableBlock(read_shown(Table, data, place)),),
    Figure.mime: _figure,
    Closing.mime: lambda data, place: (read_shown(Closing, data, place),),
    "text/markdown": lambda data, _: markdown_blocks(data["text/markdown"]),
}
_FOREIGN: dict[str, Reader] = {
    _SVG: lambda data, _: (FigureBlock(foreign_figure(data[_SVG].encode(), "svg"), data[_SVG].encode(), "svg"),),
    "image/png": _foreign_png,
    "text/plain": lambda data, _: _preformatted(data["text/plain"]),
}
