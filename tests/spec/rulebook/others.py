"""Tasks without a fixed deadline have their own words, never 逾期 (domain.md §2.3)."""

from functools import partial

from builders import blocked, closed, decision, declared, entry, period, reopened, returned, task

from rulebook.table import Case, Chapter, Rule, case, classed
from yuechi_report.domain.assessment import (
    Assessment,
    Discipline,
    Headline,
    Pace,
    Reason,
    TaskClass,
    TimeState,
    Verified,
)
from yuechi_report.domain.deadline import NoDeadline, Ongoing, OngoingMode, Recurring, Tracking, Unresolved
from yuechi_report.domain.progress import Action, Reported
from yuechi_report.domain.quarter import Period
from yuechi_report.domain.waiting import idle_tasks

ADVANCE, MAINTAIN = task(Ongoing(OngoingMode.ADVANCE)), task(Ongoing(OngoingMode.MAINTAIN))
TRACK, OPEN, UNREADABLE = task(Tracking()), task(NoDeadline()), task(Unresolved("写法无法识别"))
HOLLOW = decision(Action.JUDGE_HOLLOW, "2024-12-23")
ASKS = entry(reported=Reported.ADJUSTMENT_REQUESTED)
TERMINATED = decision(Action.TERMINATE, "2025-01-02")

advance = partial(case, of=ADVANCE)
maintain = partial(case, of=MAINTAIN)
track = partial(case, of=TRACK)
undefined = partial(case, of=OPEN)
unreadable = partial(case, of=UNREADABLE)

CLASSES = Rule(
    "任务分类",
    "按通知所写的完成时限分类；本室核定过的，以核定为准。时限写法无法识别的，不作猜测，列为待人工确认。",
    (
        case("“2024年12月”", "限时类：逾期未完成，超过时限6天", entry(), reads=classed),
        case("“常态化持续实施”", "保持类：正常实施", entry(), of=MAINTAIN, reads=classed),
        case("“每季度”等周期性任务，按期逐季判断", "保持类：正常实施", entry(), of=task(Recurring(3)), reads=classed),
        case("“持续推进”", "推进类：有实质进展", entry(), of=ADVANCE, reads=classed),
        case("“持续跟踪”", "跟踪类：有变化", entry(), of=TRACK, reads=classed),
        case("“——”", "待明确类：待明确时限", entry(), of=OPEN, reads=classed),
        case("时限写法无法识别", "待人工确认", entry(), of=UNREADABLE, reads=classed),
    ),
    answer="类别和状态",
)

setting = partial(decision, Action.SET_DEADLINE, "2024-10-15")
SET_CLASS = Rule(
    "核定时限和类别",
    "本室核定类别或时限的，自决定之日起按核定的类别判断，先后两次的以后一次为准；只核定为限时类而没有给出日期的，仍待明确时限。",
    tuple(
        case(situation, expected, entry(), *decisions, of=of, reads=classed)
        for situation, expected, of, decisions in (
            (
                "没有时限的任务，核定为推进类（持续配合）",
                "推进类：有实质进展",
                OPEN,
                (setting(new_class="advance", wording="持续配合"),),
            ),
            ("没有时限的任务，核定为保持类", "保持类：正常实施", OPEN, (setting(new_class="maintain"),)),
            ("没有时限的任务，核定为跟踪类", "跟踪类：有变化", OPEN, (setting(new_class="track"),)),
            ("没有时限的任务，核定时限2025年6月30日", "限时类：延期在办", OPEN, (setting(new_due="2025-06-30"),)),
            (
                "没有时限的任务，核定为限时类并给出日期",
                "限时类：延期在办",
                OPEN,
                (setting(new_class="fixed", new_due="2025-06-30"),),
            ),
            ("没有时限的任务，核定为限时类而没有给出日期", "待明确类：待明确时限", OPEN, (setting(new_class="fixed"),)),
            (
                "写法无法识别的时限，核定为12月31日",
                "限时类：逾期未完成，超过时限6天",
                UNREADABLE,
                (setting(new_due="2024-12-31"),),
            ),
            (
                "先核定为推进类，12月1日改为跟踪类",
                "跟踪类：有变化",
                OPEN,
                (setting(new_class="advance"), decision(Action.SET_DEADLINE, "2024-12-01", new_class="track")),
            ),
            (
                "先核定为推进类，12月1日核定时限2025年6月30日",
                "限时类：延期在办",
                OPEN,
                (setting(new_class="advance"), decision(Action.SET_DEADLINE, "2024-12-01", new_due="2025-06-30")),
            ),
            (
                "判定日以后才核定",
                "待明确类：待明确时限",
                OPEN,
                (decision(Action.SET_DEADLINE, "2025-01-07", new_class="advance"),),
            ),
            (
                "限时任务核定为推进类以后销号",
                "推进类：已销号",
                task(),
                (decision(Action.SET_DEADLINE, "2024-12-01", new_class="advance"), closed("2025-01-05", "2025-01-03")),
            ),
        )
    ),
    answer="类别和状态",
)

ADVANCING = Rule(
    "推进类：有实质进展、本季无实质进展、申请调整、受上级制约",
    "推进类看本季度有没有一件具体的事：什么时候、做了什么、结果如何。进展情况填写了内容，且没有自报未启动或无变化的，为有实质进展；本室认定内容空泛的，为本季无实质进展，此后补报了更好内容的除外。",
    (
        advance("报推进中，写了进展", "有实质进展", entry()),
        advance("报正常，写了进展", "有实质进展", entry(reported=Reported.NORMAL)),
        advance("报已完成，写了进展", "有实质进展", entry(reported=Reported.DECLARED_COMPLETE)),
        advance("报推进中，进展情况空白", "本季无实质进展", entry(progress="")),
        advance("进展情况只有空格", "本季无实质进展", entry(progress="  \n ")),
        advance("报未启动", "本季无实质进展", entry(reported=Reported.NOT_STARTED)),
        advance("报无变化", "本季无实质进展", entry(reported=Reported.NO_CHANGE)),
        advance("只写“正在推进”，本室没有认定空泛", "有实质进展", entry(progress="正在推进。")),
        advance("只写“正在推进”，12月23日认定内容空泛", "本季无实质进展", entry(progress="正在推进。"), HOLLOW),
        advance(
            "认定内容空泛以后，12月27日补报了具体进展",
            "有实质进展",
            entry(progress="正在推进。"),
            HOLLOW,
            entry("2024-12-27"),
        ),
        advance(
            "上季度认定过内容空泛", "有实质进展", entry(), decision(Action.JUDGE_HOLLOW, "2024-10-20", quarter="2024Q3")
        ),
        advance(
            "上季度的表在本季度才认定空泛",
            "有实质进展",
            entry(),
            decision(Action.JUDGE_HOLLOW, "2024-12-23", quarter="2024Q3"),
        ),
        advance("自报待上级而未认定，写了进展", "有实质进展", entry(reported=Reported.AWAITING_UPPER)),
        advance("申请调整，尚未决定", "申请调整", ASKS),
        advance(
            "上季度申请调整未决定，本季度没有报送",
            "申请调整",
            entry("2024-10-10", Reported.ADJUSTMENT_REQUESTED, quarter="2024Q3"),
        ),
        advance("申请调整，批准终止", "已终止", ASKS, TERMINATED),
        advance("申请调整，已作调整", "有实质进展", ASKS, decision(Action.ADJUST, "2025-01-02")),
        advance("申请调整，已明确承接单位", "有实质进展", ASKS, decision(Action.SUCCEED, "2025-01-02")),
        advance("申请调整，退回不予采纳", "有实质进展", ASKS, returned("2025-01-02")),
        advance("12月1日调整过，此后再次申请", "申请调整", decision(Action.ADJUST, "2024-12-01"), ASKS),
        advance("申请调整，终止后又重新挂账", "有实质进展", ASKS, TERMINATED, reopened("2025-01-03")),
        advance("认定受上级制约", "受上级制约", entry(), blocked()),
        advance("申请调整，同时认定受上级制约", "受上级制约", ASKS, blocked()),
        advance("认定受上级制约，本季度没有报送", "受上级制约", blocked()),
        advance("认定的复核日已过", "有实质进展", entry(), blocked(review_on="2025-01-05")),
        advance("没有报送", "未报送"),
        advance("经核验销号", "已销号", closed()),
    ),
)

TRACKED = Rule(
    "跟踪类：有变化、无变化",
    "跟踪类只看有没有变化，“无变化”是合格的答复。",
    (
        track("报无变化", "无变化", entry(reported=Reported.NO_CHANGE)),
        track("报正常", "无变化", entry(reported=Reported.NORMAL)),
        track("报推进中", "有变化", entry()),
        track("报已完成", "有变化", entry(reported=Reported.DECLARED_COMPLETE)),
        track("没有报送", "未报送"),
        track("经核验销号", "已销号", closed()),
    ),
)

MAINTAINED = Rule(
    "保持类：正常实施、实施中断、已实现待核实",
    "保持类报未启动的为实施中断，自报已完成而本室尚未决定的为已实现待核实，其余为正常实施。",
    (
        maintain("报正常", "正常实施", entry(reported=Reported.NORMAL)),
        maintain("报无变化", "正常实施", entry(reported=Reported.NO_CHANGE)),
        maintain("报未启动", "实施中断", entry(reported=Reported.NOT_STARTED)),
        maintain("自报已完成", "已实现待核实", declared()),
        maintain("自报已完成，没有附佐证", "已实现待核实", declared(evidence=())),
        maintain("自报已完成，被退回", "正常实施", declared(), returned()),
        maintain("上季度自报已完成，本季度报推进中", "正常实施", declared("2024-10-10", quarter="2024Q3"), entry()),
        maintain("自报已完成，核实后销号", "已销号", declared(), closed()),
        maintain(
            "自报已完成，认定印发以前就已实现", "已销号（印发前已完成）", declared(), closed(completed_on="2024-09-01")
        ),
        maintain(
            "通知原文已写明实现，单位没有报送", "未报送", of=task(Ongoing(OngoingMode.MAINTAIN), claims=("whole",))
        ),
        maintain("没有报送", "未报送"),
    ),
)

UNDEFINED = Rule(
    "待明确类：待明确时限",
    "通知没有规定时限的，等本室在首次报送时明确；在此以前列为待明确时限，自报已完成的列为已实现待核实。",
    (
        undefined("报推进中", "待明确时限", entry()),
        undefined("报未启动", "待明确时限", entry(reported=Reported.NOT_STARTED)),
        undefined("自报已完成", "已实现待核实", declared()),
        undefined("自报已完成，被退回", "待明确时限", declared(), returned()),
        undefined("核实后销号，认定11月15日完成", "已销号", closed(completed_on="2024-11-15")),
        undefined("核实后销号，认定印发前一天完成", "已销号（印发前已完成）", closed(completed_on="2024-09-22")),
        undefined("没有报送", "未报送"),
    ),
)

UNRESOLVED = Rule(
    "待人工确认",
    "时限写法无法识别的，除已终止、已转出、已销号外，一律列为待人工确认，直到有人确认时限。",
    (
        unreadable("没有报送", "待人工确认"),
        unreadable("自报已完成", "待人工确认", declared()),
        unreadable("认定待上级", "待人工确认", blocked()),
        unreadable("经核验销号", "已销号", closed()),
        unreadable("批准终止", "已终止", TERMINATED),
    ),
)

ABSENT = Rule(
    "各类任务的缺报",
    "待报送、未报送、首报待收的日期界限，各类任务一律相同。",
    tuple(
        case(f"{word}，{situation}", expected, of=of, **where)
        for word, of in (("推进类", ADVANCE), ("保持类", MAINTAIN), ("跟踪类", TRACK), ("待明确类", OPEN))
        for situation, expected, where in (
            ("报送日前一天没有报送", "待报送", {"as_of": "2024-12-19"}),
            ("报送日当天没有报送", "未报送", {"as_of": "2024-12-20"}),
            ("首次报送的报送日前一天没有报送", "待报送", {"as_of": "2024-10-14", "quarter": "2024Q3"}),
            ("首次报送的报送日当天没有报送", "首报待收", {"as_of": "2024-10-15", "quarter": "2024Q3"}),
        )
    ),
)


def _quarter(name: str, headline: Headline) -> tuple[Period, tuple[Assessment, ...]]:
    judged = Assessment(
        task_no=10,
        task_class=TaskClass.ADVANCE,
        headline=headline,
        suffixes=(),
        reported=None,
        verified=Verified.UNCHECKED,
        time_state=TimeState.ROUTINE,
        pace=Pace.NOT_COMPARABLE,
        discipline=Discipline.ON_TIME,
        due=None,
        effective_due=None,
        percent_complete=None,
        days_overdue=0,
        completed_on=None,
        reason=Reason(rule="advance.no_action"),
    )
    return period(name), (judged,)


def idle(situation: str, expected: str, *quarters: tuple[str, Headline]) -> Case:
    """A case of consecutive quarters of one task."""

    def told() -> str:
        found = idle_tasks([_quarter(name, headline) for name, headline in quarters])
        return f"列入（连续{'两三四五六七八九'[found[0].quarters - 2]}季）" if found else "不列入"

    return Case(situation, told, expected)


NONE, SOME = Headline.NO_ADVANCE, Headline.ADVANCED
IDLE = Rule(
    "关注名单",
    "推进类任务连续两个季度没有实质进展的，列入关注名单；首次报送的季度不算在内，其他类别不列入。",
    (
        idle("四季度、次年一季度都没有实质进展", "列入（连续两季）", ("2024Q4", NONE), ("2025Q1", NONE)),
        idle("只有次年一季度没有实质进展", "不列入", ("2024Q4", SOME), ("2025Q1", NONE)),
        idle("四季度没有，次年一季度恢复", "不列入", ("2024Q4", NONE), ("2025Q1", SOME)),
        idle("首次报送和四季度没有实质进展", "不列入", ("2024Q3", NONE), ("2024Q4", NONE)),
        idle("首次报送起三个季度都没有", "列入（连续两季）", ("2024Q3", NONE), ("2024Q4", NONE), ("2025Q1", NONE)),
        idle("四季度未报送，次年一季度没有实质进展", "不列入", ("2024Q4", Headline.NOT_REPORTED), ("2025Q1", NONE)),
        idle("两个季度都是跟踪类无变化", "不列入", ("2024Q4", Headline.UNCHANGED), ("2025Q1", Headline.UNCHANGED)),
        idle("只有一个季度的数据", "不列入", ("2025Q1", NONE)),
    ),
    answer="关注名单",
)

CHAPTER = Chapter(
    "其他任务的状态",
    "没有固定时限的任务，各类另有状态用语，任何情况下都不说逾期。各表除另有说明外，判定日为2025年1月6日，填报日为2024年12月18日，进展情况写有具体内容。",
    (CLASSES, SET_CLASS, ADVANCING, TRACKED, MAINTAINED, UNDEFINED, UNRESOLVED, ABSENT, IDLE),
)
