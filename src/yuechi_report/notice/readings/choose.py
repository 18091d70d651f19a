"""Which reading a document has: the one that explains most of it; a close second is a doubt."""

from collections.abc import Callable
from dataclasses import replace

from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Severity
from yuechi_report.notice.readings.grid.tables import read_grid
from yuechi_report.notice.readings.item import Doubt, Reading
from yuechi_report.notice.readings.lines.flat import read_flat
from yuechi_report.notice.readings.outline.paragraphs import read_paragraphs
from yuechi_report.notice.readings.refusals import refuse, refuse_what_is_no_list

_READERS: tuple[Callable[[Document], Reading | None], ...] = (read_grid, read_flat, read_paragraphs)
_CLOSE = 0.8
_NAMES = {
    "grid": "表格",
    "flat_table": "一格一行的表格",
    "labelled": "分行写明单位的条目",
    "bracketed": "括号写明单位的条目",
}


def recognise(document: Document) -> Reading:
    """The best reading; InputRefused, saying what the text is, where it is no list or none that can be read."""
    found = [reading for read in _READERS if (reading := read(document)) is not None]
    refuse_what_is_no_list(document, found)
    lists = sorted((reading for reading in found if reading.items), key=Reading.worth, reverse=True)
    if not lists:
        refuse(document, found)
    best = lists[0]
    if len(lists) > 1 and lists[1].worth() > _CLOSE * best.worth():
        text = f"这份清单还可以按“{_NAMES[lists[1].layout]}”来读，得出{len(lists[1].items)}项，请对照原文确认"
        doubt = Doubt(Severity.ERROR, "reading_close", best.items[0].atoms[0], text)
        return replace(best, doubts=(*best.doubts, doubt))
    return best
