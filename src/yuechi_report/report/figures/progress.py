"""Expected against reported progress: what units counted or estimated, beside the share of time gone."""

from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment, Pace
from yuechi_report.domain.pace import expected_percent
from yuechi_report.domain.progress import ProgressEntry
from yuechi_report.page import theme
from yuechi_report.page.figure import Figure
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.figures.canvas import Box, Canvas, boxes, width_mm_of
from yuechi_report.report.figures.captions import caption, told_progress
from yuechi_report.report.figures.signs import LEGEND_MM
from yuechi_report.report.words.sentences import short_title

_ROWS = 16
_HEAD_MM = 4.4
_ROW_MM = 3.8
_BAR_MM = 2.5
_NUMBER_MM = 6.0
_STUB_MM = 50.0
_LETTERS = 16
_WORDS_MM = 36.0
_MEASURED = (theme.BLUE, "")
_ESTIMATED = ("#ffffff", "////")
_BEHIND = (theme.VERMILION, "xxxx")


@dataclass(frozen=True, slots=True)
class _Row:
    status: Assessment
    entry: ProgressEntry
    title: str
    reported: float
    expected: float | None

    @property
    def is_measured(self) -> bool:
        return self.entry.measure is not None

    @property
    def fill(self) -> tuple[str, str]:
        if self.status.pace is Pace.BEHIND:
            return _BEHIND
        return _MEASURED if self.is_measured else _ESTIMATED

    @property
    def words(self) -> str:
        """4/5（80%），序时88%；自估63%，序时88%."""
        measure = self.entry.measure
        if measure is not None:
            said = f"{measure.numerator:g}/{measure.denominator:g}（{self.reported:.0f}%）"
        else:
            said = f"自估{self.reported:.0f}%"
        due = "无时限" if self.expected is None else f"序时{self.expected:.0f}%"
        return f"{said}，{due}" + ("，滞后" if self.status.pace is Pace.BEHIND else "")


def reported_progress(report: Report) -> Figure | Prose:
    """Open tasks with a figure: counted targets solid, estimates hatched (shown, not judged), the share
    of time gone on the day the figure stands for as an upright stroke. A sentence where nobody gave one.
    """
    rows = _rows(report)
    if not rows:
        return Prose(markdown="本季在办任务没有报送可量化的进度。")
    shown, rest = rows[:_ROWS], len(rows) - _ROWS
    note = f"其余{rest}项从略。" if rest > 0 else ""
    bottom = _HEAD_MM + len(shown) * _ROW_MM
    canvas = Canvas(theme.TYPE_WIDTH_MM, bottom + 0.8 + LEGEND_MM)
    _draw(canvas, shown)
    _write_legend(canvas, shown, top=bottom + 0.8, note=note)
    return Figure(
        name="reported_progress",
        caption=caption(report, "reported_progress", "在办任务报送进度与序时进度"),
        alt="；".join(f"任务{row.status.task_no}：{row.words}" for row in shown) + "。" + note,
        data=tuple(_record(row) for row in shown),
        width_mm=canvas.width_mm,
        height_mm=canvas.height_mm,
        svg=canvas.svg(),
    )


def _rows(report: Report) -> list[_Row]:
    """Counted targets first, then estimates, each in the register's order."""
    found = []
    for status in told_progress(report):
        entry, percent = status.entry, status.percent_complete
        if entry is not None and percent is not None:
            title = _short(short_title(report.task(status.task_no).title))
            found.append(_Row(status, entry, title, min(100.0, percent), _expected(report, status, entry)))
    return sorted(found, key=lambda row: not row.is_measured)


def _short(title: str) -> str:
    return title if len(title) <= _LETTERS else title[: _LETTERS - 1].rstrip("“（、和") + "…"


def _expected(report: Report, status: Assessment, entry: ProgressEntry) -> float | None:
    """None where the task has no fixed date after the notice, or too short a window to compare with."""
    period, due = report.scope.period, status.effective_due
    if not status.is_fixed or due is None or (due - period.issued_on).days < report.scope.policy.days_measured_window:
        return None
    return expected_percent(period, due, min(entry.filed_on, period.submission_due))


def _draw(canvas: Canvas, rows: list[_Row]) -> None:
    scale = (canvas.width_mm - _STUB_MM - _WORDS_MM) / 100
    bottom = _HEAD_MM + len(rows) * _ROW_MM
    grid = [_STUB_MM + percent * scale for percent in (0, 50, 100)]
    canvas.rules([((x, _HEAD_MM - 0.6), (x, bottom)) for x in grid], colour=theme.LIGHT)
    for x, words in zip(grid, ("0", "50%", "100%"), strict=True):
        canvas.write((x, _HEAD_MM / 2 - 0.3), words, align="center", colour="#555555")
    bars: dict[tuple[str, str], list[Box]] = {}
    strokes = []
    for number, row in enumerate(rows):
        y = _HEAD_MM + (number + 0.5) * _ROW_MM
        canvas.write((_NUMBER_MM, y), str(row.status.task_no), align="right")
        canvas.write((_NUMBER_MM + 2, y), row.title)
        canvas.write((canvas.width_mm - _WORDS_MM + 2.5, y), row.words)
        bars.setdefault(row.fill, []).append((_STUB_MM, y - _BAR_MM / 2, row.reported * scale, _BAR_MM))
        if row.expected is not None:
            x = _STUB_MM + row.expected * scale
            strokes.append(((x, y - _ROW_MM / 2 + 0.1), (x, y + _ROW_MM / 2 - 0.1)))
    for fill, found in bars.items():
        if any(width for _, _, width, _ in found):
            _fill(canvas, fill, found)
    if strokes:
        canvas.strokes(strokes)


def _fill(canvas: Canvas, fill: tuple[str, str], found: list[Box]) -> None:
    edge = "#6b6b6b" if fill == _ESTIMATED else theme.INK
    canvas.fill(boxes(found), colour=fill[0], hatch=fill[1], edge=edge)


def _write_legend(canvas: Canvas, rows: list[_Row], *, top: float, note: str) -> None:
    fills = {row.fill for row in rows}
    parts = [
        (fill, words)
        for fill, words in (
            (_MEASURED, "按计数目标"),
            (_BEHIND, "按计数目标，滞后"),
            (_ESTIMATED, "单位自估，不作评判"),
        )
        if fill in fills
    ]
    x, y = 8.0, top + LEGEND_MM / 2
    for fill, words in parts:
        _fill(canvas, fill, [(x, y - 1.2, 5, 2.4)])
        canvas.write((x + 6, y), words)
        x += 10 + width_mm_of(words)
    if any(row.expected is not None for row in rows):
        canvas.strokes([((x + 1, y - 1.7), (x + 1, y + 1.7))])
        words = "序时进度（填报日已过时间占比）"
        canvas.write((x + 3, y), words)
        x += 7 + width_mm_of(words)
    if note:
        canvas.write((x, y), note)


def _record(row: _Row) -> dict[str, Value]:
    measure = row.entry.measure
    return {
        "task_no": row.status.task_no,
        "numerator": measure.numerator if measure is not None else None,
        "denominator": measure.denominator if measure is not None else None,
        "reported_percent": round(row.reported, 1),
        "expected_percent": None if row.expected is None else round(row.expected, 1),
        "basis": "计数" if row.is_measured else "自估",
    }
