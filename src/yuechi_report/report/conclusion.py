"""一、结论: fixed tasks, the others, and the comparison with last quarter, in at most four lines (domain.md §7)."""

from collections.abc import Iterator

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.labels import short_date_label
from yuechi_report.page.prose import Prose
from yuechi_report.page.signs import SETTLED
from yuechi_report.report.context import Report
from yuechi_report.report.days import quarter_word
from yuechi_report.report.groups import ATTENTION_GROUPS, FIXED_GROUPS, NORMAL, counted
from yuechi_report.report.wording import counted_list, first_fitting, rate

_LINES = 4


def conclusion(report: Report) -> Prose:
    """The fullest form that takes at most four lines; what is left out stands in the tables."""
    return Prose(markdown=first_fitting(list(_forms(report)), _LINES))


def _forms(report: Report) -> Iterator[str]:
    for kinds, dues in ((True, True), (True, False), (False, False)):
        yield _fixed_sentence(report) + _others_sentence(report, kinds=kinds) + _comparison(report, dues=dues)


def _fixed_sentence(report: Report) -> str:
    fixed = report.fixed
    if not fixed:
        return "本清单没有限时任务。"
    due = [one for one in fixed if one.due is not None and one.due <= report.as_of]
    reach = "均已到通知时限" if len(due) == len(fixed) else f"（{len(due)}项已到通知时限）" if due else "均未到通知时限"
    parts = "，".join(f"{group.phrase}{number}项" for group, number in counted(FIXED_GROUPS, fixed))
    return f"{len(fixed)}项限时任务{reach}：**{parts}**。{_rates(report, due=bool(due))}"


def _rates(report: Report, *, due: bool) -> str:
    """销号率6/15（40%），到期未办结共5项。 The fixed tasks alone are the denominator (domain.md §2.3)."""
    closed = closed_tasks(report.fixed)
    told = f"销号率{rate(len(closed), len(report.fixed))}" if closed else "尚无任务销号"
    unfinished = [one for one in report.fixed if one.is_open_past_due]
    if not due and not unfinished:
        return f"{told}，本季无逾期任务。"
    if unfinished:
        none = "" if overdue_tasks(report.assessments) else "，本季无逾期任务"
        return f"{told}，到期未办结共{len(unfinished)}项{none}。"
    return f"{told}，本季无逾期和到期未办结任务。"


def overdue_tasks(assessments: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
    """逾期未完成."""
    return tuple(one for one in assessments if one.headline is Headline.OVERDUE)


def closed_tasks(assessments: tuple[Assessment, ...]) -> set[int]:
    """The numbers of the tasks that are closed."""
    return {one.task_no for one in assessments if one.headline is Headline.CLOSED}


def _ended(assessments: tuple[Assessment, ...]) -> set[int]:
    return {one.task_no for one in assessments if one.headline in (Headline.TERMINATED, Headline.TRANSFERRED)}


def _others_sentence(report: Report, *, kinds: bool) -> str:
    others = report.others
    if not others:
        return ""
    fine = [one for one in others if one.headline in (*NORMAL, *SETTLED)]
    attention = [(group.phrase, number) for group, number in counted(ATTENTION_GROUPS, others)]
    if not attention:
        return f"{len(others)}项其他任务均正常或已了结。"
    number = len(others) - len(fine)
    if not fine:
        return f"{len(others)}项其他任务：{counted_list(attention) if kinds else '状态见下表'}。"
    what = attention[0][0] if len(attention) == 1 else counted_list(attention)
    watched = f"{number}项须关注{f'（{what}）' if kinds else ''}"
    return f"{len(others)}项其他任务：{len(fine)}项正常或已了结，{watched}。"


def _comparison(report: Report, *, dues: bool) -> str:
    if report.before is None:
        return ""
    before, now = closed_tasks(report.earlier), closed_tasks(report.assessments)
    new, reopened = len(now - before), len(before - now)
    ended = len(_ended(report.assessments) - _ended(report.earlier))
    news = f"新增销号{new}项" if new else "没有新增销号"
    again = (f"，终止或转出{ended}项" if ended else "") + (f"，重新挂账{reopened}项" if reopened else "")
    was, left = len(overdue_tasks(report.earlier)), len(overdue_tasks(report.assessments))
    same = _same_due(report, left) if dues else ""
    when = quarter_word(report.before.period.quarter)
    return f"与{when}相比，{news}{again}；{_overdue_change(was, left)}{same}。"


def _overdue_change(was: int, now: int) -> str:
    if now == was:
        return f"逾期仍为{now}项" if now else "两季均无逾期"
    return f"逾期由{was}项{'增' if now > was else '减'}至{now}项"


def _same_due(report: Report, number: int) -> str:
    dues = {one.effective_due for one in overdue_tasks(report.assessments)}
    only = dues.pop() if len(dues) == 1 else None
    if only is None:
        return ""
    return f"，{'均' if number > 1 else ''}为{short_date_label(only, report.scope.period.quarter.last_day)}到期"
