"""pdf with a text layer → paragraphs and tables; read in a bounded child, because a page can be a bomb."""

import os
import tempfile
from pathlib import Path
from typing import Any

from yuechi_report.bounded import Bounds, NoAnswer, ask_child
from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Block
from yuechi_report.notice.sources.building import Blocks

_CHILD = "yuechi_report.notice.sources.pdf_pages:pages_of"
_REFUSALS = {
    "encrypted": ("文件已加密，打不开", "请取得没有密码的文件"),
    "broken": ("文件损坏或不完整，打不开", "请重新取得完整的文件"),
    "scan": ("是扫描件，没有文字层，读不出文字", "请取得电子原件（.docx、.html或带文字层的.pdf），或先做文字识别"),
    "too_many": ("页数过多，超过上限", "请只保留通知和清单的页"),
}


def pdf_blocks(name: str, data: bytes) -> tuple[Block, ...]:
    """The blocks of a PDF; InputRefused for scans, damaged or encrypted files and what exceeds the limits."""
    answer = _answer(name, data)
    if "refused" in answer:
        raise InputRefused.at(Place(name), *_REFUSALS[answer["refused"]])
    blocks = Blocks()
    for item in answer["items"]:
        where = f"第{item['page']}页"
        if "text" in item:
            blocks.paragraph(item["text"], where=where)
        else:
            blocks.table([tuple(cell) for cell in item["cells"]], where=f"{where}表")
    return tuple(blocks.found)


def _answer(name: str, data: bytes) -> Any:
    handle, path = tempfile.mkstemp(suffix=".pdf")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return ask_child(_CHILD, [path], Bounds())
    except NoAnswer as error:
        raise InputRefused.at(
            Place(name), "读取时超出内存或时间上限，文件过大或已损坏", "请核对文件来源，只保留通知和清单的页"
        ) from error
    finally:
        Path(path).unlink(missing_ok=True)
