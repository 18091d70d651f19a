"""情况综述: what the office wrote itself, by its own headings, and its numbers checked.

The words are printed as written, never changed; a number that differs from the computed one is a finding
for the analyst. What the leaders alone may read (source/office_text.py) stands in their edition only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.domain.reporting import unit_reports
from yuechi_report.page.headlines import HEADLINES, ROW_OF
from yuechi_report.page.labels import label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.county.sections import REMARKS, heading
from yuechi_report.report.words.sentences import numeral
from yuechi_report.report.words.statuses import FIXED_GROUPS, OTHER_GROUPS, closed_tasks, overdue_tasks
from yuechi_report.source.office_text import written

_CLAUSE = re.compile(r"[^。；！？，\n]+")

_WORD = r"[\u4e00-\u9fff·]"

_COUNT = re.compile(rf"(?<={_WORD})(?P<number>\d++)(?P<unit>[项家])")
"""A number right after a word; the word itself is looked at backwards, so that a long line costs no more than its length."""

_TASK = re.compile(r"任务(?P<numbers>\d+(?:、\d+)*)")

_DIGITS_MOST = 9
"""No number of a task or a count has more digits; a longer one is compared as it is written."""

_ABOUT_ANOTHER_QUARTER = re.compile("上季|上期|去年|下季|下期|比.{0,4}季度")
_CHECKED = sorted((row.checked for row in HEADLINES if row.checked), key=lambda checked: checked.place)
_TASK_WORDS = tuple(dict.fromkeys(checked.text for checked in _CHECKED))
"""The words that say where a task stands, in the order in which they are looked for."""


def office_words(report: Report) -> Prose:
    """情况综述: each part under its heading, as written; nothing where the office wrote nothing."""
    found = written(report.scope.text)
    shown = [remark for remark in found if report.edition == LEADERS or not remark.leaders_only]
    if not shown:
        return Prose(markdown="")
    lines = [heading(report, REMARKS).markdown]
    number = 0
    for remark in shown:
        if remark.title:
            number += 1
            lines.append(f"### （{numeral(number)}）{escape_markdown(remark.title)}")
        lines += [escape_markdown(paragraph) for paragraph in remark.paragraphs]
    return Prose(markdown="\n\n".join(lines))


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
    for remark in written(report.scope.text):
        for paragraph in remark.paragraphs:
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
    add("到期未办结", sum(status.is_open_past_due for status in report.fixed))
    add("限时任务", len(report.fixed))
    add("其他任务", len(report.others))
    for headline in Headline:
        add(label(headline), sum(status.headline is headline for status in report.assessments))
    kinds = [label(one.state) for one in unit_reports(report.assessments)]
    add("应报", len(kinds), "家")
    add("未报", kinds.count("未报送"), "家")
    for kind in ("按时", "迟报", "部分报送", "未报送"):
        add(kind, kinds.count(kind), "家")
    return known


def _counts(clause: str, known: dict[str, set[str]]) -> Iterator[Difference]:
    for match in _COUNT.finditer(clause):
        words = [word for word in known if clause.endswith(word, 0, match.start())]
        if not words:
            continue
        word = max(words, key=len)
        told = f"{match['number']}{match['unit']}"
        same_unit = {value for value in known[word] if value.endswith(match["unit"])}
        if same_unit and told not in same_unit:
            yield Difference(f"{word}{told}", f"{word}{'或'.join(sorted(same_unit))}")


def _statuses(clause: str, report: Report) -> Iterator[Difference]:
    by_number = {status.task_no: status for status in report.assessments}
    last = {word: clause.rfind(word) for word in _TASK_WORDS}
    for match in _TASK.finditer(clause):
        word = next((word for word, start in last.items() if start >= match.end()), None)
        if word is None:
            continue
        for number in map(_number, match["numbers"].split("、")):
            status = by_number.get(number) if isinstance(number, int) else None
            checked = ROW_OF[status.headline].checked if status is not None else None
            if checked is None or checked.text != word:
                yield Difference(f"任务{number}{word}", _status(number, status))


def _number(digits: str) -> int | str:
    """The number; one that no list reaches is left as it is written."""
    return int(digits) if len(digits) <= _DIGITS_MOST else f"{digits[:_DIGITS_MOST]}……"


def _status(number: int | str, status: Assessment | None) -> str:
    return f"任务{number}{label(status.headline)}" if status is not None else f"没有任务{number}"
