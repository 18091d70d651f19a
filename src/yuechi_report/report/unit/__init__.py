"""The report of one unit: what is asked of it, what it promised, what it leads and helps with."""

from yuechi_report.report.unit.asked import requests
from yuechi_report.report.unit.outline import heading
from yuechi_report.report.unit.pages import helped, kept_promises, led, overview
