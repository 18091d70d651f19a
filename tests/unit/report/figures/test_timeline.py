"""The timeline: every fixed task at its effective due date, originals in brackets."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations

from builders import closed, day, entry, extended, task

from yuechi_report.domain.deadline import DueBy, NoDeadline
from yuechi_report.page.figure import Figure
from yuechi_report.page.prose import Prose
from yuechi_report.report.context import Report
from yuechi_report.report.figures import deadline_timeline

Make = Callable[..., Report]


def figure(report: Report) -> Figure:
    """The timeline as a figure."""
    made = deadline_timeline(report)
    assert isinstance(made, Figure)
    return made


def words(svg: str) -> list[str]:
    """All words of a drawing."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg)


def test_tells_every_due_date_in_words(example: Mapping[str, Report]) -> None:
    """Numbers of tasks by day, original dates, the day it is judged, and how many are overdue."""
    assert figure(example["2024Q4"]).alt == (
        "2024年6月30日到期1项（任务27）；2024年9月30日到期1项（任务32）；"
        "2024年12月31日到期12项（任务6、7、9、10、11、15、16、25、28、29、30、34）；2025年3月31日到期1项（任务2）；"
        "任务2原时限2024年12月31日。判定日为2025年1月6日，逾期3项。"
    )


def test_has_one_record_a_task(example: Mapping[str, Report]) -> None:
    """Fifteen fixed tasks, each with both dates and its headline."""
    data = figure(example["2024Q4"]).data
    assert (len(data), data[0]) == (
        15,
        {"task_no": 2, "due": "2024-12-31", "effective_due": "2025-03-31", "headline": "延期在办"},
    )
    assert Counter(str(one["headline"]) for one in data) == {
        "已销号": 6,
        "待核验": 3,
        "延期在办": 1,
        "到期受上级制约": 2,
        "逾期未完成": 3,
    }


def test_draws_the_judged_day_and_every_mark_once(example: Mapping[str, Report]) -> None:
    """Each task stands once with its sign; the extended one also in brackets at its original date."""
    found = words(figure(example["2024Q4"]).svg)
    assert {"判定日1月6日", "通知印发9月23日", "12月31日 12项", "3月31日 1项"} <= set(found)
    assert sorted(int(word[1:]) for word in found if re.fullmatch(r"[●◐○△×]\d+", word)) == [
        *(2, 6, 7, 9, 10, 11, 15, 16, 25, 27, 28, 29, 30, 32, 34)
    ]
    assert [word for word in found if re.fullmatch(r"（\d+）", word)] == ["（2）"]


def test_marks_of_close_dates_do_not_meet(make: Make) -> None:
    """Forty tasks due on ten neighbouring days: no mark is drawn over another."""
    tasks = tuple(task(DueBy(day(f"2024-12-{21 + number % 10}")), number=number) for number in range(1, 41))
    marks = re.findall(r'<text [^>]*x="([\d.]+)" y="([\d.]+)"[^>]*>[●◐○△×]\d+</text>', figure(make(tasks)).svg)
    spots = [(float(x), float(y)) for x, y in marks]
    wide, high = 5.2 / 25.4 * 72, 2.5 / 25.4 * 72
    assert len(spots) == 40
    assert [
        (one, two) for one, two in combinations(spots, 2) if abs(one[0] - two[0]) < wide and abs(one[1] - two[1]) < high
    ] == []


def test_more_dates_than_a_page_shows_get_a_sentence(make: Make) -> None:
    """A hundred neighbouring days fit one page no more."""
    first = day("2024-12-01").toordinal()
    tasks = tuple(task(DueBy(date.fromordinal(first + number)), number=number) for number in range(1, 101))
    late = task(DueBy(day("2034-12-31")), number=101)
    assert deadline_timeline(make((*tasks, late))) == Prose(markdown="限时任务时限较多，不绘时限分布图，见附件1。")


def test_only_some_tasks(make: Make) -> None:
    """Only the assessments handed in are drawn; an extended task stands at its new date."""
    report = make((task(number=1), task(number=2)), closed(task_no=1), entry(task_no=2), extended(task_no=2))
    part = deadline_timeline(report, report.fixed[1:])
    assert [one["task_no"] for one in figure(report).data] == [1, 2]
    assert isinstance(part, Figure)
    assert part.alt == ("2025年3月31日到期1项（任务2）；任务2原时限2024年12月31日。判定日为2025年1月6日，逾期0项。")


def test_without_dates_a_sentence(make: Make) -> None:
    """A list without fixed tasks gets a sentence, no empty figure."""
    made = deadline_timeline(make((task(NoDeadline(), deadline_raw="——"),)))
    assert made == Prose(markdown="本清单没有限时任务，不绘时限分布图。")
