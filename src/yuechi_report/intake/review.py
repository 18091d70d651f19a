"""Rules across quarters: what a unit says now beside what it said last; warnings, never faults."""

from yuechi_report.domain.progress import ProgressEntry, Reported
from yuechi_report.intake.row import Context, RowReader
from yuechi_report.page.labels import label, quarter_label


def review(row: RowReader, entry: ProgressEntry, context: Context) -> None:
    """Compare an entry with the last accepted one of the same unit, task and role."""
    before = last_before(entry, context)
    if before is None:
        return
    _falling(row, entry, before)
    if before.reported is Reported.DECLARED_COMPLETE and entry.reported is not Reported.DECLARED_COMPLETE:
        row.warn(
            "reported",
            f"{quarter_label(before.quarter)}自报已完成，本次却是“{label(entry.reported) if entry.reported else ''}”",
            "请在进展情况中说明原因",
        )
    if entry.progress.strip() and entry.progress.strip() == before.progress.strip() and before.quarter < entry.quarter:
        row.propose(
            "progress",
            f"进展情况与{quarter_label(before.quarter)}所报完全相同",
            "由受理单位核实后决定；未经决定不在报告中出现",
        )


def last_before(entry: ProgressEntry, context: Context) -> ProgressEntry | None:
    """The last accepted entry of that unit for that task, up to this quarter."""
    earlier = [
        one
        for one in context.history.entries
        if (one.unit, one.task_no, one.role) == (entry.unit, entry.task_no, entry.role) and one.quarter <= entry.quarter
    ]
    return earlier[-1] if earlier else None


def _falling(row: RowReader, entry: ProgressEntry, before: ProgressEntry) -> None:
    if entry.percent is not None and before.percent is not None and entry.percent < before.percent:
        problem = f"完成比例{entry.percent:g}%低于上次所报的{before.percent:g}%（{quarter_label(before.quarter)}）"
        row.warn("percent", problem, "请核对；确有回落的请在存在问题中说明")
    if entry.measure is None or before.measure is None:
        return
    same = entry.measure.denominator == before.measure.denominator
    if same and entry.measure.numerator < before.measure.numerator:
        problem = f"完成数{entry.measured}低于上次所报的{before.measured}（{quarter_label(before.quarter)}）"
        row.warn("percent", problem, "请核对；确有回落的请在存在问题中说明")
