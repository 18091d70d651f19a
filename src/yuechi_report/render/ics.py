"""Dataset → calendar (RFC 5545): all-day events, CRLF, lines folded at 75 octets, no clock.

DTSTAMP is the day the status is judged: a calendar that subscribes again replaces older events by UID.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from yuechi_report.page.dataset import Dataset
from yuechi_report.page.head import Head

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def render_ics(head: Head, data: Dataset) -> bytes:
    """One calendar with an event a row; RFC 5545 wants at least one."""
    lines = (folded for line in _lines(head, data) for folded in _fold(line))
    return "".join(f"{line}\r\n" for line in lines).encode()


def _lines(head: Head, data: Dataset) -> Iterator[str]:
    title = "".join(head.title)
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//yuechi-report//deadlines//ZH", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(f'{title}时限')}")
    if head.marks:
        yield f"X-WR-CALDESC:{_escaped('；'.join(head.marks))}"
    keys = ("on", "summary", "description", "uid")
    for row in zip(*(data.column(key) for key in keys), strict=True):
        yield from _event(head.document_date, *map(str, row))
    yield "END:VCALENDAR"


def _event(stamp: date, on: str, summary: str, description: str, uid: str) -> Iterator[str]:
    day = date.fromisoformat(on)
    yield from ("BEGIN:VEVENT", f"UID:{_escaped(uid)}", f"DTSTAMP:{stamp:%Y%m%d}T000000Z")
    yield from (f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}")
    yield from (f"SUMMARY:{_escaped(summary)}", f"DESCRIPTION:{_escaped(description)}")
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _escaped(text: str) -> str:
    """TEXT of RFC 5545, section 3.3.11; control characters, which it forbids, are left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(char for char in plain if char in "\n\t" or not (char < " " or char == "\x7f")).translate(_ESCAPES)


def _fold(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; those after the first begin with a space, and no character is cut."""
    piece, room = "", _OCTETS
    for char in line:
        size = len(char.encode())
        if size > room:
            yield piece
            piece, room = " ", _OCTETS - 1
        piece += char
        room -= size
    yield piece
