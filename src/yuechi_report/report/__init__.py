"""Floor 3, the report wing: what notebooks import. A notebook's first call is `load_report`."""

from yuechi_report.report import (
    agenda,
    annexes,
    corrections,
    documents,
    figures,
    human_text,
    listings,
    method,
    narrative,
    office,
    requirements,
    submissions,
    tables,
    unfinished,
    unit_pages,
)
from yuechi_report.report.context import Report, load_report

__all__ = [
    "Report",
    "agenda",
    "annexes",
    "corrections",
    "documents",
    "figures",
    "human_text",
    "listings",
    "load_report",
    "method",
    "narrative",
    "office",
    "requirements",
    "submissions",
    "tables",
    "unfinished",
    "unit_pages",
]
