"""Where the timeline's marks stand: a stack a due date, narrow enough for the room beside it, or lifted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, sqrt

from yuechi_report.domain.assessment import Assessment
from yuechi_report.page import theme
from yuechi_report.report.context import Report
from yuechi_report.report.figures.canvas import width_mm_of

CELL_MM = 6.4
ROW_MM = 3.8
_TOP_MM = 4.6
_LEFT_MM, _RIGHT_MM = 20.0, 27.0
_TALLEST_MM = 190.0


@dataclass(frozen=True, slots=True)
class DayMark:
    """A task's mark on one day."""

    status: Assessment
    is_original: bool = False
    """The date printed in the notice, of a task that has another one now."""


@dataclass(frozen=True, slots=True)
class Stack:
    """The marks of one day: `columns` wide, standing on row `base`, their right edge at `right`."""

    day: date
    marks: tuple[DayMark, ...]
    right: float
    columns: int
    base: int = 0

    @property
    def rows(self) -> int:
        """Rows of marks; the day's label takes one more."""
        return ceil(len(self.marks) / self.columns)

    @property
    def words(self) -> str:
        """12月31日 12项; originals are not counted again."""
        number = sum(not mark.is_original for mark in self.marks)
        return f"{self.day.month}月{self.day.day}日" + (f" {number}项" if number else "")

    @property
    def left(self) -> float:
        """Left edge of marks and label."""
        return self.right - max(self.columns * CELL_MM, width_mm_of(self.words) + 1)

    def is_beside(self, other: "Stack") -> bool:
        """Whether the two share no part of the time axis."""
        return self.left >= other.right or other.left >= self.right

    def overlaps(self, other: "Stack") -> bool:
        """Whether the two, not beside each other, would be drawn over each other."""
        return not (self.base > other.base + other.rows or other.base > self.base + self.rows)

    def places(self) -> list[tuple[DayMark, float, int]]:
        """Each mark with its cell's left edge and row; read from the top, left to right, the top row short."""
        short = self.columns * self.rows - len(self.marks)
        found = []
        for number, mark in enumerate(self.marks, start=short):
            row, column = divmod(number, self.columns)
            left = self.right - (self.columns - column) * CELL_MM
            found.append((mark, left, self.base + self.rows - 1 - row))
        return found


class Axis:
    """Days → mm."""

    def __init__(self, first: date, last: date, width_mm: float) -> None:
        self.first, self.last = first, last
        self._scale = (width_mm - _LEFT_MM - _RIGHT_MM) / max(1, (last - first).days)

    def __call__(self, day: date) -> float:
        """Where the day stands, in mm from the left edge."""
        return _LEFT_MM + (day - self.first).days * self._scale

    def months(self) -> list[date]:
        """First days of months, as many as can be labelled."""
        number = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = max(1, ceil(number / 12))
        starts = [
            date(self.first.year + (self.first.month + k - 1) // 12, (self.first.month + k - 1) % 12 + 1, 1)
            for k in range(1, number + 1, step)
        ]
        return [day for day in starts if self.first <= day <= self.last]


@dataclass(frozen=True, slots=True)
class StackLayout:
    """The time axis, the stacks on it, and the axis's height below the upper edge."""

    axis: Axis
    stacks: tuple[Stack, ...]

    @property
    def floor_mm(self) -> float:
        """From the upper edge down to the axis."""
        return _TOP_MM + max(stack.base + stack.rows + 1 for stack in self.stacks) * ROW_MM


def fitting(report: Report, tasks: Sequence[Assessment]) -> StackLayout | None:
    """Those dated tasks on one axis; None where there is none, or where they would not fit a page."""
    if not tasks:
        return None
    met = {day for status in tasks for day in (status.due, status.effective_due) if day is not None}
    days = {day: _marks(tasks, day) for day in sorted(met)}
    axis = Axis(min([*days, report.scope.period.issued_on]), max([*days, report.as_of]), theme.TYPE_WIDTH_MM)
    layout = StackLayout(axis, tuple(_stacked(axis, days)))
    return layout if layout.floor_mm <= _TALLEST_MM else None


def _marks(tasks: Sequence[Assessment], day: date) -> tuple[DayMark, ...]:
    now = [DayMark(status) for status in tasks if status.effective_due == day]
    before = [DayMark(status, is_original=True) for status in tasks if status.due == day != status.effective_due]
    return (*now, *before)


def _stacked(axis: Axis, days: dict[date, tuple[DayMark, ...]]) -> list[Stack]:
    """Each day's stack narrow enough for the room to the day before, or wider and lifted: the lower wins."""
    found: list[Stack] = []
    edge = 0.0
    for day, marks in days.items():
        right = axis(day)
        room = max(1, int((right - edge - 1) / CELL_MM))
        most = max(4, ceil(sqrt(len(marks))))
        tried = [
            _placed(Stack(day, marks, right, _even(len(marks), width)), found) for width in (min(room, most), most)
        ]
        found.append(min(tried, key=lambda stack: stack.base + stack.rows))
        edge = right
    return found


def _even(marks: int, most: int) -> int:
    """Columns, at most so many, that fill their rows evenly."""
    return ceil(marks / ceil(marks / most))


def _placed(stack: Stack, found: list[Stack]) -> Stack:
    """The stack on the lowest row where it meets no other: lifted over the lowest of those it meets."""
    beside = [other for other in found if not stack.is_beside(other)]
    while tops := [other.base + other.rows + 1 for other in beside if stack.overlaps(other)]:
        stack = replace(stack, base=min(tops))
    return stack
