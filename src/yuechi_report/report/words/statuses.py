"""How headlines are counted together, and the words sentences use for them (domain.md §7)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from yuechi_report.domain.assessment import Assessment, Headline, Suffix, TaskClass
from yuechi_report.domain.rules import RULES
from yuechi_report.page.headlines import HEADLINES, NORMAL, SETTLED, sign_kind
from yuechi_report.page.labels import headline_label, suffix_label
from yuechi_report.report.context import LEADERS, Report


@dataclass(frozen=True, slots=True)
class Group:
    """Headlines counted as one; `column` heads a table, `phrase` stands before “N项” in a sentence."""

    column: str
    phrase: str
    headlines: tuple[Headline, ...]

    def members(self, assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
        """The assessments that belong to the group."""
        return tuple(status for status in assessments if status.headline in self.headlines)


def _groups(of: Iterable[TaskClass], *, others: bool) -> tuple[Group, ...]:
    """The groups of the headlines that the rules of those classes give, in the table's order."""
    given = {rule.headline for task_class in of for rule in RULES[task_class]}
    groups: dict[str, Group] = {}
    for row in HEADLINES:
        if row.headline in given:
            phrase = (row.phrase_of_others if others else "") or row.phrase or row.column
            known = groups.get(row.column, Group(row.column, phrase, ()))
            groups[row.column] = replace(known, headlines=(*known.headlines, row.headline))
    return tuple(groups.values())


FIXED_GROUPS = _groups((TaskClass.FIXED,), others=False)
OTHER_GROUPS = _groups((code for code in TaskClass if code is not TaskClass.FIXED), others=True)
ATTENTION_GROUPS = tuple(group for group in OTHER_GROUPS if not set(group.headlines) & {*NORMAL, *SETTLED})


def counted(groups: tuple[Group, ...], assessments: Iterable[Assessment]) -> list[tuple[Group, int]]:
    """The groups that have members, with their numbers, in order."""
    numbers = Counter(status.headline for status in assessments)
    sums = [(group, sum(numbers[headline] for headline in group.headlines)) for group in groups]
    return [(group, number) for group, number in sums if number]


def headline_text(report: Report, status: Assessment, *, is_issued: bool = True) -> str:
    """逾期未完成（6天、退回补正）; on a screen a task due on the very day reads 今日到期."""
    days = f"{status.days_overdue}天" if status.headline is Headline.OVERDUE else ""
    suffixes = "、".join(part for part in (days, suffix_text(report, status)) if part)
    return headline_label(status, is_issued=is_issued) + (f"（{suffixes}）" if suffixes else "")


def suffix_text(report: Report, status: Assessment) -> str:
    """The suffixes this edition prints, in one string."""
    return "、".join(suffix_label(code, status.days_overdue) for code in told_suffixes(report, status))


def told_suffixes(report: Report, status: Assessment) -> tuple[Suffix, ...]:
    """The suffixes this edition prints."""
    return tuple(code for code in status.suffixes if is_told(report, code))


def is_told(report: Report, suffix: Suffix) -> bool:
    """Whether the edition prints a suffix: what no person has confirmed goes to the leaders only (domain.md §2.4)."""
    return report.edition == LEADERS or suffix is not Suffix.EVIDENCE_PENDING


def sign_of(report: Report, headline: Headline) -> str:
    """The policy's sign for a headline."""
    return dict(report.scope.office.signs)[sign_kind(headline)]


def overdue_tasks(assessments: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
    """逾期未完成."""
    return tuple(status for status in assessments if status.headline is Headline.OVERDUE)


def closed_tasks(assessments: tuple[Assessment, ...]) -> set[int]:
    """The numbers of the tasks that are closed."""
    return {status.task_no for status in assessments if status.headline is Headline.CLOSED}
