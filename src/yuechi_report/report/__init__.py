"""Floor 3, the report wing: what notebooks import. A notebook's first call is `load_report` or `load_sheet`."""

from yuechi_report.report import (
    early_warning,
    figures,
    listings,
    method,
    narrative,
    promises,
    sheet_page,
    tables,
    unit_pages,
    unit_requests,
)
from yuechi_report.report.context import Report, load_report
from yuechi_report.report.sheet import Sheet, load_sheet

__all__ = [
    "Report",
    "Sheet",
    "early_warning",
    "figures",
    "listings",
    "load_report",
    "load_sheet",
    "method",
    "narrative",
    "promises",
    "sheet_page",
    "tables",
    "unit_pages",
    "unit_requests",
]
