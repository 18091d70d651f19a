"""A unit's report: where it stands, its tasks, what it countersigns or helps with."""

from collections.abc import Callable

import pytest
from builders import (
    PROOF,
    UNIT,
    Record,
    closed,
    declared,
    entry,
    returned,
    submission,
    task,
)

from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.domain.evidence import Evidence
from yuechi_report.domain.progress import Reported, Role
from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind, Units
from yuechi_report.report import cells
from yuechi_report.report.context import Report
from yuechi_report.report.unit import asked, pages

Make = Callable[..., Report]
case = pytest.param
ADVANCE = Ongoing(OngoingMode.ADVANCE)


def test_collective_is_told_through_its_liaison(make: Make) -> None:
    """No form, no duty: the page is passed on."""
    shared = task(ADVANCE, number=1, lead_units=(UNIT, "各电信运营商"))
    report = make((shared,), entry(task_no=1), unit="各电信运营商")
    assert asked.requests(report).markdown == ("请各电信运营商按县公安局的统一安排提供办理情况，由县公安局汇总报送。")
    assert pages.overview(report).markdown == (
        "各电信运营商在本清单中共同牵头1项。本页为转告：进展由县公安局汇总报送，各电信运营商不单独填报。"
    )


@pytest.mark.parametrize(
    ("liaison", "requests", "overview"),
    [
        case(
            "县公安局",
            "请各科室按县公安局的统一安排提供办理情况，由县公安局汇总报送。",
            "各科室在本清单中牵头1项。本页为转告：进展由县公安局汇总报送，各科室不单独填报。",
            id="with a liaison",
        ),
        case("", "本季度没有需要办理的事项。", "各科室在本清单中配合1项。本页为转告：各科室不单独填报。", id="without"),
    ],
)
def test_collective_is_called_by_its_name(make: Make, liaison: str, requests: str, overview: str) -> None:
    """Not every collective is of companies; without a liaison nothing is said of one."""
    rooms = Unit("rooms", "各科室", UnitKind.COLLECTIVE, DocumentKind.FORWARDED, liaison=liaison)
    police = Unit("police", "县公安局", UnitKind.DEPARTMENT, DocumentKind.SUPERVISION)
    leads = {"lead_units": ("各科室",), "filled_by": "县公安局"}
    helps = {"lead_units": ("县公安局",), "cooperating_units": ("各科室",)}
    shared = task(ADVANCE, number=1, **(leads if liaison else helps))
    report = make((shared,), entry(task_no=1, unit="县公安局"), unit="各科室", units=Units((rooms, police)))
    assert (asked.requests(report).markdown, pages.overview(report).markdown.replace("****", "")) == (
        requests,
        overview,
    )


DUE = "本季度填报应于2024年12月20日前报送"


@pytest.mark.parametrize(
    ("records", "text"),
    [
        case((), f"**限时任务1项：逾期1项；其他任务1项：未报送1项。**{DUE}，至今未收到。", id="nothing handed in"),
        case(
            (submission(), entry(task_no=1), entry(task_no=2)),
            f"**限时任务1项：逾期1项；其他任务1项：正常1项。**{DUE}，2024年12月18日收到（按时）。",
            id="in time",
        ),
        case(
            (submission("2024-12-23"), entry("2024-12-23", task_no=1), entry("2024-12-23", task_no=2)),
            f"**限时任务1项：逾期1项；其他任务1项：正常1项。**{DUE}，2024年12月23日收到（迟报，2项）。",
            id="late",
        ),
        case(
            (submission(), entry(task_no=1)),
            f"**限时任务1项：逾期1项；其他任务1项：未报送1项。**{DUE}，2024年12月18日收到（部分报送，1项未报）。",
            id="a part",
        ),
        case(
            (closed("2024-12-20", task_no=1), closed("2024-12-20", task_no=2)),
            "**限时任务1项：销号1项；其他任务1项：已销号1项。**本季度无牵头填报任务。",
            id="nothing owed",
        ),
    ],
)
def test_overview_counts_the_units_tasks(make: Make, records: tuple[Record, ...], text: str) -> None:
    """How many in which role, where they stand, and whether the report came."""
    report = make((task(number=1), task(ADVANCE, number=2)), *records, unit=UNIT)
    assert pages.overview(report).markdown == f"{UNIT}在本清单中牵头2项。{text}"


def test_overview_tells_the_roles_apart(make: Make) -> None:
    """Leading, countersigning and cooperating are counted apart."""
    tasks = (
        task(number=1),
        task(number=2, lead_units=("县公安局", UNIT)),
        task(number=3, lead_units=("县公安局",), cooperating_units=(UNIT,)),
        task(number=4, lead_units=("县公安局",), cooperating_units=(UNIT,)),
        task(number=5, lead_units=("县公安局",)),
    )
    found = pages.overview(make(tasks, unit=UNIT)).markdown
    assert found.startswith(f"{UNIT}在本清单中牵头1项，共同牵头（会签）1项，配合2项。")


def test_unit_sees_only_its_own_tasks(make: Make) -> None:
    """Tasks in which it has no part are not in its scope, nor are their records."""
    tasks = (task(number=1), task(number=2, lead_units=("县公安局",)))
    report = make(tasks, entry(task_no=1), entry(task_no=2, unit="县公安局"), unit=UNIT)
    assert [one.task_no for one in report.assessments] == [1]
    assert [one.task_no for one in report.scope.history.entries] == [1]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [(UNIT, ["Prose", "Table"]), ("县医保局", [])],
    ids=["its own tasks", "no task of its own"],
)
def test_led_tasks_are_a_heading_and_a_table(make: Make, name: str, kinds: list[str]) -> None:
    """Nothing for a unit that fills in nothing."""
    found = pages.led(make((task(number=1, cooperating_units=("县医保局",)),), unit=name))
    assert [type(one).__name__ for one in found] == kinds


def test_unconfirmed_findings_stay_out(make: Make) -> None:
    """佐证待补 is what rules found: it is shown to the leaders and asked at the door, and not in a unit's report."""
    named = entry(task_no=1, reported=Reported.DECLARED_COMPLETE, evidence=(Evidence("《报告》"),))
    report = make((task(number=1),), named, unit=UNIT)
    assert cells.status_cell(report, report.assessments[0]).text == "待核验"
    assert "佐证待补" not in asked.requests(report).markdown


def test_empty_evidence_cell_is_told(make: Make) -> None:
    """A fact of the form, not a judgement."""
    report = make((task(number=1),), entry(task_no=1, reported=Reported.DECLARED_COMPLETE), unit=UNIT)
    assert cells.status_cell(report, report.assessments[0]).text == "逾期未完成\n（6天、\n自报完成，未填佐证）"


def test_settled_task_tells_when_and_how(make: Make) -> None:
    """A task that owes no report any more shows the office's decision instead of an old text."""
    report = make((task(number=1),), closed("2024-11-05", task_no=1), unit=UNIT)
    assert pages.led_tasks(report).rows[0][3].text == "2024年11月5日核验通过销号。"


def test_led_row_points_to_the_promise_and_names_evidence(make: Make) -> None:
    """Progress told beside its promise is not told twice; deadline, status and evidence stand on lines of their own."""
    before = entry("2024-10-09", task_no=1, quarter="2024Q3", next_steps="年底前开通。")
    now = declared(task_no=1, evidence=(*PROOF, *PROOF))
    tasks = (task(number=1), task(ADVANCE, number=2, deadline_raw="持续推进"))
    report = make(tasks, before, now, entry(task_no=2), unit=UNIT, earlier=True)
    rows = [[cell.text for cell in row] for row in pages.led_tasks(report).rows]
    assert [row[1:4] for row in rows] == [
        ["社保卡“一卡一码通”\n2024年12月", "待核验", "见第三部分。\n佐证：《办理规程（示例）》等2件"],
        ["社保卡“一卡一码通”\n持续推进", "有实质进展", "12条公交线路已开通8条。"],
    ]


@pytest.mark.parametrize(
    ("records", "text"),
    [
        case((), "逾期未完成\n（6天）", id="one word beside"),
        case((declared(task_no=1), returned(task_no=1)), "逾期未完成\n（6天、退回补正）", id="fits one line"),
        case(
            (entry(task_no=1, reported=Reported.AWAITING_UPPER),),
            "逾期未完成\n（6天、\n自报待上级未认定）",
            id="too long for one line",
        ),
    ],
)
def test_status_words_do_not_break(make: Make, records: tuple[Record, ...], text: str) -> None:
    """The headline has its line, and what stands beside it breaks between words only."""
    report = make((task(number=1),), *records, unit=UNIT)
    assert cells.status_cell(report, report.assessments[0]).text == text


def test_helped_tasks_show_the_leads_progress_and_ones_own(make: Make) -> None:
    """What the lead reported, what this unit said; a missing countersignature is named."""
    tasks = (
        task(ADVANCE, number=1, lead_units=(UNIT, "县公安局")),
        task(ADVANCE, number=2, cooperating_units=("县公安局",)),
        task(ADVANCE, number=3, cooperating_units=("县公安局",)),
    )
    own = entry(task_no=2, unit="县公安局", role=Role.COOPERATE, reported=None, progress="已提供数据。")
    report = make(tasks, entry(task_no=1), own, unit="县公安局")
    rows = [[cell.text for cell in row] for row in pages.helped_tasks(report).rows]
    assert [(row[0], row[3], row[5], row[6]) for row in rows] == [
        ("1", "会签", "12条公交线路已开通8条。", "未反馈"),
        ("2", "配合", "—", "已提供数据。"),
        ("3", "配合", "—", "—"),
    ]


def test_nothing_to_help_with_is_no_section(make: Make) -> None:
    """A unit that only leads has no part four."""
    assert pages.helped(make((task(number=1),), unit=UNIT)) == ()
