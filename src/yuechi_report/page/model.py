"""The base of the typed JSON records: frozen, unknown keys refused, shown by Jupyter as a bundle."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A frozen record; extra keys are an error, so that a page never drops what it was given."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Shown(Frozen):
    """A record that a notebook shows; `mime` names its JSON in the output."""

    mime: ClassVar[str]

    def to_html(self) -> str:
        """The plain HTML that JupyterLab shows; every string in it is escaped."""
        raise NotImplementedError

    def bundle(self) -> dict[str, Any]:
        """The output's MIME bundle: our JSON, and HTML for readers without our exporters."""
        return {self.mime: self.model_dump(mode="json"), "text/html": self.to_html()}

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """The bundle; a console gets the record's kind, for its whole content would be stored a second time."""
        return self.bundle() | {"text/plain": f"<{type(self).__name__}>"}
