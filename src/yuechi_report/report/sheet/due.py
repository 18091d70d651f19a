"""Which matters call for a 督办单, 商请函 or 转告单, to whom, and on what ground (docs/assumptions.md §8)."""

from yuechi_report.domain.assessment import Assessment, CauseKind, Discipline, Headline, Suffix
from yuechi_report.domain.register import Task
from yuechi_report.domain.unit import DocumentKind, Ground, SheetMatter
from yuechi_report.page.headlines import ROW_OF
from yuechi_report.report.context import Report
from yuechi_report.report.past import idle_twice

_GROUNDS = {
    CauseKind.REOPENED: Ground.REOPENED,
    CauseKind.RETURNED: Ground.RETURNED,
    CauseKind.NO_EVIDENCE: Ground.NO_EVIDENCE,
    CauseKind.BLOCK_LAPSED: Ground.BLOCK_LAPSED,
    CauseKind.BLOCK_UNDECIDED: Ground.BLOCK_NOT_RECOGNISED,
    CauseKind.BLOCK_REFUSED: Ground.BLOCK_NOT_RECOGNISED,
}
"""On which ground an overdue task's unit is written to, by the newest cause that has one."""


def sheets_due(report: Report) -> tuple[SheetMatter, ...]:
    """The sheets to be sent with this report, in the register's order: one a task in trouble to the unit that
    fills in, and one to each collective that is told through its liaison.
    """
    found: dict[tuple[int, str], SheetMatter] = {}
    for status in report.assessments:
        task, ground = report.task(status.task_no), ground_of(report, status)
        if ground is not None:
            told = [_matter(report, task, name, Ground.FORWARDED) for name in task.units if _is_told(report, name)]
            for matter in (_matter(report, task, task.filling_unit, ground), *told):
                found.setdefault((matter.task_no, matter.unit), matter)
    return tuple(found.values())


def matter_of(report: Report, task: Task, unit: str) -> SheetMatter:
    """The matter of one task and one of its units, on the ground of the rules or because the office names it."""
    due = next((matter for matter in sheets_due(report) if (matter.task_no, matter.unit) == (task.number, unit)), None)
    return due or _matter(report, task, unit, Ground.FORWARDED if _is_told(report, unit) else Ground.NAMED)


def ground_of(report: Report, status: Assessment) -> Ground | None:
    """Why the filling unit gets a sheet about this task; None where it gets none."""
    if ROW_OF[status.headline].held:
        return None
    if status.headline is Headline.OVERDUE:
        return _overdue_ground(status)
    if status.headline is Headline.NOT_REPORTED:
        return Ground.NOT_REPORTED if status.discipline is Discipline.NOT_REPORTED else None
    if report.standing(status.task_no).reopened is not None:
        return Ground.REOPENED
    if _block_lapsed(report, status):
        return Ground.BLOCK_LAPSED
    if status.task_no in idle_twice(report):
        return Ground.IDLE
    return Ground.INTERRUPTED if status.headline is Headline.INTERRUPTED else None


def _overdue_ground(status: Assessment) -> Ground:
    grounds = [_GROUNDS[cause.kind] for cause in status.reason.causes if cause.kind in _GROUNDS]
    is_claimed = Suffix.BLOCK_NOT_RECOGNISED in status.suffixes
    return next((one for one in grounds if one is not Ground.BLOCK_NOT_RECOGNISED or is_claimed), Ground.OVERDUE)


def _block_lapsed(report: Report, status: Assessment) -> bool:
    block = report.standing(status.task_no).block
    return block is not None and block.review_on is not None and block.review_on < report.as_of


def _is_told(report: Report, name: str) -> bool:
    """Whether a unit hears of a task through its liaison; without a known one there is nobody to tell it."""
    unit = report.unit_named(name)
    return unit.document is DocumentKind.FORWARDED and report.scope.units.find(unit.liaison) is not None


def _matter(report: Report, task: Task, name: str, ground: Ground) -> SheetMatter:
    unit = report.unit_named(name)
    return SheetMatter(
        task_no=task.number,
        unit=unit.name,
        document=unit.document,
        ground=ground,
        slug=f"sheet-{task.number}-{unit.slug}",
    )
