"""Status by category: one bar a category, one part a kind of status."""

from collections import Counter

from yuechi_report.page import theme
from yuechi_report.page.figure import Figure
from yuechi_report.page.headlines import SIGN_WORDS, sign_kind
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.figures.canvas import Box, Canvas, width_mm_of
from yuechi_report.report.figures.captions import caption
from yuechi_report.report.figures.signs import LEGEND_MM, fill_kind, write_fill_legend
from yuechi_report.report.provenance import from_report
from yuechi_report.report.rows import by_category
from yuechi_report.report.words.sentences import counted_list

_ROW_MM = 4.1
_BAR_MM = 3.0
_ENDING = "便捷行动事项"


@from_report
def status_by_category(report: Report) -> Figure:
    """How many tasks of each category are settled, running, waiting, to be watched, overdue."""
    counts = _counts(report)
    canvas = Canvas(theme.TYPE_WIDTH_MM, 1 + _ROW_MM * len(counts) + LEGEND_MM)
    _draw(canvas, counts)
    kinds = {kind for numbers in counts.values() for kind in numbers}
    write_fill_legend(canvas, report, kinds, top=1 + _ROW_MM * len(counts))
    records: list[dict[str, Value]] = [
        {"category": name, "state": SIGN_WORDS[kind], "tasks": number}
        for name, numbers in counts.items()
        for kind, number in numbers.items()
    ]
    return Figure(
        name="status_by_category",
        caption=caption(report, "status_by_category", "各类别任务状态"),
        alt=_alt(counts),
        data=tuple(records),
        width_mm=canvas.width_mm,
        height_mm=canvas.height_mm,
        svg=canvas.svg(),
    )


def _counts(report: Report) -> dict[str, dict[str, int]]:
    """Category → kind → number, both in their order, kinds without tasks left out."""
    numbers = {name: Counter(sign_kind(status.headline) for status in found) for name, found in by_category(report)}
    return {name: {kind: met[kind] for kind in SIGN_WORDS if met[kind]} for name, met in numbers.items()}


def _draw(canvas: Canvas, counts: dict[str, dict[str, int]]) -> None:
    stub = max((width_mm_of(name.removesuffix(_ENDING)) for name in counts), default=0.0) + 3
    longest = max((sum(numbers.values()) for numbers in counts.values()), default=1)
    scale = (canvas.width_mm - stub - 2) / longest
    parts: dict[str, list[Box]] = {}
    for row, (name, numbers) in enumerate(counts.items()):
        top = 1 + row * _ROW_MM + (_ROW_MM - _BAR_MM) / 2
        canvas.write((stub - 1.5, top + _BAR_MM / 2), name.removesuffix(_ENDING), align="right")
        left = stub
        for kind, number in numbers.items():
            parts.setdefault(kind, []).append((left, top, number * scale, _BAR_MM))
            canvas.write((left + number * scale / 2, top + _BAR_MM / 2), str(number), align="center", boxed=True)
            left += number * scale
    for kind, found in parts.items():
        fill_kind(canvas, kind, found)


def _alt(counts: dict[str, dict[str, int]]) -> str:
    told = (
        f"{name}{counted_list([(SIGN_WORDS[kind], number) for kind, number in numbers.items()])}"
        for name, numbers in counts.items()
    )
    return "；".join(told) + "。"
