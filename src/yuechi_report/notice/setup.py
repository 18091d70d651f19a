"""init: a notice's folder made ready — the text as received, its sidecar, and the register for review."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yuechi_report.domain.register import Register
from yuechi_report.errors import Fault, ParameterError, Place
from yuechi_report.notice.document import Document
from yuechi_report.notice.folder import CORRECTIONS, REGISTER, SIDECAR, load_register
from yuechi_report.notice.parse import Parsed, parse_notice
from yuechi_report.notice.register_file import write_register
from yuechi_report.notice.sources.read import read_document

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ISSUER = re.compile(r"[^\s，。、；：《》（）]{2,20}(?:人民政府办公室|人民政府|委员会办公室|委员会)")


@dataclass(frozen=True, slots=True)
class NoticeDetails:
    """What a person says of a notice; empty is read from the text where it can be."""

    id: str
    title: str = ""
    short_title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    source: str = ""


def init_notice(
    folder: Path, text: Path, facts: NoticeDetails, settle: Callable[[Register], None] | None = None
) -> Parsed:
    """Parse the text and write the folder; ParameterError, with nothing written, names what must be given.

    The folder is made under another name, and gets its own when it is whole and `settle` has done with the
    register what else belongs to it: after any failure there is no folder, and init can be called again.
    """
    if folder.exists():
        raise ParameterError.at(Place(str(folder)), "这份通知已有文件夹", "请另取编号；原文件夹没有改动")
    document = read_document(text)
    parsed = parse_notice(document, issued_on=facts.issued_on)
    sidecar = _sidecar(document, facts, parsed)
    scratch = folder.parent.parent / f".{folder.name}.part"
    shutil.rmtree(scratch, ignore_errors=True)  # of an init that was killed
    made = scratch / folder.name
    made.mkdir(parents=True)
    try:
        shutil.copyfile(text, made / f"notice.{document.form}")
        (made / CORRECTIONS).write_text(_CORRECTIONS, encoding="utf-8")
        write_register(made / REGISTER, parsed.tasks)
        (made / SIDECAR).write_text(sidecar, encoding="utf-8")
        register = load_register(made)
        if settle is not None:
            settle(register)
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return parsed


_CORRECTIONS = """\
# 对照纸质件更正清单：一条更正一格（task_no, field, value, reason, confirmed_by, confirmed_on），
# 写好后再运行register命令。没有更正时保留空列表。
[]
"""


def _sidecar(document: Document, facts: NoticeDetails, parsed: Parsed) -> str:
    issued_on = facts.issued_on or parsed.notice_date
    values = {
        "title": facts.title or parsed.title,
        "issuer": facts.issuer or _issuer(document),
        "issued_on": issued_on.isoformat() if issued_on else "",
    }
    faults = [
        Fault(document.place(), f"读不出{name}", f"请用--{key.replace('_', '-')}写明")
        for key, name in (("title", "标题"), ("issuer", "印发机关"), ("issued_on", "印发日期"))
        if not values[key]
    ]
    if _ID.fullmatch(facts.id) is None or len(facts.id) > 40:
        faults.append(Fault(Place(), f"编号“{facts.id}”写法不对", "请用小写字母、数字和连字符，不超过40个字"))
    if faults:
        raise ParameterError(faults)
    return _yaml(
        {
            "id": facts.id,
            "title": values["title"],
            "short_title": facts.short_title or _short(values["title"]),
            "issuer": values["issuer"],
            "issued_on": values["issued_on"],
            "sha256": document.sha256,
            "source": facts.source or f"收到的文件{document.name}",
        }
    )


def _yaml(values: dict[str, str]) -> str:
    """Words quoted as JSON (which YAML reads), the date bare."""
    lines = [
        f"{key}: {value if key == 'issued_on' else json.dumps(value, ensure_ascii=False)}"
        for key, value in values.items()
    ]
    return "\n".join(["# 通知的来历。原文不得修改；更正写在corrections.yml。", *lines, ""])


def _issuer(document: Document) -> str:
    """The first line that is an office and nothing else: the signature under the letter."""
    lines = (line.text.strip() for line in document.lines)
    return next((line for line in lines if _ISSUER.fullmatch(line)), "")


def _short(title: str) -> str:
    """The title without what stands in 《》 and brackets, for report titles."""
    return re.sub(r"《.*?》|（.*?）", "", title)[:30]
