"""A dataset as typed JSON: what a notebook hands to the data files next to a report; never on a page."""

from datetime import date
from html import escape
from typing import ClassVar, Literal

from pydantic import model_validator

from yuechi_report.page.model import Frozen, Shown
from yuechi_report.page.table import Value

CALENDAR_KEYS = ("on", "summary", "description", "uid")
Kind = Literal["text", "integer", "number", "date"]


class Field(Frozen):
    """One column: `key` for programs, `title` and `meaning` for readers; `width` in characters.

    Dates are ISO text in the JSON. A missing value is null, an empty text is empty. Fields that are not
    `printed` come last; they are in the files, but not on paper.
    """

    key: str
    title: str
    meaning: str = ""
    kind: Kind = "text"
    width: int = 10
    printed: bool = True


class Dataset(Shown):
    """Rows under typed fields. `grain` says what one row is.

    `csv_keys` are the fields that the CSV next to the report has, in its order; none means no CSV. A
    calendar's fields are CALENDAR_KEYS at least; it becomes an .ics file and no sheet.
    """

    mime: ClassVar[str] = "application/vnd.yuechi.data+json"

    schema_version: Literal[1] = 1
    name: str
    title: str
    use: Literal["sheet", "calendar"] = "sheet"
    grain: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    csv_keys: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _values_fit_fields(self) -> "Dataset":
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.fields):
                raise ValueError(f"row {number} has {len(row)} values for {len(self.fields)} fields")
            for field, value in zip(self.fields, row, strict=True):
                if not _fits(field.kind, value):
                    raise ValueError(f"row {number}: {value!r} is no {field.kind} for {field.key}")
        wanted = {*self.csv_keys, *(CALENDAR_KEYS if self.use == "calendar" else ())}
        if missing := wanted - {field.key for field in self.fields}:
            raise ValueError(f"fields are missing: {sorted(missing)}")
        return self

    def column(self, key: str) -> tuple[Value, ...]:
        """The values of one field, row by row; KeyError where there is none."""
        place = {field.key: place for place, field in enumerate(self.fields)}[key]
        return tuple(row[place] for row in self.rows)

    def to_html(self) -> str:
        """One line for the analyst; the rows are in the files."""
        return f"<p>数据：{escape(self.title)}，{len(self.rows)}行，{len(self.fields)}列（{escape(self.grain)}）</p>"


def _fits(kind: Kind, value: Value) -> bool:
    if value is None:
        return True
    if kind == "text":
        return isinstance(value, str)
    if kind == "date":
        return isinstance(value, str) and _is_day(value)
    return isinstance(value, int) if kind == "integer" else isinstance(value, int | float)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
