"""What the office wrote itself (data/text/<notice>/<quarter>.md): sections by its own headings, and its numbers checked.

The words are printed as written, never changed; a number that differs from the computed one is a finding
for the analyst. A heading that ends in （仅呈阅） stands in the leaders' edition only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.labels import label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.rows import submission_rows
from yuechi_report.report.words.statuses import FIXED_GROUPS, OTHER_GROUPS, closed_tasks, overdue_tasks

_HEADING = re.compile(r"#{1,6}\s+(?P<title>.+)")

_LEADERS_ONLY = "（仅呈阅）"

_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the office's text; the title is empty for words before the first heading."""

    title: str
    paragraphs: tuple[str, ...]
    leaders_only: bool = False


def sections(text: str) -> tuple[Section, ...]:
    """The parts of a text that have words, in its order; a paragraph ends at an empty line or a heading."""
    parts: list[tuple[str, list[str]]] = [("", [""])]
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line.strip())
        if heading:
            parts.append((heading["title"].strip(), [""]))
        elif line.strip():
            parts[-1][1][-1] += line.strip()
        else:
            parts[-1][1].append("")
    found = [(title, tuple(filter(None, paragraphs))) for title, paragraphs in parts]
    return tuple(
        Section(title.removesuffix(_LEADERS_ONLY), paragraphs, title.endswith(_LEADERS_ONLY))
        for title, paragraphs in found
        if paragraphs
    )


def office_words(report: Report) -> Prose:
    """十二、情况综述: each part under its heading, as written; nothing where the office wrote nothing."""
    shown = [one for one in sections(report.scope.text) if report.edition == LEADERS or not one.leaders_only]
    if not shown:
        return Prose(markdown="")
    lines = ["## 十二、情况综述"]
    number = 0
    for one in shown:
        if one.title:
            ordinal = _ORDINALS[number] if number < len(_ORDINALS) else str(number + 1)
            lines.append(f"### （{ordinal}）{escape_markdown(one.title)}")
            number += 1
        lines += [escape_markdown(paragraph) for paragraph in one.paragraphs]
    return Prose(markdown="\n\n".join(lines))


_CLAUSE = re.compile(r"[^。；！？，\n]+")

_COUNT = re.compile(r"(?P<word>[\u4e00-\u9fff·]+?)(?P<number>\d+)(?P<unit>[项家])")

_TASK = re.compile(r"任务(?P<numbers>\d+(?:、\d+)*)")

_ABOUT_ANOTHER_QUARTER = re.compile("上季|上期|去年|下季|下期|比.{0,4}季度")

_TASK_WORDS = {
    "已销号": (Headline.CLOSED,),
    "逾期": (Headline.OVERDUE,),
    "待核验": (Headline.AWAITING_CHECK,),
    "未报送": (Headline.NOT_REPORTED, Headline.FIRST_REPORT_MISSING),
    "受上级制约": (Headline.BLOCKED, Headline.BLOCKED_PAST_DUE),
    "延期在办": (Headline.EXTENDED,),
    "无实质进展": (Headline.NO_ADVANCE,),
    "已终止": (Headline.TERMINATED,),
    "已转出": (Headline.TRANSFERRED,),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage of the text and what was computed."""

    passage: str
    computed: str

    def __str__(self) -> str:
        return f"文字材料“{self.passage}”与计算结果不符（{self.computed}），请核对后修改文字材料"


def text_differences(report: Report) -> tuple[Difference, ...]:
    """Every passage whose number or status is not the computed one; passages on other quarters are left alone."""
    known = _known_counts(report)
    found: list[Difference] = []
    for section in sections(report.scope.text):
        for paragraph in section.paragraphs:
            for clause in _CLAUSE.findall(paragraph):
                if not _ABOUT_ANOTHER_QUARTER.search(clause):
                    found += [*_counts(clause, known), *_statuses(clause, report)]
    return tuple(dict.fromkeys(found))


def _known_counts(report: Report) -> dict[str, set[str]]:
    """Word → the numbers it may stand with, unit included (逾期 → 3项)."""
    known: dict[str, set[str]] = {}

    def add(word: str, number: int, unit: str = "项") -> None:
        known.setdefault(word, set()).add(f"{number}{unit}")

    for groups, found in ((FIXED_GROUPS, report.fixed), (OTHER_GROUPS, report.others)):
        for group in groups:
            add(group.column, len(group.members(found)))
            add(group.phrase, len(group.members(found)))
    closed = closed_tasks(report.assessments)
    add("销号", len(closed))
    add("销号", len(closed - closed_tasks(report.earlier)))
    add("已销号", len(closed))
    add("逾期", len(overdue_tasks(report.assessments)))
    add("到期未办结", sum(one.is_open_past_due for one in report.fixed))
    add("限时任务", len(report.fixed))
    add("其他任务", len(report.others))
    for headline in Headline:
        add(label(headline), sum(one.headline is headline for one in report.assessments))
    kinds = [row["kind"] for row in submission_rows(report)]
    add("应报", len(kinds), "家")
    for word, kind in (
        ("按时", "按时"),
        ("迟报", "迟报"),
        ("部分报送", "部分报送"),
        ("未报", "未报送"),
        ("未报送", "未报送"),
    ):
        add(word, kinds.count(kind), "家")
    return known


def _counts(clause: str, known: dict[str, set[str]]) -> Iterator[Difference]:
    for match in _COUNT.finditer(clause):
        words = [word for word in known if match["word"].endswith(word)]
        if not words:
            continue
        word = max(words, key=len)
        told = f"{match['number']}{match['unit']}"
        same_unit = {value for value in known[word] if value.endswith(match["unit"])}
        if same_unit and told not in same_unit:
            yield Difference(f"{word}{told}", f"{word}{'或'.join(sorted(same_unit))}")


def _statuses(clause: str, report: Report) -> Iterator[Difference]:
    by_number = {one.task_no: one for one in report.assessments}
    for match in _TASK.finditer(clause):
        after = clause[match.end() :]
        word = next((word for word in _TASK_WORDS if word in after), None)
        if word is None:
            continue
        for number in map(int, match["numbers"].split("、")):
            one = by_number.get(number)
            if one is None or one.headline not in _TASK_WORDS[word]:
                yield Difference(f"任务{number}{word}", _status(number, one))


def _status(number: int, one: Assessment | None) -> str:
    return f"任务{number}{label(one.headline)}" if one is not None else f"没有任务{number}"
