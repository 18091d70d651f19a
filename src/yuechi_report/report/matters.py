"""The matters a county leader must settle: at most three, each with where it is stuck and who should do what."""

from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.labels import short_date_label
from yuechi_report.page.prose import escape_markdown
from yuechi_report.report.context import Report
from yuechi_report.report.wording import clipped, task_reference

MOST = 3
_ADDRESSED = ("县政府", "县人民政府", "县领导")
_LENGTH = 75


@dataclass(frozen=True, slots=True)
class Matter:
    """Subject and text, both escaped Markdown."""

    subject: str
    text: str


def matters(report: Report) -> tuple[Matter, ...]:
    """What units ask of the county's leaders about overdue tasks, then tasks stuck above, then
    requests to change the list; at most three.
    """
    overdue = [one for one in report.assessments if one.headline is Headline.OVERDUE and _asks_county(one)]
    adjust = [one for one in report.assessments if one.headline is Headline.ADJUSTMENT_REQUESTED]
    found = [_asked(report, one) for one in overdue]
    found += _blocked(report)
    found += [_asked(report, one) for one in adjust]
    return tuple(found[:MOST])


def _asks_county(one: Assessment) -> bool:
    return one.entry is not None and any(word in one.entry.coordination for word in _ADDRESSED)


def _asked(report: Report, one: Assessment) -> Matter:
    entry = one.entry
    where = clipped(entry.issues, _LENGTH) if entry is not None else ""
    who = clipped(entry.coordination, _LENGTH) if entry is not None else ""
    if not who:
        who = "建议先请示市级牵头部门，未批准前继续列管。"
    return Matter(task_reference(report, report.task(one.task_no)), escape_markdown(where + who))


def _blocked(report: Report) -> list[Matter]:
    blocked = [one for one in report.assessments if one.headline in (Headline.BLOCKED_PAST_DUE, Headline.BLOCKED)]
    decisions = [one.reason.decision for one in blocked if one.reason.decision is not None]
    if not decisions:
        return []
    subject = "、".join(task_reference(report, report.task(one.task_no)) for one in blocked)
    bodies = "、".join(dict.fromkeys(decision.upper_body for decision in decisions))
    days = list(dict.fromkeys(decision.review_on for decision in decisions if decision.review_on is not None))
    until = "、".join(short_date_label(day, report.as_of) for day in days)
    each = "分别于" if len(days) > 1 else "于"
    text = f"本县环节已办完，须待上级，已核实认定。建议以县政府名义函商{bodies}，{each}{until}前复核。"
    return [Matter(subject, escape_markdown(text))]
