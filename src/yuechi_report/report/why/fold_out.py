"""The fold-out next to a status: rule, dates, thresholds, records with time and file, notice lines.

It holds nothing a unit wrote of its own work: what may be printed on a page of each edition is the tables'
business. What a unit asked for shows only to the county's leaders and to itself (domain.md §7).
"""

from collections.abc import Iterator

from yuechi_report.domain.assessment import Assessment, Discipline
from yuechi_report.domain.progress import Decision, ProgressEntry, Source
from yuechi_report.domain.register import Task
from yuechi_report.page.labels import date_label, label, quarter_label
from yuechi_report.page.table import Detail, GroundLine
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.why.grounds import Grounds
from yuechi_report.report.why.wording import (
    NOTICE_FILE,
    SUFFIX_TEXTS,
    approval_text,
    dates_text,
    decision_text,
    moment_label,
    overdue_text,
    printed_remarks,
    rule_text,
    threshold_text,
)
from yuechi_report.report.words.statuses import told_suffixes


def fold_out(report: Report, judged: Assessment) -> Detail:
    """The grounds of one status, a line each."""
    return Detail(subject=f"任务{judged.task_no}", grounds=tuple(_grounds(Grounds.of(report, judged))))


def _grounds(grounds: Grounds) -> Iterator[GroundLine]:
    report, judged, case = grounds.report, grounds.judged, grounds.case
    yield GroundLine(term="规则", text=rule_text(judged, grounds.place))
    meanings = [SUFFIX_TEXTS[suffix] for suffix in told_suffixes(report, judged)]
    if meanings := [*meanings, *filter(None, [overdue_text(judged)])]:
        yield GroundLine(term="说明", text="；".join(meanings))
    yield GroundLine(term="时限", text="；".join([f"通知原文“{case.task.deadline_raw}”", *printed_remarks(case)]))
    yield GroundLine(term="日期", text=dates_text(judged.reason.dates))
    if thresholds := [threshold_text(key, value) for key, value in judged.reason.policy]:
        yield GroundLine(term="标准", text="；".join(thresholds))
    yield GroundLine(term="填报", text=_reported(report, judged))
    for decision in grounds.resting_decisions:
        yield GroundLine(term="决定", text=_decided(decision))
    yield GroundLine(term="通知", text=_lines(case.task))


def _reported(report: Report, judged: Assessment) -> str:
    entry = judged.reason.entry
    if entry is None:
        return "截至判定日没有收到牵头单位的填报"
    newest = _entry(report, entry)
    if entry.quarter == report.scope.period.quarter:
        return newest
    missing = "本季度免报" if judged.discipline is Discipline.EXEMPT else "本季度没有收到填报"
    return f"{missing}；最近一次为{newest}"


def _entry(report: Report, entry: ProgressEntry) -> str:
    said = f"，自报“{label(entry.reported)}”" if entry.reported is not None and _may_see(report, entry) else ""
    who = f"{report.short_unit(entry.unit)}{quarter_label(entry.quarter)}填报"
    return f"{who}{said}；{_origin(entry.source)}"


def _may_see(report: Report, entry: ProgressEntry) -> bool:
    return report.edition == LEADERS or report.scope.unit == entry.unit


def _decided(decision: Decision) -> str:
    approval = approval_text(decision)
    parts = [f"{date_label(decision.decided_on)}{decision_text(decision)}", *([approval] if approval else [])]
    return f"{'，'.join(parts)}；{_origin(decision.source)}"


def _origin(source: Source) -> str:
    name = source.file.rsplit("/", 1)[-1]
    received, recorded = moment_label(source.received_at), moment_label(source.recorded_at)
    return f"{received}收到、{recorded}登记，第{source.seq}号收件（{name}第{source.row}行）"


def _lines(task: Task) -> str:
    first, last = task.source_lines
    return f"原件{NOTICE_FILE}第{first}—{last}行" if first else "原件行号未登记"
