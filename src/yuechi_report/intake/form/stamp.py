"""The stamp of a form: template version and fingerprint on a hidden sheet (docs/adr/0021).

The fingerprint covers notice, quarter, unit and task list, so that a stamp put together by hand or
taken from another form is noticed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

VERSION = "2"

VERSION_LABEL, NOTICE_LABEL, QUARTER_LABEL, UNIT_LABEL, TASKS_LABEL, MARK_LABEL = (
    "表样版本",
    "通知",
    "填报季度",
    "单位",
    "任务",
    "校验值",
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form says of itself. `notice` is empty where the writer did not know it."""

    notice: str
    quarter: str
    unit: str
    tasks: tuple[int, ...]

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits over all of it and the template version."""
        parts = (VERSION, self.notice, self.quarter, self.unit, ",".join(map(str, self.tasks)))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The rows of the hidden sheet."""
        return (
            (VERSION_LABEL, VERSION),
            (NOTICE_LABEL, self.notice),
            (QUARTER_LABEL, self.quarter),
            (UNIT_LABEL, self.unit),
            (TASKS_LABEL, ",".join(map(str, self.tasks))),
            (MARK_LABEL, self.fingerprint),
        )


def stamp_of(notice: str, labels: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> Stamp:
    """The stamp of a form about to be written."""
    numbers = tuple(int(row["task_no"]) for row in rows if row.get("task_no", "").isdecimal())
    return Stamp(notice, labels.get("填报季度", ""), labels.get("填报单位") or labels.get("作出单位", ""), numbers)
