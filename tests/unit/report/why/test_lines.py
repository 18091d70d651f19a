"""The explanation in words: sections in their order, sentences for zero, one and many."""

from collections.abc import Callable

import pytest
from builders import (
    PROOF,
    Record,
    blocked,
    closed,
    decision,
    declared,
    entry,
    extended,
    judged,
    submission,
    task,
)

from yuechi_report.domain.assessment import Headline
from yuechi_report.domain.deadline import DueBy, NoDeadline, Ongoing, OngoingMode, Recurring, Unresolved
from yuechi_report.domain.evidence import Evidence
from yuechi_report.domain.progress import Action, Measure, Role
from yuechi_report.report.context import Report
from yuechi_report.report.why.grounds import Grounds
from yuechi_report.report.why.lines import explained_lines
from yuechi_report.report.why.wording import decision_text, earlier_text, measure_text

Make = Callable[..., Report]
case = pytest.param


@pytest.fixture
def lines(make: Make) -> Callable[..., str]:
    """What is printed of task 10 with these records."""

    def call(*records: Record, **changes: object) -> str:
        of = changes.pop("of", task())
        return "\n".join(explained_lines(Grounds.of_task(make((of,), *records, **changes), 10)))

    return call


def test_sections_stand_in_their_order(lines: Callable[..., str]) -> None:
    """Seven sections, one empty line between two, each said to be empty where it is."""
    headings = [line for line in lines().split("\n") if line[:2] in {f"{sign}、" for sign in "一二三四五六七"}]
    assert headings == [
        "一、状态：×逾期未完成（6天）",
        "二、完成时限：原文“2024年12月”，有效时限2024年12月31日",
        "三、所依据的填报：没有收到填报",
        "四、决定事项：没有",
        "五、销号标准：没有填报",
        "六、以前各季：没有",
        "七、报送和进度",
    ]
    assert "\n\n\n" not in lines()


@pytest.mark.parametrize(
    ("records", "said"),
    [
        case((submission("2024-12-24"), entry("2024-12-24")), "报送：迟报。应于2024年12月20日前报送，2024年12月24日10:00收到，迟4天。", id="late"),
        case((), "报送：未报送。应于2024年12月20日前报送，没有收到本季度填报。", id="missing"),
        case((declared("2024-10-10", quarter="2024Q3"), closed("2024-11-20", "2024-10-08")), "报送：免报，应报日2024年12月20日以前已了结。", id="exempt"),
        case((entry(),), "到期结果：未补报。", id="due result missing"),
        case((entry(percent=20.0),), "进度：不可比。填报的完成比例20%，只列示、不评判。", id="estimate"),
        case((entry(measure=Measure(4, 5)),), "进度：滞后。填报的完成比例4/5，即80%；通知印发至有效时限共99天，截至2024年12月18日的序时进度为87%。", id="measured"),
        case((entry("2024-10-10", quarter="2024Q3", expected_on="2024-11-30"), entry()), "进度：滞后。2024年第三季度填报预计2024年11月30日完成，该日已过。", id="promise"),
        case((entry(), decision(Action.JUDGE_BEHIND, "2024-12-30")), "进度：滞后（本室认定）。", id="judged"),
        case((closed(),), "进度：已销号，不再比较。", id="closed"),
        case((declared(),), "本室待办：自报完成待核验，自2024年12月18日起。", id="waits for the office"),
        case((blocked(),), "超过时限：自2025年1月1日起算，至判定日2025年1月6日，计6天。", id="past due but not late"),
        case((entry(),), "逾期天数：自2025年1月1日起算，至判定日2025年1月6日，计6天。", id="late days"),
        case((extended(decided_by="督查室"),), "（1）2024年12月24日　准予延期至2025年3月31日　督查室（判定所依据）", id="decision"),
        case((entry("2024-10-10", quarter="2024Q3"), entry()), "另有以前各季填报1条，可加--json查看。", id="older entries are counted"),
        case((entry("2024-10-10", quarter="2024Q3"),), "判定以此条为准（最近一次填报，本季度没有新的）", id="only an older entry"),
        case((entry(unit="县公安局", role=Role.COOPERATE, reported=None),), "2024年第四季度　县公安局（配合）\n", id="cooperation"),
        case((entry("2024-10-10", quarter="2024Q3", criterion="12条"), entry(criterion="8条")), "8条（县人力资源和社会保障局2024年第四季度填报）\n　　2024年第三季度原填：12条", id="criterion changed"),
        case((entry(criterion="12条"),), "12条（县人力资源和社会保障局2024年第四季度填报，此后未改动）", id="criterion kept"),
    ],
)  # fmt: skip
def test_single_sentences(lines: Callable[..., str], records: tuple[Record, ...], said: str) -> None:
    """Reporting, pace, days, decisions, entries and criterion, each in its cases."""
    assert said in lines(*records)


def test_a_missing_report_does_not_rest_on_an_older_one(lines: Callable[..., str]) -> None:
    """未报送 is said because nothing came; what was said last is shown without being the basis."""
    text = lines(entry("2024-10-10", quarter="2024Q3"), of=task(Ongoing(OngoingMode.ADVANCE)))
    assert "一、状态：△未报送" in text
    assert "自报“推进中”（最近一次填报，本季度没有新的）" in text


def test_evidence_is_named_counted_and_doubted(lines: Callable[..., str]) -> None:
    """Three pieces are named, the rest counted; a piece without number and date is marked."""
    pieces = (*PROOF, Evidence("照片"), Evidence("记录", dated="2024-12-10"), Evidence("表"))
    assert (
        "佐证：《办理规程（示例）》（示例〔2024〕1号）；照片〔没有文号，也没有已到的日期〕；记录（2024-12-10）；等4件。"
        in lines(entry(evidence=pieces))
    )


@pytest.mark.parametrize(
    ("deadline", "raw", "said"),
    [
        case(DueBy(judged().due), "2024年12月31日前", "由来：原定时限为2024年12月31日，当日仍在期限内。", id="a day"),
        case(DueBy(judged().due), "2024年底", "按期末日计算", id="end of a period"),
        case(DueBy(judged().due, "动工"), "12月动工", "时限所指为“动工”这一节点，到达节点不等于任务完成", id="milestone"),
        case(Ongoing(OngoingMode.ADVANCE), "持续推进", "没有固定时限，逐季判定，不计逾期", id="ongoing"),
        case(Recurring(3), "每季度", "周期性任务，每3个月一次，逐季判定，不计逾期", id="recurring"),
        case(NoDeadline(), "——", "通知没有规定时限", id="none"),
        case(Unresolved("年份不明"), "20259月底前", "时限写法无法识别，待人工确认（年份不明）", id="unresolved"),
    ],
)  # fmt: skip
def test_the_printed_deadline_is_read_aloud(lines: Callable[..., str], deadline: object, raw: str, said: str) -> None:
    """What each kind of deadline means."""
    assert said in lines(of=task(deadline, deadline_raw=raw))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (decision(Action.CLOSE_TO_ROUTINE, "2024-12-26", completed_on="2024-12-18"), "销号并转常态，认定2024年12月18日完成"),
        (decision(Action.SET_DEADLINE, "2024-12-26", new_due="2025-06-30"), "核定时限为2025年6月30日"),
        (decision(Action.SET_DEADLINE, "2024-12-26", new_class="advance", wording="持续配合"), "核定为推进类（持续配合）"),
        (decision(Action.SUCCEED, "2024-12-26", new_unit="县数据局"), "承接，改由县数据局牵头填报"),
        (decision(Action.ADJUST, "2024-12-26", wording="改为两条线路"), "调整，改为两条线路"),
        (decision(Action.LIFT_BLOCK, "2024-12-26"), "解除受上级制约"),
        (decision(Action.RETURN, "2024-12-26"), "退回补正"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_decisions_say_what_they_name(made: object, text: str) -> None:
    """The day, class, unit or wording of a decision stands in its sentence."""
    assert decision_text(made) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (entry(measure=Measure(4, 5)), "4/5"),
        (entry(percent=62.5), "62.5%"),
        (entry(measured="4.6个工作日"), "4.6个工作日"),
        (entry(), ""),
    ],
)
def test_measures_in_words(made: object, text: str) -> None:
    """A fraction before a percentage, a percentage before other text."""
    assert measure_text(made) == text  # type: ignore[arg-type]


def test_earlier_rules_are_named_once(make: Make) -> None:
    """None, one, two or many rules were asked before."""
    ended = decision(Action.TERMINATE, "2024-12-20")
    moved = decision(Action.TRANSFER, "2024-12-20")
    reports = [make((task(),), record) for record in (ended, moved, closed(), declared())]
    found = [earlier_text(Grounds.of(report, report.assessments[0]).place) for report in reports]
    assert found == [
        "",
        "第1条（已终止）不适用",
        "第1、2条（已终止、已转出）均不适用",
        "第1至3条（已终止、已转出、已销号）均不适用",
    ]


def test_on_a_screen_a_task_due_today_says_so(lines: Callable[..., str]) -> None:
    """今日到期 is for the daily screen; pages say 到期未完成."""
    report = {"as_of": "2024-12-31"}
    assert judged(entry(), as_of="2024-12-31").headline is Headline.DUE_TODAY
    assert lines(entry(), **report).split("\n")[4] == "一、状态：△今日到期"


def test_hostile_text_is_told_as_it_is(lines: Callable[..., str], hostile: str) -> None:
    """A terminal shows no markup: nothing is escaped, nothing is lost."""
    assert f"进展：{hostile}" in lines(entry(progress=hostile))


def test_cause_is_told_with_the_office_s_reason_and_a_decision_once(lines: Callable[..., str]) -> None:
    """What the task is overdue by, in the decision's own words; its form sent twice is one decision."""
    first, other = (
        decision(Action.RETURN, "2024-12-26", reason="平均13.6个工作日。"),
        extended("2024-12-27", "2024-12-31"),
    )
    again = decision(Action.RETURN, "2024-12-26", reason="平均13.6个工作日。")
    told = lines(declared(), first, other, again)
    assert "　　原因：2024年12月26日退回补正：平均13.6个工作日。" in told.split("\n")
    assert told.count("2024年12月26日　退回补正") == 1
