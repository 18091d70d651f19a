"""The report of one unit: what is asked of it, what it promised, what it leads and helps with.

A notebook imports this room under a name of its own, for `unit` is its parameter.
"""

from yuechi_report.report.unit.asked import requests
from yuechi_report.report.unit.outline import heading
from yuechi_report.report.unit.pages import helped, kept_promises, led, overview

__all__ = ["heading", "helped", "kept_promises", "led", "overview", "requests"]
