"""二: for the leaders the matters they must settle, for the units what is required of them."""

from collections.abc import Iterator

from yuechi_report.domain.assessment import Headline
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.days import next_report_by, reply_by
from yuechi_report.report.frames import submission_frame
from yuechi_report.report.matters import MOST, matters
from yuechi_report.report.wording import few, listed_tasks, numbered

_NAMED = 4


def matters_or_requirements(report: Report) -> Prose:
    """At most three matters for the leaders; for the units one requirement a kind."""
    if report.edition == LEADERS:
        return Prose(markdown=_for_leaders(report))
    return Prose(markdown=f"## 二、下一步要求\n\n{numbered(list(_requirements(report)))}")


def _for_leaders(report: Report) -> str:
    found = matters(report)
    if not found:
        return "## 二、需县领导研究的事\n\n本季无须提请县领导研究的事项。"
    more = f"，先列{MOST}件，其余见第七部分" if len(found) > MOST else ""
    heading = f"## 二、需县领导研究的事（{len(found)}件{more}）"
    return f"{heading}\n\n{numbered([one.markdown for one in found[:MOST]])}"


def more_matters(report: Report) -> Prose:
    """The matters page one has no room for; for the leaders only."""
    rest = matters(report)[MOST:] if report.edition == LEADERS else ()
    if not rest:
        return Prose(markdown="")
    lines = [f"{number}\\.{one.markdown}" for number, one in enumerate(rest, start=MOST + 1)]
    return Prose(markdown="\n\n".join([f"其余需县领导研究的事{len(rest)}件：", *lines]))


def _requirements(report: Report) -> Iterator[str]:
    reply = reply_by(report)
    overdue = [one.task_no for one in report.assessments if one.headline is Headline.OVERDUE]
    missing = [
        report.short_unit(str(row.unit))
        for row in submission_frame(report).itertuples()
        if row.state in ("未报送", "待补正")
    ]
    waiting = [one.task_no for one in report.assessments if one.headline is Headline.FIRST_REPORT_MISSING]
    blocked = [
        one.task_no for one in report.assessments if one.headline in (Headline.BLOCKED_PAST_DUE, Headline.BLOCKED)
    ]
    idle = [one.task_no for one in report.assessments if one.headline is Headline.NO_ADVANCE]
    if overdue:
        yield f"**逾期任务限期整改**。牵头单位{reply}书面报告整改情况和完成日期。"
    if missing:
        yield f"**未报送单位补报**。{escape_markdown(few(missing))}于{reply}补报本季度情况。"
    if waiting:
        yield f"**尽快补齐首报**。{_some(waiting)}的牵头单位{reply}补报。"
    if blocked:
        yield f"**受上级制约的继续对接**。{_some(blocked)}在复核日前至少对接一次并书面报告。"
    if idle:
        yield f"**无实质进展的抓紧推动**。{_some(idle)}下季度至少报送一项具体行动及结果。"
    yield f"**按时报送下季度情况**。各牵头单位于{next_report_by(report)}报送，已销号任务不再报送。"


def _some(numbers: list[int]) -> str:
    return listed_tasks(numbers) if len(numbers) <= _NAMED else f"{listed_tasks(numbers[:_NAMED])}等{len(numbers)}项"
