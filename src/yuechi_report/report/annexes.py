"""The annexes of an edition and their numbers: the units' edition has no list of documents still to be decided."""

from yuechi_report.page.closing import Closing
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Table
from yuechi_report.report import scores
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.crowd import is_crowded

REGISTER, DOCUMENTS, METHOD, SCORES, CHARTS = "重点任务清单及状态", "督办文书清单", "判定方法", "单位评分", "图表"


def annexes(report: Report) -> tuple[str, ...]:
    """The annexes' titles in order."""
    documents = (DOCUMENTS,) if report.edition == LEADERS else ()
    scored = (SCORES,) if scores.are_shown(report) else ()
    return (REGISTER, *documents, METHOD, *scored, CHARTS)


def annex_number(report: Report, title: str) -> int:
    """The number of an annex in this edition."""
    return annexes(report).index(title) + 1


def annex_heading(report: Report, title: str) -> Prose:
    """附件3　判定方法."""
    return Prose(markdown=f"## 附件{annex_number(report, title)}　{title}")


def closing(report: Report) -> Closing:
    """What ends the body: the annexes by name; who signs and the day, once the report is signed.

    The draft of a crowded quarter leaves the names out: its body has no room, and each annex bears its name.
    """
    signed = report.scope.signed
    return Closing(
        attachments=() if not signed and is_crowded(report) else annexes(report),
        signatories=(report.scope.office.signatory,) if signed else (),
        signed_on=signed.on if signed else None,
    )


def scored(report: Report) -> tuple[Prose | Table, ...]:
    """The annex with the units' scores; nothing at all unless the policy turns them on, nor for the units."""
    if not scores.are_shown(report):
        return ()
    return annex_heading(report, SCORES), scores.method(report), scores.table(report)
