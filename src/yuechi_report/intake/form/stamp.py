"""The stamp of a form: template version and fingerprint on a hidden sheet (docs/adr/0021).

The fingerprint covers notice, quarter, unit and task list, so that a stamp put together by hand or
taken from another form is noticed.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

VERSION = "2"
"""Of the forms that go out now. A changed column raises it, and says `since` when it is there."""

FIRST_VERSION = 2
"""The first whose forms are taken: what was sent out before an upgrade comes back after it."""

_DIGITS_MOST = 6  # no list and no number of versions has more

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
    version: str = VERSION

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits over all of it, the template version first."""
        parts = (self.version, self.notice, self.quarter, self.unit, ",".join(map(str, self.tasks)))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The rows of the hidden sheet."""
        return (
            (VERSION_LABEL, self.version),
            (NOTICE_LABEL, self.notice),
            (QUARTER_LABEL, self.quarter),
            (UNIT_LABEL, self.unit),
            (TASKS_LABEL, ",".join(map(str, self.tasks))),
            (MARK_LABEL, self.fingerprint),
        )


def stamp_of(notice: str, labels: Mapping[str, str], rows: Sequence[Mapping[str, str]], *, version: str = "") -> Stamp:
    """The stamp of a form about to be written; of the present version where no other is named."""
    unit = labels.get("填报单位") or labels.get("作出单位", "")
    numbers = task_numbers(row.get("task_no", "") for row in rows)
    return Stamp(notice, labels.get("填报季度", ""), unit, numbers, version or VERSION)


def task_numbers(words: Iterable[str]) -> tuple[int, ...]:
    """Those of the words that are the number of a task."""
    return tuple(int(word) for word in words if word.isdecimal() and len(word) <= _DIGITS_MOST)


def version_number(version: str) -> int:
    """The version as a number; 0 where it is none."""
    return int(version) if version.isdecimal() and len(version) <= _DIGITS_MOST else 0


def is_taken(version: str) -> bool:
    """Whether forms of that version are taken: the present one, and those it followed."""
    return version == VERSION or FIRST_VERSION <= version_number(version) < version_number(VERSION)
