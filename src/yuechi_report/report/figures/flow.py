"""The flow of statuses: from which group last quarter to which group now, fixed tasks and others apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from matplotlib.path import Path

from yuechi_report.domain.assessment import Assessment
from yuechi_report.page import theme
from yuechi_report.page.figure import Figure
from yuechi_report.page.headlines import sign_kind
from yuechi_report.page.labels import quarter_label
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.figures.canvas import Box, Canvas, boxes, width_mm_of
from yuechi_report.report.figures.captions import caption, moved
from yuechi_report.report.figures.signs import FILLS, LEGEND_MM, write_fill_legend
from yuechi_report.report.provenance import from_report
from yuechi_report.report.words.statuses import FIXED_GROUPS, OTHER_GROUPS, Group

_TASK_MM = 1.95
_TALLEST_MM = 70.0
_GAP_MM = 1.5
_HEAD_MM = 4.6
_NODE_MM = 1.4
_COUNT_MM = 3.0
_ORDERS = {True: (*FIXED_GROUPS, *OTHER_GROUPS), False: (*OTHER_GROUPS, *FIXED_GROUPS)}
"""The groups of fixed tasks and of others; a task whose class changed may come from the other set."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Tasks that went from one group to another."""

    then: str
    now: str
    kind: str
    tasks: tuple[int, ...]


_then, _now = attrgetter("then"), attrgetter("now")


@dataclass(frozen=True, slots=True)
class _Panel:
    """One set of tasks with its bands, ordered by then, now."""

    title: str
    groups: tuple[Group, ...]
    bands: tuple[_Band, ...]

    def nodes(self, side: Callable[[_Band], str]) -> dict[str, int]:
        """Group → tasks, in the groups' order."""
        names = {group.column: 0 for group in self.groups}
        for band in self.bands:
            names[side(band)] += len(band.tasks)
        return {name: number for name, number in names.items() if number}

    @property
    def tasks(self) -> int:
        """Tasks of the panel."""
        return sum(len(band.tasks) for band in self.bands)

    def height_mm(self, task_mm: float) -> float:
        """Height of the taller side."""
        sides = (self.nodes(_then), self.nodes(_now))
        return max(self.tasks * task_mm + (len(nodes) - 1) * _GAP_MM for nodes in sides)


@from_report
def status_flow(report: Report) -> Figure | Prose:
    """Bands from the quarter just before, as wide as their tasks; a sentence where there is none, or nothing moved."""
    if report.before is None:
        is_first = not report.scope.earlier and not report.scope.gaps
        before = quarter_label(report.scope.period.quarter.previous)
        why = "本期为首个填报期" if is_first else f"{before}没有可比的状态"
        return Prose(markdown=f"{why}，不绘状态变化图。")
    if not moved(report):
        return Prose(markdown="各项任务状态与上季相同。")
    panels = [panel for panel in _panels(report) if panel.bands]
    task_mm = min(_TASK_MM, _TALLEST_MM / max(panel.tasks for panel in panels))
    height = max(panel.height_mm(task_mm) for panel in panels)
    canvas = Canvas(theme.TYPE_WIDTH_MM, _HEAD_MM + height + 1.5 + LEGEND_MM)
    width = canvas.width_mm / len(panels)
    for number, panel in enumerate(panels):
        _draw(canvas, report, panel, (number * (width + 1.5), width - 1.5 * (len(panels) - 1), task_mm))
    kinds = {band.kind for panel in panels for band in panel.bands}
    write_fill_legend(canvas, report, kinds, top=_HEAD_MM + height + 1.5)
    return Figure(
        name="status_flow",
        caption=caption(report, "status_flow", "状态变化（左为上季，右为本季，数字为任务数）"),
        alt=_alt(panels),
        data=tuple(_record(panel, band) for panel in panels for band in panel.bands),
        width_mm=canvas.width_mm,
        height_mm=canvas.height_mm,
        svg=canvas.svg(),
    )


def _panels(report: Report) -> tuple[_Panel, ...]:
    then = {status.task_no: status for status in report.earlier}
    sets = (("限时任务", True, report.fixed), ("其他任务", False, report.others))
    return tuple(
        _Panel(title, _ORDERS[is_fixed], _bands(found, then, _ORDERS[is_fixed])) for title, is_fixed, found in sets
    )


def _bands(now: Sequence[Assessment], then: dict[int, Assessment], groups: tuple[Group, ...]) -> tuple[_Band, ...]:
    found: dict[tuple[int, int], list[Assessment]] = {}
    for status in now:
        if status.task_no in then:
            found.setdefault((_rank(then[status.task_no], groups), _rank(status, groups)), []).append(status)
    return tuple(
        _Band(
            groups[before].column,
            groups[after].column,
            sign_kind(members[0].headline),
            tuple(status.task_no for status in members),
        )
        for (before, after), members in sorted(found.items())
    )


def _rank(status: Assessment, groups: tuple[Group, ...]) -> int:
    return next(rank for rank, group in enumerate(groups) if status.headline in group.headlines)


def _draw(canvas: Canvas, report: Report, panel: _Panel, place: tuple[float, float, float]) -> None:
    left, width, task_mm = place
    befores, nows = _labelled(panel.nodes(_then)), _labelled(panel.nodes(_now))
    near, far = left + max(map(width_mm_of, befores)) + 1, left + width - max(map(width_mm_of, nows)) - 1
    before, now = report.past[-1].quarter, report.scope.period.quarter
    canvas.write((near + _NODE_MM, _HEAD_MM / 2), quarter_label(before).partition("年")[2], align="right")
    canvas.write(((near + far) / 2, _HEAD_MM / 2), f"{panel.title}{panel.tasks}项", align="center")
    canvas.write((far - _NODE_MM, _HEAD_MM / 2), quarter_label(now).partition("年")[2])
    starts = _draw_nodes(canvas, panel.nodes(_then), (near, task_mm), align="right")
    ends = _draw_nodes(canvas, panel.nodes(_now), (far - _NODE_MM, task_mm), align="left")
    shapes: dict[str, list[Path]] = {}
    for band in panel.bands:
        thick = len(band.tasks) * task_mm
        y0, y1 = starts[band.then], ends[band.now]
        starts[band.then] += thick
        ends[band.now] += thick
        shapes.setdefault(band.kind, []).append(_ribbon((near + _NODE_MM, y0), (far - _NODE_MM, y1), thick))
        canvas.write((far - _NODE_MM - _COUNT_MM, y1 + thick / 2), str(len(band.tasks)), align="center", boxed=True)
    for kind, paths in shapes.items():
        colour, hatch = FILLS[kind]
        canvas.fill(Path.make_compound_path(*paths), colour=colour, hatch=hatch, width_pt=0.5)


def _labelled(nodes: dict[str, int]) -> list[str]:
    return [f"{name} {number}" for name, number in nodes.items()]


def _draw_nodes(canvas: Canvas, nodes: dict[str, int], place: tuple[float, float], *, align: str) -> dict[str, float]:
    """One side's bars with their words; returns where each begins."""
    x, task_mm = place
    tops: dict[str, float] = {}
    bars: list[Box] = []
    top = _HEAD_MM
    for name, number in nodes.items():
        tops[name] = top
        bars.append((x, top, _NODE_MM, number * task_mm))
        words, y = f"{name} {number}", top + number * task_mm / 2
        if align == "right":
            canvas.write((x - 0.8, y), words, align="right")
        else:
            canvas.write((x + _NODE_MM + 0.8, y), words)
        top += number * task_mm + _GAP_MM
    canvas.fill(boxes(bars), colour=theme.INK)
    return tops


def _ribbon(start: tuple[float, float], end: tuple[float, float], thick: float) -> Path:
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2
    points = [
        (x0, y0),
        *((middle, y0), (middle, y1), (x1, y1)),
        (x1, y1 + thick),
        *((middle, y1 + thick), (middle, y0 + thick), (x0, y0 + thick)),
        (x0, y0),
    ]
    curve = [Path.CURVE4] * 3
    return Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])


def _alt(panels: Sequence[_Panel]) -> str:
    told = []
    for panel in panels:
        bands = "；".join(
            f"{band.then}转为{band.now}{len(band.tasks)}项"
            if band.then != band.now
            else f"{band.now}不变{len(band.tasks)}项"
            for band in panel.bands
        )
        told.append(f"{panel.title}{panel.tasks}项：{bands}。")
    return "".join(told)


def _record(panel: _Panel, band: _Band) -> dict[str, Value]:
    return {
        "set": panel.title,
        "then": band.then,
        "now": band.now,
        "tasks": len(band.tasks),
        "task_nos": "、".join(map(str, band.tasks)),
    }
