"""Page one: conclusion, overdue tasks and reporting in zero, one and many forms; its two small tables."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
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
from report_parts import before, column, fixed, numbers, ongoing, texts

from yuechi_report.domain.deadline import DueBy
from yuechi_report.domain.progress import Action, Reported
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.register import Task
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Table
from yuechi_report.report.context import CIRCULAR, Report
from yuechi_report.report.county import footnotes, page_one, unfinished
from yuechi_report.report.county import tasks as tasks_tables
from yuechi_report.report.figures.flow import status_flow
from yuechi_report.source.scope import Gap

Make = Callable[..., Report]
case = pytest.param
EMPTY = Prose(markdown="")
QUARTERS = ("2024Q3", "2024Q4", "2025Q1")


def advanced(number: int, progress: str = "办结18件。", **fields: Any) -> Record:
    """An entry of 县公安局 on one of its tasks."""
    return entry(task_no=number, unit="县公安局", progress=progress, **fields)


@pytest.mark.parametrize(
    ("tasks", "records", "as_of", "sentence"),
    [
        case(
            ongoing(1), (advanced(1),), "2025-01-06", "本清单没有限时任务。1项其他任务均正常或已了结。", id="none fixed"
        ),
        case(
            fixed(1, 2),
            (entry("2024-11-20", task_no=1), entry("2024-11-20", task_no=2)),
            "2024-11-25",
            "2项限时任务均未到通知时限：**推进中2项**。尚无任务销号，本季无逾期任务。",
            id="none due yet",
        ),
        case(
            (*fixed(1, due="2024-11-20"), *fixed(2, 3)),
            (
                entry("2024-11-20", task_no=2),
                closed("2024-11-22", "2024-11-20", task_no=1),
                entry("2024-11-20", task_no=3),
            ),
            "2024-11-25",
            "3项限时任务（1项已到通知时限）：**销号1项，推进中2项**。销号率1/3（33%），本季无逾期和到期未办结任务。",
            id="one of three due",
        ),
        case(
            fixed(1, 2),
            (closed(task_no=1), closed(task_no=2)),
            "2025-01-06",
            "2项限时任务均已到通知时限：**销号2项**。销号率2/2（100%），本季无逾期和到期未办结任务。",
            id="all due, none overdue",
        ),
        case(
            fixed(1, 2),
            (closed(task_no=1), entry(task_no=2)),
            "2025-01-06",
            "2项限时任务均已到通知时限：**销号1项，逾期1项**。销号率1/2（50%）。",
            id="one overdue",
        ),
        case(
            fixed(1, 2, 3),
            (blocked(task_no=1), entry(task_no=2), entry("2024-12-17", Reported.EXTENSION_REQUESTED, task_no=3)),
            "2025-01-06",
            "3项限时任务均已到通知时限：**申请延期待批1项，到期受上级制约1项，逾期1项**。尚无任务销号，到期未办结共3项。",
            id="overdue, blocked and pending add up",
        ),
        case(
            fixed(1),
            (entry("2024-12-17", Reported.EXTENSION_REQUESTED, task_no=1),),
            "2024-12-31",
            "1项限时任务均已到通知时限：**申请延期待批1项**。尚无任务销号，本季无逾期和到期未办结任务。",
            id="pending on the due day is not unfinished past due",
        ),
    ],
)
def test_conclusion_of_the_fixed_tasks(
    make: Make, tasks: tuple[Task, ...], records: tuple[Record, ...], as_of: str, sentence: str
) -> None:
    """How many were due, how they stand, the total past due, and that there is none overdue where there is none."""
    assert page_one.conclusion(make(tasks, *records, as_of=as_of)).markdown == sentence


NONE_FIXED = "本清单没有限时任务。"


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        case((advanced(1), advanced(2), advanced(3)), "3项其他任务均正常或已了结。", id="all fine"),
        case((advanced(1), advanced(2)), "3项其他任务：2项正常或已了结，1项须关注（未报送）。", id="one of one kind"),
        case((advanced(1),), "3项其他任务：1项正常或已了结，2项须关注（未报送）。", id="two of one kind"),
        case((), "3项其他任务：未报送3项。", id="none fine"),
        case(
            (advanced(1), advanced(2, "")),
            "3项其他任务：1项正常或已了结，2项须关注（无实质进展、未报送各1项）。",
            id="one of each of two kinds",
        ),
        case((advanced(1, ""),), "3项其他任务：无实质进展1项、未报送2项。", id="different numbers"),
        case(
            (closed(task_no=1), decision(Action.TERMINATE, "2024-12-20", task_no=2), advanced(3)),
            "3项其他任务均正常或已了结。",
            id="closed and terminated are settled",
        ),
    ],
)
def test_conclusion_of_the_other_tasks(make: Make, records: tuple[Record, ...], sentence: str) -> None:
    """Fine ones, and those to be watched by kind; one kind is not counted twice."""
    assert page_one.conclusion(make(ongoing(1, 2, 3), *records)).markdown == NONE_FIXED + sentence


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        case(
            (closed("2024-10-14", "2024-10-10", task_no=1), closed("2024-10-14", "2024-10-10", task_no=2)),
            "没有新增销号；两季均无逾期",
            id="nothing new",
        ),
        case((closed(task_no=1), closed(task_no=2)), "新增销号2项；两季均无逾期", id="two closed"),
        case((closed(task_no=1),), "新增销号1项；逾期由0项增至1项，为12月31日到期", id="one closed, one overdue"),
        case((), "没有新增销号；逾期由0项增至2项，均为12月31日到期", id="two overdue of one date"),
        case(
            (closed("2024-10-14", "2024-10-10", task_no=1), reopened(task_no=1), closed(task_no=2)),
            "新增销号1项，重新挂账1项；逾期由0项增至1项，为12月31日到期",
            id="one closed, one reopened",
        ),
        case(
            (extended(new_due="2025-01-03", task_no=1),),
            "没有新增销号；逾期由0项增至2项",
            id="two overdue of two dates",
        ),
    ],
)
def test_comparison_with_the_quarter_before(make: Make, records: tuple[Record, ...], sentence: str) -> None:
    """What was newly closed, what was reopened, how the overdue changed, and when they were due."""
    report = make(fixed(1, 2), before(1), before(2), *records, earlier=True)
    assert page_one.conclusion(report).markdown.split("与三季度相比，")[1:] == [f"{sentence}。"]


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        case((), "没有新增销号；逾期仍为1项，为10月10日到期", id="as many as before"),
        case((closed("2024-12-26", "2024-12-20", task_no=1),), "新增销号1项；逾期由1项减至0项", id="fewer than before"),
    ],
)
def test_overdue_that_stays_or_falls(make: Make, records: tuple[Record, ...], sentence: str) -> None:
    """仍为 and 减至, beside 增至."""
    report = make(fixed(1, due="2024-10-10"), *records, earlier=True)
    assert page_one.conclusion(report).markdown.split("与三季度相比，")[1:] == [f"{sentence}。"]


def test_first_report_is_compared_with_nothing(make: Make) -> None:
    """Without a quarter before there is no comparison and no note on one."""
    report = make(fixed(1), before(1), quarter="2024Q3", as_of="2024-10-15")
    assert "相比" not in page_one.conclusion(report).markdown
    assert footnotes.notes(report).markdown == "①逾期自时限次日起算；判定规则见附件3。"


@pytest.mark.parametrize(
    ("records", "heading"),
    [
        case((closed(task_no=1), closed(task_no=2)), "## 三、逾期\n\n本季无逾期任务。", id="none"),
        case((closed(task_no=1),), "## 三、逾期1项（拟限1月20日前回复）", id="one"),
        case((), "## 三、逾期2项（拟限1月20日前回复）", id="two"),
    ],
)
def test_heading_of_the_overdue(make: Make, records: tuple[Record, ...], heading: str) -> None:
    """Nothing overdue is a sentence, not an empty table."""
    assert page_one.overdue_heading(make(fixed(1, 2), *records)).markdown == heading


NEXT = "3月20日前报送一季度情况。"


IDLE = f"下季没有到期的限时任务；{NEXT}**本室待办**：无。"


@pytest.mark.parametrize(
    ("tasks", "records", "text"),
    [
        case(
            fixed(1),
            (closed("2024-12-20", "2024-12-16", task_no=1),),
            f"本季度没有应报送的单位。{IDLE}",
            id="nobody owes",
        ),
        case(fixed(1), (entry(task_no=1), submission()), f"应报1家，按时1家。{IDLE}", id="one in time"),
        case(
            (*fixed(1), *ongoing(2)),
            (entry("2024-12-23", task_no=1), submission("2024-12-23")),
            f"应报2家，按时0家，迟报1家（县人社局），未报1家（县公安局）。{IDLE}",
            id="one late, one missing",
        ),
        case(
            fixed(1),
            (declared("2024-12-23", task_no=1), submission("2024-12-23")),
            f"应报1家，按时0家，迟报1家（县人社局）。下季没有到期的限时任务；{NEXT}**本室待办**：待核验1项，1月20日前办结。",
            id="one check waits",
        ),
        case(
            fixed(1),
            (entry(task_no=1), submission(), extended(task_no=1)),
            f"应报1家，按时1家。下季到期1项（任务1，延至3月31日）；{NEXT}**本室待办**：无。",
            id="one due next quarter",
        ),
        case(
            fixed(1, 2, 3, 4, 5, due="2025-03-20"),
            (*(entry(task_no=number) for number in (1, 2, 3, 4, 5)), submission()),
            f"应报1家，按时1家。下季到期5项（任务1、2、3等，时限3月20日）；{NEXT}**本室待办**：无。",
            id="many due on one day",
        ),
    ],
)
def test_reporting_tells_who_what_is_next_and_what_waits(
    make: Make, tasks: tuple[Task, ...], records: tuple[Record, ...], text: str
) -> None:
    """Who handed in, what is due next, what waits in this office."""
    assert page_one.reporting(make(tasks, *records)).markdown == text


def test_unit_that_handed_in_a_part_is_named_with_what_is_missing(make: Make) -> None:
    """One early row does not discharge a unit of its other rows: 部分报送, with the number not handed in."""
    report = make(fixed(1, 2, 3), entry("2024-12-18", task_no=1), entry("2024-10-20", task_no=2))
    assert page_one.reporting(report).markdown.split("下季")[0] == "应报1家，按时0家，部分报送1家（县人社局2项未报）。"


def test_late_units_are_named_before_the_kinds_of_what_waits(make: Make) -> None:
    """Where three lines are too few, the office's own items are shortened first."""
    late = [
        declared("2024-12-23", task_no=number, unit=unit, completed_on="2024-12-20")
        for number, unit in ((1, "县人力资源和社会保障局"), (2, "县医保局"), (3, "县税务局"))
    ]
    tasks = tuple(
        task(number=number, lead_units=(unit,))
        for number, unit in (
            (1, "县人力资源和社会保障局"),
            (2, "县医保局"),
            (3, "县税务局"),
            (4, "县公安局"),
            (5, "县公安局"),
        )
    )
    asked = entry("2024-12-17", Reported.EXTENSION_REQUESTED, task_no=4, unit="县公安局", expected_on="2025-03-31")
    due = extended("2024-12-24", task_no=5)
    told = page_one.reporting(make(tasks, *late, asked, due)).markdown
    assert "迟报3家（县人社局、县医保局、县税务局）" in told
    assert "**本室待办**：共4项，" in told


def test_check_that_waits_too_long_is_named(make: Make) -> None:
    """More than ten working days after receipt the office names its own delay."""
    reports = [
        make(fixed(1), declared(received, task_no=1), submission(received)) for received in ("2024-12-20", "2024-12-23")
    ]
    found = [page_one.reporting(report).markdown.split("办结")[1] for report in reports]
    assert found == ["，其中任务1已超10个工作日。", "。"]


def test_first_report_is_not_judged_for_lateness(make: Make) -> None:
    """The first report counts what came and what is awaited."""
    report = make(
        (*fixed(1), *ongoing(2)),
        before(1),
        submission("2024-10-10", quarter="2024Q3"),
        quarter="2024Q3",
        as_of="2024-10-15",
    )
    assert page_one.reporting(report).markdown.split("下季")[0] == (
        "首次报送应报2家，已报1家，待收1家（县公安局），首报不评价迟报。"
    )


@pytest.mark.parametrize("quarter", QUARTERS)
def test_summaries_count_the_status_frame(example: Mapping[str, Report], quarter: str) -> None:
    """Page one's two tables add up, and group what the status frame says, task by task."""
    report = example[quarter]
    fixed = numbers(page_one.fixed_summary(report), 0)
    other = numbers(page_one.other_summary(report), 0)
    frame = report.frame()
    is_fixed = frame["class"] == "限时类"
    by_headline = Counter(frame[is_fixed]["headline"])
    shown = dict(zip([one.title for one in page_one.fixed_summary(report).columns][1:-1], fixed[:-1], strict=True))
    assert (sum(fixed[:-1]), sum(other[:-1])) == (fixed[-1], other[-1])
    assert (fixed[-1], other[-1]) == (int(is_fixed.sum()), int((~is_fixed).sum()))
    assert shown == by_headline


def test_summaries_of_2024q4(example: Mapping[str, Report]) -> None:
    """15 and 22 as in the stories, with last quarter's in brackets."""
    rows = []
    for table in (page_one.fixed_summary(example["2024Q4"]), page_one.other_summary(example["2024Q4"])):
        titles = [one.title for one in table.columns]
        rows.append(dict(zip(titles, [cell.shown for cell in table.rows[0]], strict=True)))
    assert rows == [
        {
            "限时任务": "本季（上季）",
            "已销号": "6（0）",
            "待核验": "3（1）",
            "延期在办": "1（0）",
            "到期受上级制约": "2（0）",
            "逾期未完成": "3（0）③",
            "合计": "15①②",
        },
        {
            "其他任务": "本季（上季）",
            "正常": "17（16）",
            "已销号": "2（0）",
            "无实质进展": "1（0）",
            "未报送": "1（0）",
            "申请调整": "1（1）",
            "合计": "22①",
        },
    ]


def test_summary_without_a_quarter_before_has_no_brackets(make: Make) -> None:
    """A first report stands alone; the only note is on how days count."""
    table = page_one.fixed_summary(make((task(),), entry()))
    assert [cell.shown for cell in table.rows[0]] == ["本季", "1①", "1"]


def test_no_overdue_task_is_an_empty_table(make: Make) -> None:
    """The heading already says that there is none."""
    table = page_one.overdue(make((task(),), closed()))
    assert (table.rows, table.to_html()) == ((), "<p></p>")


@pytest.mark.parametrize(
    ("count", "rows", "heading"),
    [
        (1, 1, "## 三、逾期1项（拟限1月20日前回复）"),
        (6, 6, "## 三、逾期6项（拟限1月20日前回复）"),
        (7, 6, "## 三、逾期7项（先列6项，其余见第七部分；拟限1月20日前回复）"),
    ],
)
def test_at_most_six_overdue_tasks_are_shown(make: Make, count: int, rows: int, heading: str) -> None:
    """The heading says where the others stand, and the full table has them all."""
    report = make(tuple(task(number=number) for number in range(1, count + 1)))
    assert column(page_one.overdue(report), "task_no") == list(range(1, rows + 1))
    assert page_one.overdue_heading(report).markdown == heading
    assert column(unfinished.overdue_in_full(report), "task_no") == list(range(1, count + 1))


def test_many_overdue_tasks_take_one_line_each(make: Make) -> None:
    """With more than four, the reason is what the office did last, a short clause, or where it stands in full."""
    both = tuple(task(number=number) for number in range(1, 6))
    records = (
        declared(task_no=1),
        returned(task_no=1),
        entry(task_no=2, issues="资金未落实，三次会商没有结果。"),
        entry(task_no=3, issues="改造资金来源和承建单位在三家之间尚未商定"),
    )
    assert texts(page_one.overdue(make(both, *records)), "reason")[:3] == [
        "12月26日退回补正",
        "单位反映：资金未落实",
        "详见第七部分",
    ]


def test_overdue_row_tells_days_reason_and_proposal(make: Make) -> None:
    """For the leaders with the document to be sent, for the units what is required."""
    records = (declared(task_no=1), closed(task_no=1), reopened("2025-01-03", task_no=1))
    found = []
    for edition in ({}, {"edition": CIRCULAR}):
        table = page_one.overdue(make((task(number=1),), *records, **edition))
        found.append([table.columns[-1].title, *(cell.text for cell in table.rows[0])])
    row = ["1", "社保卡“一卡一码通”", "县人社局", "6天", "1月3日重新挂账：经核对属实"]
    assert found == [
        ["拟办", *row, "发督办单，完成整改"],
        ["要求", *row, "完成整改"],
    ]


def test_branch_of_a_higher_level_gets_an_invitation(make: Make) -> None:
    """A 商请函, not a 督办单."""
    table = page_one.overdue(make((task(number=1, lead_units=("县税务局",)),)))
    assert texts(table, "proposal") == ["发商请函，报完成日期"]


def test_task_moved_to_another_list_is_not_terminated(make: Make) -> None:
    """转入新清单 is 已转出 in the conclusion, in the table and in the flow figure, each counted for itself."""
    moved = decision(Action.TRANSFER, "2024-12-20", task_no=1)
    ended = decision(Action.TERMINATE, "2024-12-20", task_no=2)
    report = make((*ongoing(1, 2, 3), *fixed(4)), moved, ended, advanced(3), entry(task_no=4), before(4), earlier=True)
    assert "终止1项，转出1项" in page_one.conclusion(report).markdown
    table = page_one.other_summary(report)
    shown = dict(zip([one.title for one in table.columns], [cell.text for cell in table.rows[0]], strict=True))
    assert (shown["已转出"], shown["已终止"]) == ("1（0）", "1（0）")
    flow = status_flow(report)
    assert {row["now"]: row["task_nos"] for row in flow.data if row["set"] == "其他任务"} == {
        "正常": "3",
        "已终止": "2",
        "已转出": "1",
    }


def test_longest_overdue_come_first_where_page_one_has_no_room(make: Make) -> None:
    """Seven overdue: the six longest, and section seven in the same order; six stand in the register's order."""
    tasks = tuple(task(DueBy(day(f"2024-12-{number:02}")), number=number) for number in (31, 30, 29, 28, 27, 26, 25))
    said = [entry(task_no=one.number) for one in tasks]
    report = make(tasks, *said)
    assert column(page_one.overdue(report), "task_no") == [25, 26, 27, 28, 29, 30]
    assert column(unfinished.overdue_in_full(report), "task_no") == [25, 26, 27, 28, 29, 30, 31]
    assert column(page_one.overdue(make(tasks[:6], *said[:6])), "task_no") == [31, 30, 29, 28, 27, 26]


def test_cause_of_a_task_nobody_reported_on_is_that(make: Make) -> None:
    """未报送, not 未说明原因; on a crowded page one too. A row without a word on it keeps 未说明原因."""
    assert texts(page_one.overdue(make(fixed(1))), "reason") == ["本季未报送"]
    assert texts(page_one.overdue(make(fixed(*range(1, 8)))), "reason") == ["本季未报送"] * 6
    assert texts(unfinished.overdue_in_full(make(fixed(1))), "reason") == ["本季未报送。"]
    assert texts(page_one.overdue(make(fixed(1), entry(task_no=1))), "reason") == ["未说明原因"]
    sent_back = make(fixed(1), submission(faulty_tasks=(1,)))
    assert texts(page_one.overdue(sent_back), "reason") == ["本季填报退回，待补正"]


def test_no_table_of_a_kind_that_the_list_does_not_have(make: Make) -> None:
    """Neither an empty table of other tasks, nor that they are all in order."""
    only_fixed, only_others = make(fixed(1), entry(task_no=1)), make(ongoing(1), advanced(1))
    assert (page_one.other_summary(only_fixed), page_one.fixed_summary(only_others)) == (EMPTY, EMPTY)
    assert isinstance(page_one.fixed_summary(only_fixed), Table)
    assert tasks_tables.ongoing(only_fixed).empty_text == "本清单没有其他任务。"


def test_page_one_says_that_there_is_nothing_to_compare_with(make: Make) -> None:
    """A skipped quarter is named in the conclusion; one compared by its last record at the foot."""
    skipped = make(fixed(1), entry(task_no=1), quarter="2025Q1", gaps=(Gap(Quarter(2024, 4)),))
    assert page_one.conclusion(skipped).markdown.endswith("2024年第四季度没有参数文件，不作比较。")
    uncut = make(fixed(1), entry(task_no=1), earlier=True, gaps=(Gap(Quarter(2024, 3), True, True),))
    assert "2024年第三季度没有填写材料截止时刻，按其最后登记的材料比较。" in footnotes.notes(uncut).markdown
    assert "不作比较" not in page_one.conclusion(uncut).markdown
