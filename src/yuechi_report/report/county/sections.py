"""The county report's outline: its parts, tables and annexes in order. A number is a place here, never written down.

Sentences ask for a number, captions and the notebook's headings are printed with it: what is added or moved here
renumbers every reference.
"""

from dataclasses import dataclass

from yuechi_report.page.prose import Prose
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.words.sentences import numeral

MATTERS, OVERDUE, UNFINISHED, CORRECTIONS, REMARKS = "matters", "overdue", "unfinished", "corrections", "remarks"
REGISTER, DOCUMENTS, METHOD, SCORES, CHARTS = "register", "documents", "method", "scores", "charts"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the body; `to_units` is its title in the units' edition where that is another."""

    key: str
    title: str
    to_units: str = ""


SECTIONS = (
    Part("conclusion", "结论"),
    Part(MATTERS, "需县领导研究的事", to_units="下一步要求"),
    Part(OVERDUE, "逾期"),
    Part("reporting", "报送与下季"),
    Part("distribution", "状态分布和变化"),
    Part("tallies", "按类别和按单位"),
    Part(UNFINISHED, "销号、逾期和受上级制约"),
    Part("changes", "延期、调整和下季到期"),
    Part("ongoing", "持续类和其他任务"),
    Part(CORRECTIONS, "对上期报告的更正和报送情况"),
    Part("office", "本室待办和下一步安排"),
    Part(REMARKS, "情况综述"),
)

TABLES = (
    ("by_category", "按类别"),
    ("by_unit", "按单位（共同牵头的任务按第一牵头单位计一次）"),
    ("closed", "本季销号"),
    ("overdue_in_full", "逾期任务"),
    ("blocked", "受上级制约"),
    ("changes", "延期和调整"),
    ("due_next", "下季到期"),
    ("ongoing", "持续类和其他任务"),
    ("next_steps", "下一步安排"),
    ("rule_counts", "本季各状态任务数"),
)
"""The numbered tables by their names, and their titles."""

ANNEXES = (
    (REGISTER, "重点任务清单及状态"),
    (DOCUMENTS, "督办文书清单"),
    (METHOD, "判定方法"),
    (SCORES, "单位评分"),
    (CHARTS, "图表"),
)


def heading(report: Report, key: str, *, more: str = "") -> Prose:
    """## 七、销号、逾期和受上级制约; `more` follows the title."""
    section = next(section for section in SECTIONS if section.key == key)
    title = section.title if report.edition == LEADERS else section.to_units or section.title
    return Prose(markdown=f"## {_ordinal(key)}、{title}{more}")


def part(key: str) -> str:
    """第七部分, as a sentence points to it."""
    return f"第{_ordinal(key)}部分"


def _ordinal(key: str) -> str:
    return numeral([section.key for section in SECTIONS].index(key) + 1)


def caption(table: str) -> str:
    """表4　逾期任务."""
    number = [name for name, _ in TABLES].index(table) + 1
    return f"表{number}　{dict(TABLES)[table]}"


def annexes(report: Report) -> tuple[str, ...]:
    """The titles of this edition's annexes, in order."""
    return tuple(title for key, title in ANNEXES if key in _shown(report))


def annex_number(report: Report, key: str) -> int:
    """The number of an annex in this edition."""
    return _shown(report).index(key) + 1


def annex_heading(report: Report, key: str) -> Prose:
    """## 附件3　判定方法."""
    return Prose(markdown=f"## 附件{annex_number(report, key)}　{dict(ANNEXES)[key]}")


def _shown(report: Report) -> tuple[str, ...]:
    """The units' edition has no list of documents still to be decided, and no scores."""
    left_out = {DOCUMENTS: report.edition != LEADERS, SCORES: not scores_are_shown(report)}
    return tuple(key for key, _ in ANNEXES if not left_out.get(key, False))


def scores_are_shown(report: Report) -> bool:
    """Only for the leaders, and only where the policy has them."""
    return report.edition == LEADERS and report.scope.policy.scores is not None
