"""本室待办: what waits for this office, since when, and what has waited longer than it should (domain.md §2.4)."""

from yuechi_report.domain.assessment import OfficeItem
from yuechi_report.domain.waiting import Waiting, office_waits
from yuechi_report.page.labels import label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import Report
from yuechi_report.report.days import day_word, reply_by
from yuechi_report.report.wording import counted_list, listed_tasks, numbered


def waits(report: Report) -> tuple[Waiting, ...]:
    """Everything that waits for this office, in the register's order."""
    return office_waits(report.assessments, as_of=report.as_of, policy=report.scope.policy)


def waits_by_kind(report: Report) -> list[tuple[OfficeItem, list[Waiting]]]:
    """The same by kind, in the order in which the office deals with them; no empty kind."""
    found = waits(report)
    kinds = [(kind, [one for one in found if one.item is kind]) for kind in OfficeItem]
    return [(kind, members) for kind, members in kinds if members]


def office_sentence(report: Report) -> str:
    """**本室待办**：待核验3项、申请调整待定1项，1月20日前办结。 And which waited too long."""
    kinds = waits_by_kind(report)
    if not kinds:
        return "**本室待办**：无。"
    counts = counted_list([(label(kind).removeprefix("自报完成"), len(members)) for kind, members in kinds])
    late = late_tasks(report)
    tail = f"，其中{listed_tasks(late)}已超{report.scope.policy.working_days_check}个工作日" if late else ""
    return f"**本室待办**：{counts}，{reply_by(report)}办结{tail}。"


def late_tasks(report: Report) -> list[int]:
    """The tasks that have waited longer than the office gives itself."""
    return [one.task_no for one in waits(report) if one.is_long]


def office_items(report: Report) -> Prose:
    """What waits for this office, by kind, each task with the day since when; what waited too long is named."""
    lines = [
        escape_markdown(f"{label(kind)}{len(members)}项：{'、'.join(_words(report, one) for one in members)}。")
        for kind, members in waits_by_kind(report)
    ]
    if not lines:
        return Prose(markdown="本室没有待办事项。")
    late = late_tasks(report)
    if late:
        days = report.scope.policy.working_days_check
        lines.append(f"等待超过{days}个工作日的：{listed_tasks(late)}，本室{reply_by(report)}优先办结。")
    return Prose(markdown=numbered(lines))


def _words(report: Report, one: Waiting) -> str:
    """任务30（县住建局，12月24日起）."""
    lead = report.short_unit(report.task(one.task_no).filling_unit)
    return f"任务{one.task_no}（{lead}，{day_word(report, one.since)}起）"
