"""The fullest quarter a county may have: the example's 2024Q4 with more overdue tasks, long reasons and revisions."""

from dataclasses import replace

from builders import moment

from yuechi_report.domain.progress import Action, Decision, ProgressEntry, Reported
from yuechi_report.source.scope import Scope

LATE = (9, 10, 11, 15, 16, 28, 29)
"""Seven overdue tasks: one more than page one lists."""
_REASON = (
    "改造资金来源、承建单位和数据口径在三家配合单位之间尚未商定，年内多次会商均无结果，"
    "且上级业务系统升级后原有接口停用，县级无法自行联调。"
)
_REQUEST = (
    "请县政府分管领导1月17日前召集县交通运输局、县文化广电旅游局、县营商环境中心专题研究，明确出资单位和上线日期。"
)
_KEPT = (Action.SET_DEADLINE, Action.GRANT_EXTENSION, Action.RECOGNISE_BLOCK)


def crowded(scope: Scope) -> Scope:
    """Nothing of the overdue tasks is closed, every unit gives a long reason and asks for a leader's decision,
    and records of the quarter before came in after its report.
    """
    history = scope.history
    entries = tuple(_recorded_late(_stuck(one)) for one in history.entries)
    decisions = tuple(one for one in history.decisions if one.task_no not in LATE or _keeps(one))
    return replace(scope, history=replace(history, entries=entries, decisions=decisions))


def _keeps(one: Decision) -> bool:
    return one.action in _KEPT


def _stuck(one: ProgressEntry) -> ProgressEntry:
    if one.task_no not in LATE:
        return one
    return replace(
        one,
        reported=Reported.IN_PROGRESS,
        evidence=(),
        issues=_REASON,
        coordination=_REQUEST,
        next_steps=_REASON,
        completed_on=None,
    )


def _recorded_late(one: ProgressEntry) -> ProgressEntry:
    """Four tasks' rows of 2024Q3 were recorded in November: corrections of that quarter's figures."""
    if str(one.quarter) != "2024Q3" or one.task_no not in (2, 6, 7, 34):
        return one
    return replace(one, source=replace(one.source, recorded_at=moment("2024-11-04")))
