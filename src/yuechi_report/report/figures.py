"""The figures: matplotlib, Noto Sans SC, readable in black and white; the numbers stand in the alt text.

SVG keeps text as text and carries neither date nor random ids, so equal data give equal bytes.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import dates as mdates
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page import theme
from yuechi_report.page.figure import Figure
from yuechi_report.page.fonts import SANS, font_files
from yuechi_report.page.labels import date_label, label
from yuechi_report.report.context import Report
from yuechi_report.report.frames import tally_frame
from yuechi_report.report.groups import SIGN_WORDS, sign_kind
from yuechi_report.report.wording import counted_list

_MM_PER_INCH = 25.4
_FILLS = {
    "settled": (theme.BLUE, ""),
    "ordinary": ("#ffffff", ""),
    "attention": (theme.SKY, "\\\\\\"),
    "warning": (theme.ORANGE, "///"),
    "overdue": (theme.VERMILION, "xxx"),
}
_MARKERS = {"settled": "o", "ordinary": "o", "attention": "D", "warning": "^", "overdue": "X"}


@cache
def _register_fonts() -> None:
    for path in font_files():
        font_manager.fontManager.addfont(path)


@contextmanager
def _canvas(width_mm: float, height_mm: float) -> Iterator[tuple[Canvas, Axes]]:
    _register_fonts()
    settings: Any = {
        "font.family": SANS,
        "font.size": 8,
        "svg.fonttype": "none",
        "svg.hashsalt": "yuechi-report",
        "axes.unicode_minus": False,
        "hatch.linewidth": 0.6,
    }
    with mpl.rc_context(settings):
        canvas = Canvas(figsize=(width_mm / _MM_PER_INCH, height_mm / _MM_PER_INCH), layout="constrained")
        yield canvas, canvas.add_subplot()


def _svg(canvas: Canvas) -> str:
    buffer = io.StringIO()
    canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def deadline_timeline(report: Report, only: Sequence[Assessment] = ()) -> Figure:
    """Fixed tasks on their effective due dates, with the as_of line; stacked where days coincide.

    `only` limits the figure to those assessments; all fixed tasks of the report otherwise.
    """
    dated = [one for one in only or report.fixed if one.effective_due is not None]
    columns: dict[date, list[Assessment]] = {}
    for one in dated:
        columns.setdefault(one.effective_due or report.as_of, []).append(one)
    tallest = max((len(stack) for stack in columns.values()), default=1)
    width_mm, height_mm = theme.TYPE_WIDTH_MM, 22.0 + 3.6 * min(tallest, 14)
    with _canvas(width_mm, height_mm) as (canvas, axes):
        for day, stack in columns.items():
            _draw_stack(axes, day, stack)
        _draw_time_axis(axes, report, [*columns, report.as_of], tallest)
        _legend(axes, {sign_kind(one.headline) for one in dated})
        svg = _svg(canvas)
    return Figure(
        name="deadline_timeline",
        caption="图1　限时任务时限分布",
        alt=_timeline_alt(report, columns),
        data=tuple(_timeline_record(one) for one in dated),
        width_mm=width_mm,
        height_mm=height_mm,
        svg=svg,
    )


def _draw_stack(axes: Axes, day: date, stack: list[Assessment]) -> None:
    for level, one in enumerate(stack, start=1):
        kind = sign_kind(one.headline)
        colour = _FILLS[kind][0]
        x = float(mdates.date2num(day))
        axes.plot(
            [x], [level], _MARKERS[kind], markersize=7, color=colour, markeredgecolor=theme.INK, markeredgewidth=0.7
        )
        axes.annotate(
            str(one.task_no),
            (x, level),
            xytext=(-6, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=7,
        )


def _draw_time_axis(axes: Axes, report: Report, days: list[date], tallest: int) -> None:
    first = min([report.scope.period.issued_on, *days])
    last = max(days)
    margin = max(12, (last - first).days // 14)
    low, high = float(mdates.date2num(first)) - margin, float(mdates.date2num(last)) + margin * 1.6
    as_of = float(mdates.date2num(report.as_of))
    issued = float(mdates.date2num(report.scope.period.issued_on))
    axes.axvline(as_of, color=theme.INK, linewidth=1.1, linestyle="--")
    axes.axvline(issued, color=theme.GREY, linewidth=0.8, linestyle=":")
    for x, word in ((as_of, f"判定日{report.as_of.month}月{report.as_of.day}日"), (issued, "通知印发")):
        axes.annotate(word, (x, tallest + 1.1), xytext=(3, 0), textcoords="offset points", va="center", fontsize=7)
    axes.set(xlim=(low, high), ylim=(0.3, tallest + 1.8), yticks=[])
    axes.xaxis.set_major_locator(mdates.MonthLocator())
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y.%m"))
    axes.tick_params(axis="x", labelsize=7)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)


def _legend(axes: Axes, kinds: set[str]) -> None:
    for kind, word in SIGN_WORDS.items():
        if kind in kinds:
            axes.plot(
                [],
                [],
                _MARKERS[kind],
                color=_FILLS[kind][0],
                markeredgecolor=theme.INK,
                markeredgewidth=0.7,
                label=word,
            )
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=5, frameon=False, fontsize=7, handletextpad=0.3)


def _timeline_alt(report: Report, columns: dict[date, list[Assessment]]) -> str:
    if not columns:
        return "没有限时任务。"
    parts = [
        f"{date_label(day)}到期{len(stack)}项（任务{'、'.join(str(one.task_no) for one in stack)}）"
        for day, stack in sorted(columns.items())
    ]
    late = sum(one.headline is Headline.OVERDUE for stack in columns.values() for one in stack)
    return f"{'；'.join(parts)}。判定日为{date_label(report.as_of)}，逾期{late}项。"


def _timeline_record(one: Assessment) -> dict[str, str | int | float | None]:
    due = one.effective_due
    return {"task_no": one.task_no, "effective_due": due.isoformat() if due else "", "headline": label(one.headline)}


def status_by_category(report: Report) -> Figure:
    """How many tasks of each category are settled, running, waiting, to be watched, overdue."""
    frame = tally_frame(report)
    frame["kind"] = frame["headline"].map(lambda code: sign_kind(Headline(code)))
    counts = frame.groupby(["category_no", "category", "kind"], sort=True).size()
    names = list(dict.fromkeys((number, name) for number, name, _ in counts.index))
    width_mm, height_mm = theme.TYPE_WIDTH_MM, 15.0 + 4.6 * len(names)
    records: list[dict[str, str | int | float | None]] = []
    with _canvas(width_mm, height_mm) as (canvas, axes):
        left = [0] * len(names)
        for kind, word in SIGN_WORDS.items():
            numbers = [int(counts.get((number, name, kind), 0)) for number, name in names]
            _draw_bars(axes, left, numbers, kind)
            left = [a + b for a, b in zip(left, numbers, strict=True)]
            records += [
                {"category": name, "state": word, "tasks": n} for (_, name), n in zip(names, numbers, strict=True) if n
            ]
        _finish_bars(axes, [name.removesuffix("便捷行动事项") for _, name in names], max(left, default=1))
        svg = _svg(canvas)
    return Figure(
        name="status_by_category",
        caption="图2　各类别任务状态",
        alt=_category_alt(records, [name for _, name in names]),
        data=tuple(records),
        width_mm=width_mm,
        height_mm=height_mm,
        svg=svg,
    )


def _draw_bars(axes: Axes, left: list[int], numbers: list[int], kind: str) -> None:
    colour, hatch = _FILLS[kind]
    rows = range(len(numbers))
    shown = SIGN_WORDS[kind] if any(numbers) else None
    axes.barh(
        rows,
        numbers,
        left=left,
        color=colour,
        hatch=hatch,
        edgecolor=theme.INK,
        linewidth=0.6,
        height=0.66,
        label=shown,
    )
    for row, (start, number) in enumerate(zip(left, numbers, strict=True)):
        if number:
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
            axes.text(start + number / 2, row, str(number), ha="center", va="center", fontsize=7, bbox=box)


def _finish_bars(axes: Axes, names: list[str], longest: int) -> None:
    axes.set_yticks(range(len(names)), names, fontsize=7.5)
    axes.invert_yaxis()
    axes.set(xlim=(0, longest + 0.3), xticks=[])
    for side in ("right", "top", "bottom"):
        axes.spines[side].set_visible(False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.42, -0.02), ncols=5, frameon=False, fontsize=7)


def _category_alt(records: list[dict[str, str | int | float | None]], names: list[str]) -> str:
    by_category: dict[str, list[tuple[str, int]]] = {}
    for record in records:
        by_category.setdefault(str(record["category"]), []).append((str(record["state"]), int(str(record["tasks"]))))
    told = (f"{name}{counted_list(by_category[name])}" for name in names if name in by_category)
    return "；".join(told) + "。"
