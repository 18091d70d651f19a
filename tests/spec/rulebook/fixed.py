"""Tasks with a fixed deadline (domain.md §2.2): the headlines in their order."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from builders import PROOF, blocked, closed, decision, declared, entry, extended, reopened, returned, task

from rulebook.table import Chapter, Rule, case, status_until
from yuechi_report.domain.deadline import DueBy
from yuechi_report.domain.evidence import Evidence
from yuechi_report.domain.progress import Action, Decision, Reported

NOT_STARTED = entry(reported=Reported.NOT_STARTED)
WAITS_ABOVE = entry(reported=Reported.AWAITING_UPPER)
ASKS = entry("2024-12-17", Reported.EXTENSION_REQUESTED)
ASKS_LATE = entry("2025-01-03", Reported.EXTENSION_REQUESTED)
ASKS_UNTIL = entry("2024-12-17", Reported.EXTENSION_REQUESTED, expected_on="2025-01-31")
UNPROVED = declared(evidence=())
NAME_ONLY = (Evidence("《报告》"),)
REFUSED = decision(Action.REFUSE_EXTENSION, "2025-01-06")
TERMINATED = decision(Action.TERMINATE, "2025-01-02")
TRANSFERRED = decision(Action.TRANSFER, "2025-01-02")
EARLY = task(DueBy(date(2024, 6, 30)))


def received_later(ruling: Decision) -> Decision:
    """The same decision, received two days after it was made."""
    received_at = ruling.source.received_at + timedelta(days=2)
    return replace(ruling, source=replace(ruling.source, received_at=received_at))


early = partial(case, of=EARLY)
december = partial(case, as_of="2024-12-20")
november = partial(case, as_of="2024-11-30")
spring = partial(case, as_of="2025-04-30", quarter="2025Q1")

ENDED = Rule(
    "已终止、已转出",
    "经批准终止，或者转入新清单的，列为已终止、已转出，先于其他一切状态；此后重新挂账的除外。",
    (
        case("未完成，2025年1月2日批准终止", "已终止", TERMINATED),
        case("自报完成待核验，2025年1月2日批准终止", "已终止", declared(), TERMINATED),
        case("已经销号，又于2025年1月2日批准终止", "已终止", closed(), TERMINATED),
        case("2025年1月2日批准终止，次日又作了销号决定", "已终止", TERMINATED, closed("2025-01-03")),
        case("已经销号，2025年1月2日转入新清单", "已转出", closed(), TRANSFERRED),
        case(
            "2025年1月2日批准终止，1月5日重新挂账",
            "逾期未完成（重新挂账），超过时限6天",
            TERMINATED,
            reopened("2025-01-05"),
        ),
    ),
)

CLOSED = Rule(
    "已销号",
    "经核验销号的，列为已销号，并注明怎样完成；完成日以销号决定认定的日期为准，不以决定作出的日期为准。",
    (
        spring("12月26日销号，认定12月16日完成", "已销号（按期）", closed()),
        spring("认定完成日就是到期日12月31日", "已销号（按期）", closed(completed_on="2024-12-31")),
        spring("2025年1月20日才核验，认定12月30日完成", "已销号（按期）", closed("2025-01-20", "2024-12-30")),
        spring("认定到期次日2025年1月1日完成", "已销号（逾期1天）", closed("2025-01-05", "2025-01-01")),
        spring("认定2025年3月12日完成", "已销号（逾期71天）", closed("2025-03-20", "2025-03-12")),
        spring(
            "经批准延至2025年3月31日，认定3月28日完成", "已销号（按期）", extended(), closed("2025-03-31", "2025-03-28")
        ),
        spring(
            "经批准延至2025年3月31日，认定4月2日完成",
            "已销号（逾期2天）",
            extended(),
            closed("2025-04-10", "2025-04-02"),
        ),
        spring(
            "销号并转常态，认定12月18日完成",
            "已销号（转常态）",
            decision(Action.CLOSE_TO_ROUTINE, "2024-12-26", completed_on="2024-12-18"),
        ),
        spring(
            "销号并转常态，认定2025年3月20日完成",
            "已销号，转常态（逾期79天）",
            decision(Action.CLOSE_TO_ROUTINE, "2025-03-20", completed_on="2025-03-20"),
        ),
        spring("认定在通知印发以前的9月1日已经完成", "已销号（印发前已完成）", closed(completed_on="2024-09-01")),
        case("自报完成，12月26日销号", "已销号（按期）", declared(), closed()),
        case("销号以后单位又报了进展", "已销号（按期）", closed(), entry("2025-01-02")),
        case("销号以后又有一份退回补正的决定", "已销号（按期）", closed(), returned("2024-12-27")),
        case("销号以后又有认定待上级的决定", "已销号（按期）", closed(), blocked()),
        case(
            "自报写12月20日完成，核验认定2025年1月2日完成",
            "已销号（逾期2天）",
            declared("2025-01-02", completed_on="2024-12-20"),
            closed("2025-01-05", "2025-01-02"),
        ),
    ),
)

PROVED = Rule(
    "按期与按期（补证）",
    "认定按期完成，而第一份写明佐证、此后没有被退回的自报，在单位最后的补报日以后才收到的，注明按期（补证），其余都是按期。最后的补报日为到期日、该季度到期结果补报日（本例为2025年1月6日）、首报截止日中最晚的一天。申请延期时附的佐证不算；认定以后的填报和决定，不改变按期与否。",
    (
        spring(
            "12月26日退回补正，此后没有再报，2025年2月20日决定认定12月25日完成",
            "已销号（按期）",
            returned(),
            closed("2025-02-20", "2024-12-25"),
        ),
        spring(
            "12月18日自报完成，没有填佐证，2025年2月20日补齐，认定12月25日完成",
            "已销号，按期（补证）",
            UNPROVED,
            declared("2025-02-20", quarter="2025Q1"),
            closed("2025-02-26", "2024-12-25"),
        ),
        spring(
            "先认定2025年1月3日完成，后又认定12月30日完成，没有自报",
            "已销号（按期）",
            closed("2025-01-06", "2025-01-03"),
            closed("2025-02-20", "2024-12-30"),
        ),
        spring(
            "12月18日自报完成，佐证齐全，12月26日退回，2025年2月20日本室查实，认定12月18日完成",
            "已销号（按期）",
            declared(),
            returned(),
            closed("2025-02-20", "2024-12-18"),
        ),
        spring(
            "12月18日自报完成，没有填佐证，2025年2月20日本室查实，认定12月18日完成",
            "已销号（按期）",
            UNPROVED,
            closed("2025-02-20", "2024-12-18"),
        ),
        spring(
            "2025年2月20日才自报完成，此前没有自报，认定12月25日完成",
            "已销号，按期（补证）",
            declared("2025-02-20", quarter="2025Q1"),
            closed("2025-02-26", "2024-12-25"),
        ),
        spring(
            "12月17日申请延期时附了佐证，2025年2月20日才自报完成，认定12月25日完成",
            "已销号，按期（补证）",
            entry("2024-12-17", Reported.EXTENSION_REQUESTED, evidence=PROOF),
            declared("2025-02-20", quarter="2025Q1"),
            closed("2025-02-26", "2024-12-25"),
        ),
        spring(
            "12月18日自报完成，佐证只有名称，2025年2月20日补写文号，认定12月25日完成",
            "已销号，按期（补证）",
            declared(evidence=NAME_ONLY),
            declared("2025-02-20", quarter="2025Q1"),
            closed("2025-02-26", "2024-12-25"),
        ),
        spring(
            "12月18日自报完成，没有填佐证，12月24日补齐，12月26日认定12月20日完成，2025年2月20日又报",
            "已销号（按期）",
            UNPROVED,
            declared("2024-12-24"),
            closed("2024-12-26", "2024-12-20"),
            declared("2025-02-20", quarter="2025Q1"),
        ),
        spring(
            "12月24日自报，12月26日认定12月20日完成，2025年2月20日又报，2月26日作同样的认定",
            "已销号（按期）",
            declared("2024-12-24"),
            closed("2024-12-26", "2024-12-20"),
            declared("2025-02-20", quarter="2025Q1"),
            closed("2025-02-26", "2024-12-20"),
        ),
        spring(
            "补报日当天才自报，认定12月30日完成",
            "已销号（按期）",
            declared("2025-01-06"),
            closed("2025-01-20", "2024-12-30"),
        ),
        spring(
            "认定2025年1月2日完成以后，又批准延期至3月31日",
            "已销号（逾期2天）",
            closed("2025-01-03", "2025-01-02"),
            extended("2025-01-05"),
        ),
        spring(
            "12月18日自报完成，没有填佐证，12月24日补齐，2025年1月20日核验，认定12月22日完成",
            "已销号（按期）",
            UNPROVED,
            declared("2024-12-24"),
            closed("2025-01-20", "2024-12-22"),
        ),
        spring(
            "12月18日自报完成，没有填佐证，到期当天补齐，2025年1月20日核验，认定12月22日完成",
            "已销号（按期）",
            UNPROVED,
            declared("2024-12-31"),
            closed("2025-01-20", "2024-12-22"),
        ),
        spring(
            "先认定到期当天完成，后又认定12月30日完成",
            "已销号（按期）",
            closed("2025-01-06", "2024-12-31"),
            closed("2025-02-20", "2024-12-30"),
        ),
        spring(
            "2025年1月2日才自报，佐证齐全，认定12月30日完成",
            "已销号（按期）",
            declared("2025-01-02"),
            closed("2025-01-20", "2024-12-30"),
        ),
        spring(
            "12月20日退回，12月24日补齐佐证，12月28日销号，认定12月22日完成",
            "已销号（按期）",
            declared("2024-12-18", evidence=()),
            returned("2024-12-20"),
            declared("2024-12-24"),
            closed("2024-12-28", "2024-12-22"),
        ),
        spring(
            "12月26日退回，最终认定2025年3月14日完成",
            "已销号（逾期73天）",
            returned(),
            closed("2025-03-20", "2025-03-14"),
        ),
        case(
            "12月26日销号，2025年1月3日重新挂账，1月5日再次销号，认定12月30日完成",
            "已销号（按期）",
            closed(),
            reopened(),
            closed("2025-01-05", "2024-12-30"),
        ),
    ),
)

DECLARED = Rule(
    "待核验",
    "牵头单位自报已完成、填了佐证材料、又没有被退回的，列为待核验。佐证写明文号，或者写明不晚于收到日的日期，不论写在哪里，都算写明；都没有的，注明佐证待补，请单位补写，由本室查看。佐证一栏空白，或者只写无、有、略、见附件的，不算自报完成。自报以后没有再报，或者又报完成的，仍然待核验；改报其他状态的除外。超过时限的天数停在自报的完成日，等本室核验认定。",
    (
        case("12月18日自报完成，佐证写明名称和文号", "待核验", declared()),
        case("佐证写明名称和日期", "待核验", declared(evidence=(Evidence("《报告》", "", "2024-12-16"),))),
        case(
            "两件佐证，其中一件齐全",
            "待核验",
            declared(evidence=(Evidence("《甲》"), Evidence("《乙》", "", "2024-12-16"))),
        ),
        case("上季度自报完成，本季度没有报送", "待核验", declared("2024-10-10", quarter="2024Q3")),
        case("自报完成，同时经批准延期", "待核验", declared(), extended()),
        case("自报完成，同时认定待上级", "待核验", declared(), blocked()),
        case("2025年1月6日自报，写明12月31日完成", "待核验", declared("2025-01-06", completed_on="2024-12-31")),
        case(
            "2025年1月6日自报，写明1月3日完成", "待核验，超过时限3天", declared("2025-01-06", completed_on="2025-01-03")
        ),
        case("2025年1月4日自报，没有写完成日，按收到日计", "待核验，超过时限4天", declared("2025-01-04")),
        case("同上，一个多月后仍未核验", "待核验，超过时限4天", declared("2025-01-04"), as_of="2025-02-20"),
        case("佐证一栏空白", "逾期未完成（自报完成，未填佐证），超过时限6天", UNPROVED),
        case(
            "佐证只写见附件", "逾期未完成（自报完成，未填佐证），超过时限6天", declared(evidence=(Evidence("见附件"),))
        ),
        case("佐证只有名称", "待核验（佐证待补）", declared(evidence=NAME_ONLY)),
        case("佐证写预计1月10日补报", "待核验（佐证待补）", declared(evidence=(Evidence("预计1月10日补报"),))),
        case("文号写在名称里", "待核验", declared(evidence=(Evidence("《通知》（岳公积金〔2025〕7号）"),))),
        case("日期写在名称后面", "待核验", declared(evidence=(Evidence("验收报告，2024年12月10日"),))),
        case("会议纪要第5期", "待核验", declared(evidence=(Evidence("会议纪要第5期"),))),
        case("印发前到期的任务，佐证只有名称", "待核验（佐证待补）", declared(evidence=NAME_ONLY), of=EARLY),
        case("自报完成，此后又报完成而没有填佐证", "待核验", declared(), declared("2025-01-03", evidence=())),
        case(
            "2025年1月2日自报，1月20日又报完成，一季度判定",
            "待核验，超过时限2天",
            declared("2025-01-02"),
            declared("2025-01-20", quarter="2025Q1"),
            quarter="2025Q1",
            as_of="2025-01-20",
        ),
        case("自报完成，此后改报推进中", "逾期未完成，超过时限6天", declared(), entry("2025-01-03")),
        case("自报完成，此后补来上季度的推进中", "待核验", declared(), entry("2025-01-03", quarter="2024Q3")),
        case(
            "佐证只有文号",
            "待核验",
            declared(evidence=(Evidence("", "示例〔2024〕1号"),)),
        ),
        case(
            "佐证只有日期",
            "待核验",
            declared(evidence=(Evidence("", "", "2024-12-16"),)),
        ),
        case(
            "两件佐证都只有名称",
            "待核验（佐证待补）",
            declared(evidence=(Evidence("《甲》"), Evidence("《乙》"))),
        ),
    ),
)

RETURNS = Rule(
    "退回、补报和重新挂账",
    "自报、退回、重新挂账以时间在后的为准，同一天的以登记先后为准；重新挂账的，逾期仍从原时限起算。",
    (
        case("12月18日自报，12月26日退回", "逾期未完成（退回补正），超过时限6天", declared(), returned()),
        case("自报没有填佐证，12月26日退回", "逾期未完成（退回补正），超过时限6天", UNPROVED, returned()),
        case("12月26日退回，2025年1月2日带佐证再报", "待核验，超过时限2天", returned(), declared("2025-01-02")),
        case(
            "退回以后再报，仍没有填佐证",
            "逾期未完成（自报完成，未填佐证），超过时限6天",
            returned(),
            declared("2025-01-02", evidence=()),
        ),
        case("退回以后改报推进中", "逾期未完成，超过时限6天", returned(), entry("2025-01-02")),
        case("12月26日自报，当天退回", "逾期未完成（退回补正），超过时限6天", declared("2024-12-26"), returned()),
        case("12月26日退回，当天又报", "待核验", returned(), declared("2024-12-26")),
        case(
            "两次自报，两次退回",
            "逾期未完成（退回补正），超过时限6天",
            declared(),
            returned(),
            declared("2025-01-02"),
            returned("2025-01-03"),
        ),
        case(
            "12月26日销号，2025年1月3日重新挂账",
            "逾期未完成（重新挂账），超过时限6天",
            declared(),
            closed(),
            reopened(),
        ),
        case(
            "同上，到二月底仍未完成", "逾期未完成（重新挂账），超过时限59天", closed(), reopened(), as_of="2025-02-28"
        ),
        case("1月3日重新挂账，1月5日再次自报", "待核验，超过时限5天", closed(), reopened(), declared("2025-01-05")),
        case("1月3日重新挂账，当天再次自报", "待核验，超过时限3天", closed(), reopened(), declared("2025-01-03")),
        case(
            "1月3日自报，当天稍后重新挂账",
            "逾期未完成（重新挂账），超过时限6天",
            closed(),
            declared("2025-01-03"),
            reopened(),
        ),
        case(
            "退回、再报、销号以后，1月5日重新挂账",
            "逾期未完成（重新挂账），超过时限6天",
            declared(),
            returned(),
            declared("2025-01-02"),
            closed("2025-01-03"),
            reopened("2025-01-05"),
        ),
        case(
            "1月3日重新挂账，12月26日的销号决定后来才登记", "逾期未完成（重新挂账），超过时限6天", reopened(), closed()
        ),
        case(
            "1月3日销号和重新挂账，先登记的是销号，却晚两天收到",
            "逾期未完成（重新挂账），超过时限6天",
            received_later(closed("2025-01-03", seq=1)),
            reopened(seq=2),
        ),
        case(
            "到期前申请过延期，后销号，1月3日重新挂账",
            "逾期未完成（重新挂账），超过时限6天",
            ASKS,
            closed(),
            reopened(),
        ),
        case(
            "认定待上级后销号，1月3日重新挂账",
            "逾期未完成（重新挂账），超过时限6天",
            blocked("2024-12-20", "2025-03-10"),
            closed(),
            reopened(),
        ),
    ),
)

BEFORE_ISSUE = Rule(
    "印发时已到期·待核实",
    "通知印发以前就已到期的任务，不说逾期，不计天数，不进完成率；结果只有四种：印发前已完成、印发后办结、印发时已到期·待核实，或者核定新的时限。下列任务时限为2024年6月30日，通知9月23日印发。",
    (
        early("没有报送", "印发时已到期·待核实"),
        early("报推进中", "印发时已到期·待核实", entry()),
        early("报推进中，预计2025年6月30日完成", "印发时已到期·待核实", entry(expected_on="2025-06-30")),
        early("自报完成，没有填佐证", "印发时已到期·待核实", UNPROVED),
        early("自报完成后被退回", "印发时已到期·待核实", declared(), returned()),
        early("认定待上级", "印发时已到期·待核实", WAITS_ABOVE, blocked()),
        early("自报完成，佐证齐全", "待核验", declared()),
        early("认定8月30日完成", "已销号（印发前已完成）", closed(completed_on="2024-08-30")),
        early("认定印发前一天完成", "已销号（印发前已完成）", closed(completed_on="2024-09-22")),
        early("认定印发当天完成", "已销号（印发后办结）", closed(completed_on="2024-09-23")),
        early("认定11月15日完成", "已销号（印发后办结）", closed(completed_on="2024-11-15")),
        early("核定新时限2025年3月31日", "延期在办", entry(), extended()),
        case("时限就是印发当天，没有完成", "逾期未完成，超过时限105天", entry(), of=task(DueBy(date(2024, 9, 23)))),
    ),
)

BLOCKED = Rule(
    "受上级制约、到期受上级制约",
    "须由本室认定，并且三样齐全：等哪个上级单位的哪个环节，本县去函的文号和日期，不超过90天的复核日期。复核日当天仍然有效，次日自动失效。单位自报待上级而未经认定的，到期即为逾期。",
    (
        case("12月30日认定，三样齐全", "到期受上级制约，超过时限6天", WAITS_ABOVE, blocked()),
        case("认定以后本季度没有报送", "到期受上级制约，超过时限6天", blocked()),
        case(
            "到期前认定，尚未到期", "受上级制约", WAITS_ABOVE, blocked("2024-12-19", "2025-03-10"), as_of="2024-12-20"
        ),
        case("认定以后又批准延期，新时限未到", "受上级制约", WAITS_ABOVE, blocked(), extended()),
        case("到期前申请延期未批，又经认定", "到期受上级制约，超过时限6天", ASKS, blocked()),
        case("复核日当天", "到期受上级制约，超过时限79天", blocked(), as_of="2025-03-20"),
        case("复核日次日", "逾期未完成，超过时限80天", blocked(), as_of="2025-03-21"),
        case("复核日在认定后第90天", "到期受上级制约，超过时限6天", blocked("2024-12-30", "2025-03-30")),
        case("复核日在认定后第91天", "逾期未完成，超过时限6天", blocked("2024-12-30", "2025-03-31")),
        case("自报待上级，没有认定", "逾期未完成（自报待上级未认定），超过时限6天", WAITS_ABOVE),
        case("认定缺上级单位", "逾期未完成（自报待上级未认定），超过时限6天", WAITS_ABOVE, blocked(upper_body="")),
        case("认定缺所等环节", "逾期未完成（自报待上级未认定），超过时限6天", WAITS_ABOVE, blocked(upper_step="")),
        case("认定缺去函文号", "逾期未完成（自报待上级未认定），超过时限6天", WAITS_ABOVE, blocked(letter_number="")),
        case("认定缺去函日期", "逾期未完成（自报待上级未认定），超过时限6天", WAITS_ABOVE, blocked(letter_on=None)),
        case("认定缺复核日期", "逾期未完成（自报待上级未认定），超过时限6天", WAITS_ABOVE, blocked(review_on=None)),
        case(
            "复核日已过，1月6日重新认定",
            "到期受上级制约，超过时限6天",
            WAITS_ABOVE,
            blocked(review_on="2025-01-05"),
            blocked("2025-01-06"),
        ),
        case("复核日已过，此后没有再报", "逾期未完成，超过时限6天", WAITS_ABOVE, blocked("2024-12-20", "2025-01-05")),
        case(
            "复核日已过，1月6日又报待上级",
            "逾期未完成（自报待上级未认定），超过时限6天",
            blocked("2024-12-20", "2025-01-05"),
            entry("2025-01-06", Reported.AWAITING_UPPER),
        ),
        case(
            "认定以后解除",
            "逾期未完成，超过时限6天",
            WAITS_ABOVE,
            blocked(),
            decision(Action.LIFT_BLOCK, "2025-01-02"),
        ),
        case(
            "不予认定",
            "逾期未完成（自报待上级未认定），超过时限6天",
            WAITS_ABOVE,
            decision(Action.REFUSE_BLOCK, "2025-01-02"),
        ),
        case(
            "先不予认定，1月4日补齐后认定",
            "到期受上级制约，超过时限6天",
            WAITS_ABOVE,
            decision(Action.REFUSE_BLOCK, "2025-01-02"),
            blocked("2025-01-04"),
        ),
    ),
)

until = partial(case, reads=status_until)
EXTENSIONS = Rule(
    "申请延期待批、延期在办",
    "到期日当天及以前申请延期、尚无答复的，列为申请延期待批，不计逾期；到期以后才申请的，不能免除逾期。申请只因答复的决定而了结，此后再次申请或者改报进展都不影响；但最迟到申请的新时限为止，过后仍未答复的，注明申请延期未批复，天数自原有效时限次日起算。原时限始终保留，另列新时限。",
    (
        until("12月17日申请，尚无答复", "申请延期待批；时限2024年12月31日", ASKS),
        until("12月17日申请，12月20日判定", "申请延期待批；时限2024年12月31日", ASKS, as_of="2024-12-20"),
        until("到期当天申请", "申请延期待批；时限2024年12月31日", entry("2024-12-31", Reported.EXTENSION_REQUESTED)),
        until(
            "到期次日申请",
            "逾期未完成，超过时限6天；时限2024年12月31日",
            entry("2025-01-01", Reported.EXTENSION_REQUESTED),
        ),
        until(
            "上季度申请，本季度没有报送",
            "申请延期待批；时限2024年12月31日",
            entry("2024-10-10", Reported.EXTENSION_REQUESTED, quarter="2024Q3"),
        ),
        until(
            "12月17日申请，12月27日又报推进中",
            "申请延期待批；时限2024年12月31日",
            ASKS,
            entry("2024-12-27"),
        ),
        until("12月17日申请，2025年1月3日再次申请", "申请延期待批；时限2024年12月31日", ASKS, ASKS_LATE),
        until(
            "12月17日申请延至2025年1月31日，当天判定",
            "申请延期待批；时限2024年12月31日",
            ASKS_UNTIL,
            as_of="2025-01-31",
        ),
        until(
            "12月17日申请延至2025年1月31日，次日判定",
            "逾期未完成（申请延期未批复），超过时限32天；时限2024年12月31日",
            ASKS_UNTIL,
            as_of="2025-02-01",
        ),
        until("12月17日申请，12月24日准予延至2025年3月31日", "延期在办；时限2025年3月31日", ASKS, extended()),
        until(
            "12月17日申请，以核定时限答复，定为2025年6月30日",
            "延期在办；时限2025年6月30日",
            ASKS,
            decision(Action.SET_DEADLINE, "2024-12-24", new_due="2025-06-30"),
        ),
        until("12月17日申请，不予延期", "逾期未完成，超过时限6天；时限2024年12月31日", ASKS, REFUSED),
        until(
            "12月17日申请，当天不予延期",
            "逾期未完成，超过时限6天；时限2024年12月31日",
            ASKS,
            decision(Action.REFUSE_EXTENSION, "2024-12-17"),
        ),
        until(
            "12月17日申请，12月20日退回补正",
            "逾期未完成（退回补正），超过时限6天；时限2024年12月31日",
            ASKS,
            returned("2024-12-20"),
        ),
        until(
            "不予延期以后，12月17日再次申请",
            "申请延期待批；时限2024年12月31日",
            decision(Action.REFUSE_EXTENSION, "2024-12-16"),
            ASKS,
        ),
        until("2025年1月3日才申请，尚无答复", "逾期未完成，超过时限6天；时限2024年12月31日", ASKS_LATE),
        until("2025年1月3日才申请，不予延期", "逾期未完成，超过时限6天；时限2024年12月31日", ASKS_LATE, REFUSED),
        until(
            "2025年1月3日才申请，仍获准延至3月31日", "延期在办；时限2025年3月31日", ASKS_LATE, extended("2025-01-06")
        ),
        until(
            "没有申请，核定新时限2025年6月30日",
            "延期在办；时限2025年6月30日",
            entry(),
            decision(Action.SET_DEADLINE, "2025-01-02", new_due="2025-06-30"),
        ),
        until(
            "两次延期，以后一次为准",
            "延期在办；时限2025年3月31日",
            entry(),
            extended("2024-12-20", "2025-01-31"),
            extended("2025-01-02", "2025-03-31"),
        ),
        until(
            "延期到期当天", "到期未完成（逾期自次日起算）；时限2025年3月31日", entry(), extended(), as_of="2025-03-31"
        ),
        until("延期到期次日", "逾期未完成，超过时限1天；时限2025年3月31日", entry(), extended(), as_of="2025-04-01"),
    ),
)

OVERDUE = Rule(
    "逾期未完成",
    "过了有效时限仍未完成的，自次日起列为逾期未完成；到期当天列为到期未完成，有没有报送都一样，不算逾期。仅凭单位自己的说明，不能免除逾期。",
    (
        case("到期前一天，已报推进中", "临期", entry(), as_of="2024-12-30"),
        case("到期当天，已报推进中", "到期未完成（逾期自次日起算）", entry(), as_of="2024-12-31"),
        case("到期当天，没有报送", "到期未完成（逾期自次日起算）", as_of="2024-12-31"),
        case(
            "到期当天，预计2025年1月15日完成",
            "到期未完成（逾期自次日起算）",
            entry(expected_on="2025-01-15"),
            as_of="2024-12-31",
        ),
        case("到期次日", "逾期未完成，超过时限1天", entry(), as_of="2025-01-01"),
        case("到期以后没有报送", "逾期未完成，超过时限6天"),
        case("报未启动", "逾期未完成，超过时限6天", NOT_STARTED),
        case("预计2025年3月31日完成", "逾期未完成，超过时限6天", entry(expected_on="2025-03-31")),
        case("自报完成比例100%", "逾期未完成，超过时限6天", entry(reported=Reported.NORMAL, percent=100.0)),
        case("只填了实际完成日期", "逾期未完成，超过时限6天", entry(completed_on="2024-12-20")),
        case("申请调整", "逾期未完成，超过时限6天", entry(reported=Reported.ADJUSTMENT_REQUESTED)),
    ),
)

REPORTING = Rule(
    "未报送、待报送、首报待收",
    "本季度没有收到牵头单位合格的填报，报送日以前列为待报送，报送日当天及以后列为未报送；首次报送的季度列为首报待收。已经到期、待核验、待批或认定受上级制约的，仍按原状态，缺报另在报送栏反映。",
    (
        case("报送日前一天", "待报送", as_of="2024-12-19"),
        december("报送日当天", "未报送"),
        case("经批准延期，但本季度没有报送", "未报送", extended()),
        december("只有上季度的填报", "未报送", entry("2024-10-10", quarter="2024Q3", expected_on="2025-03-31")),
        case("首次报送，报送日前一天", "待报送", quarter="2024Q3", as_of="2024-10-14"),
        case("首次报送，报送日当天", "首报待收", quarter="2024Q3", as_of="2024-10-15"),
        case("首次报送，过了报送日", "首报待收", quarter="2024Q3", as_of="2024-11-01"),
        case("首次报送，收到的是下一季度的表", "首报待收", entry("2024-10-16"), quarter="2024Q3", as_of="2024-10-16"),
        case(
            "首次报送，已经收到", "推进中", entry("2024-10-10", quarter="2024Q3"), quarter="2024Q3", as_of="2024-10-15"
        ),
        case("首次报送没有收到，任务已经到期", "逾期未完成，超过时限1天", quarter="2024Q3", as_of="2025-01-01"),
        case("认定受上级制约，没有报送", "受上级制约", blocked("2024-12-19", "2025-03-10"), as_of="2024-12-20"),
    ),
)

RUNNING = Rule(
    "预计逾期、临期、延期在办、推进中、未启动",
    "尚未到期并且已经报送的，依次判断：单位预计的完成日晚于时限的，列为预计逾期；距时限30天以内的，列为临期；经批准延期或核定新时限的，列为延期在办；其余按自报列为推进中或未启动。",
    (
        december("预计完成日就是到期日", "临期", entry(expected_on="2024-12-31")),
        december("预计到期次日完成", "预计逾期", entry(expected_on="2025-01-01")),
        case("经批准延期，预计比新时限晚一天", "预计逾期", entry(expected_on="2025-04-01"), extended()),
        november("距时限31天", "推进中", entry("2024-11-20")),
        case("距时限30天", "临期", entry("2024-11-20"), as_of="2024-12-01"),
        december("报未启动，距时限11天", "临期", NOT_STARTED),
        case("经批准延期，距新时限31天", "延期在办", entry(), extended(), as_of="2025-02-28"),
        case("经批准延期，距新时限30天", "临期", entry(), extended(), as_of="2025-03-01"),
        case("经批准延期，报未启动", "延期在办", NOT_STARTED, extended()),
        november("报正常", "推进中", entry("2024-11-20", Reported.NORMAL)),
        november("报未启动", "未启动", entry("2024-11-20", Reported.NOT_STARTED)),
        november("申请调整", "推进中", entry("2024-11-20", Reported.ADJUSTMENT_REQUESTED)),
    ),
)

MILESTONE = Rule(
    "节点不等于完成",
    "时限只对应动工、投入使用等节点的，到时限同样核对；节点达到不等于任务完成，只有销号决定才算完成。下列任务时限为12月31日前动工。",
    tuple(
        case(situation, expected, *records, of=task(DueBy(date(2024, 12, 31), "动工")))
        for situation, expected, records in (
            ("报已动工，推进中", "逾期未完成，超过时限6天", (entry(),)),
            ("自报完成，佐证齐全", "待核验", (declared(),)),
            (
                "已动工，核定新时限2025年6月30日",
                "延期在办",
                (entry(), decision(Action.SET_DEADLINE, "2025-01-02", new_due="2025-06-30")),
            ),
            ("经核验销号", "已销号（按期）", (closed(),)),
        )
    ),
)

CHAPTER = Chapter(
    "限时任务的状态",
    "下面逐个说明限时任务的状态。时限指有效时限：经批准延期或核定新时限的，以新时限为准。",
    (
        ENDED,
        CLOSED,
        PROVED,
        DECLARED,
        RETURNS,
        BEFORE_ISSUE,
        BLOCKED,
        EXTENSIONS,
        OVERDUE,
        REPORTING,
        RUNNING,
        MILESTONE,
    ),
)
