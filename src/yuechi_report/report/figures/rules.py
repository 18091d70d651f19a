"""The grid of the unit matrix: which quarters and units it shows, and where each task stands."""

from dataclasses import dataclass
from math import ceil

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.quarter import Quarter
from yuechi_report.page import theme
from yuechi_report.report.context import Report
from yuechi_report.report.figures.canvas import width_mm_of

HEAD_MM = 4.6
LINE_MM = 3.7
_QUARTERS = 4
_CELL_MM, _WIDE_CELL_MM = 6.0, 7.2
_TALLEST_MM = 205.0


@dataclass(frozen=True, slots=True)
class Grid:
    """What is drawn: quarters left to right, units top to bottom, the cells each line of a row holds."""

    quarters: tuple[tuple[Quarter, tuple[Assessment, ...]], ...]
    units: dict[str, tuple[int, ...]]
    stub_mm: float

    @property
    def column_mm(self) -> float:
        """Width of one quarter's column."""
        return (theme.TYPE_WIDTH_MM - self.stub_mm) / len(self.quarters)

    def lines(self, unit: str) -> int:
        """Lines the unit's row takes."""
        return ceil(len(self.units[unit]) / max(1, int((self.column_mm - 2) / self._cell_mm)))

    @property
    def _cell_mm(self) -> float:
        """Wider than needed where every unit's tasks still fit on one line."""
        widest = max(len(str(number)) for numbers in self.units.values() for number in numbers)
        most = max(len(numbers) for numbers in self.units.values())
        least = _CELL_MM + 1.4 * max(0, widest - 2)
        return max(least, min(_WIDE_CELL_MM, (self.column_mm - 2) / most))

    def place(self, unit: str, index: int) -> tuple[float, int]:
        """Where the unit's n-th task stands: mm from the column's left edge, and line; lines equally full."""
        a_line = ceil(len(self.units[unit]) / self.lines(unit))
        line, cell = divmod(index, a_line)
        return 1 + cell * self._cell_mm, line

    @property
    def height_mm(self) -> float:
        """Height of head and rows."""
        return HEAD_MM + sum(self.row_mm(unit) for unit in self.units)

    def row_mm(self, unit: str) -> float:
        """Height of the unit's row."""
        return self.lines(unit) * LINE_MM + 0.5


def fitting(report: Report) -> Grid | None:
    """The grid with as many quarters, at most four, as fit a page; None where not even one does."""
    quarters = [(past.quarter, past.assessments) for past in report.past]
    quarters = [*quarters, (report.scope.period.quarter, report.assessments)][-_QUARTERS:]
    units: dict[str, tuple[int, ...]] = {}
    for status in report.assessments:
        unit = status.filling_unit
        units[unit] = (*units.get(unit, ()), status.task_no)
    stub = min(34.0, max(width_mm_of(report.short_unit(unit)) for unit in units) + 2.5)
    grids = (Grid(tuple(quarters[start:]), units, stub) for start in range(len(quarters)))
    return next((grid for grid in grids if grid.height_mm <= _TALLEST_MM), None)
