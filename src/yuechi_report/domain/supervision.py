"""A supervision sheet's matter (督办, domain.md §3.1, §7): one task, one unit, and the ground it is sent on."""

from dataclasses import dataclass
from enum import StrEnum

from yuechi_report.domain.unit import DocumentKind


class Ground(StrEnum):
    """Why a sheet is sent; the first that applies, in this order."""

    REOPENED = "reopened"
    BLOCK_LAPSED = "block_lapsed"
    BLOCK_NOT_RECOGNISED = "block_not_recognised"
    RETURNED = "returned"
    NO_EVIDENCE = "no_evidence"
    OVERDUE = "overdue"
    NOT_REPORTED = "not_reported"
    IDLE = "idle"
    INTERRUPTED = "interrupted"
    FORWARDED = "forwarded"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class SheetMatter:
    """One matter of one unit: what one sheet is about. `unit` is the official name."""

    task_no: int
    unit: str
    document: DocumentKind
    ground: Ground
    slug: str
