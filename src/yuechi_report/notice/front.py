"""What stands before the list: the notice's day, the list's title, and the year both stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yuechi_report.notice.document import Atom, Document, Line
from yuechi_report.notice.findings import Finding, Severity
from yuechi_report.notice.numerals import printed_day, years_in

_TITLE = re.compile("(?:通知|清单|方案|意见|分解表?|台账|计划|安排|目录|任务书|要点)(?:[(].*[)])?$")
_TITLE_MAX = 90
_BEFORE_TITLE = re.compile("附件[0-9一二三四五六七八九十]*[:]?|\\(此件.*\\)")


@dataclass(frozen=True, slots=True)
class Front:
    """The list's title, its wrapped lines joined, and the last day printed before the list, if any."""

    title: str
    notice_date: date | None


@dataclass(frozen=True, slots=True)
class BaseYear:
    """The year of deadlines that are printed without one; None where nothing settles it."""

    year: int | None
    differs: bool
    findings: tuple[Finding, ...]


def read_front(
    lines: Sequence[Line | Atom], behind: Sequence[Line | Atom] = (), *, titles: Sequence[str] = ()
) -> Front:
    """The front of a notice from the lines before its list; a day that only stands behind the list counts too.

    `titles` are those the reading found; one is taken where what is printed before the list is no title.
    """
    solid = [line for line in lines if not line.blank]
    days = [printed_day(line.text) for line in solid]
    starts = [
        index + 1
        for index, (line, day) in enumerate(zip(solid, days, strict=True))
        if day is not None or _BEFORE_TITLE.fullmatch(line.bare)
    ]
    rest = solid[max(starts, default=0) :]
    title = "".join(line.text.strip() for line in rest)
    if titles and (len(title) > _TITLE_MAX or not title):
        title = titles[0]
    elif len(title) > _TITLE_MAX:
        title = next((line.text.strip() for line in rest if _TITLE.search(line.bare)), "")
    before = next((day for day in reversed(days) if day is not None), None)
    later = next((day for line in behind if (day := printed_day(line.text)) is not None), None)
    return Front(title, before or later)


def base_year(front: Front, issued_on: date | None, document: Document, *, list_title: str = "") -> BaseYear:
    """The year in the list's title, else the issue date's; if they differ the title wins (docs/architecture.md)."""
    years = years_in(list_title) or years_in(front.title)
    issued = issued_on.year if issued_on else None
    if not years:
        return BaseYear(issued, False, ())
    if len(years) > 1:
        listed = "、".join(map(str, years))
        text = f"清单标题中有多个年份（{listed}），没有写年份的时限须人工确认"
        return BaseYear(None, False, (Finding(Severity.WARNING, "title_years", document.place(), text),))
    if issued in (None, years[0]):
        return BaseYear(years[0], False, ())
    text = f"清单标题的年份{years[0]}与印发日期的年份{issued}不同，没有写年份的时限按标题的年份算"
    return BaseYear(years[0], True, (Finding(Severity.WARNING, "base_year_differs", document.place(), text),))
