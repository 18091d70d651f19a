"""What needs a person after a run: overdue tasks, checks that wait, units that did not report."""

from yuechi_report.domain.assessment import Suffix, UnitDiscipline
from yuechi_report.domain.reporting import unit_reports
from yuechi_report.page.headlines import HEADLINES
from yuechi_report.report.context import Report
from yuechi_report.report.county.office import coordinated
from yuechi_report.report.county.remarks import text_differences
from yuechi_report.report.words.sentences import listed_tasks

_WATCHED = sorted((row for row in HEADLINES if row.watched), key=lambda row: row.watched)
_NOTHING_CAME = (UnitDiscipline.NOT_REPORTED, UnitDiscipline.NOT_YET_DUE)
_UNPROVED = {Suffix.NO_EVIDENCE: "自报完成未填佐证", Suffix.EVIDENCE_PENDING: "佐证没有文号或日期"}
"""What the rules found of a declaration and a person decides."""


def attention_lines(report: Report) -> tuple[str, ...]:
    """One line a kind of matter, in the order of urgency; plain text."""
    lines = []
    for row in _WATCHED:
        numbers = [status.task_no for status in report.assessments if status.headline is row.headline]
        if numbers:
            lines.append(f"{row.word}{len(numbers)}项（{listed_tasks(numbers)}）")
    reports = unit_reports(report.assessments)
    missing = [one.unit for one in reports if one.state in _NOTHING_CAME]
    if missing:
        lines.append(f"未收到报送{len(missing)}家（{'、'.join(missing)}）")
    partial = [f"{one.unit}{one.missing}项未报" for one in reports if one.state is UnitDiscipline.PARTIAL]
    if partial:
        lines.append(f"部分报送{len(partial)}家（{'、'.join(partial)}）")
    for suffix, words in _UNPROVED.items():
        numbers = [status.task_no for status in report.assessments if suffix in status.suffixes]
        if numbers:
            lines.append(f"系统提示：{words}{len(numbers)}项（{listed_tasks(numbers)}），请确认是否退回补正")
    for word, found in coordinated(report):
        lines.append(f"{word}{len(found)}项（{listed_tasks(list(dict.fromkeys(wish.task_no for wish in found)))}）")
    return (*lines, *map(str, text_differences(report)))
