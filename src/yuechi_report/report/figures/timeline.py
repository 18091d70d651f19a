"""The timeline of deadlines: every fixed task left of its due date, with the as_of line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, sqrt

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page import theme
from yuechi_report.page.figure import Figure
from yuechi_report.page.labels import date_label, label
from yuechi_report.page.prose import Prose
from yuechi_report.page.signs import sign_kind
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.figures.captions import caption, dated
from yuechi_report.report.figures.sheet import Sheet, boxes, width_mm_of
from yuechi_report.report.figures.signs import INKS, LEGEND_MM, signs_of, write_sign_legend

_CELL_MM = 6.4
_ROW_MM = 3.8
_LEFT_MM, _RIGHT_MM = 20.0, 27.0
_TOP_MM, _AXIS_MM = 4.6, 4.4
_TALLEST_MM = 190.0


@dataclass(frozen=True, slots=True)
class _Mark:
    one: Assessment
    is_original: bool = False
    """The date printed in the notice, of a task that has another one now."""


@dataclass(frozen=True, slots=True)
class _Stack:
    """The marks of one day: `columns` wide, standing on row `base`, their right edge at `right`."""

    day: date
    marks: tuple[_Mark, ...]
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
        return self.right - max(self.columns * _CELL_MM, width_mm_of(self.words) + 1)

    def is_beside(self, other: "_Stack") -> bool:
        """Whether the two share no part of the time axis."""
        return self.left >= other.right or other.left >= self.right

    def overlaps(self, other: "_Stack") -> bool:
        """Whether the two, not beside each other, would be drawn over each other."""
        return not (self.base > other.base + other.rows or other.base > self.base + self.rows)

    def places(self) -> list[tuple[_Mark, float, int]]:
        """Each mark with its cell's left edge and row; read from the top, left to right, the top row short."""
        short = self.columns * self.rows - len(self.marks)
        found = []
        for number, mark in enumerate(self.marks, start=short):
            row, column = divmod(number, self.columns)
            left = self.right - (self.columns - column) * _CELL_MM
            found.append((mark, left, self.base + self.rows - 1 - row))
        return found


class _Axis:
    """Days → mm."""

    def __init__(self, first: date, last: date, width_mm: float) -> None:
        self.first, self.last = first, last
        self._scale = (width_mm - _LEFT_MM - _RIGHT_MM) / max(1, (last - first).days)

    def __call__(self, day: date) -> float:
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


def deadline_timeline(report: Report, only: Sequence[Assessment] = ()) -> Figure | Prose:
    """Fixed tasks at their effective due dates; an extended task also, in brackets, at its original one.

    `only` limits the figure to those assessments; all fixed tasks of the report otherwise. A sentence
    where no task has a date, or more dates than a page can show.
    """
    tasks = [one for one in only or dated(report) if one.effective_due is not None]
    if not tasks:
        return Prose(markdown="本清单没有限时任务，不绘时限分布图。")
    days = {day: _marks(tasks, day) for day in sorted({day for one in tasks for day in _days(one)})}
    axis = _Axis(min([*days, report.scope.period.issued_on]), max([*days, report.as_of]), theme.TYPE_WIDTH_MM)
    stacks = _stacked(axis, days)
    rows = max(stack.base + stack.rows + 1 for stack in stacks)
    floor = _TOP_MM + rows * _ROW_MM
    if floor > _TALLEST_MM:
        return Prose(markdown="限时任务时限较多，不绘时限分布图，见附件1。")
    sheet = Sheet(theme.TYPE_WIDTH_MM, floor + _AXIS_MM + LEGEND_MM)
    _draw_axis(sheet, report, axis, floor)
    _draw_stacks(sheet, report, stacks, floor)
    moved = any(mark.is_original for stack in stacks for mark in stack.marks)
    more = "（ ）原时限，已改期" if moved else ""
    kinds = {sign_kind(one.headline) for one in tasks}
    write_sign_legend(sheet, report, kinds, top=floor + _AXIS_MM, more=more)
    return Figure(
        name="deadline_timeline",
        caption=caption(report, "deadline_timeline", "限时任务时限分布（竖线为时限日，数字为任务序号）"),
        alt=_alt(report, tasks),
        data=tuple(_record(one) for one in tasks),
        width_mm=sheet.width_mm,
        height_mm=sheet.height_mm,
        svg=sheet.svg(),
    )


def _days(one: Assessment) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day for day in (one.due, one.effective_due) if day is not None))


def _marks(tasks: Sequence[Assessment], day: date) -> tuple[_Mark, ...]:
    now = [_Mark(one) for one in tasks if one.effective_due == day]
    before = [_Mark(one, is_original=True) for one in tasks if one.due == day != one.effective_due]
    return (*now, *before)


def _stacked(axis: _Axis, days: dict[date, tuple[_Mark, ...]]) -> list[_Stack]:
    """Each day's stack narrow enough for the room to the day before, or wider and lifted: the lower wins."""
    found: list[_Stack] = []
    edge = 0.0
    for day, marks in days.items():
        right = axis(day)
        room = max(1, int((right - edge - 1) / _CELL_MM))
        most = max(4, ceil(sqrt(len(marks))))
        tried = [
            _placed(_Stack(day, marks, right, _even(len(marks), width)), found) for width in (min(room, most), most)
        ]
        found.append(min(tried, key=lambda stack: stack.base + stack.rows))
        edge = right
    return found


def _even(marks: int, most: int) -> int:
    """Columns, at most so many, that fill their rows evenly."""
    return ceil(marks / ceil(marks / most))


def _placed(stack: _Stack, found: list[_Stack]) -> _Stack:
    """The stack on the lowest row where it meets no other: lifted over the lowest of those it meets."""
    beside = [other for other in found if not stack.is_beside(other)]
    while tops := [other.base + other.rows + 1 for other in beside if stack.overlaps(other)]:
        stack = replace(stack, base=min(tops))
    return stack


def _draw_axis(sheet: Sheet, report: Report, axis: _Axis, floor: float) -> None:
    sheet.rules([((2, floor), (sheet.width_mm - 2, floor))], width_pt=0.8)
    months = axis.months()
    sheet.rules([((axis(day), floor), (axis(day), floor + 1)) for day in months], width_pt=0.8)
    for day in months:
        words = f"{day.year}年{day.month}月" if day.month == 1 or day == months[0] else f"{day.month}月"
        sheet.write((axis(day), floor + 2.8), words, align="center", colour="#555555")
    issued, as_of = report.scope.period.issued_on, report.as_of
    sheet.rules([((axis(issued), 1), (axis(issued), floor))], colour=theme.GREY, width_pt=0.8, dashes=":")
    sheet.rules([((axis(as_of), 1), (axis(as_of), floor))], width_pt=1.1, dashes="--")
    sheet.write((axis(issued) - 1, 2.2), f"通知印发{issued.month}月{issued.day}日", align="right", colour="#555555")
    sheet.write((axis(as_of) + 1, 2.2), f"判定日{as_of.month}月{as_of.day}日")


def _draw_stacks(sheet: Sheet, report: Report, stacks: list[_Stack], floor: float) -> None:
    signs = signs_of(report)
    grounds = [(s.left, _top(s, floor), s.right - s.left, (s.rows + 1) * _ROW_MM - 0.4) for s in stacks]
    sheet.fill(boxes(grounds), colour="white", edge="none")
    tops = [((s.right, floor), (s.right, _top(s, floor) + 0.6)) for s in stacks]
    sheet.rules(tops, colour=theme.GREY, width_pt=0.6)
    for stack in stacks:
        sheet.write((stack.right - 0.7, floor - (stack.base + stack.rows + 0.5) * _ROW_MM), stack.words, align="right")
        for mark, left, row in stack.places():
            kind, number, y = sign_kind(mark.one.headline), mark.one.task_no, floor - (row + 0.5) * _ROW_MM
            words = f"（{number}）" if mark.is_original else f"{signs[kind]}{number}"
            sheet.write(
                (left + _CELL_MM / 2, y),
                words,
                align="center",
                colour="#555555" if mark.is_original else INKS[kind],
            )


def _top(stack: _Stack, floor: float) -> float:
    return floor - (stack.base + stack.rows + 1) * _ROW_MM


def _alt(report: Report, tasks: Sequence[Assessment]) -> str:
    columns: dict[date, list[Assessment]] = {}
    for one in tasks:
        columns.setdefault(one.effective_due or report.as_of, []).append(one)
    parts = [
        f"{date_label(day)}到期{len(stack)}项（任务{'、'.join(str(one.task_no) for one in stack)}）"
        for day, stack in sorted(columns.items())
    ]
    changed = [
        f"任务{one.task_no}原时限{date_label(one.due)}"
        for one in tasks
        if one.due is not None and one.effective_due is not None and one.due != one.effective_due
    ]
    late = sum(one.headline is Headline.OVERDUE for one in tasks)
    return f"{'；'.join([*parts, *changed])}。判定日为{date_label(report.as_of)}，逾期{late}项。"


def _record(one: Assessment) -> dict[str, Value]:
    return {
        "task_no": one.task_no,
        "due": one.due.isoformat() if one.due else "",
        "effective_due": one.effective_due.isoformat() if one.effective_due else "",
        "headline": label(one.headline),
    }
