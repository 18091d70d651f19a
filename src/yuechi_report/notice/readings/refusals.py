"""What a text is that is no list of tasks, or a list that cannot be read: said by name, with what to do."""

import re
from collections.abc import Sequence
from typing import NoReturn

from yuechi_report.errors import InputRefused
from yuechi_report.notice.document import Document
from yuechi_report.notice.numerals import compact
from yuechi_report.notice.readings.item import Reading
from yuechi_report.notice.readings.lines.tokens import headers_in, tokens_of
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole, role_of

_ARTICLE = re.compile(r"第[一二三四五六七八九十百0-9]+条[ \u3000:：]?")
_TITLE_LINES = 25
_REPORT_TITLE = re.compile(
    "(?:进展|完成|落实|推进|办理|实施|进度)(?:情况|成效)|(?:进展|完成|落实|推进)的?(?:通报|报告|公示)|进度(?:表|通报)|总结"
)
_LIST_TITLE = re.compile("清单|分解|分工|任务表|台账|提示单|目录|方案|安排")
_EXPLAINED = re.compile("解读|起草(?:背景|说明)|编制说明|答记者问|图解|的说明$")
_INSPECTED = re.compile("(?:督查|检查|督导|巡查|自查|考核|评估)(?:情况|结果)?的?(?:通报|报告|情况)|自查报告|通报如下")
_NEWS = re.compile("本报讯|记者|新华社|讯[（(]|通讯员|报道|(?:据悉|据介绍|获悉)")
_DONE = re.compile("已|完成|超额|建成|竣工|达到|正在|%|％")


def refuse_what_is_no_list(document: Document, found: Sequence[Reading]) -> None:
    """InputRefused for a regulation, and for a report that is laid out like a list."""
    texts = [atom.text for atom in document.atoms if not atom.blank]
    articles = sum(_ARTICLE.match(text.strip()) is not None for text in texts)
    if articles >= 3 and 4 * articles >= sum(len(text) > 15 for text in texts):
        _say(document, "是规定、条例一类的法规文件（逐条编号），不是任务清单")
    best = max(found, key=lambda reading: (bool(reading.items), reading.worth(), reading.statuses), default=None)
    if best is not None and best.statuses and _is_report(document, best):
        _say(document, "是进展情况的报告（写的是完成情况），不是任务清单")


def _is_report(document: Document, reading: Reading) -> bool:
    """Tasks with how far they are, and neither a deadline nor a title that gives them out."""
    timed = sum(bool(item.value(ColumnRole.DEADLINE)) for item in reading.items)
    if reading.items and 2 * timed >= len(reading.items):
        return False
    first = reading.first_atom() if reading.items or reading.uses else 10**9
    front = [atom.text for atom in document.atoms if not atom.blank][:_TITLE_LINES]
    near = [text for text, atom in zip(front, document.atoms, strict=False) if atom.id <= first] or front
    reported = any(_REPORT_TITLE.search(compact(text)) for text in near)
    return reported or 2 * reading.statuses >= len(reading.items)


def refuse(document: Document, found: Sequence[Reading]) -> NoReturn:
    """InputRefused: what the text is, or which header was seen and what is missing."""
    solid = [atom.text.strip() for atom in document.atoms if not atom.blank]
    head = [compact(text) for text in solid[:_TITLE_LINES]]
    if any(_run_together(text) for text in solid):
        raise InputRefused.at(
            document.place(),
            "是任务清单，但各格的文字粘连在一起，分不开",
            "请取得原件（Word、Excel或带表格的PDF），不要用转换出来的文字",
        )
    words = _header_words(document, found)
    if words and not any(_is_content(text, words) for text in solid):
        raise InputRefused.at(
            document.place(),
            "是任务清单，但表格各格的内容是空的（转换时丢失了）",
            "请取得原件（Word、Excel或带表格的PDF）",
        )
    for pattern, lines, problem in (
        (_EXPLAINED, head, "是政策解读或说明，不是任务清单本身"),
        (_INSPECTED, head, "是督查、检查情况的通报，不是任务清单"),
        (_REPORT_TITLE, head[:6], "是进展情况的报告，不是任务清单"),
        (_NEWS, head, "是新闻报道，里面没有任务清单"),
    ):
        if any(pattern.search(text) for text in lines) and not words:
            _say(document, problem)
    if words:
        _refuse_header(document, words)
    raise InputRefused.at(
        document.place(),
        "没有认出任务清单：既没有任务和责任单位的表头，也没有写明牵头单位、责任单位的条目",
        "请核对是否选对了文件、清单是否完整；也可按register --template生成的表格填写",
    )


def _say(document: Document, problem: str) -> NoReturn:
    raise InputRefused.at(document.place(), problem, "请换上印发任务的原文（清单、分解表或分工方案）")


def _run_together(text: str) -> bool:
    """Whether header words follow one another without anything between them: 序号项目名称主要内容牵头单位配合单位."""
    bare = compact(text)
    found = re.search("序号[\u4e00-\u9fff]{2,40}?(?:牵头|责任|主办|承办|配合)(?:单位|部门|科室)", bare)
    return found is not None and len(bare) > 60 and not re.search("[、，。：；|]", found[0])


def _header_words(document: Document, found: Sequence[Reading]) -> list[str]:
    """The header that was seen, in whatever form."""
    for reading in found:
        if reading.columns and reading.layout in {"grid", "flat_table"}:
            return [word for word, _ in reading.columns]
    runs = headers_in(tokens_of(document))
    return list(runs[0].words) if runs else []


def _is_content(text: str, words: Sequence[str]) -> bool:
    """Whether a text may be a cell under the header: a task, a unit, a deadline."""
    bare = compact(text).strip("|")
    return (
        bool(bare)
        and bare not in words
        and re.match("[一二三四五六七八九十]+、", bare) is None
        and bool(re.search("[局委办厅院]$|单位|部门|。", bare) or re.fullmatch("[0-9]{1,3}[.、]?.*", bare))
        and not re.search("印发|附件|年.{1,2}月.{1,2}日|[:：]$|公开|人民政府|办公室$", bare)
    )


def _refuse_header(document: Document, words: Sequence[str]) -> NoReturn:
    roles = {role_of(word) for word in words}
    missing = [
        name
        for name, wanted in (("任务", {ColumnRole.TEXT}), ("责任单位", UNIT_ROLES), ("序号", {ColumnRole.NUMBER}))
        if not roles & set(wanted)
    ]
    told = f"没有{'、'.join(missing)}一栏" if missing else "表头之下分不出一项一项的任务"
    raise InputRefused.at(
        document.place(),
        f"像是任务清单，但这种排法还不能读：看到表头“{'、'.join(words[:10])}”，{told}",
        "请取得带表格的原件（Word、Excel、PDF），或按register --template生成的表格填写",
    )
