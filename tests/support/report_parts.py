"""Tasks and records of a county report, and what stands in the cells of a table."""

from builders import Record, day, entry, task

from yuechi_report.domain.deadline import DueBy, Ongoing, OngoingMode
from yuechi_report.domain.register import Task
from yuechi_report.page.table import Table


def fixed(*numbers: int, due: str = "2024-12-31") -> tuple[Task, ...]:
    """Tasks with that due date."""
    return tuple(task(DueBy(day(due)), number=number) for number in numbers)


def ongoing(*numbers: int) -> tuple[Task, ...]:
    """推进类 tasks of 县公安局."""
    deadline = Ongoing(OngoingMode.ADVANCE)
    return tuple(task(deadline, number=number, lead_units=("县公安局",)) for number in numbers)


def before(number: int) -> Record:
    """Last quarter's entry on a task."""
    return entry("2024-10-10", task_no=number, quarter="2024Q3")


def column(table: Table, key: str) -> list[object]:
    """The values of one column."""
    index = next(number for number, one in enumerate(table.columns) if one.key == key)
    return [row[index].value for row in table.rows]


def texts(table: Table, key: str) -> list[str]:
    """What is read in one column."""
    index = next(number for number, one in enumerate(table.columns) if one.key == key)
    return [row[index].text for row in table.rows]


def numbers(table: Table, row: int) -> list[int]:
    """The counts of one row, left to right."""
    return [cell.value for cell in table.rows[row] if isinstance(cell.value, int)]
