"""The timeline of deadlines: every fixed task left of its due date, with the as_of line."""

from collections.abc import Sequence
from datetime import date

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page import theme
from yuechi_report.page.figure import Figure
from yuechi_report.page.headlines import sign_kind
from yuechi_report.page.labels import date_label, label
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.figures.canvas import Canvas, boxes
from yuechi_report.report.figures.captions import caption, dated
from yuechi_report.report.figures.signs import INKS, LEGEND_MM, signs_of, write_sign_legend
from yuechi_report.report.figures.stacks import CELL_MM, ROW_MM, Axis, Stack, fitting
from yuechi_report.report.provenance import from_report

_AXIS_MM = 4.4


@from_report
def deadline_timeline(report: Report, only: Sequence[Assessment] = ()) -> Figure | Prose:
    """Fixed tasks at their effective due dates; an extended task also, in brackets, at its original one.

    `only` limits the figure to those assessments; all fixed tasks of the report otherwise. A sentence
    where no task has a date, or more dates than a page can show.
    """
    tasks = [status for status in only or dated(report) if status.effective_due is not None]
    if not tasks:
        return Prose(markdown="本清单没有限时任务，不绘时限分布图。")
    layout = fitting(report, tasks)
    if layout is None:
        return Prose(markdown="限时任务时限较多，不绘时限分布图，见附件1。")
    axis, stacks, floor = layout.axis, layout.stacks, layout.floor_mm
    canvas = Canvas(theme.TYPE_WIDTH_MM, floor + _AXIS_MM + LEGEND_MM)
    _draw_axis(canvas, report, axis, floor)
    _draw_stacks(canvas, report, stacks, floor)
    moved = any(mark.is_original for stack in stacks for mark in stack.marks)
    more = "（ ）原时限，已改期" if moved else ""
    kinds = {sign_kind(status.headline) for status in tasks}
    write_sign_legend(canvas, report, kinds, top=floor + _AXIS_MM, more=more)
    return Figure(
        name="deadline_timeline",
        caption=caption(report, "deadline_timeline", "限时任务时限分布（竖线为时限日，数字为任务序号）"),
        alt=_alt(report, tasks),
        data=tuple(_record(status) for status in tasks),
        width_mm=canvas.width_mm,
        height_mm=canvas.height_mm,
        svg=canvas.svg(),
    )


def _draw_axis(canvas: Canvas, report: Report, axis: Axis, floor: float) -> None:
    canvas.rules([((2, floor), (canvas.width_mm - 2, floor))], width_pt=0.8)
    months = axis.months()
    canvas.rules([((axis(day), floor), (axis(day), floor + 1)) for day in months], width_pt=0.8)
    for day in months:
        words = f"{day.year}年{day.month}月" if day.month == 1 or day == months[0] else f"{day.month}月"
        canvas.write((axis(day), floor + 2.8), words, align="center", colour="#555555")
    issued, as_of = report.scope.period.issued_on, report.as_of
    canvas.rules([((axis(issued), 1), (axis(issued), floor))], colour=theme.GREY, width_pt=0.8, dashes=":")
    canvas.rules([((axis(as_of), 1), (axis(as_of), floor))], width_pt=1.1, dashes="--")
    canvas.write((axis(issued) - 1, 2.2), f"通知印发{issued.month}月{issued.day}日", align="right", colour="#555555")
    canvas.write((axis(as_of) + 1, 2.2), f"判定日{as_of.month}月{as_of.day}日")


def _draw_stacks(canvas: Canvas, report: Report, stacks: Sequence[Stack], floor: float) -> None:
    signs = signs_of(report)
    grounds = [(s.left, _top(s, floor), s.right - s.left, (s.rows + 1) * ROW_MM - 0.4) for s in stacks]
    canvas.fill(boxes(grounds), colour="white", edge="none")
    tops = [((s.right, floor), (s.right, _top(s, floor) + 0.6)) for s in stacks]
    canvas.rules(tops, colour=theme.GREY, width_pt=0.6)
    for stack in stacks:
        canvas.write((stack.right - 0.7, floor - (stack.base + stack.rows + 0.5) * ROW_MM), stack.words, align="right")
        for mark, left, row in stack.places():
            kind, number, y = sign_kind(mark.status.headline), mark.status.task_no, floor - (row + 0.5) * ROW_MM
            words = f"（{number}）" if mark.is_original else f"{signs[kind]}{number}"
            canvas.write(
                (left + CELL_MM / 2, y), words, align="center", colour="#555555" if mark.is_original else INKS[kind]
            )


def _top(stack: Stack, floor: float) -> float:
    return floor - (stack.base + stack.rows + 1) * ROW_MM


def _alt(report: Report, tasks: Sequence[Assessment]) -> str:
    columns: dict[date, list[Assessment]] = {}
    for status in tasks:
        columns.setdefault(status.effective_due or report.as_of, []).append(status)
    parts = [
        f"{date_label(day)}到期{len(stack)}项（任务{'、'.join(str(status.task_no) for status in stack)}）"
        for day, stack in sorted(columns.items())
    ]
    changed = [
        f"任务{status.task_no}原时限{date_label(status.due)}"
        for status in tasks
        if status.due is not None and status.effective_due is not None and status.due != status.effective_due
    ]
    late = sum(status.headline is Headline.OVERDUE for status in tasks)
    return f"{'；'.join([*parts, *changed])}。判定日为{date_label(report.as_of)}，逾期{late}项。"


def _record(status: Assessment) -> dict[str, Value]:
    return {
        "task_no": status.task_no,
        "due": status.due.isoformat() if status.due else "",
        "effective_due": status.effective_due.isoformat() if status.effective_due else "",
        "headline": label(status.headline),
    }
