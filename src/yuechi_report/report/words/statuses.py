"""How headlines are counted together, and the words sentences use for them (domain.md §7)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Headline, Suffix
from yuechi_report.domain.progress import Action
from yuechi_report.page.labels import date_label, headline_label, label, short_date_label, suffix_label
from yuechi_report.page.signs import SETTLED, sign_kind
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.words.sentences import whole_clauses


@dataclass(frozen=True, slots=True)
class Group:
    """Headlines counted as one; `column` heads a table, `phrase` stands before “N项” in a sentence."""

    column: str
    phrase: str
    headlines: tuple[Headline, ...]

    def members(self, assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
        """The assessments that belong to the group."""
        return tuple(one for one in assessments if one.headline in self.headlines)


FIXED_GROUPS = (
    Group("已销号", "销号", (Headline.CLOSED,)),
    Group("已终止", "终止", (Headline.TERMINATED,)),
    Group("已转出", "转出", (Headline.TRANSFERRED,)),
    Group("待核验", "自报完成待核验", (Headline.AWAITING_CHECK,)),
    Group("延期在办", "经批准延期", (Headline.EXTENDED,)),
    Group("申请延期待批", "申请延期待批", (Headline.EXTENSION_PENDING,)),
    Group("到期受上级制约", "到期受上级制约", (Headline.BLOCKED_PAST_DUE,)),
    Group("受上级制约", "受上级制约", (Headline.BLOCKED,)),
    Group("印发时已到期·待核实", "印发时已到期待核实", (Headline.DUE_BEFORE_ISSUE,)),
    Group("逾期未完成", "逾期", (Headline.OVERDUE,)),
    Group("到期未完成", "到期未完成", (Headline.DUE_TODAY,)),
    Group("预计逾期", "预计逾期", (Headline.EXPECTED_LATE,)),
    Group("临期", "临期", (Headline.DUE_SOON,)),
    Group("推进中", "推进中", (Headline.IN_PROGRESS,)),
    Group("未启动", "未启动", (Headline.NOT_STARTED,)),
    Group("未报送", "未报送", (Headline.NOT_REPORTED,)),
    Group("待报送", "待报送", (Headline.AWAITING_REPORT,)),
    Group("首报待收", "首报待收", (Headline.FIRST_REPORT_MISSING,)),
)

NORMAL = (Headline.MAINTAINED, Headline.ADVANCED, Headline.UNCHANGED, Headline.CHANGED)

OTHER_GROUPS = (
    Group("正常", "正常", NORMAL),
    Group("已销号", "已销号", (Headline.CLOSED,)),
    Group("已终止", "终止", (Headline.TERMINATED,)),
    Group("已转出", "转出", (Headline.TRANSFERRED,)),
    Group("已实现待核实", "已实现待核实", (Headline.REALISED_UNCHECKED,)),
    Group("待明确时限", "待明确时限", (Headline.UNDEFINED,)),
    Group("受上级制约", "受上级制约", (Headline.BLOCKED,)),
    Group("无实质进展", "无实质进展", (Headline.NO_ADVANCE,)),
    Group("实施中断", "实施中断", (Headline.INTERRUPTED,)),
    Group("未报送", "未报送", (Headline.NOT_REPORTED,)),
    Group("待报送", "待报送", (Headline.AWAITING_REPORT,)),
    Group("首报待收", "首报待收", (Headline.FIRST_REPORT_MISSING,)),
    Group("申请调整", "申请调整", (Headline.ADJUSTMENT_REQUESTED,)),
    Group("待人工确认", "待人工确认", (Headline.UNRESOLVED,)),
)

ATTENTION_GROUPS = tuple(group for group in OTHER_GROUPS if not set(group.headlines) & {*NORMAL, *SETTLED})


def counted(groups: tuple[Group, ...], assessments: Iterable[Assessment]) -> list[tuple[Group, int]]:
    """The groups that have members, with their numbers, in order."""
    numbers = Counter(one.headline for one in assessments)
    sums = [(group, sum(numbers[headline] for headline in group.headlines)) for group in groups]
    return [(group, number) for group, number in sums if number]


RULE_TEXTS = {
    "all.terminated": "已经批准终止",
    "all.transferred": "已经批准转入新清单",
    "all.closed": "已核验销号",
    "all.awaiting_report": "未到报送日，尚待报送",
    "all.first_report_missing": "首次报送尚未收到",
    "all.not_reported": "本季度没有收到牵头单位的填报",
    "fixed.awaiting_check": "牵头单位自报完成并附佐证，尚待核验",
    "fixed.due_before_issue": "通知时限早于印发日，不计逾期，待核实",
    "fixed.blocked_past_due": "已过时限，经认定受上级制约，未过复核日",
    "fixed.blocked": "已认定受上级制约，未过复核日",
    "fixed.extension_pending": "到期前申请延期，尚未批复",
    "fixed.overdue": "已过时限未完成",
    "fixed.due_today": "今日到期未完成，逾期自次日起算",
    "fixed.expected_late": "牵头单位预计的完成日期晚于时限",
    "fixed.due_soon": "距时限不足规定天数",
    "fixed.extended": "经批准延期，未到新时限",
    "fixed.not_started": "牵头单位自报未启动",
    "fixed.in_progress": "按期推进，未到时限",
    "advance.blocked": "已认定受上级制约，未过复核日",
    "advance.adjustment": "牵头单位申请调整，尚未决定",
    "advance.action": "本季度有具体进展",
    "advance.no_action": "本季度没有具体进展",
    "track.unchanged": "跟踪事项本季度无变化",
    "track.changed": "跟踪事项本季度有变化",
    "maintain.realised": "牵头单位自报已实现，尚待核实",
    "maintain.interrupted": "牵头单位自报未启动",
    "maintain.normal": "常态化工作正常实施",
    "undefined.realised": "牵头单位自报已实现，尚待核实",
    "undefined.open": "通知没有规定时限，待办公室明确",
    "unresolved.person": "时限写法无法识别，待人工确认",
}


def reason_text(one: Assessment) -> str:
    """The rule in words with the day or decision it rests on."""
    text = RULE_TEXTS[one.reason.rule]
    decision = one.reason.decision
    if decision is not None:
        by = f"（{date_label(decision.decided_on)}{label(decision.action)}）"
        return f"{text}{by}"
    if one.headline is Headline.OVERDUE and one.effective_due is not None:
        return f"{text}（时限{date_label(one.effective_due)}）"
    return text


def overdue_reason(one: Assessment, *, confirmed_only: bool = False) -> str:
    """Short reason for the table of overdue tasks: what the office did, else what the unit says.

    With `confirmed_only` what the rules found, and no person has confirmed, is left out (domain.md §2.4).
    """
    decision = one.reason.decision
    if decision is not None:
        day = short_date_label(decision.decided_on, decision.decided_on)
        words = {
            Action.RETURN: f"自报完成缺佐证，{day}退回补正",
            Action.REOPEN: f"{day}回访发现问题，重新挂账",
            Action.REFUSE_EXTENSION: f"过期后申请延期，{day}不予延期",
        }
        if decision.action in words:
            return words[decision.action]
    labelled = {"no_evidence": "自报完成，未附佐证", "block_not_recognised": "自报待上级，未附请示件，未予认定"}
    for suffix in one.suffixes:
        if suffix.value in labelled and not (confirmed_only and suffix is Suffix.NO_EVIDENCE):
            return labelled[suffix.value]
    return one.entry.issues if one.entry is not None and one.entry.issues else "未说明原因"


def brief_reason(one: Assessment) -> str:
    """One line: what the office did last, else the unit's first short clause, else where the reasons stand."""
    decision, told = one.reason.decision, (Action.RETURN, Action.REOPEN, Action.REFUSE_EXTENSION)
    if decision is not None and decision.action in told:
        return label(decision.action)
    if Suffix.BLOCK_NOT_RECOGNISED in one.suffixes:
        return label(Suffix.BLOCK_NOT_RECOGNISED)
    said = whole_clauses(one.entry.issues, 9) if one.entry is not None else ""
    return said.removesuffix("。") or "详见第七部分"


def overdue_proposal(one: Assessment, reply_by: str) -> str:
    """What is wanted of the unit, until when."""
    return f"{reply_by}前{overdue_request(one)}"


def overdue_request(one: Assessment) -> str:
    """What is wanted of the unit."""
    wanted = {
        "returned": "补报佐证",
        "no_evidence": "补报佐证",
        "block_not_recognised": "补报请示件",
        "reopened": "完成整改",
    }
    return next((wanted[suffix.value] for suffix in one.suffixes if suffix.value in wanted), "报完成日期")


def headline_text(report: Report, one: Assessment, *, is_issued: bool = True) -> str:
    """逾期未完成（6天、退回补正）; on a screen a task due on the very day reads 今日到期."""
    days = f"{one.days_overdue}天" if one.headline is Headline.OVERDUE else ""
    suffixes = "、".join(part for part in (days, suffix_text(report, one)) if part)
    return headline_label(one, is_issued=is_issued) + (f"（{suffixes}）" if suffixes else "")


def suffix_text(report: Report, one: Assessment) -> str:
    """The suffixes this edition prints, in one string."""
    return "、".join(suffix_label(code, one.days_overdue) for code in told_suffixes(report, one))


def told_suffixes(report: Report, one: Assessment) -> tuple[Suffix, ...]:
    """The suffixes this edition prints."""
    return tuple(code for code in one.suffixes if is_told(report, code))


def is_told(report: Report, suffix: Suffix) -> bool:
    """Whether the edition prints a suffix: what rules found and no person has confirmed goes to the leaders
    only, as a proposal (domain.md §2.4).
    """
    return report.edition == LEADERS or suffix is not Suffix.EVIDENCE_PENDING


def sign_of(report: Report, headline: Headline) -> str:
    """The policy's sign for a headline."""
    return dict(report.scope.office.signs)[sign_kind(headline)]


def overdue_tasks(assessments: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
    """逾期未完成."""
    return tuple(one for one in assessments if one.headline is Headline.OVERDUE)


def closed_tasks(assessments: tuple[Assessment, ...]) -> set[int]:
    """The numbers of the tasks that are closed."""
    return {one.task_no for one in assessments if one.headline is Headline.CLOSED}
