"""What a reviewer of a parsed notice must look at: one frozen finding each, with its place."""

from dataclasses import dataclass
from enum import StrEnum

from yuechi_report.errors import Place

_EXCERPT = 40


class Severity(StrEnum):
    """How much a finding asks of the reviewer."""

    ERROR = "error"  # must be settled before the register is used
    WARNING = "warning"  # may be right, a person looks at it
    INFO = "info"  # a fact of the notice worth knowing


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt or remarkable fact; `code` is stable English, `text` is Chinese for the reader."""

    severity: Severity
    code: str
    place: Place
    text: str


def excerpt(text: str) -> str:
    """The beginning of a long text, so that a finding stays one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _EXCERPT else f"{flat[:_EXCERPT]}…"
