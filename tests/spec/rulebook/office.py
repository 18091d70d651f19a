"""What the office owes: items that wait for it, and corrections of an earlier quarter (domain.md §2.4, §3)."""

from dataclasses import replace

from builders import (
    Record,
    blocked,
    closed,
    day,
    decision,
    declared,
    entry,
    extended,
    history,
    judged,
    moment,
    period,
    reopened,
    returned,
    task,
)

from rulebook.table import Case, Chapter, Rule, status
from yuechi_report.domain.corrections import Correction, corrections
from yuechi_report.domain.deadline import NoDeadline, Ongoing, OngoingMode, Unresolved
from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.progress import Action, ProgressEntry, Reported
from yuechi_report.domain.register import Notice, Register, Task
from yuechi_report.domain.waiting import office_waits
from yuechi_report.page.labels import date_label, label

POLICY = StatusPolicy(calendar=Calendar((2024, 2025), holidays=(day("2025-01-01"),)))
ADVANCE, MAINTAIN = task(Ongoing(OngoingMode.ADVANCE)), task(Ongoing(OngoingMode.MAINTAIN))


def waits(
    situation: str,
    expected: str,
    *records: Record,
    of: Task | None = None,
    as_of: str = "2025-01-06",
    known: bool = True,
) -> Case:
    """What waits for the office, since when, and whether too long."""

    def told() -> str:
        policy = POLICY if known else StatusPolicy(calendar=Calendar((2023,)))
        one = judged(*records, of=of, as_of=as_of, policy=policy)
        found = office_waits([one], as_of=day(as_of), policy=policy)
        if not found:
            return "无"
        long = {True: "，已超过10个工作日", False: "", None: "，工作日历未发布"}[found[0].is_long]
        return f"{label(found[0].item)}，自{date_label(found[0].since)}起{long}"

    return Case(situation, told, expected)


ASKED_EXTENSION = entry("2024-10-10", Reported.EXTENSION_REQUESTED, quarter="2024Q3")
ASKS_EXTENSION = entry("2024-12-17", Reported.EXTENSION_REQUESTED)
ASKS_CHANGE = entry("2024-12-18", Reported.ADJUSTMENT_REQUESTED)
WAITING = Rule(
    "本室待办",
    "等本室核验、核实、批复、认定、核定的事项，自收到之日起列入本室待办；超过10个工作日的，逐项点明。",
    (
        waits(
            "12月20日自报完成，2025年1月6日判定（第10个工作日）",
            "自报完成待核验，自2024年12月20日起",
            declared("2024-12-20"),
        ),
        waits(
            "12月20日自报完成，2025年1月7日判定（第11个工作日）",
            "自报完成待核验，自2024年12月20日起，已超过10个工作日",
            declared("2024-12-20"),
            as_of="2025-01-07",
        ),
        waits(
            "上季度自报完成，本季度再报一次",
            "自报完成待核验，自2024年10月10日起，已超过10个工作日",
            declared("2024-10-10", quarter="2024Q3"),
            declared("2024-12-18"),
        ),
        waits(
            "退回以后，2025年1月2日再报",
            "自报完成待核验，自2025年1月2日起",
            declared("2024-12-18"),
            returned(),
            declared("2025-01-02"),
        ),
        waits("保持类自报已完成", "自报已实现待核实，自2024年12月30日起", declared("2024-12-30"), of=MAINTAIN),
        waits("12月17日申请延期，尚无答复", "申请延期待批，自2024年12月17日起，已超过10个工作日", ASKS_EXTENSION),
        waits(
            "上季度已经申请延期，12月17日再次申请，尚无答复",
            "申请延期待批，自2024年10月10日起，已超过10个工作日",
            ASKED_EXTENSION,
            ASKS_EXTENSION,
        ),
        waits(
            "上季度申请延期，10月15日不予延期，12月17日再次申请",
            "申请延期待批，自2024年12月17日起，已超过10个工作日",
            ASKED_EXTENSION,
            decision(Action.REFUSE_EXTENSION, "2024-10-15"),
            ASKS_EXTENSION,
        ),
        waits("12月17日申请延期，已经答复", "无", ASKS_EXTENSION, extended()),
        waits("2025年1月3日才申请延期，已经逾期", "无", entry("2025-01-03", Reported.EXTENSION_REQUESTED)),
        waits("申请调整，尚未决定", "申请调整待定，自2024年12月18日起，已超过10个工作日", ASKS_CHANGE, of=ADVANCE),
        waits(
            "上季度申请调整，10月15日退回，12月18日再次申请",
            "申请调整待定，自2024年12月18日起，已超过10个工作日",
            entry("2024-10-10", Reported.ADJUSTMENT_REQUESTED, quarter="2024Q3"),
            returned("2024-10-15"),
            ASKS_CHANGE,
            of=ADVANCE,
        ),
        waits(
            "自报待上级，尚未认定", "自报待上级待认定，自2025年1月2日起", entry("2025-01-02", Reported.AWAITING_UPPER)
        ),
        waits(
            "上季度自报待上级，10月15日不予认定，2025年1月2日再报",
            "自报待上级待认定，自2025年1月2日起",
            entry("2024-10-10", Reported.AWAITING_UPPER, quarter="2024Q3"),
            decision(Action.REFUSE_BLOCK, "2024-10-15"),
            entry("2025-01-02", Reported.AWAITING_UPPER),
        ),
        waits("自报待上级，已经认定", "无", entry(reported=Reported.AWAITING_UPPER), blocked()),
        waits(
            "自报待上级，不予认定",
            "无",
            entry(reported=Reported.AWAITING_UPPER),
            decision(Action.REFUSE_BLOCK, "2024-12-30"),
        ),
        waits(
            "认定在先、没有失效，本季度再报待上级",
            "无",
            blocked("2024-12-10", "2025-03-01"),
            entry(reported=Reported.AWAITING_UPPER),
        ),
        waits("没有时限，等本室明确", "时限待核定，自2024年12月30日起", entry("2024-12-30"), of=task(NoDeadline())),
        waits(
            "时限写法无法识别",
            "时限写法待确认，自2024年9月23日起，已超过10个工作日",
            of=task(Unresolved("写法无法识别")),
        ),
        waits("推进中", "无", entry()),
        waits("自报完成，已经销号", "无", declared(), closed()),
        waits(
            "自报待上级，已经终止",
            "无",
            entry(reported=Reported.AWAITING_UPPER),
            decision(Action.TERMINATE, "2025-01-02"),
        ),
        waits("已经销号，此后单位又报待上级", "无", closed(), entry("2025-01-02", Reported.AWAITING_UPPER)),
        waits("没有报送", "无"),
        waits(
            "工作日历未发布，等了17天",
            "自报完成待核验，自2024年12月20日起，工作日历未发布",
            declared("2024-12-20"),
            known=False,
        ),
        waits("工作日历未发布，等了10天", "自报完成待核验，自2024年12月27日起", declared("2024-12-27"), known=False),
        waits("工作日历未发布，只等了4天", "自报完成待核验，自2025年1月2日起", declared("2025-01-02"), known=False),
    ),
    answer="本室待办",
)

NOTICE = Notice("n-2024", "重点任务清单", "重点任务", "县政府办公室", day("2024-09-23"), "0" * 64, "as received")


def told_line(one: Correction) -> str:
    """The kind, what was said and what holds now; where only the discipline changed, that."""
    states = (one.then, one.now)
    only_discipline = one.changed == ("discipline",)
    then, now = (label(state.discipline) if only_discipline else status(state) for state in states)
    return f"{label(one.kind)}：{then}→{now}"


def taken_back(row: ProgressEntry) -> ProgressEntry:
    """The row, withdrawn on 8 January."""
    return replace(row, source=replace(row.source, withdrawn_at=moment("2025-01-08")))


def corrected(situation: str, expected: str, *records: Record, of: Task | None = None) -> Case:
    """What the first quarter's report corrects of the fourth quarter's."""

    def told() -> str:
        found = corrections(
            Register(NOTICE, (of or task(),)),
            history(*records),
            period("2024Q4"),
            as_of_then=day("2025-01-06"),
            known_then=moment("2025-01-06", 23),
            policy=POLICY,
        )
        return "；".join(map(told_line, found)) or "不更正"

    return Case(situation, told, expected)


CORRECTIONS = Rule(
    "对上期数的更正",
    "上期已印的数不改，在本期更正栏说明。须更正的是：当时已经收到、上期报告以后才登记的材料（更正）；上期判定日以后才收到的上季填报，只更正报送情况（补报）；上期以后撤回的材料（撤回）；本室后来认定的完成日早于上期判定日，而上期列为逾期的（补证）；上期列为销号，后来重新挂账的。上期以后的正常进展不属更正。下列均为2025年一季度报告对2024年四季度报告的更正。",
    (
        corrected(
            "上期因退回补正列为逾期，2月26日认定12月25日完成",
            "补证：逾期未完成（退回补正），超过时限6天→已销号，按期（补证）",
            declared("2024-12-19", evidence=()),
            returned(),
            declared("2025-02-20", quarter="2025Q1"),
            closed("2025-02-26", "2024-12-25", quarter="2025Q1"),
        ),
        corrected(
            "上期列为逾期，2月26日认定2025年1月3日完成",
            "补证：逾期未完成，超过时限6天→已销号（逾期3天）",
            entry(),
            closed("2025-02-26", "2025-01-03"),
        ),
        corrected(
            "上期列为逾期，2月26日认定上期判定日当天完成",
            "补证：逾期未完成，超过时限6天→已销号（逾期6天）",
            entry(),
            closed("2025-02-26", "2025-01-06"),
        ),
        corrected(
            "上期列为逾期，认定上期判定日以后的3月12日完成", "不更正", entry(), closed("2025-03-20", "2025-03-12")
        ),
        corrected(
            "上期列为待核验，1月20日核验，认定12月30日完成",
            "不更正",
            declared("2024-12-31"),
            closed("2025-01-20", "2024-12-30"),
        ),
        corrected(
            "上期已销号（逾期2天），2月26日改为认定12月30日完成",
            "补证：已销号（逾期2天）→已销号（按期）",
            closed("2025-01-05", "2025-01-02"),
            closed("2025-02-26", "2024-12-30"),
        ),
        corrected("上期已销号，2月26日又作同样的认定", "不更正", closed(), closed("2025-02-26")),
        corrected(
            "上期已销号，2月28日重新挂账",
            "重新挂账：已销号（按期）→逾期未完成（重新挂账），超过时限59天",
            closed(),
            reopened("2025-02-28"),
        ),
        corrected(
            "上期已终止，2月28日重新挂账",
            "重新挂账：已终止→逾期未完成（重新挂账），超过时限59天",
            decision(Action.TERMINATE, "2025-01-02"),
            reopened("2025-02-28"),
        ),
        corrected(
            "上期判定日当天重新挂账，当天又销号",
            "不更正",
            closed(),
            reopened("2025-01-06"),
            closed("2025-01-06", "2024-12-30"),
        ),
        corrected("上期列为逾期，2月28日批准延期", "不更正", entry(), extended("2025-02-28", "2025-06-30")),
        corrected(
            "12月30日收到自报，1月8日才登记",
            "更正：逾期未完成，超过时限6天→待核验",
            entry(),
            declared("2024-12-30", recorded="2025-01-08"),
        ),
        corrected(
            "1月4日作出延期决定，1月8日才登记",
            "更正：逾期未完成，超过时限6天→延期在办",
            entry(),
            extended("2025-01-04", recorded="2025-01-08"),
        ),
        corrected(
            "1月4日收到的填报1月8日才登记，状态和数字没有变",
            "不更正",
            entry(),
            entry("2025-01-04", recorded="2025-01-08"),
        ),
        corrected("1月10日又收到四季度填报，上期已经按时报过", "不更正", entry(), declared("2025-01-10")),
        corrected(
            "上期未报送，1月10日才收到四季度填报",
            "补报：未报送→迟报",
            declared("2025-01-10"),
        ),
        corrected("上期列为待核验的自报，1月8日撤回", "撤回：待核验→逾期未完成，超过时限6天", taken_back(declared())),
        corrected(
            "推进类，上期没有实质进展，此后有进展",
            "不更正",
            entry(progress=""),
            entry("2025-02-10", quarter="2025Q1"),
            of=ADVANCE,
        ),
        corrected(
            "1月2日的销号1月8日才登记，2月28日又重新挂账",
            "更正：逾期未完成，超过时限6天→已销号（按期）；重新挂账：已销号（按期）→逾期未完成（重新挂账），超过时限59天",
            entry(),
            closed("2025-01-02", recorded="2025-01-08"),
            reopened("2025-02-28"),
        ),
    ),
    answer="更正",
)

CHAPTER = Chapter(
    "本室待办和更正",
    "本室自己的时限和差错，同样写在报告里。",
    (WAITING, CORRECTIONS),
)
