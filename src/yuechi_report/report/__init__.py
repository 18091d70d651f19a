"""Floor 3, the report wing: what notebooks import. A notebook's first call is `load_report` or `load_sheet`.

Rooms are imported when they are named: `from yuechi_report.report import figures` loads matplotlib, `status` does not.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yuechi_report.report.context import Report, load_report
    from yuechi_report.report.sheet import Sheet, load_sheet

_HOMES = {"Report": "context", "load_report": "context", "Sheet": "sheet", "load_sheet": "sheet"}

__all__ = [
    "Report",
    "Sheet",
    "agenda",
    "annexes",
    "corrections",
    "datasets",
    "documents",
    "early_warning",
    "figures",
    "human_text",
    "listings",
    "load_report",
    "load_sheet",
    "method",
    "narrative",
    "office",
    "promises",
    "requirements",
    "sheet_page",
    "submissions",
    "tables",
    "unfinished",
    "unit_pages",
    "unit_requests",
]


def __getattr__(name: str) -> object:
    """A name of `__all__`, imported on first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name not in _HOMES:
        return import_module(f"{__name__}.{name}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
