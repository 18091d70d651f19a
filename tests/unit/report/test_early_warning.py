"""到期预警: which tasks, what each lacks, what to send by when; zero, one and many."""

import io
from collections.abc import Callable

import pypdf
import pytest
from builders import UNIT, Record, closed, day, declared, entry, extended, returned, task
from pages import blocks_of

from yuechi_report.domain.deadline import DueBy, Ongoing, OngoingMode
from yuechi_report.domain.progress import Reported
from yuechi_report.page.head import Head
from yuechi_report.page.labels import RETROSPECTIVE_MARK
from yuechi_report.page.prose import Prose
from yuechi_report.render.pdf import render_pdf
from yuechi_report.report import early_warning, load_report
from yuechi_report.report.context import Report

Make = Callable[..., Report]
case = pytest.param
THEN = "2024-12-20"


def due(number: int, on: str, **fields: object) -> object:
    """A task due that day."""
    return task(DueBy(day(on)), number=number, **fields)


def test_thirteen_tasks_of_the_example_fall_due_at_the_years_end() -> None:
    """Judged on 20 December with what was known then, by unit in the notice's order."""
    report = load_report(
        "2024Q4", edition="early_warning", as_of=THEN, known_at=f"{THEN}T23:59:59+08:00", label="年底到期预警"
    )
    numbers = [one.task_no for one in early_warning.coming(report)]
    assert numbers == [2, 6, 7, 15, 34, 9, 10, 11, 16, 25, 28, 29, 30]
    assert early_warning.summary(report).markdown.startswith(
        "自2024年12月20日起30天内（至2025年1月19日）有13项限时任务到期，涉及7个牵头单位：12月31日13项（还有11天）。"
    )
    assert "**到期结果于2025年1月6日前报送。** 任务2、7、9等9项每项报一行" in early_warning.wanted(report).markdown
    lacking = {row[1].value: row[4].text for row in early_warning.coming_tasks(report).rows}
    assert (lacking[6], lacking[15], lacking[30]) == (
        "本室核验（佐证已报）",
        "佐证材料（自报完成）",
        "本季度填报、完成情况、佐证",
    )


def test_page_of_the_example_is_one_marked_page() -> None:
    """The notebook's defaults look back, so the page says 追溯件; it fits on one page."""
    blocks = blocks_of("early_warning")
    head = blocks[0]
    assert isinstance(head, Head)
    assert RETROSPECTIVE_MARK in head.marks
    assert head.title == ("川渝便捷生活重点任务", "2024年第四季度到期预警")
    assert len(pypdf.PdfReader(io.BytesIO(render_pdf(blocks, name="early_warning"))).pages) == 1


@pytest.mark.parametrize(
    ("on", "shown"),
    [("2024-12-19", False), ("2024-12-20", True), ("2025-01-19", True), ("2025-01-20", False)],
    ids=["yesterday", "today", "last day of the window", "the day after it"],
)
def test_window_has_both_its_days(make: Make, on: str, shown: bool) -> None:
    """From as_of to `days_due_soon` days after it, both included; what is past due is told apart."""
    report = make((due(1, on),), entry(task_no=1), as_of=THEN)
    assert bool(early_warning.coming(report)) is shown


@pytest.mark.parametrize(
    ("records", "lacking", "send"),
    [
        case((), "本季度填报、完成情况、佐证", "1月6日前\n报到期结果", id="nothing reported"),
        case((entry(task_no=1),), "完成情况、佐证、销号标准", "1月6日前\n报到期结果", id="in progress, no criterion"),
        case((entry(task_no=1, criterion="全部开通"),), "完成情况、佐证", "1月6日前\n报到期结果", id="in progress"),
        case((declared(task_no=1),), "本室核验（佐证已报）", "备好原件待查", id="declared"),
        case(
            (entry(task_no=1, reported=Reported.DECLARED_COMPLETE),),
            "佐证材料（自报完成）",
            "1月6日前\n报到期结果",
            id="declared without evidence",
        ),
        case(
            (declared("2024-12-10", task_no=1), returned("2024-12-15", task_no=1)),
            "按退回意见补正后重报",
            "1月6日前\n报到期结果",
            id="returned",
        ),
    ],
)
def test_row_says_what_is_missing_and_what_to_send(
    make: Make, records: tuple[Record, ...], lacking: str, send: str
) -> None:
    """Facts of the record: evidence, check, criterion, report."""
    report = make((due(1, "2024-12-31"),), *records, as_of=THEN)
    (row,) = early_warning.coming_tasks(report).rows
    assert (row[4].text, row[5].text) == (lacking, send)


def test_due_after_the_quarter_is_told_with_the_next_report(make: Make) -> None:
    """A task extended into January is told with the next quarter's form; two due days get a column."""
    report = make(
        (due(1, "2024-12-31"), due(2, "2024-12-31")),
        entry(task_no=1),
        entry("2024-12-10", task_no=2),
        extended("2024-12-12", "2025-01-15", task_no=2),
        as_of=THEN,
    )
    assert [row[3].text for row in early_warning.coming_tasks(report).rows] == ["12月31日", "2025年1月15日"]
    assert "**任务2的结果随下季度填报。** 于2025年3月20日前报送。" in early_warning.wanted(report).markdown
    assert "**到期结果于2025年1月6日前报送。** 任务1每项报一行" in early_warning.wanted(report).markdown


def test_nothing_due_reads_well(make: Make) -> None:
    """Closed, ongoing or far away: sentences instead of empty lists."""
    tasks = (due(1, "2024-12-31"), task(Ongoing(OngoingMode.ADVANCE), number=2), due(3, "2025-06-30"))
    report = make(tasks, closed("2024-12-18", task_no=1), as_of=THEN)
    assert early_warning.summary(report).markdown == "自2024年12月20日起30天内（至2025年1月19日）没有到期的限时任务。"
    assert early_warning.wanted(report).markdown == "没有需要单位办理的事项。"
    assert (early_warning.coming_tasks(report).rows, early_warning.coming_tasks(report).empty_text) == (
        (),
        "没有即将到期的任务。",
    )


def test_tasks_already_late_are_counted_beside_the_table(make: Make) -> None:
    """They are no warning any more, but nobody may miss them."""
    report = make((due(1, "2024-11-30"), due(2, "2024-12-31")), entry(task_no=2), as_of=THEN)
    assert early_warning.already_late(report) == Prose(markdown="此前已逾期1项（任务1），不在本表，另行督办。")
    assert [one.task_no for one in early_warning.coming(report)] == [2]
    none_late = make((due(2, "2024-12-31"),), entry(task_no=2, unit=UNIT), as_of=THEN)
    assert early_warning.already_late(none_late).markdown == ""
