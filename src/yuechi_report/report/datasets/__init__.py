"""What a report hands to the data files beside it: the county's sheets, a unit's calendar."""

from yuechi_report.page.dataset import Dataset
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.datasets.changes import changes_data
from yuechi_report.report.datasets.deadlines import deadlines_data
from yuechi_report.report.datasets.status import status_data
from yuechi_report.report.datasets.submissions import submissions_data
from yuechi_report.report.datasets.units import units_data
from yuechi_report.report.provenance import from_report


@from_report
def county(report: Report) -> tuple[Dataset, ...]:
    """The four sheets of the county's workbook; none for the circular edition, whose readers are the units:
    what the office has not decided yet stays with it, and two equal files would be one too many.
    """
    if report.edition != LEADERS:
        return ()
    return (status_data(report), units_data(report), changes_data(report), submissions_data(report))


@from_report
def unit(report: Report) -> tuple[Dataset, ...]:
    """The unit's calendar, where anything lies ahead of it."""
    calendar = deadlines_data(report)
    return (calendar,) if calendar.rows else ()
