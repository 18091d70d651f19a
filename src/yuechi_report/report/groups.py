"""How headlines are counted together, and the words sentences use for them (domain.md §7)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.signs import SETTLED


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
    Group("已终止", "终止或转出", (Headline.TERMINATED, Headline.TRANSFERRED)),
    Group("待核验", "自报完成待核验", (Headline.AWAITING_CHECK,)),
    Group("延期在办", "经批准延期", (Headline.EXTENDED,)),
    Group("申请延期待批", "申请延期待批", (Headline.EXTENSION_PENDING,)),
    Group("到期受上级制约", "到期受上级制约", (Headline.BLOCKED_PAST_DUE,)),
    Group("受上级制约", "受上级制约", (Headline.BLOCKED,)),
    Group("印发时已到期·待核实", "印发时已到期待核实", (Headline.DUE_BEFORE_ISSUE,)),
    Group("逾期未完成", "逾期", (Headline.OVERDUE,)),
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
    Group("已终止", "终止或转出", (Headline.TERMINATED, Headline.TRANSFERRED)),
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
