"""Why a task is overdue, and what is wanted of its unit: dated facts and the office's own words, never a guess."""

from functools import partial

from yuechi_report.domain.assessment import Assessment, Cause, CauseKind, Discipline, Suffix
from yuechi_report.domain.progress import ProgressEntry
from yuechi_report.page.labels import label
from yuechi_report.page.reasons import asked_and_refused, cause_fact, own_reason, told_causes
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.words.days import day_word
from yuechi_report.report.words.fit import width_em
from yuechi_report.report.words.sentences import clipped, whole_clauses

_ABSENT = {
    Discipline.NOT_REPORTED: "本季未报送",
    Discipline.AWAITING_CORRECTION: "本季填报退回，待补正",
    Discipline.NOT_YET_DUE: "本季待报送",
    Discipline.FIRST_REPORT: "首报待收",
    Discipline.EXEMPT: "没有单位填报",
}
"""What is said of a task on which no row came this quarter."""

_NOTHING = ("", "无", "暂无", "没有", "—", "/")
"""What stands in the cell 存在问题 of a unit that names none."""

_FIRST_LETTER = ("补报请示件", "补报请示件（文号、日期），写明待哪一级机关办理哪一个环节")
_ABOVE = ("报对接结果", "书面报告与上级机关对接的结果和完成日期")
_BY_WHEN = ("报完成日期", "书面报告整改情况和完成日期")

_WANTED = {
    CauseKind.REOPENED: ("完成整改", "按重新挂账的意见整改，书面报告整改情况和完成日期"),
    CauseKind.RETURNED: ("按退回意见补正", "按退回意见补正后重新报送"),
    CauseKind.NO_EVIDENCE: ("补报佐证", "补报佐证材料（名称、文号、日期）"),
    CauseKind.BLOCK_LAPSED: _ABOVE,
    CauseKind.BLOCK_VOID: _ABOVE,
    CauseKind.BLOCK_UNDECIDED: _ABOVE,
}
"""What fits a cause, in a table and in a sentence; a letter that is on file is never asked for again."""

_WANTS_LETTER = (CauseKind.BLOCK_UNDECIDED, CauseKind.BLOCK_REFUSED)


def cause_of(report: Report, status: Assessment) -> Cause | None:
    """The newest fact this edition's readers may see; requests not decided go to the leaders and to the unit."""
    is_told = report.edition == LEADERS or report.scope.unit == status.filling_unit
    found = told_causes(status, decided_only=not is_told)
    return found[0] if found else None


def overdue_reason(report: Report, status: Assessment, length: int) -> str:
    """The cause in about `length` characters, whole clauses only; what the unit says where there is no such fact."""
    cause = cause_of(report, status)
    if cause is None:
        return clipped(_said(status), length)
    day = partial(day_word, report)
    fact, whole = cause_fact(cause, day), asked_and_refused(cause, day)
    own = whole_clauses(own_reason(cause), length - len(fact))
    if own:
        return f"{fact}：{own}"
    return whole if len(whole) <= length else fact


def brief_reason(report: Report, status: Assessment) -> str:
    """One line: the fact, else the unit's first short clause, else nothing."""
    cause = cause_of(report, status)
    if cause is None:
        return whole_clauses(_said(status), _BRIEF).removesuffix("。")
    fact = cause_fact(cause, partial(day_word, report))
    return fact if width_em(fact) <= _ONE_LINE_EM else label(cause.kind)


_BRIEF, _ONE_LINE_EM = 14, 9.2
"""The clause of a unit in a crowded table, its mark included; and what its narrow column takes on a line."""


def _said(status: Assessment) -> str:
    if status.content_purged:
        return "本季填报内容已清除"
    if status.entry is None:
        return _ABSENT.get(status.discipline, "未说明原因")
    said = issues_of(status.entry)
    return f"单位反映：{said}" if said else "未说明原因"


def issues_of(entry: ProgressEntry) -> str:
    """What a unit wrote under 存在问题; nothing where it wrote that there is none."""
    said = entry.issues.strip()
    return said if said.rstrip("。") not in _NOTHING else ""


def overdue_request(report: Report, status: Assessment) -> str:
    """What is wanted of the unit, in a word."""
    return _wanted(report, status)[0]


def overdue_demand(report: Report, status: Assessment) -> str:
    """The same as a sentence asks it."""
    return _wanted(report, status)[1]


def _wanted(report: Report, status: Assessment) -> tuple[str, str]:
    cause = cause_of(report, status)
    if cause is None:
        return _BY_WHEN
    if cause.kind in _WANTS_LETTER and not cause.has_letter and Suffix.BLOCK_NOT_RECOGNISED in status.suffixes:
        return _FIRST_LETTER
    return _WANTED.get(cause.kind, _BY_WHEN)
