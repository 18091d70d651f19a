"""Floor 3, the report wing: what notebooks import. A notebook's first call is `load_report`."""

from yuechi_report.report import figures, listings, method, narrative, tables, unit_pages
from yuechi_report.report.context import Report, load_report

__all__ = ["Report", "figures", "listings", "load_report", "method", "narrative", "tables", "unit_pages"]
