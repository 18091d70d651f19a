"""A unit report's parts: which of them this unit has, in order. A number is a place among them."""

from yuechi_report.page.prose import Prose
from yuechi_report.report.context import Report
from yuechi_report.report.unit.part import helped_by, led_by
from yuechi_report.report.unit.promises import wanted
from yuechi_report.report.words.sentences import numeral

PROMISES, LED, HELPED = "promises", "led", "helped"


def titles(report: Report) -> dict[str, str]:
    """The parts this report has, by their keys."""
    helped = "会签和配合任务" if report.unit.has_form else "转告事项"
    found = (
        ("requests", "请本单位办理", True),
        ("overview", "总体情况", True),
        (PROMISES, "上季承诺和本季进展", wanted(report)),
        (LED, "牵头任务", bool(led_by(report))),
        (HELPED, helped, bool(helped_by(report))),
    )
    return {key: title for key, title, is_there in found if is_there}


def heading(report: Report, key: str) -> Prose:
    """## 四、牵头任务."""
    return Prose(markdown=f"## {_ordinal(report, key)}、{titles(report)[key]}")


def part(report: Report, key: str) -> str:
    """第三部分, as a cell points to it."""
    return f"第{_ordinal(report, key)}部分"


def _ordinal(report: Report, key: str) -> str:
    return numeral(list(titles(report)).index(key) + 1)
