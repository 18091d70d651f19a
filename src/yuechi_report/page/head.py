"""The head of a page: title, office, period, marks and check codes; emitted by the context call."""

from datetime import date
from html import escape
from typing import ClassVar, Literal

from pydantic import model_validator

from yuechi_report.page.model import Frozen, Shown


class CheckCode(Frozen):
    """A short hash printed in the footer, so that a page can be traced to its data."""

    label: str
    value: str


class Faces(Frozen):
    """Faces of the machine that the PDF is set in, by family name; empty means the shipped ones."""

    title: str = ""
    body: str = ""
    heading: str = ""
    second: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The families asked for, each once."""
        wanted = (self.title, self.body, self.heading, self.second)
        return tuple(dict.fromkeys(family for family in wanted if family))


class Head(Shown):
    """Everything around the body.

    `red_head` (发文机关标志) and `number` (发文字号) make the page an official document; a page with any
    mark, or a draft, has neither. `secrecy` (密级和保密期限) is printed above the title, `addressee` below it.

    `marks` are printed at the top of every page (示例数据…, 追溯件，非印发件); `draft` in every footer
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
    red_head: str = ""
    number: str = ""
    secrecy: str = ""
    addressee: str = ""
    faces: Faces = Faces()

    @model_validator(mode="after")
    def _only_the_signed_is_official(self) -> "Head":
        if (self.red_head or self.number) and (self.draft or self.marks):
            raise ValueError("示例数据、追溯件或未签发的文稿不得印发文机关标志和发文字号")
        return self

    def to_html(self) -> str:
        """Marks, title and byline."""
        marks = "".join(f"<p><strong>{escape(mark)}</strong></p>" for mark in self.marks)
        title = "<br>".join(escape(line) for line in self.title)
        above = "".join(f"<p>{escape(line)}</p>" for line in (self.secrecy, self.red_head, self.number) if line)
        addressee = f"<p>{escape(self.addressee)}：</p>" if self.addressee else ""
        return f"{marks}{above}<h1>{title}</h1><p>{escape(self.byline)}</p>{addressee}"
