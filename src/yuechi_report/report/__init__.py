"""Floor 3, the report wing: what notebooks import. A notebook's first call is `load_report`."""

from yuechi_report.report import datasets, figures, listings, method, narrative, tables, unit_pages
from yuechi_report.report.context import Report, load_report

__all__ = ["Report", "datasets", "figures", "listings", "load_report", "method", "narrative", "tables", "unit_pages"]
