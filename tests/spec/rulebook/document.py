"""docs/status-rules.md: the chapters as a document for the staff of a supervising office."""

from collections.abc import Iterator

from rulebook import axes, fixed, office, others, scores
from rulebook.table import AS_OF, Chapter, Rule, judged_on
from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.rules import RULES
from yuechi_report.page.labels import label

CHAPTERS = (fixed.CHAPTER, others.CHAPTER, axes.CHAPTER, office.CHAPTER, scores.CHAPTER)
NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九")
HEAD = """# 状态判定规则

本文供督查室工作人员对照使用，说明每项任务为什么是这个状态。文中的规则和例子与程序同出一处：程序改了，例子对不上，
检查就通不过。30天、60天、90天、10个工作日、两个工作日等数字，由本室在判定规则文件中设定，可以调整。

各表除另有说明外，都以同一项任务为例：通知2024年9月23日印发，任务2024年12月31日到期，由县人力资源和社会保障局牵头填报；
四季度填报2024年12月20日截止，2025年1月6日判定。填报截止的当天，以下称报送日；三季度为首次报送，报送日是10月15日。
没有写年份的日期，都在2024年或者紧接前一个日期。“报推进中”指12月18日收到合格的填报，自报状态为推进中；其他自报状态同此。

## 判定次序
"""
CLASSES = (
    TaskClass.FIXED,
    TaskClass.ADVANCE,
    TaskClass.MAINTAIN,
    TaskClass.TRACK,
    TaskClass.UNDEFINED,
    TaskClass.UNRESOLVED,
)


def document() -> str:
    """The whole text."""
    parts = [HEAD, *_order()]
    for number, chapter in zip(NUMBERS, CHAPTERS, strict=False):
        parts += [f"\n## {number}、{chapter.title}\n\n{chapter.intro}", *_rules(chapter)]
    return "\n".join(parts)


def _order() -> Iterator[str]:
    """For each class the headlines in the order in which they are tried."""
    yield "一项任务只有一个状态。自左至右逐个对照，以最先符合的为准。\n\n| 类别 | 次序 |\n|---|---|"
    for task_class in CLASSES:
        words = dict.fromkeys(label(rule.headline) for rule in RULES[task_class])
        yield f"| {label(task_class)} | {' → '.join(words)} |"


def _rules(chapter: Chapter) -> Iterator[str]:
    for number, rule in enumerate(chapter.rules, start=1):
        yield f"\n### {number}. {rule.title}\n\n{rule.sentence}\n"
        yield _table(rule)


def _table(rule: Rule) -> str:
    """The cases; a column tells the day judged where it is not the same for all."""
    if all(one.as_of == AS_OF for one in rule.cases):
        rows = [f"| {one.situation} | {one.expected} |" for one in rule.cases]
        return "\n".join([f"| 情形 | {rule.answer} |", "|---|---|", *rows])
    rows = [f"| {one.situation} | {judged_on(one)} | {one.expected} |" for one in rule.cases]
    return "\n".join([f"| 情形 | 判定日 | {rule.answer} |", "|---|---|---|", *rows])
