"""The headlines: one row each with everything a reader meets in it, in the order in which reports list them.

A new headline is a member of `Headline`, the rule that gives it (domain/rules.py), and a row here. The table
lies in page because both wings read it: report writes sentences from it, run counts a published CSV by it.
"""

from dataclasses import dataclass

from yuechi_report.domain.assessment import Headline

SIGN_WORDS = {
    "settled": "已了结",
    "attention": "待核实或待批",
    "ordinary": "在办正常",
    "warning": "须跟进",
    "overdue": "逾期",
}
"""Five kinds of headline, each with a sign of the policy's and a word, from settled to overdue."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Words that stand in a list of their own, and where: 1 comes first."""

    place: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineRow:
    """What is said of the tasks that bear one headline; whatever is empty is not said."""

    headline: Headline
    word: str
    """The reader's word for one task."""
    sign: str
    """Which of the policy's signs stands before it (SIGN_WORDS)."""
    group: str = ""
    """Heads the column where headlines are counted together; the word where empty."""
    phrase: str = ""
    """Stands before “N项” in a sentence; the group where empty."""
    phrase_of_others: str = ""
    """The same for tasks without a fixed deadline, where it differs."""
    asked: Ranked | None = None
    """What a unit's report asks of it, the most pressing first."""
    missing: str = ""
    """What closing still needs, in the early warning."""
    watched: int = 0
    """Its place in the list of what needs a person after a run; 0 where it needs none."""
    held: bool = False
    """Settled, or it is the office's turn: no supervision sheet, whatever came before."""
    blocked: bool = False
    """The office has recognised that the task depends on a higher level."""
    requested: bool = False
    """A request of the unit is not decided yet: its words go to the leaders and to itself alone."""
    checked: Ranked | None = None
    """The word by which the office's own text is checked, in the order in which words are looked for."""

    @property
    def column(self) -> str:
        """Heads its column in a table of counts."""
        return self.group or self.word


_NORMAL = "正常"
_REVIEW = "已认定受上级制约，复核日为{review}。请{meet}对接一次并书面报告结果。"
_EVERYTHING = "本季度填报、完成情况、佐证"

HEADLINES = (
    HeadlineRow(headline=Headline.MAINTAINED, word="正常实施", sign="ordinary", group=_NORMAL),
    HeadlineRow(headline=Headline.ADVANCED, word="有实质进展", sign="ordinary", group=_NORMAL),
    HeadlineRow(headline=Headline.UNCHANGED, word="无变化", sign="ordinary", group=_NORMAL),
    HeadlineRow(headline=Headline.CHANGED, word="有变化", sign="ordinary", group=_NORMAL),
    HeadlineRow(
        headline=Headline.CLOSED,
        word="已销号",
        sign="settled",
        phrase="销号",
        phrase_of_others="已销号",
        held=True,
        checked=Ranked(1, "已销号"),
    ),
    HeadlineRow(
        headline=Headline.TERMINATED,
        word="已终止",
        sign="settled",
        phrase="终止",
        held=True,
        checked=Ranked(8, "已终止"),
    ),
    HeadlineRow(
        headline=Headline.TRANSFERRED,
        word="已转出",
        sign="settled",
        phrase="转出",
        held=True,
        checked=Ranked(9, "已转出"),
    ),
    HeadlineRow(
        headline=Headline.AWAITING_CHECK,
        word="待核验",
        sign="attention",
        phrase="自报完成待核验",
        asked=Ranked(16, "已自报完成，本室正在核验。请备好佐证材料原件。"),
        missing="本室核验（佐证已报）",
        watched=3,
        held=True,
        checked=Ranked(3, "待核验"),
    ),
    HeadlineRow(
        headline=Headline.REALISED_UNCHECKED,
        word="已实现待核实",
        sign="attention",
        asked=Ranked(10, "自报已实现，请于{by}提供可核实的材料。"),
        watched=6,
        held=True,
    ),
    HeadlineRow(
        headline=Headline.UNDEFINED,
        word="待明确时限",
        sign="attention",
        asked=Ranked(11, "通知没有规定时限，请提出建议时限和销号标准。"),
        watched=8,
    ),
    HeadlineRow(
        headline=Headline.EXTENDED,
        word="延期在办",
        sign="ordinary",
        phrase="经批准延期",
        asked=Ranked(14, "已批准延期至{due}，请按计划推进，按期完成。"),
        held=True,
        checked=Ranked(6, "延期在办"),
    ),
    HeadlineRow(
        headline=Headline.EXTENSION_PENDING,
        word="申请延期待批",
        sign="attention",
        asked=Ranked(15, "延期申请尚未批复，请继续推进，批复结果另行通知。"),
        missing="延期批复；未批准前按原时限",
        watched=4,
        held=True,
        requested=True,
    ),
    HeadlineRow(
        headline=Headline.BLOCKED_PAST_DUE,
        word="到期受上级制约",
        sign="warning",
        asked=Ranked(12, _REVIEW),
        held=True,
        blocked=True,
        checked=Ranked(5, "受上级制约"),
    ),
    HeadlineRow(
        headline=Headline.BLOCKED,
        word="受上级制约",
        sign="warning",
        asked=Ranked(13, _REVIEW),
        missing="上级环节（已认定）",
        held=True,
        blocked=True,
        checked=Ranked(5, "受上级制约"),
    ),
    HeadlineRow(
        headline=Headline.DUE_BEFORE_ISSUE,
        word="印发时已到期·待核实",
        sign="attention",
        phrase="印发时已到期待核实",
        asked=Ranked(9, "通知时限早于印发日，不计逾期。请于{by}报告实际进展。"),
        watched=7,
        held=True,
    ),
    HeadlineRow(
        headline=Headline.OVERDUE,
        word="逾期未完成",
        sign="overdue",
        phrase="逾期",
        asked=Ranked(1, "已逾期{days}天{suffix}。{cause}请于{by}{demand}。"),
        watched=1,
        checked=Ranked(2, "逾期"),
    ),
    HeadlineRow(
        headline=Headline.DUE_TODAY,
        word="到期未完成",
        sign="warning",
        asked=Ranked(2, "今日到期，尚未完成，逾期自次日起算。请于{by}报告完成情况和佐证。"),
        watched=2,
    ),
    HeadlineRow(
        headline=Headline.EXPECTED_LATE,
        word="预计逾期",
        sign="warning",
        asked=Ranked(7, "预计完成日期晚于时限。如需延期，请在到期前书面申请。"),
    ),
    HeadlineRow(
        headline=Headline.DUE_SOON,
        word="临期",
        sign="warning",
        asked=Ranked(8, "将于{due}到期。如需延期，请在到期前书面申请。"),
    ),
    HeadlineRow(headline=Headline.IN_PROGRESS, word="推进中", sign="ordinary"),
    HeadlineRow(headline=Headline.NOT_STARTED, word="未启动", sign="ordinary", missing="尚未启动：完成情况、佐证"),
    HeadlineRow(
        headline=Headline.NO_ADVANCE,
        word="本季无实质进展",
        sign="warning",
        group="无实质进展",
        asked=Ranked(6, "本季无实质进展。请下季度至少报送一项具体行动：何时、做什么、结果如何。"),
        watched=10,
        checked=Ranked(7, "无实质进展"),
    ),
    HeadlineRow(
        headline=Headline.INTERRUPTED,
        word="实施中断",
        sign="warning",
        asked=Ranked(5, "自报未启动，请于{by}说明原因和恢复日期。"),
        watched=11,
    ),
    HeadlineRow(
        headline=Headline.NOT_REPORTED,
        word="未报送",
        sign="warning",
        asked=Ranked(3, "本季度未报送进展。请于{by}补报。"),
        missing=_EVERYTHING,
        checked=Ranked(4, "未报送"),
    ),
    HeadlineRow(headline=Headline.AWAITING_REPORT, word="待报送", sign="warning", missing=_EVERYTHING, held=True),
    HeadlineRow(
        headline=Headline.FIRST_REPORT_MISSING,
        word="首报待收",
        sign="warning",
        asked=Ranked(4, "首次报送尚未收到。请于{by}补报。"),
        missing="首次报送、销号标准、佐证",
        held=True,
        checked=Ranked(4, "未报送"),
    ),
    HeadlineRow(
        headline=Headline.ADJUSTMENT_REQUESTED,
        word="申请调整",
        sign="attention",
        asked=Ranked(17, "调整申请尚未批复，批复前继续列管。"),
        watched=5,
        held=True,
        requested=True,
    ),
    HeadlineRow(
        headline=Headline.UNRESOLVED,
        word="待人工确认",
        sign="attention",
        asked=Ranked(18, "通知时限的写法待本室确认，确认后另行通知。"),
        watched=9,
        held=True,
    ),
)

ROW_OF = {row.headline: row for row in HEADLINES}
"""The row of each headline."""

SETTLED = tuple(row.headline for row in HEADLINES if row.sign == "settled")
NORMAL = tuple(row.headline for row in HEADLINES if row.group == _NORMAL)
BLOCKED = tuple(row.headline for row in HEADLINES if row.blocked)


def sign_kind(headline: Headline) -> str:
    """Which of the policy's signs stands before a headline."""
    return ROW_OF[headline].sign
