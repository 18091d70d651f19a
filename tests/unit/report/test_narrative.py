"""The county's sentences: zero, one and many forms, and outside text escaped."""

from collections.abc import Callable
from datetime import date
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
    submission,
    task,
)

from yuechi_report.domain.deadline import DueBy, NoDeadline, Ongoing, OngoingMode
from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.progress import Action, Reported
from yuechi_report.domain.register import Task
from yuechi_report.report.context import CIRCULAR, Report
from yuechi_report.report.county import footnotes, leaders, page_one, remarks
from yuechi_report.report.words import days

Make = Callable[..., Report]
case = pytest.param
POLICE = ("县公安局",)


def fixed(*numbers: int, due: str = "2024-12-31") -> tuple[Task, ...]:
    """Tasks with that due date."""
    return tuple(task(DueBy(day(due)), number=number) for number in numbers)


def ongoing(*numbers: int) -> tuple[Task, ...]:
    """推进类 tasks of 县公安局."""
    deadline = Ongoing(OngoingMode.ADVANCE)
    return tuple(task(deadline, number=number, lead_units=POLICE) for number in numbers)


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
            "2项限时任务均已到通知时限：**销号1项，逾期1项**。销号率1/2（50%），到期未办结共1项。",
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


def before(number: int) -> Record:
    """Last quarter's entry on a task."""
    return entry("2024-10-10", task_no=number, quarter="2024Q3")


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
    assert footnotes.footnotes(report).markdown == "①逾期自时限次日起算；判定规则见附件3。"


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


def test_no_matter_for_the_leaders_is_a_sentence(make: Make) -> None:
    """The heading stands without a number."""
    report = make(fixed(1), closed(task_no=1))
    assert leaders.matters_or_requirements(report).markdown == (
        "## 二、需县领导研究的事\n\n本季无须提请县领导研究的事项。"
    )


def test_matter_tells_where_it_is_stuck_and_who_should_act(make: Make) -> None:
    """What a unit asks of the county about an overdue task."""
    said = entry(task_no=1, issues="出资单位未定。", coordination="请县政府1月17日前明确出资单位。")
    assert leaders.matters_or_requirements(make(fixed(1), said)).markdown == (
        "## 二、需县领导研究的事（1件）\n\n"
        "**社保卡“一卡一码通”（任务1，县人社局）**。出资单位未定。请县政府1月17日前明确出资单位。"
    )


def test_at_most_three_matters_are_shown(make: Make) -> None:
    """A fourth waits; the overdue come first."""
    said = [entry(task_no=number, issues="卡住。", coordination="请县政府协调。") for number in (1, 2, 3, 4)]
    found = leaders.matters_or_requirements(make(fixed(1, 2, 3, 4), *said)).markdown
    assert (found.split("\n\n")[0], found.count("（任务")) == (
        "## 二、需县领导研究的事（4件，先列3件，其余见第七部分）",
        3,
    )


def test_blocked_tasks_are_one_matter(make: Make) -> None:
    """The bodies of all of them, each once, and the first of their review days."""
    records = (blocked(task_no=1), blocked(task_no=2, review_on="2025-03-25"))
    assert leaders.matters_or_requirements(make(fixed(1, 2), *records)).markdown == (
        "## 二、需县领导研究的事（1件）\n\n"
        "**社保卡“一卡一码通”（任务1）、社保卡“一卡一码通”（任务2）**。"
        "已认定受上级制约。建议3月20日前以县政府名义函商广安市民政局。"
    )


def test_submitted_text_is_escaped_in_a_matter(make: Make, hostile: str, escaped: str) -> None:
    """Issues and requests of a unit are shown as they are, never as markup."""
    said = entry(task_no=1, issues=hostile, coordination="请县政府协调。")
    assert f"**。{escaped}。请县政府协调。" in leaders.matters_or_requirements(make(fixed(1), said)).markdown


def test_title_of_the_notice_is_escaped_in_a_matter(make: Make) -> None:
    """A title with markup signs stays a title."""
    odd = task(number=1, title="推进<b>*一卡*")
    said = entry(task_no=1, issues="卡住。", coordination="请县政府协调。")
    found = leaders.matters_or_requirements(make((odd,), said)).markdown
    assert r"**\<b\>\*一卡\*（任务1，县人社局）**" in found


def test_units_edition_asks_instead_of_submitting_matters(make: Make) -> None:
    """Overdue, missing and blocked: one requirement each, with its day; nothing undecided."""
    report = make((*fixed(1, 2), *ongoing(3)), entry(task_no=1), submission(), blocked(task_no=2), edition=CIRCULAR)
    assert leaders.matters_or_requirements(report).markdown.split("\n\n") == [
        "## 二、下一步要求",
        "1\\.**逾期任务限期整改**。牵头单位1月20日前书面报告整改情况和完成日期。",
        "2\\.**未报送单位补报**。县公安局于1月20日前补报本季度情况。",
        "3\\.**受上级制约的继续对接**。任务2在复核日前至少对接一次并书面报告。",
        "4\\.**按时报送下季度情况**。各牵头单位于3月20日前报送，已销号任务不再报送。",
    ]


def test_units_edition_without_faults_only_asks_for_the_next_report(make: Make) -> None:
    """Nothing overdue, missing or blocked leaves one requirement."""
    report = make(fixed(1), closed("2024-12-20", "2024-12-16", task_no=1), edition=CIRCULAR)
    assert leaders.matters_or_requirements(report).markdown.split("\n\n")[1:] == [
        "**按时报送下季度情况**。各牵头单位于3月20日前报送，已销号任务不再报送。"
    ]


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


def test_year_without_a_calendar_is_said_not_guessed(make: Make) -> None:
    """A missing table of working days shows on the page."""
    report = make(fixed(1), entry(task_no=1), policy=StatusPolicy(calendar=Calendar((2024,))))
    assert days.next_report_by(report) == "2025年3月20日前（2025年工作日历未发布，遇休息日另行通知）"


@pytest.mark.parametrize(
    ("records", "note"),
    [
        case((), "任务1时限（2024年6月）早于通知印发日，按“印发时已到期·待核实”管理，不计逾期。", id="open"),
        case(
            (closed(completed_on="2024-11-15", task_no=1),),
            "任务1时限（2024年6月）早于通知印发日，按“印发后办结”管理，不计逾期。",
            id="closed",
        ),
    ],
)
def test_task_due_before_issue_has_its_footnote(make: Make, records: tuple[Record, ...], note: str) -> None:
    """The footnote names it, and that it is not counted as late."""
    report = make((task(DueBy(date(2024, 6, 30)), number=1),), *records)
    assert footnotes.footnotes(report).markdown == f"①{note}\n\n②逾期自时限次日起算；判定规则见附件3。"


def test_footnote_tells_last_quarters_other_headlines(make: Make) -> None:
    """The comparison says that it rests on the ledger, and counts by headline."""
    report = make((*fixed(1, 2), task(NoDeadline(), number=3)), before(1), earlier=True)
    assert footnotes.footnotes(report).markdown.split("\n\n")[0] == (
        "①上季报告未印发，按台账比较。上季限时任务另有推进中1项、首报待收1项；其他任务另有首报待收1项。"
    )


def test_offices_own_words_are_printed_as_written(make: Make, hostile: str, escaped: str) -> None:
    """Paragraph by paragraph, escaped; nothing where nothing was written."""
    written = make(fixed(1), text=f"总体平稳。\n\n\n{hostile}\n")
    assert remarks.office_words(written).markdown == f"## 十二、情况综述\n\n总体平稳。\n\n{escaped}"
    assert remarks.office_words(make(fixed(1), text=" \n")).markdown == ""
