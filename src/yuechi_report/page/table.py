"""A table as typed JSON: columns, cells with their values and what they unfold, caption and notes."""

from html import escape
from typing import ClassVar, Literal

from pydantic import model_validator

from yuechi_report.page.model import Frozen, Shown

Value = str | int | float | None


class Column(Frozen):
    """One column; `width` is a share of the table's width relative to the other columns."""

    key: str
    title: str
    align: Literal["left", "center", "right"] = "left"
    width: float = 1.0


class GroundLine(Frozen):
    """One ground: its kind (规则, 时限, 填报 …) and one line of plain text."""

    term: str
    text: str


class Detail(Frozen):
    """Why a cell says what it says. `subject` names it among the others of a page (任务27).

    Pages that can unfold show it next to the cell; paper leaves it out.
    """

    subject: str
    grounds: tuple[GroundLine, ...]

    def to_html(self) -> str:
        """A plain fold-out; every string in it is escaped."""
        items = "".join(f"<dt>{escape(ground.term)}</dt><dd>{escape(ground.text)}</dd>" for ground in self.grounds)
        return f"<details><summary>依据</summary><dl>{items}</dl></details>"


class Cell(Frozen):
    """What is read (`text`), what is counted (`value`, for data files), and how it is set.

    `note` is a footnote sign after the text (①); `sign` one of the policy's signs before it;
    `detail` what an HTML page can unfold next to it.
    """

    text: str
    value: Value = None
    strong: bool = False
    note: str = ""
    sign: str = ""
    detail: Detail | None = None

    @property
    def shown(self) -> str:
        """Sign, text and note as one string."""
        return f"{self.sign}{self.text}{self.note}"

    def to_html(self) -> str:
        """The cell's content, escaped, with its fold-out."""
        return escape(self.shown) + (self.detail.to_html() if self.detail is not None else "")


class Table(Shown):
    """Rows of cells under columns. Grain: one row is what `caption` counts.

    `compact` asks for small type and tight rows (page one, annexes). `header_column` marks the
    first column as the row's heading. `landscape` asks for a turned page.
    """

    mime: ClassVar[str] = "application/vnd.yuechi.table+json"

    schema_version: Literal[1] = 1
    name: str
    caption: str = ""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    empty_text: str = "无。"
    compact: bool = False
    header_column: bool = False
    landscape: bool = False

    @model_validator(mode="after")
    def _rows_fit_columns(self) -> "Table":
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells for {len(self.columns)} columns")
        return self

    def to_html(self) -> str:
        """A plain table; the lean page of the HTML exporter is made from the JSON instead."""
        if not self.rows:
            return f"<p>{escape(self.empty_text)}</p>"
        head = "".join(f"<th>{escape(column.title)}</th>" for column in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{cell.to_html()}</td>" for cell in row) + "</tr>" for row in self.rows)
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        notes = "".join(f"<p><small>{escape(note)}</small></p>" for note in self.notes)
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"
