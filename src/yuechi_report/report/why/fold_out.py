"""The fold-out beside a status: rule, dates, thresholds, records with time and file, notice lines.

It holds nothing a unit wrote of its own work: what may stand on a page of each edition is the tables'
business. What a unit asked for shows only to the county's leaders and to itself (domain.md §7).
"""

from collections.abc import Iterator

from yuechi_report.domain.assessment import Assessment, Discipline
from yuechi_report.domain.case import Case
from yuechi_report.domain.progress import Decision, ProgressEntry, Source
from yuechi_report.page.labels import date_label, label, quarter_label
from yuechi_report.page.table import Detail, Ground
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.why.grounds import case_of, date_facts, policy_facts, resting_decisions, rule_facts
from yuechi_report.report.why.wording import (
    NOTICE_FILE,
    SUFFIX_TEXTS,
    approval_text,
    dates_text,
    decision_text,
    moment_label,
    overdue_text,
    printed_remarks,
    rule_place,
)
from yuechi_report.report.words.statuses import told_suffixes


def fold_out(report: Report, one: Assessment) -> Detail:
    """The grounds of one status, a line each."""
    case = case_of(report, one)
    return Detail(subject=f"任务{one.task_no}", grounds=tuple(_grounds(report, one, case)))


def _grounds(report: Report, one: Assessment, case: Case) -> Iterator[Ground]:
    yield Ground(term="规则", text=rule_place(one, rule_facts(one)))
    meanings = [SUFFIX_TEXTS[code] for code in told_suffixes(report, one)]
    if meanings := [*meanings, *filter(None, [overdue_text(one)])]:
        yield Ground(term="说明", text="；".join(meanings))
    yield Ground(term="时限", text="；".join([f"通知原文“{case.task.deadline_raw}”", *printed_remarks(case)]))
    yield Ground(term="日期", text=dates_text(date_facts(one)))
    if thresholds := [fact.text for fact in policy_facts(one)]:
        yield Ground(term="标准", text="；".join(thresholds))
    yield Ground(term="填报", text=_reported(report, one))
    for decision in resting_decisions(case, one):
        yield Ground(term="决定", text=_decided(decision))
    yield Ground(term="通知", text=_lines(case))


def _reported(report: Report, one: Assessment) -> str:
    entry = one.reason.entry
    if entry is None:
        return "截至判定日没有收到牵头单位的填报"
    told = _entry(report, entry)
    if entry.quarter == report.scope.period.quarter:
        return told
    missing = "本季度免报" if one.discipline is Discipline.EXEMPT else "本季度没有收到填报"
    return f"{missing}；最近一次为{told}"


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


def _lines(case: Case) -> str:
    first, last = case.task.source_lines
    return f"原件{NOTICE_FILE}第{first}—{last}行" if first else "原件行号未登记"
