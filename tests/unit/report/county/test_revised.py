"""Corrections: what earlier reports said, on page one and in their section; the printed figure stays."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from builders import closed, day, entry, moment, period, submission, task
from report_parts import fixed

from yuechi_report.report.context import Report
from yuechi_report.report.county import footnotes, page_one, revised
from yuechi_report.source.scope import Earlier

Make = Callable[..., Report]


def test_corrections_of_2025q1(example: Mapping[str, Report]) -> None:
    """One task proved in time, one reopened; in the table and at the foot of page one."""
    report = example["2025Q1"]
    assert [[cell.text for cell in row][2:] for row in revised.corrections(report).rows] == [
        ["补证", "逾期未完成\n（6天、退回补正）", "已销号\n（按期（补证））", "2月26日核验通过销号"],
        ["重新挂账", "已销号（按期）", "逾期未完成\n（59天、重新挂账）", "2月28日重新挂账"],
    ]
    assert revised.corrections_sentence(report).markdown == "更正2项。上期报告未印发，以下按台账比较。"
    assert (
        "②上期数已修订：补证1项（任务15）、重新挂账1项（任务16），见第十部分；括号内上季数仍按当时所列。"
        in footnotes.notes(report).markdown.split("\n\n")
    )


def test_printed_figure_of_the_quarter_before_stays(example: Mapping[str, Report]) -> None:
    """2025Q1 shows in brackets what 2024Q4 counted, though two of its figures are corrected."""
    then = {cell.title: value.value for cell, value in _cells(example["2024Q4"])}
    shown = {column.title: cell.text for column, cell in _cells(example["2025Q1"])}
    assert (shown["已销号"], shown["逾期未完成"]) == (f"10（{then['已销号']}）", f"1（{then['逾期未完成']}）")


def _cells(report: Report) -> list[tuple[object, object]]:
    table = page_one.fixed_summary(report)
    return list(zip(table.columns, table.rows[0], strict=True))


def test_first_report_and_a_quarter_without_corrections_say_so(example: Mapping[str, Report]) -> None:
    """A sentence instead of an empty table."""
    told = [revised.corrections_sentence(example[quarter]).markdown for quarter in ("2024Q3", "2024Q4")]
    assert told == ["本期为首次报告，没有上期数需要更正。", "上期数没有更正。"]
    assert [revised.corrections(example[quarter]).to_html() for quarter in ("2024Q3", "2024Q4")] == ["<p></p>"] * 2


def test_row_recorded_after_the_last_report_is_a_correction(make: Make) -> None:
    """What was received in time but recorded late changes the earlier figure, and is told once."""
    late = entry("2024-10-10", recorded="2024-11-04", quarter="2024Q3")
    report = make((task(),), late, closed(), earlier=True)
    [row] = revised.corrections(report).rows
    assert [cell.text for cell in row][2:] == ["更正", "首报待收", "推进中", "11月4日登记的填报"]


def test_purged_form_is_one_line_and_that_it_came_stays(make: Make) -> None:
    """Whatever tasks it held: named once, with what stays; page one's note says what the brackets rest on."""
    gone = replace(submission("2024-10-10", quarter="2024Q3"), rows=0, purged_at=moment("2024-11-04"))
    first = Earlier(replace(period("2024Q3"), first_report=False), day("2024-10-15"), moment("2024-10-15", 23))
    report = make(fixed(1, 2), gone, entry(task_no=1), entry(task_no=2), earlier=(first,))
    assert [[cell.text for cell in row] for row in revised.corrections(report).rows] == [
        ["—", "县人社局的填报（任务1、2）", "清除", "按时", "按时，内容已清除", "11月4日经批准清除"]
    ]
    assert revised.corrections_sentence(report).markdown == "更正1项。上期报告未印发，以下按台账比较。"
    assert (
        "上期数已修订：清除2项（任务1、2），见第十部分；括号内上季数仍按当时所列，内容已清除的2项按此前填报列示。"
        in footnotes.notes(report).markdown
    )


def test_form_withdrawn_after_the_report_is_a_line(make: Make) -> None:
    """What counted then and was taken back since: the quarter's own figure is corrected."""
    came = entry("2024-10-10", quarter="2024Q3")
    taken = replace(came, source=replace(came.source, withdrawn_at=moment("2024-11-04")))
    report = make((task(),), taken, entry(), earlier=True)
    [row] = revised.corrections(report).rows
    assert [cell.text for cell in row][2:] == ["撤回", "推进中", "首报待收", "11月4日撤回的填报"]
