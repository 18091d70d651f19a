"""What tables count."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

from builders import UNIT, entry, task

from yuechi_report.domain.reporting import UnitReport, unit_reports
from yuechi_report.page.labels import label, unit_report_label
from yuechi_report.report.context import Report
from yuechi_report.report.rows import by_category, by_filling_unit

Make = Callable[..., Report]


def test_unit_reports_add_up_to_the_tasks_that_owe(example: Mapping[str, Report]) -> None:
    """Sixteen filling units; exempt tasks are not counted."""
    report = example["2024Q4"]
    found = unit_reports(report.assessments)
    owing = [one for one in report.assessments if one.discipline.value != "exempt"]
    assert (len(found), sum(unit.tasks for unit in found)) == (16, len(owing))
    assert Counter(label(unit.state) for unit in found) == {"按时": 13, "迟报": 2, "未报送": 1}


def only_report(report: Report) -> UnitReport:
    """What the one unit handed in."""
    [found] = unit_reports(report.assessments)
    return found


def test_one_early_row_of_many_makes_no_unit_punctual(make: Make) -> None:
    """A unit with a row in and a row missing reported in part, on the day of the row that counts."""
    found = only_report(make((task(number=1), task(number=2)), entry("2024-12-05", task_no=1)))
    assert (found.unit, found.tasks, found.handed_in_on) == (UNIT, 2, date(2024, 12, 5))
    assert (label(found.state), unit_report_label(found)) == ("部分报送", "部分报送（1项未报）")


def test_unit_is_as_late_as_its_latest_row(make: Make) -> None:
    """The number of late rows is told; the day is that of the last one."""
    rows = (entry("2024-12-05", task_no=1), entry("2024-12-27", task_no=2))
    found = only_report(make((task(number=1), task(number=2)), *rows))
    assert (unit_report_label(found), found.handed_in_on) == ("迟报（1项）", date(2024, 12, 27))


def test_every_task_is_counted_once(example: Mapping[str, Report]) -> None:
    """In one category, and with one unit."""
    report = example["2024Q4"]
    numbers = sorted(status.task_no for status in report.assessments)
    for groups in (dict(by_category(report)), by_filling_unit(report)):
        assert sorted(status.task_no for found in groups.values() for status in found) == numbers
