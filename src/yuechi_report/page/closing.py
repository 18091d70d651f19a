"""What is printed below an official document's text: its annexes by name, who signs, and the day."""

from datetime import date
from html import escape
from typing import ClassVar, Literal

from yuechi_report.page.labels import date_label
from yuechi_report.page.model import Shown

UNSIGNED_DAY = "　　年　　月　　日"


class Closing(Shown):
    """附件说明, 署名 and 成文日期 (GB/T 9704-2012, 7.3.4 and 7.3.5). Without a day, room is left to write it."""

    mime: ClassVar[str] = "application/vnd.yuechi.closing+json"

    schema_version: Literal[1] = 1
    attachments: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    signed_on: date | None = None

    @property
    def attachment_lines(self) -> tuple[str, ...]:
        """附件：甲; several are numbered 1. 2. …, and only the first line bears the word."""
        if len(self.attachments) < 2:
            return tuple(f"附件：{title}" for title in self.attachments)
        numbered = [f"{number}.{title}" for number, title in enumerate(self.attachments, 1)]
        return (f"附件：{numbered[0]}", *(f"　　　{line}" for line in numbered[1:]))

    @property
    def signature_lines(self) -> tuple[str, ...]:
        """Who signs, then the day; nothing where nobody signs."""
        if not self.signatories:
            return ()
        return (*self.signatories, date_label(self.signed_on) if self.signed_on else UNSIGNED_DAY)

    def to_html(self) -> str:
        """One line a paragraph."""
        return "".join(f"<p>{escape(line)}</p>" for line in (*self.attachment_lines, *self.signature_lines))
