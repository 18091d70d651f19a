"""Numbers in the office's own text against the computed ones: differences are findings, nothing is changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.labels import label
from yuechi_report.report.conclusion import closed_tasks, overdue_tasks
from yuechi_report.report.context import Report
from yuechi_report.report.groups import FIXED_GROUPS, OTHER_GROUPS
from yuechi_report.report.human_text import sections
from yuechi_report.report.submission_rows import submission_rows

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
    states = [row["state"] for row in submission_rows(report)]
    add("应报", len(states), "家")
    for word, state in (("按时", "按时"), ("迟报", "迟报"), ("未报", "未报送"), ("未报送", "未报送")):
        add(word, states.count(state), "家")
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
