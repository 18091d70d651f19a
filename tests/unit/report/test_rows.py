"""What tables count."""

from collections import Counter
from collections.abc import Mapping

from yuechi_report.report.context import Report
from yuechi_report.report.rows import submission_frame, tally_frame


def test_submission_frame_adds_up_to_the_tasks_that_owe(example: Mapping[str, Report]) -> None:
    """Sixteen filling units; exempt tasks are not counted."""
    report = example["2024Q4"]
    frame = submission_frame(report)
    owing = [one for one in report.assessments if one.discipline.value != "exempt"]
    assert (len(frame), int(frame["tasks"].sum())) == (16, len(owing))
    assert Counter(frame["state"]) == {"按时": 13, "迟报": 2, "未报送": 1}


def test_tally_frame_has_one_row_a_task(example: Mapping[str, Report]) -> None:
    """What the tallies are counted from."""
    frame = tally_frame(example["2024Q4"])
    assert (list(frame.columns), len(frame)) == (["task_no", "category_no", "category", "unit", "headline"], 37)
