"""Floor 3, the report wing: what notebooks import. A notebook's first call is `load_report` or `load_sheet`.

Rooms are imported when they are named: `from yuechi_report.report import figures` loads matplotlib, `status` does not.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yuechi_report.report.context import Report, load_report
    from yuechi_report.report.sheet.sheet import Sheet, load_sheet

_HOMES = {"Report": "context", "load_report": "context", "Sheet": "sheet.sheet", "load_sheet": "sheet.sheet"}
_COUNTY = (
    "annexes",
    "footnotes",
    "leaders",
    "office",
    "page_one",
    "remarks",
    "revised",
    "submissions",
    "tallies",
    "tasks",
    "unfinished",
)
_MODULES = {
    **{name: f"county.{name}" for name in _COUNTY},
    "datasets": "datasets",
    "early_warning": "early_warning",
    "figures": "figures",
    "page": "sheet.page",
    "pages": "unit.pages",
    "requests": "unit.requests",
}

__all__ = ["Report", "Sheet", "load_report", "load_sheet"]


def __getattr__(name: str) -> object:
    """A name that notebooks import, loaded on first use (PEP 562)."""
    if name in _MODULES:
        return import_module(f"{__name__}.{_MODULES[name]}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
