"""What tables count: the tasks by category and by the unit that fills in, and the rows whose content was purged."""

from yuechi_report.domain.assessment import Assessment, Discipline
from yuechi_report.report.context import Report


def is_purged(status: Assessment) -> bool:
    """Whether a row was owed and came, and its content was purged (清除): that it came stays a fact."""
    return status.content_purged and status.discipline is not Discipline.EXEMPT


def by_category(report: Report) -> list[tuple[str, list[Assessment]]]:
    """The categories in the notice's order, each with its tasks."""
    found: dict[tuple[int, str], list[Assessment]] = {}
    for status in report.assessments:
        task = report.task(status.task_no)
        found.setdefault((task.category_number, task.category), []).append(status)
    return [(name, found[number, name]) for number, name in sorted(found)]


def by_filling_unit(report: Report) -> dict[str, list[Assessment]]:
    """Every unit that fills in on the day judged, with its tasks; a shared task counts with its first lead unit."""
    found: dict[str, list[Assessment]] = {}
    for status in report.assessments:
        found.setdefault(status.filling_unit, []).append(status)
    return found
