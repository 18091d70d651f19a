"""The head of a page: title, office, period, marks and check codes; emitted by the context call."""

from datetime import date
from html import escape
from typing import ClassVar, Literal

from yuechi_report.page.model import Record, Shown


class CheckCode(Record):
    """A short hash printed in the footer, so that a page can be traced to its data."""

    label: str
    value: str


class Head(Shown):
    """Everything around the body.

    `marks` stand at the top of every page (示例数据…, 追溯件，非印发件); `draft` in every footer
    (送审稿第1稿（未签发）); `document_date` is the day the status is judged and the date in the PDF.
    `layout` chooses type size: `brief` for reports (12 pt), `letter` for single-page letters (16 pt).
    """

    mime: ClassVar[str] = "application/vnd.yuechi.head+json"

    schema_version: Literal[1] = 1
    title: tuple[str, ...]
    masthead: str
    classification: str = ""
    byline: str
    office: str
    notice_id: str
    quarter: str
    edition: str
    document_date: date
    marks: tuple[str, ...] = ()
    draft: str
    check_codes: tuple[CheckCode, ...] = ()
    layout: Literal["brief", "letter"] = "brief"
    language: Literal["zh-CN"] = "zh-CN"

    def to_html(self) -> str:
        """Marks, title and byline."""
        marks = "".join(f"<p><strong>{escape(mark)}</strong></p>" for mark in self.marks)
        title = "<br>".join(escape(line) for line in self.title)
        return f"{marks}<h1>{title}</h1><p>{escape(self.byline)}</p>"
