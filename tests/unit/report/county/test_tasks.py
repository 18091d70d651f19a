"""Tables that list tasks one by one; submitted text is escaped."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape

import pytest
from builders import closed, decision, entry, source, task
from report_parts import column

from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.domain.progress import Action
from yuechi_report.page.headlines import SIGN_WORDS
from yuechi_report.report.context import Report
from yuechi_report.report.county import tasks
from yuechi_report.report.unit import pages

Make = Callable[..., Report]
QUARTERS = ("2024Q3", "2024Q4", "2025Q1")
ADVANCE = Ongoing(OngoingMode.ADVANCE)


def test_closed_since_the_last_report_are_listed(make: Make) -> None:
    """A task closed before the last report's day is not news."""
    both = (task(number=1), task(number=2))
    records = (closed("2024-10-15", "2024-10-10", task_no=1), closed("2024-10-16", "2024-10-10", task_no=2))
    table = tasks.closed(make(both, *records, earlier=True))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["2", "社保卡“一卡一码通”", "县人社局", "10月10日\n按期", "经核对属实"]
    ]


def test_nothing_closed_is_a_sentence(make: Make) -> None:
    """An empty list reads well."""
    assert tasks.closed(make((task(),), entry())).to_html() == "<p>本季没有销号任务。</p>"


@pytest.mark.parametrize("quarter", QUARTERS)
def test_lists_and_annex_hold_every_task_once(example: Mapping[str, Report], quarter: str) -> None:
    """The annex has all 37, the list of the others those without a fixed deadline."""
    report = example[quarter]
    assert column(tasks.register_annex(report), "task_no") == list(range(1, 38))
    assert sorted(column(tasks.ongoing(report), "task_no"), key=int) == [  # type: ignore[call-overload]
        one.task_no for one in report.others
    ]


def test_legend_explains_every_sign(make: Make) -> None:
    """Readable in black and white: each sign with its word."""
    [note] = tasks.register_annex(make((task(),))).notes
    assert note == "图例：" + "　".join(
        f"{sign}{word}" for sign, word in zip("●◐○△×", SIGN_WORDS.values(), strict=True)
    )


def test_submitted_text_is_escaped_in_tables(make: Make, hostile: str) -> None:
    """Progress, issues and reasons are shown as they are and never become elements."""
    text = "<b>粗</b>&<script>"
    both = (task(number=1), task(ADVANCE, number=2))
    records = (
        entry(task_no=1, progress=text, issues=text),
        entry(task_no=2, progress=text),
        closed(task_no=1, reason=text),
    )
    report = make(both, *records)
    for table in (tasks.register_annex(report), tasks.ongoing(report), tasks.closed(report)):
        html = table.to_html()
        assert (escape(text) in html, "<script" in html, "<b>" in html) == (True, False, False)
    unit = make(both, entry(task_no=1, progress=hostile), unit="县人力资源和社会保障局")
    assert "<script" not in pages.led_tasks(unit).to_html()


def test_closing_sent_again_next_quarter_is_no_news(make: Make) -> None:
    """A decision that last quarter's report knew is not closed once more by a second copy of its form."""
    first = closed("2024-10-14", "2024-10-10", quarter="2024Q3")
    other = decision(Action.JUDGE_HOLLOW, "2024-10-15")
    again = replace(closed("2024-10-14", "2024-10-10"), source=source("2024-12-26", seq=9))
    found = [tasks.closed(make((task(),), *sent, earlier=True)).rows for sent in ((first,), (first, other, again))]
    assert found == [(), ()]
