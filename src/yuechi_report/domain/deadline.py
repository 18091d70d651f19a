"""What a notice says about when a task is due: five alternatives, never a nullable date.

Source of the phrases: domain.md §1 (the notice's own) and §4 (other lists).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class OngoingMode(StrEnum):
    """How an ongoing duty is judged (domain.md §2.3)."""

    MAINTAIN = "maintain"  # 常态化持续实施: kept up, judged as 保持类
    ADVANCE = "advance"  # 持续推进: advanced, judged as 推进类


@dataclass(frozen=True, slots=True)
class DueBy:
    """A fixed day, inclusive; `milestone` is the verb when only a step is due (动工, 投入使用)."""

    due: date
    milestone: str = ""
    kind: Literal["fixed"] = "fixed"


@dataclass(frozen=True, slots=True)
class Ongoing:
    """No end: 常态化…, 持续推进, 长期坚持, 立行立改, 按时序进度."""

    mode: OngoingMode
    kind: Literal["ongoing"] = "ongoing"


@dataclass(frozen=True, slots=True)
class Tracking:
    """持续跟踪: the county only watches; "no change" is a good answer."""

    kind: Literal["tracking"] = "tracking"


@dataclass(frozen=True, slots=True)
class Recurring:
    """每月, 每季度, 每半年: `months` is the length of one period in months."""

    months: int
    kind: Literal["recurring"] = "recurring"


@dataclass(frozen=True, slots=True)
class NoDeadline:
    """——, 无, an empty cell or no such column."""

    kind: Literal["none"] = "none"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A phrase the grammar does not cover; `why` says in Chinese what a person must settle."""

    why: str
    kind: Literal["unresolved"] = "unresolved"


Deadline = DueBy | Ongoing | Tracking | Recurring | NoDeadline | Unresolved
