"""A received file → its document: the kind by its bytes, then the reader of that kind."""

import hashlib
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Atom, Block, Document
from yuechi_report.notice.sources.excel import excel_blocks
from yuechi_report.notice.sources.pdf_file import pdf_blocks
from yuechi_report.notice.sources.plain_text import text_blocks
from yuechi_report.notice.sources.signature import BYTES_MOST, Kind, kind_of, too_large
from yuechi_report.notice.sources.web_page import web_blocks
from yuechi_report.notice.sources.word import word_blocks
from yuechi_report.page.alike import folded, odd_characters

_READERS: dict[Kind, Callable[[str, bytes], tuple[Block, ...]]] = {
    Kind.TEXT: text_blocks,
    Kind.WORD: word_blocks,
    Kind.EXCEL: excel_blocks,
    Kind.PDF: pdf_blocks,
    Kind.WEB: web_blocks,
}


_BRACKETS = re.compile("[（(]")
_BRACKETS_MAX = 2_000  # in one paragraph; the longest list in one paragraph that was met has forty


def read_document(path: Path) -> Document:
    """The document of a file; InputRefused when its form, encoding or content cannot be taken."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would never end, a device never be empty
            raise InputRefused.at(Place(path.name), "不是普通文件（管道、设备或文件夹）", "请换上通知原文的文件")
        if found.st_size > BYTES_MOST:
            raise too_large(path.name)
        data = path.read_bytes()
    except OSError as error:
        raise InputRefused.at(Place(path.name), "文件不存在或无法打开", "请检查路径和读取权限") from error
    return document_of(path.name, data)


def document_of(name: str, data: bytes) -> Document:
    """The document of bytes; InputRefused when nothing can be read in them."""
    kind = kind_of(name, data)
    blocks = _READERS[kind](name, data)
    document = _in_common_characters(Document(name, blocks, hashlib.sha256(data).hexdigest(), kind.value))
    if any(len(_BRACKETS.findall(atom.text)) > _BRACKETS_MAX for atom in document.atoms):
        raise InputRefused.at(Place(name), "一段里的括号超过2000个，不像任务清单", "请核对文件来源，只保留通知和清单")
    if all(atom.blank for atom in document.atoms):
        raise InputRefused.at(Place(name), "文件是空的，没有内容", "请换上有内容的通知原文")
    return document


def _in_common_characters(document: Document) -> Document:
    """The document as it is compared and printed, with the lines that were written otherwise."""
    odd = [atom for atom in document.atoms if odd_characters(atom.text)]
    if not odd:
        return document
    return replace(
        document,
        blocks=tuple(map(_folded, document.blocks)),
        odd=tuple(atom.line for atom in odd),
        odd_words=odd_characters("".join(atom.text.strip() for atom in odd)),
    )


def _folded(block: Block) -> Block:
    if isinstance(block, Atom):
        return replace(block, text=folded(block.text))
    return replace(
        block, cells=tuple(replace(cell, atom=replace(cell.atom, text=folded(cell.atom.text))) for cell in block.cells)
    )
