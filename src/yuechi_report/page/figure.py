"""A figure as typed JSON: the drawn data and the alternative text, next to its SVG."""

from html import escape
from typing import Any, ClassVar, Literal

from pydantic import Field

from yuechi_report.page.model import Shown
from yuechi_report.page.table import Value


class Figure(Shown):
    """A drawing with what it says in words and the data it was drawn from.

    `data` has one record a mark drawn; `alt` carries the numbers for readers who cannot see it.
    The SVG travels as its own MIME entry, so `svg` is left out of the JSON.
    """

    mime: ClassVar[str] = "application/vnd.yuechi.figure+json"

    schema_version: Literal[1] = 1
    name: str
    caption: str
    alt: str
    data: tuple[dict[str, Value], ...] = ()
    width_mm: float
    height_mm: float
    svg: str = Field(default="", exclude=True)

    def to_html(self) -> str:
        """The words alone; Jupyter shows the SVG itself."""
        return f"<p>{escape(self.caption)}：{escape(self.alt)}</p>"

    def bundle(self) -> dict[str, Any]:
        """Our JSON and the SVG."""
        return {self.mime: self.model_dump(mode="json") | self.origin, "image/svg+xml": self.svg}
