"""How headlines are counted together, and the words sentences use for them (domain.md §7)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from yuechi_report.domain.assessment import Assessment, Headline, Suffix, TaskClass
from yuechi_report.domain.progress import Action
from yuechi_report.domain.rules import RULES
from yuechi_report.page.headlines import HEADLINES, NORMAL, SETTLED, sign_kind
from yuechi_report.page.labels import headline_label, label, short_date_label, suffix_label
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.words.sentences import whole_clauses


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


def overdue_reason(status: Assessment, *, confirmed_only: bool = False) -> str:
    """Short reason for the table of overdue tasks: what the office did, else what the unit says.

    With `confirmed_only` what the rules found, and no person has confirmed, is left out (domain.md §2.4).
    """
    decision = status.reason.decision
    if decision is not None:
        day = short_date_label(decision.decided_on, decision.decided_on)
        words = {
            Action.RETURN: f"自报完成缺佐证，{day}退回补正",
            Action.REOPEN: f"{day}回访发现问题，重新挂账",
            Action.REFUSE_EXTENSION: f"过期后申请延期，{day}不予延期",
        }
        if decision.action in words:
            return words[decision.action]
    labelled = {"no_evidence": "自报完成，未附佐证", "block_not_recognised": "自报待上级，未附请示件，未予认定"}
    for suffix in status.suffixes:
        if suffix.value in labelled and not (confirmed_only and suffix is Suffix.NO_EVIDENCE):
            return labelled[suffix.value]
    return status.entry.issues if status.entry is not None and status.entry.issues else "未说明原因"


def brief_reason(status: Assessment) -> str:
    """One line: what the office did last, else the unit's first short clause, else nothing."""
    decision, told = status.reason.decision, (Action.RETURN, Action.REOPEN, Action.REFUSE_EXTENSION)
    if decision is not None and decision.action in told:
        return label(decision.action)
    if Suffix.BLOCK_NOT_RECOGNISED in status.suffixes:
        return label(Suffix.BLOCK_NOT_RECOGNISED)
    said = whole_clauses(status.entry.issues, 9) if status.entry is not None else ""
    return said.removesuffix("。")


def overdue_request(status: Assessment) -> str:
    """What is wanted of the unit."""
    wanted = {
        "returned": "补报佐证",
        "no_evidence": "补报佐证",
        "block_not_recognised": "补报请示件",
        "reopened": "完成整改",
    }
    return next((wanted[suffix.value] for suffix in status.suffixes if suffix.value in wanted), "报完成日期")


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
    """Whether the edition prints a suffix: what rules found and no person has confirmed goes to the leaders
    only, as a proposal (domain.md §2.4).
    """
    return report.edition == LEADERS or suffix is not Suffix.NO_EVIDENCE


def sign_of(report: Report, headline: Headline) -> str:
    """The policy's sign for a headline."""
    return dict(report.scope.office.signs)[sign_kind(headline)]


def overdue_tasks(assessments: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
    """逾期未完成."""
    return tuple(status for status in assessments if status.headline is Headline.OVERDUE)


def closed_tasks(assessments: tuple[Assessment, ...]) -> set[int]:
    """The numbers of the tasks that are closed."""
    return {status.task_no for status in assessments if status.headline is Headline.CLOSED}
