"""A supervision sheet's matter (督办, domain.md §3.1, §7): one task, one unit, and the ground it is sent on."""

from dataclasses import dataclass
from enum import StrEnum

from yuechi_report.domain.unit import DocumentKind


class Ground(StrEnum):
    """Why a sheet is sent; the first that applies, in this order."""

    REOPENED = "reopened"
    BLOCK_LAPSED = "block_lapsed"
    BLOCK_NOT_RECOGNISED = "block_not_recognised"  # 逾期，自报待上级未认定
    RETURNED = "returned"  # 逾期，退回补正
    NO_EVIDENCE = "no_evidence"  # 逾期，自报完成缺佐证
    OVERDUE = "overdue"  # 逾期未完成
    NOT_REPORTED = "not_reported"  # 未报送
    IDLE = "idle"  # 两季无实质进展
    INTERRUPTED = "interrupted"  # 实施中断
    FORWARDED = "forwarded"  # 经联络单位转告企业
    NAMED = "named"  # 办公室点名，不在上述情形


@dataclass(frozen=True, slots=True)
class SheetMatter:
    """One matter of one unit: what one sheet is about. `unit` is the official name."""

    task_no: int
    unit: str
    document: DocumentKind
    ground: Ground
    slug: str
