"""The base of the typed JSON records: frozen, unknown keys refused, shown by Jupyter as a bundle."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A frozen record; extra keys are an error, so that a page never drops what it was given."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _with_origin(schema: dict[str, Any]) -> None:
    """`made_from` is written where there is one, though no dump of the model has it."""
    schema["properties"]["made_from"] = {"type": "string"}


class ReportPart(Frozen):
    """What a report is put together from. `made_from` is that report's key, empty where no report made it; it is
    where a part comes from, not what it says: equal parts of two reports are equal.
    """

    model_config = ConfigDict(json_schema_extra=_with_origin)

    made_from: str = Field(default="", exclude=True)

    def __eq__(self, other: object) -> bool:
        same = other.model_copy(update={"made_from": self.made_from}) if isinstance(other, ReportPart) else other
        return super().__eq__(same)

    def __hash__(self) -> int:
        return hash((type(self), self.model_dump_json()))

    @property
    def origin(self) -> dict[str, str]:
        """What the part's JSON says of it."""
        return {"made_from": self.made_from} if self.made_from else {}


class Shown(ReportPart):
    """A record that a notebook shows; `mime` names its JSON in the output."""

    mime: ClassVar[str]

    def to_html(self) -> str:
        """The plain HTML that JupyterLab shows; every string in it is escaped."""
        raise NotImplementedError

    def bundle(self) -> dict[str, Any]:
        """The output's MIME bundle: our JSON, and HTML for readers without our exporters."""
        return {self.mime: self.model_dump(mode="json") | self.origin, "text/html": self.to_html()}

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """The bundle; a console gets the record's kind, for its whole content would be stored a second time."""
        return self.bundle() | {"text/plain": f"<{type(self).__name__}>"}
