"""What tables count."""

from collections import Counter
from collections.abc import Callable, Mapping

from builders import UNIT, entry, task

from yuechi_report.report.context import Report
from yuechi_report.report.rows import submission_frame, tally_frame

Make = Callable[..., Report]


def test_submission_frame_adds_up_to_the_tasks_that_owe(example: Mapping[str, Report]) -> None:
    """Sixteen filling units; exempt tasks are not counted."""
    report = example["2024Q4"]
    frame = submission_frame(report)
    owing = [one for one in report.assessments if one.discipline.value != "exempt"]
    assert (len(frame), int(frame["tasks"].sum())) == (16, len(owing))
    assert Counter(frame["kind"]) == {"按时": 13, "迟报": 2, "未报送": 1}


def test_one_early_row_of_many_makes_no_unit_punctual(make: Make) -> None:
    """A unit with a row in and a row missing reported in part, on the day of the row that counts."""
    frame = submission_frame(make((task(number=1), task(number=2)), entry("2024-12-05", task_no=1)))
    assert frame.to_dict("records") == [
        {
            "unit": UNIT,
            "tasks": 2,
            "received_on": "2024-12-05",
            "kind": "部分报送",
            "state": "部分报送（1项未报）",
        }
    ]


def test_unit_is_as_late_as_its_latest_row(make: Make) -> None:
    """The number of late rows is told; the day is that of the last one."""
    rows = (entry("2024-12-05", task_no=1), entry("2024-12-27", task_no=2))
    [row] = submission_frame(make((task(number=1), task(number=2)), *rows)).to_dict("records")
    assert (row["state"], row["received_on"]) == ("迟报（1项）", "2024-12-27")


def test_tally_frame_has_one_row_a_task(example: Mapping[str, Report]) -> None:
    """What the tallies are counted from."""
    frame = tally_frame(example["2024Q4"])
    assert (list(frame.columns), len(frame)) == (["task_no", "category_no", "category", "unit", "headline"], 37)
