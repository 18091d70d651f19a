"""The status contract: its columns and one whole row."""

from collections.abc import Callable, Mapping

from builders import UNIT, declared, entry, extended, task

from yuechi_report.report.context import CIRCULAR, LEADERS, Report
from yuechi_report.report.status_table import STATUS_COLUMNS

Make = Callable[..., Report]


def test_status_frame_has_the_contracts_columns(example: Mapping[str, Report]) -> None:
    """The columns of the status CSV, in order; one row a task in the register's order."""
    frame = example["2024Q4"].frame()
    assert list(frame.columns) == list(STATUS_COLUMNS)
    assert list(frame["task_no"]) == [task.number for task in example["2024Q4"].scope.register]


def test_status_row_is_whole(make: Make) -> None:
    """Readers' words, ISO dates, numbers as numbers."""
    said = entry(percent=63.0)
    [row] = make((task(),), said, extended()).frame().to_dict("records")
    assert row == {
        "notice": "n-2024",
        "quarter": "2024Q4",
        "task_no": 10,
        "title": "推进社保卡“一卡一码通”",
        "class": "限时类",
        "lead_units": "县人力资源和社会保障局",
        "deadline_raw": "2024年12月",
        "due_date": "2024-12-31",
        "effective_due_date": "2025-03-31",
        "headline": "延期在办",
        "suffix": "",
        "reported": "推进中",
        "verified": "未核验",
        "time_state": "未到期",
        "pace": "不可比",
        "discipline": "按时",
        "percent_complete": 63.0,
        "days_overdue": 0,
        "completed_on": "",
        "reason": "经批准延期，未到新时限（2024年12月24日准予延期）",
    }


def test_frame_of_the_units_holds_what_their_pages_hold(make: Make) -> None:
    """What rules found and no person confirmed, and what another unit says of itself, goes to the leaders alone."""
    unproved = declared(evidence=())
    [inner], [circular] = (
        make((task(),), unproved, edition=edition).frame()[["suffix", "reported"]].to_numpy().tolist()
        for edition in (LEADERS, CIRCULAR)
    )
    [own] = make((task(),), unproved, unit=UNIT).frame()[["suffix", "reported"]].to_numpy().tolist()
    assert (inner, circular, own) == (["自报完成缺佐证", "已完成"], ["", ""], ["", "已完成"])


def test_frame_has_numbers_to_reckon_with(make: Make) -> None:
    """Days are whole numbers, percent a float that is missing where no figure was given."""
    frame = make((task(number=1), task(number=2)), entry(task_no=1, percent=63.0)).frame()
    assert (str(frame["days_overdue"].dtype), str(frame["percent_complete"].dtype)) == ("int64", "float64")
    assert (frame["percent_complete"].tolist()[0], frame["percent_complete"].isna().tolist()) == (63.0, [False, True])
