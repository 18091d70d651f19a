"""Units × quarters: every task's sign in each quarter, one row a filling unit."""

from yuechi_report.domain.assessment import Assessment
from yuechi_report.page import theme
from yuechi_report.page.figure import Figure
from yuechi_report.page.headlines import SIGN_WORDS, sign_kind
from yuechi_report.page.labels import label, quarter_label
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.figures.canvas import Canvas
from yuechi_report.report.figures.captions import caption
from yuechi_report.report.figures.rules import HEAD_MM, LINE_MM, Grid, fitting
from yuechi_report.report.figures.signs import INKS, LEGEND_MM, signs_of, write_sign_legend
from yuechi_report.report.provenance import from_report
from yuechi_report.report.words.sentences import counted_list

_WATCHED = ("attention", "warning", "overdue")


@from_report
def unit_matrix(report: Report) -> Figure | Prose:
    """Each filling unit's tasks in this quarter and as many before, up to three, as fit a page; else a sentence."""
    grid = fitting(report)
    if grid is None:
        return Prose(markdown="任务和单位较多，各单位逐季状态不绘图，见附件1。")
    canvas = Canvas(theme.TYPE_WIDTH_MM, grid.height_mm + LEGEND_MM)
    _draw(canvas, report, grid)
    kinds = {sign_kind(status.headline) for _, judged in grid.quarters for status in judged}
    write_sign_legend(canvas, report, kinds, top=grid.height_mm)
    return Figure(
        name="unit_matrix",
        caption=caption(report, "unit_matrix", "各单位牵头任务逐季状态（数字为任务序号）"),
        alt=_alt(report, grid),
        data=_records(report, grid),
        width_mm=canvas.width_mm,
        height_mm=canvas.height_mm,
        svg=canvas.svg(),
    )


def _draw(canvas: Canvas, report: Report, grid: Grid) -> None:
    left = [grid.stub_mm + number * grid.column_mm for number in range(len(grid.quarters))]
    for x, (quarter, _) in zip(left, grid.quarters, strict=True):
        canvas.write((x + 1, HEAD_MM / 2), quarter_label(quarter))
    tops, top = [], HEAD_MM
    for unit in grid.units:
        tops.append(top)
        canvas.write((1, top + 0.25 + LINE_MM / 2), report.short_unit(unit))
        for x, (_, judged) in zip(left, grid.quarters, strict=True):
            _draw_cells(canvas, report, grid, (unit, {status.task_no: status for status in judged}, x, top + 0.25))
        top += grid.row_mm(unit)
    canvas.rules([((0, y), (canvas.width_mm, y)) for y in tops[1:]], colour=theme.LIGHT, width_pt=0.4)
    canvas.rules([((x, 0), (x, top)) for x in left], colour=theme.LIGHT, width_pt=0.4)
    canvas.rules([((0, y), (canvas.width_mm, y)) for y in (HEAD_MM, top)], width_pt=0.7)


def _draw_cells(
    canvas: Canvas, report: Report, grid: Grid, row: tuple[str, dict[int, Assessment], float, float]
) -> None:
    unit, judged, left, top = row
    signs = signs_of(report)
    for index, number in enumerate(grid.units[unit]):
        if number in judged:
            kind = sign_kind(judged[number].headline)
            across, line = grid.place(unit, index)
            canvas.write((left + across, top + (line + 0.5) * LINE_MM), f"{signs[kind]}{number}", colour=INKS[kind])


def _records(report: Report, grid: Grid) -> tuple[dict[str, Value], ...]:
    return tuple(
        {
            "unit": report.short_unit(unit),
            "quarter": str(quarter),
            "task_no": status.task_no,
            "headline": label(status.headline),
            "state": SIGN_WORDS[sign_kind(status.headline)],
        }
        for unit, numbers in grid.units.items()
        for quarter, judged in grid.quarters
        for status in judged
        if status.task_no in numbers
    )


def _alt(report: Report, grid: Grid) -> str:
    """By quarter the numbers of each kind; by unit what is not in order this quarter."""
    quarters = [f"{quarter_label(quarter)}{_counted(judged)}" for quarter, judged in grid.quarters]
    now = {status.task_no: status for status in report.assessments}
    units = []
    for unit, numbers in grid.units.items():
        headlines = [(number, now[number].headline) for number in numbers]
        watched = [
            f"任务{number}{label(headline)}" for number, headline in headlines if sign_kind(headline) in _WATCHED
        ]
        if watched:
            units.append(f"{report.short_unit(unit)}{'、'.join(watched)}")
    return f"{'；'.join(quarters)}。本季{'；'.join(units) or '没有须跟进或逾期的任务'}。"


def _counted(judged: tuple[Assessment, ...]) -> str:
    kinds = [sign_kind(status.headline) for status in judged]
    return counted_list([(word, kinds.count(kind)) for kind, word in SIGN_WORDS.items() if kind in kinds])
