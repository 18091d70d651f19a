"""Which list of a document is being read: its number, its title, and the headings open in it."""

from dataclasses import dataclass, field

from yuechi_report.notice.document import Atom
from yuechi_report.notice.readings.item import Use
from yuechi_report.notice.readings.places import (
    CategoryHeading,
    Headings,
    heading_of,
    is_annex,
    is_day,
    is_list_title,
    is_note,
    is_tail,
)


@dataclass(slots=True)
class Lists:
    """The lists so far; a new one needs an annex mark, a title or a header of its own."""

    number: int = 1
    title: str = ""
    headings: Headings = field(default_factory=Headings)
    _started: bool = False  # a header was seen in this list
    _titled: bool = False  # a title or annex mark was seen since
    _lines: list[str] = field(default_factory=list)

    @property
    def categories(self) -> tuple[str, ...]:
        """Every heading once, levels joined."""
        return tuple(dict.fromkeys(heading.name for heading in self.headings.seen))

    def paragraph(self, atom: Atom, *, before_list: bool) -> tuple[Use, str] | None:
        """What a paragraph outside tables is: a heading, the title of a new list, a note; None for others."""
        text = atom.text.strip()
        if is_annex(text):
            return self._new_title("", before_list=before_list)
        if is_day(text):
            self._lines.clear()
            return None
        heading = heading_of(text, atom.id)
        if heading is not None and not before_list:
            self.heading(heading)
            return Use.HEADING, heading.name
        if heading is not None:
            self.headings.enter(heading)
            return None
        if is_list_title(text):
            return self._new_title(text, before_list=before_list)
        if not before_list and (is_note(text) or is_tail(text)):
            return Use.IGNORED, "说明"
        self.title_line(text)
        return None

    def heading(self, heading: CategoryHeading) -> None:
        """A heading of this list."""
        self.headings.enter(heading)

    def title_line(self, text: str) -> None:
        """A line that may be part of the next list's title."""
        if is_list_title(text):
            self.title, self._titled = text.strip(), True

    def header(self, *, same: bool, numbers: int | None) -> None:
        """A header row: a new list where a title came before it, or where numbers begin again under another header."""
        if (self._started and (self._titled or not same) and (not same or numbers in (None, 1))) or (
            self._started and same and numbers == 1
        ):
            self.number += 1
        if not self._started:
            self.headings.open = [heading for heading in self.headings.open if heading.atom > 0]
        self._started, self._titled = True, False

    def _new_title(self, text: str, *, before_list: bool) -> tuple[Use, str] | None:
        self.title = text or self.title
        self._titled = True
        self.headings.clear()
        return None if before_list else (Use.HEADING, "list")
