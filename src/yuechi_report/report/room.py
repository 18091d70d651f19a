"""What the body has room for: in a crowded quarter its long tables tell the exceptions, the register annex the rest.

The body keeps six pages (domain.md §7). A quarter is crowded where page one cannot list all overdue tasks
or twice its matters; a table is long where it has more rows than a page holds.
"""

from collections.abc import Sequence

from yuechi_report.domain.assessment import Assessment
from yuechi_report.page.signs import SETTLED
from yuechi_report.report.annexes import REGISTER, annex_number
from yuechi_report.report.context import Report
from yuechi_report.report.crowd import is_crowded
from yuechi_report.report.groups import NORMAL

ROWS = 16
_LONGEST = 30


def first_rows(report: Report, found: Sequence[Assessment]) -> tuple[Sequence[Assessment], tuple[str, ...]]:
    """The tasks a table lists, at most `ROWS`, and the note that says where the others are."""
    rest = len(found) - ROWS
    if rest <= 0:
        return found, ()
    return found[:ROWS], (f"另有{rest}项见附件{annex_number(report, REGISTER)}。",)


def ongoing_rows(report: Report, found: Sequence[Assessment]) -> tuple[Sequence[Assessment], tuple[str, ...]]:
    """All ongoing tasks; only those not in order where the quarter is crowded or the list long."""
    if len(found) <= _LONGEST and not is_crowded(report):
        return found, ()
    shown = [one for one in found if one.headline not in (*NORMAL, *SETTLED)][:_LONGEST]
    rest = len(found) - len(shown)
    return shown, (f"另有{rest}项见附件{annex_number(report, REGISTER)}。",) if rest else ()
