"""The axes beside the headline: verified, time, pace, discipline, due results (domain.md §2.1, §2.4, §3)."""

from functools import partial
from typing import Any

from builders import (
    Record,
    blocked,
    closed,
    day,
    decision,
    declared,
    entry,
    extended,
    reopened,
    returned,
    submission,
    task,
)

from rulebook.table import Chapter, Rule, case, filled_in, pace, reported
from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.deadline import DueBy, NoDeadline, Ongoing, OngoingMode, Tracking
from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.progress import Action, Measure, Reported, Role
from yuechi_report.page.labels import label

TERMINATED = decision(Action.TERMINATE, "2025-01-02")
EARLY, DECEMBER_FIRST = task(DueBy(day("2024-06-30"))), task(DueBy(day("2024-12-01")))


def verified(one: Assessment) -> str:
    """The verified axis."""
    return label(one.verified)


def time_state(one: Assessment) -> str:
    """The time axis."""
    return label(one.time_state)


def discipline(one: Assessment) -> str:
    """The discipline axis."""
    return label(one.discipline)


def due_result(one: Assessment) -> str:
    """The due result."""
    return label(one.due_result)


checked = partial(case, reads=verified)
VERIFIED = Rule(
    "核验",
    "核验一栏只看本室最后一次决定。",
    (
        checked("还没有报送", "未核验"),
        checked("自报完成，尚未处理", "未核验", declared()),
        checked("自报完成，退回补正", "退回补正", declared(), returned()),
        checked("退回以后再报", "未核验", returned(), declared("2025-01-02")),
        checked("认定待上级", "已核验", entry(), blocked()),
        checked("退回以后销号", "已销号", declared(), returned(), closed("2025-01-02")),
        checked("销号以后重新挂账", "未核验", closed(), reopened()),
    ),
    answer="核验",
)

timed = partial(case, reads=time_state)
TIME = Rule(
    "时间",
    "时间一栏只按日期计算，可以与状态不同；没有固定时限的任务只有常态和无时限。",
    (
        timed("距时限31天", "未到期", as_of="2024-11-30"),
        timed("距时限30天", "临期", as_of="2024-12-01"),
        timed("到期前一天", "临期", as_of="2024-12-30"),
        timed("到期当天", "今日到期", as_of="2024-12-31"),
        timed("到期次日", "已逾期", as_of="2025-01-01"),
        timed("到期后认定受上级制约", "已超时限", blocked()),
        timed("到期前申请延期，尚无答复", "已超时限", entry("2024-12-17", Reported.EXTENSION_REQUESTED)),
        timed("自报完成待核验", "待核验", declared()),
        timed("自报完成，没有填佐证", "已逾期", declared(evidence=())),
        timed("按期销号", "按期办结", closed()),
        timed("逾期销号", "逾期办结", closed("2025-01-05", "2025-01-02")),
        timed("经批准延期", "未到期", extended()),
        timed("延期到期当天", "今日到期", extended(), as_of="2025-03-31"),
        timed("批准终止", "无时限", TERMINATED),
        timed("重新挂账", "已逾期", closed(), reopened()),
        timed("推进类", "常态", entry(), of=task(Ongoing(OngoingMode.ADVANCE))),
        timed("保持类，自报已完成", "常态", declared(), of=task(Ongoing(OngoingMode.MAINTAIN))),
        timed("跟踪类", "常态", of=task(Tracking())),
        timed("没有时限", "无时限", of=task(NoDeadline())),
        timed("没有时限，已销号", "无时限", closed(), of=task(NoDeadline())),
        timed("印发前到期", "印发时已到期", of=EARLY),
        timed("印发前到期，自报完成", "待核验", declared(), of=EARLY),
        timed("印发前到期，印发后办结", "印发后办结", closed(), of=EARLY),
        timed("印发前到期，印发当天办结", "印发后办结", closed(completed_on="2024-09-23"), of=EARLY),
        timed("印发前到期，印发前一天办结", "按期办结", closed(completed_on="2024-09-22"), of=EARLY),
    ),
    answer="时间",
)


def counted(numerator: float, received: str = "2024-12-20", **fields: Any) -> Record:
    """An entry that counts so many of a hundred."""
    return entry(received, measure=Measure(numerator, 100), **fields)


def promised(expected_on: str) -> Record:
    """The third quarter's entry, with the day the unit expected."""
    return entry("2024-10-10", quarter="2024Q3", expected_on=expected_on)


paced = partial(case, reads=pace)
BY_TARGET = "按实测目标与时间进度比较"
BEHIND = decision(Action.JUDGE_BEHIND, "2024-12-23")
PACE = Rule(
    "序时",
    "序时按填报日期（最迟到报送日）计算，不按判定日计算。只有三种情况说滞后：实测目标落后于时间进度（从印发到时限不少于60天），单位上季度承诺的完成日期已过而没有完成，或者本室认定滞后。单位自己估计的比例只列出，不评判。",
    (
        paced("99天过去88天，完成89家（目标100家）", f"达序时（{BY_TARGET}）", counted(89)),
        paced("99天过去88天，完成88家", f"滞后（{BY_TARGET}）", counted(88)),
        paced(
            "时限改为2025年1月1日，100天过去88天，完成88家",
            f"达序时（{BY_TARGET}）",
            counted(88),
            of=task(DueBy(day("2025-01-01"))),
        ),
        paced(
            "时限改为2025年1月1日，100天过去88天，完成87家",
            f"滞后（{BY_TARGET}）",
            counted(87),
            of=task(DueBy(day("2025-01-01"))),
        ),
        paced("12月20日填报完成89家，年底才判定", f"达序时（{BY_TARGET}）", counted(89), as_of="2024-12-31"),
        paced("12月25日迟报，按报送日计算", f"达序时（{BY_TARGET}）", counted(89, "2024-12-25")),
        paced("填报日期为11月1日，完成40家", f"达序时（{BY_TARGET}）", counted(40, filed_on="2024-11-01")),
        paced("填报日期为11月1日，完成39家", f"滞后（{BY_TARGET}）", counted(39, filed_on="2024-11-01")),
        paced("经批准延期，按新时限计算，完成47家", f"达序时（{BY_TARGET}）", counted(47), extended()),
        paced("经批准延期，按新时限计算，完成40家", f"滞后（{BY_TARGET}）", counted(40), extended()),
        paced("估计完成10%，没有实测目标", "不可比", entry(percent=10.0)),
        paced("没有报送", "不可比"),
        paced("已经销号", "不可比", counted(10), closed()),
        paced("已经终止", "不可比", counted(10), TERMINATED),
        paced("只有上季度的实测数", "不可比", counted(0, "2024-10-10", quarter="2024Q3"), entry()),
        paced("12月1日到期，12月18日才填报，完成100家", f"达序时（{BY_TARGET}）", counted(100), of=DECEMBER_FIRST),
        paced("12月1日到期，12月18日才填报，完成99家", f"滞后（{BY_TARGET}）", counted(99), of=DECEMBER_FIRST),
        paced("印发后59天到期，实测落后", "不可比", counted(10), of=task(DueBy(day("2024-11-21")))),
        paced("印发后60天到期，实测落后", f"滞后（{BY_TARGET}）", counted(10), of=task(DueBy(day("2024-11-22")))),
        paced("印发前到期，实测落后", "不可比", counted(10), of=EARLY),
        paced("推进类任务，实测落后", "不可比", counted(10), of=task(Ongoing(OngoingMode.ADVANCE))),
        paced(
            "上季度预计11月30日完成，12月18日仍在推进",
            "滞后（上季承诺的完成日期已过）",
            promised("2024-11-30"),
            entry(),
        ),
        paced("上季度预计12月18日完成，当天填报仍在推进", "不可比", promised("2024-12-18"), entry()),
        paced(
            "上季度预计12月17日完成，次日填报仍在推进",
            "滞后（上季承诺的完成日期已过）",
            promised("2024-12-17"),
            entry(),
        ),
        paced("上季度预计11月30日完成，本季度自报完成，佐证齐全", "不可比", promised("2024-11-30"), declared()),
        paced(
            "上季度预计11月30日完成，自报完成而没有填佐证",
            "滞后（上季承诺的完成日期已过）",
            promised("2024-11-30"),
            declared(evidence=()),
        ),
        paced(
            "上季度预计11月30日完成，认定11月28日完成，12月10日重新挂账",
            "不可比",
            promised("2024-11-30"),
            closed("2024-12-02", "2024-11-28"),
            reopened("2024-12-10"),
            entry(),
        ),
        paced(
            "上季度预计11月30日完成，认定12月2日完成，12月10日重新挂账",
            "滞后（上季承诺的完成日期已过）",
            promised("2024-11-30"),
            closed("2024-12-03", "2024-12-02"),
            reopened("2024-12-10"),
            entry(),
        ),
        paced(
            "上季度预计11月30日完成，12月10日批准延期",
            "不可比",
            promised("2024-11-30"),
            entry(),
            extended("2024-12-10"),
        ),
        paced("本季度的表里才写11月30日", "不可比", entry(expected_on="2024-11-30")),
        paced(
            "印发后29天到期，上季度承诺已过",
            "不可比",
            promised("2024-10-20"),
            entry(),
            of=task(DueBy(day("2024-10-22"))),
        ),
        paced(
            "印发后30天到期，上季度承诺已过",
            "滞后（上季承诺的完成日期已过）",
            promised("2024-10-20"),
            entry(),
            of=task(DueBy(day("2024-10-23"))),
        ),
        paced("实测达到进度，但上季度承诺已过", "滞后（上季承诺的完成日期已过）", promised("2024-11-30"), counted(95)),
        paced("本季度认定滞后", "滞后（本室认定）", entry(), BEHIND),
        paced("实测达到进度，本室仍认定滞后", "滞后（本室认定）", counted(95), BEHIND),
        paced("上季度认定过滞后", "不可比", entry(), decision(Action.JUDGE_BEHIND, "2024-10-15", quarter="2024Q3")),
    ),
    answer="序时",
)

BESIDE = Rule(
    "状态旁注明滞后",
    "滞后只注在推进中、延期在办之后；其他状态不注。",
    (
        case("推进中，实测落后", "推进中（滞后）", counted(10, "2024-11-20"), as_of="2024-11-30"),
        case(
            "推进中，本室认定滞后",
            "推进中（滞后）",
            entry("2024-11-20"),
            decision(Action.JUDGE_BEHIND, "2024-11-25"),
            as_of="2024-11-30",
        ),
        case("延期在办，实测落后", "延期在办（滞后）", counted(10), extended()),
        case("延期在办，被退回过，不另注", "延期在办", entry(), returned(), extended()),
        case("临期，实测落后", "临期", counted(10), as_of="2024-12-20"),
        case("逾期，实测落后", "逾期未完成，超过时限6天", counted(10)),
        case("推进中，达到进度", "推进中", counted(90, "2024-11-20"), as_of="2024-11-30"),
    ),
)

filed = partial(case, reads=discipline)
BAD = submission("2024-12-20", faulty_tasks=(10,))
UNPUBLISHED = StatusPolicy(calendar=Calendar((2023,)))
DISCIPLINE = Rule(
    "报送",
    "报送是否及时，看收到日，不看登记日。自开始报送日（本期参数reporting_from，不写的为季末月第一天）起收到的才作为本季报送，更早的只影响状态；报送日以前有的，以其中最后一份为准，是按时，没有的，以其后第一份为准，是迟报。哪个单位该报、该不该报，看报送日的情况：销号、终止、转出在报送日以前作出的，免报；此后再作决定、重新挂账、变更单位的，都不改变。不该报的不算迟报。首次报送的季度不评。",
    (
        filed("报送日以前收到", "按时", entry("2024-12-18")),
        filed("报送日当天收到", "按时", entry("2024-12-20")),
        filed("报送日当天收到，三天后才登记", "按时", entry("2024-12-20", recorded="2024-12-23")),
        filed("报送日次日收到", "迟报", entry("2024-12-21")),
        filed("按时报送以后又作更正", "按时", entry("2024-12-18"), entry("2024-12-30")),
        filed("没有报送", "未报送"),
        filed("11月30日报送", "未报送", entry("2024-11-30")),
        filed("12月1日报送", "按时", entry("2024-12-01")),
        filed("11月20日报送，12月27日又报", "迟报", entry("2024-11-20"), entry("2024-12-27")),
        filed("报送日以前销号，2025年1月3日又作同样的决定", "免报", closed("2024-12-10"), closed("2025-01-03")),
        filed("报送日以前销号，2025年1月3日重新挂账", "免报", closed("2024-12-10"), reopened("2025-01-03")),
        filed("报送日以前销号，12月20日重新挂账", "未报送", closed("2024-12-10"), reopened("2024-12-20")),
        filed("报送日以前销号，12月27日才报", "免报", closed("2024-12-10"), entry("2024-12-27")),
        filed("报送日前一天，没有报送", "待报送", as_of="2024-12-19"),
        filed("报送日当天，没有报送", "未报送", as_of="2024-12-20"),
        filed("收到的表里没有这项任务", "未报送", submission()),
        filed("只有上季度的填报", "未报送", entry("2024-10-10", quarter="2024Q3")),
        filed("判定日以后才收到", "未报送", entry("2025-01-10")),
        filed("只有配合单位的填报", "未报送", entry(role=Role.COOPERATE, unit="县医保局")),
        filed("只有会签单位的填报", "未报送", entry(role=Role.COUNTERSIGN, unit="县行政审批局")),
        filed("报送日当天销号", "免报", closed("2024-12-20")),
        filed("报送日以后销号，没有报送", "未报送", closed("2024-12-21")),
        filed("报送日以前销号，仍然报送", "按时", entry(), closed("2024-12-20")),
        filed("2025年1月2日终止，一季度", "免报", TERMINATED, quarter="2025Q1", as_of="2025-03-31"),
        filed(
            "销号后2月28日重新挂账，一季度没有报送",
            "未报送",
            closed(),
            reopened("2025-02-28"),
            quarter="2025Q1",
            as_of="2025-03-31",
        ),
        filed("首次报送，没有报送", "首报不评", quarter="2024Q3", as_of="2024-10-15"),
        filed(
            "首次报送，过后才报送",
            "首报不评",
            entry("2024-11-01", quarter="2024Q3"),
            quarter="2024Q3",
            as_of="2024-11-05",
        ),
    ),
    answer="报送",
)

CORRECTION = Rule(
    "待补正",
    "一张表整张检查、逐行接收。退回的只是有错的那几行，没有补正以前，这几项任务的报送为待补正；序号无法辨认的，凡没有收到合格填报的任务都算。按时送来、退回后两个工作日以内补正的，不算迟报，自收到有错的表之日起计算。当年工作日历尚未发布、无法确定的，写明工作日历未发布，不作猜测。",
    (
        filed("12月20日收到，这一行有错，尚未补正", "待补正", BAD),
        filed(
            "12月19日判定，12月18日收到的这一行有错",
            "待补正",
            submission("2024-12-18", faulty_tasks=(10,)),
            as_of="2024-12-19",
        ),
        filed("有错的是任务11", "未报送", submission(faulty_tasks=(11,))),
        filed("有错的一行看不出序号", "待补正", submission(faulty_rows=1)),
        filed("任务11有错，另有一行看不出序号", "待补正", submission(faulty_rows=2, faulty_tasks=(11,))),
        filed("任务11有两行都错", "未报送", submission(faulty_tasks=(11, 11))),
        filed("上季度的表有错", "未报送", submission(faulty_rows=1, quarter="2024Q3")),
        filed("别的单位的表有错", "未报送", submission(faulty_rows=1, unit="县医保局")),
        filed("别的行有错，这一行合格", "按时", submission(faulty_tasks=(11,)), entry()),
        filed("12月20日（星期五）有错，12月24日（第二个工作日）补正", "按时", BAD, entry("2024-12-24")),
        filed("12月20日有错，12月25日（第三个工作日）补正", "迟报", BAD, entry("2024-12-25")),
        filed(
            "12月23日才送来，已经迟了，次日补正",
            "迟报",
            submission("2024-12-23", faulty_tasks=(10,)),
            entry("2024-12-24"),
        ),
        filed(
            "有错的是任务11，本任务12月24日才报",
            "迟报",
            submission("2024-12-20", faulty_tasks=(11,)),
            entry("2024-12-24"),
        ),
        filed(
            "两次有错，12月18日、20日各一次，24日补正",
            "按时",
            submission("2024-12-18", faulty_tasks=(10,)),
            BAD,
            entry("2024-12-24"),
        ),
        filed("工作日历未发布，12月22日补正（相距两天）", "按时", BAD, entry("2024-12-22"), policy=UNPUBLISHED),
        filed(
            "工作日历未发布，12月24日补正（相距四天）", "工作日历未发布", BAD, entry("2024-12-24"), policy=UNPUBLISHED
        ),
    ),
    answer="报送",
)

judged_by = partial(case, reads=reported)
BY_LAST = Rule(
    "待补正的任务按上次填报判断",
    "本季度只有一行待补正的，按此前最后一次合格的填报判断；从来没有合格填报的，列为未报送。下列任务为推进类。",
    (
        judged_by(
            "上季度有进展，本季度一行有错",
            "有实质进展；待补正",
            entry("2024-10-10", quarter="2024Q3"),
            BAD,
            of=task(Ongoing(OngoingMode.ADVANCE)),
        ),
        judged_by(
            "上季度报未启动，本季度一行有错",
            "本季无实质进展；待补正",
            entry("2024-10-10", Reported.NOT_STARTED, quarter="2024Q3"),
            BAD,
            of=task(Ongoing(OngoingMode.ADVANCE)),
        ),
        judged_by("从来没有合格的填报", "未报送；待补正", BAD, of=task(Ongoing(OngoingMode.ADVANCE))),
        judged_by(
            "有错的是别的任务",
            "未报送；未报送",
            entry("2024-10-10", quarter="2024Q3"),
            submission(faulty_tasks=(11,)),
            of=task(Ongoing(OngoingMode.ADVANCE)),
        ),
        judged_by(
            "限时任务，上季度推进中，12月20日判定",
            "临期；待补正",
            entry("2024-10-10", quarter="2024Q3"),
            BAD,
            as_of="2024-12-20",
        ),
        judged_by(
            "首次报送，一行有错",
            "首报待收；首报不评",
            submission("2024-10-14", faulty_tasks=(10,), quarter="2024Q3"),
            quarter="2024Q3",
            as_of="2024-10-15",
        ),
    ),
    answer="状态；报送",
)

owed = partial(case, reads=due_result, as_of="2025-01-06")
RESULT = Rule(
    "到期结果补报",
    "季初有效的时限（此前经批准延期或核定的，按新时限）在报送日以后、季度末以前的任务，应在补报日（本例为2025年1月6日）以前补报一行结果：是否完成、哪天完成、有何佐证。本室在补报日以前已经作出处理的（销号、终止、转出、延期、核定新时限、认定受上级制约），不需补报。",
    (
        owed("12月31日到期，12月18日报过推进中，此后没有补报", "未补报", entry()),
        owed("12月31日到期，从未报送", "未补报"),
        owed("补报日前一天，没有补报", "待补报", entry(), as_of="2025-01-05"),
        owed("2025年1月3日补报，尚未完成", "已补报", entry(), entry("2025-01-03")),
        owed("到期当天补报", "已补报", entry("2024-12-31")),
        owed("到期前一天报过推进中", "未补报", entry("2024-12-30")),
        owed("12月18日已经自报完成，佐证齐全", "已补报", declared()),
        owed("12月18日自报完成而没有填佐证", "未补报", declared(evidence=())),
        owed("12月18日自报完成，12月26日退回", "未补报", declared(), returned()),
        owed("12月26日销号", "不需补报", closed()),
        owed("2025年1月6日销号", "不需补报", closed("2025-01-06")),
        owed("补报日以后才销号，2025年1月10日判定", "未补报", entry(), closed("2025-01-10"), as_of="2025-01-10"),
        owed("2025年1月2日终止", "不需补报", TERMINATED),
        owed("12月24日批准延期", "不需补报", entry(), extended()),
        owed(
            "上季度批准延至2025年3月31日，一季度没有补报",
            "未补报",
            extended(),
            quarter="2025Q1",
            as_of="2025-03-31",
        ),
        owed(
            "一季度才批准延至2025年3月31日",
            "不需补报",
            extended("2025-01-10"),
            quarter="2025Q1",
            as_of="2025-03-31",
        ),
        owed("12月30日认定受上级制约", "不需补报", entry(reported=Reported.AWAITING_UPPER), blocked()),
        owed("12月24日认定受上级制约，复核日2025年1月5日已过", "未补报", entry(), blocked("2024-12-24", "2025-01-05")),
        owed("时限就是报送日12月20日", "不需补报", entry(), of=task(DueBy(day("2024-12-20")))),
        owed("时限为报送日次日12月21日", "未补报", entry(), of=task(DueBy(day("2024-12-21")))),
        owed("时限在下一季度", "不需补报", entry(), of=task(DueBy(day("2025-01-01")))),
        owed("推进类", "不需补报", entry(), of=task(Ongoing(OngoingMode.ADVANCE))),
    ),
    answer="补报",
)

NEW_UNIT = "县医保局"
SUCCEED = decision(Action.SUCCEED, "2024-12-10", new_unit=NEW_UNIT)
leads = partial(case, reads=filled_in)
OLD_UNIT = "县人力资源和社会保障局"
SUCCESSION = Rule(
    "承接和调整牵头单位",
    "自决定之日起，由新的单位牵头并填报；此前的报告仍列原单位。原单位以前的填报继续有效。",
    (
        leads("12月10日由县医保局承接，没有报送", f"由{NEW_UNIT}填报；逾期未完成；未报送", SUCCEED),
        leads("承接以后由县医保局报送", f"由{NEW_UNIT}填报；逾期未完成；按时", SUCCEED, entry(unit=NEW_UNIT)),
        leads(
            "原单位12月5日已经报送，12月10日由县医保局承接",
            f"由{NEW_UNIT}填报；逾期未完成；按时",
            entry("2024-12-05"),
            SUCCEED,
        ),
        leads(
            "原单位12月5日报推进中，承接以后县医保局12月18日自报完成",
            f"由{NEW_UNIT}填报；待核验；按时",
            entry("2024-12-05"),
            SUCCEED,
            declared(unit=NEW_UNIT),
        ),
        leads(
            "承接以后县医保局报送，这一行有错",
            f"由{NEW_UNIT}填报；逾期未完成；待补正",
            SUCCEED,
            submission(faulty_tasks=(10,), unit=NEW_UNIT),
        ),
        leads(
            "原单位12月5日报送，这一行有错，12月10日由县医保局承接",
            f"由{NEW_UNIT}填报；逾期未完成；待补正",
            submission("2024-12-05", faulty_tasks=(10,)),
            SUCCEED,
        ),
        leads(
            "原单位上季度自报完成待核验",
            f"由{NEW_UNIT}填报；待核验；未报送",
            declared("2024-10-10", quarter="2024Q3"),
            SUCCEED,
        ),
        leads("12月9日判定，决定尚未作出", f"由{OLD_UNIT}填报；待报送；待报送", SUCCEED, as_of="2024-12-09"),
        leads("12月10日判定，当天决定", f"由{NEW_UNIT}填报；待报送；待报送", SUCCEED, as_of="2024-12-10"),
        leads(
            "以调整变更牵头单位",
            f"由{NEW_UNIT}填报；逾期未完成；按时",
            decision(Action.ADJUST, "2024-12-10", new_unit=NEW_UNIT),
            entry(unit=NEW_UNIT),
        ),
        leads(
            "先后两次承接，以后一次为准",
            "由县公安局填报；逾期未完成；未报送",
            SUCCEED,
            decision(Action.SUCCEED, "2024-12-12", new_unit="县公安局"),
        ),
        leads(
            "只调整文字，不调整单位",
            f"由{OLD_UNIT}填报；逾期未完成；按时",
            entry(),
            decision(Action.ADJUST, "2024-12-20", wording="推进社保卡通用"),
        ),
        leads("与本任务无关的单位来报", f"由{OLD_UNIT}填报；逾期未完成；未报送", entry(unit="县公安局")),
    ),
    answer="填报单位；状态；报送",
)

CHAPTER = Chapter(
    "核验、时间、序时和报送",
    "这几栏与状态分开判断，互不替代。",
    (VERIFIED, TIME, PACE, BESIDE, DISCIPLINE, CORRECTION, BY_LAST, RESULT, SUCCESSION),
)
